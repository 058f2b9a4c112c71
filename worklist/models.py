"""What people have to do, by when, and what they have been told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from audit.models import insert_only
from core.history import keep_history
from core.models import ReferencedModel, TimestampedModel
from core.versions import Versioned
from people.models import Risk
from worklist import messages
from worklist.querysets import (
    AnchorQuerySet,
    ConversationQuerySet,
    NotificationQuerySet,
    TaskQuerySet,
    WorkItemQuerySet,
)


@keep_history()
class Rule(models.Model):
    """A reminder rule in force between two dates (domain/reviews-and-reminders.md 2)."""

    class Shift(models.TextChoices):
        NONE = "none", "Stays on the date"
        BACK = "back", "Act on the working day before"
        FORWARD = "fwd", "Next working day"
        WORKING_DAYS = "wd", "Counted in working days"

    class Unit(models.TextChoices):
        CALENDAR_DAYS = "days", "calendar days"
        WORKING_DAYS = "working_days", "working days"
        MONTHS = "months", "months"

    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=150, help_text="What the task says.")
    why = models.CharField(max_length=300, help_text="Why it is due, shown under it.")
    offset = models.PositiveSmallIntegerField(help_text="From the anchor date to the due date.")
    unit = models.CharField(max_length=14, choices=Unit)
    shift = models.CharField(max_length=4, choices=Shift)
    # Days before the legal date at which the task appears and people are told; negative numbers, e.g. [-14, -5].
    lead_days = models.JSONField(default=list)
    lead_unit = models.CharField(max_length=14, choices=Unit, default=Unit.CALENDAR_DAYS)
    opens_at_once = models.BooleanField(
        default=False, help_text="The task stands in the list from the anchor date."
    )
    audience = models.JSONField(default=list, help_text="owner, team, duty, person, carer")
    # Steps as {"after": 0, "unit": "days", "to": "team_manager"}; counted from the due date.
    escalation = models.JSONField(default=list)
    stops_when = models.CharField(max_length=200)
    survives_death = models.BooleanField(default=False)
    source = models.CharField(max_length=200)
    verified = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="worklist_rule_once_per_start")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.code}"


class Anchor(TimestampedModel):
    """A fact with a date that an app states, from which rules make tasks. One open anchor per rule, object, cycle."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    rule_code = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_ref = models.CharField(max_length=40)
    cycle = models.CharField(max_length=40, default="1")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(help_text="The anchor date.")
    legal_on = models.DateField(help_text="The due date before any shift.")
    due_on = models.DateField(help_text="The day to act by.")
    next_step_on = models.DateField(
        null=True, help_text="When the daily job must look at it next; empty when done."
    )
    steps_done = models.JSONField(default=list)
    url = models.CharField(max_length=200, help_text="Where the work is done; references only.")
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=60, blank=True)
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AnchorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule_code", "subject_type", "subject_ref", "cycle"],
                name="worklist_one_anchor_per_rule_object_and_cycle",
            ),
            models.CheckConstraint(
                condition=Q(status="open", closed_at=None) | Q(status="closed", closed_at__isnull=False),
                name="worklist_anchor_closed_with_its_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_step_on", "id"], name="worklist_anchor_due", condition=Q(status="open")
            ),
            models.Index(
                fields=["person", "due_on"], name="worklist_anchor_of_person", condition=Q(status="open")
            ),
        ]

    def __str__(self) -> str:
        return f"Anchor {self.rule_code} {self.pk}"


@keep_history()
class Task(ReferencedModel, TimestampedModel, Versioned):
    """Something a human being has to do. The key makes it one, however often a job runs."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "No longer needed"

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=150)
    why = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="tasks")
    anchor = models.ForeignKey(Anchor, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    waiting_for = models.CharField(max_length=100, blank=True, help_text="Somebody else's move: whose.")
    due_on = models.DateField()
    legal_on = models.DateField(null=True, blank=True)
    url = models.CharField(max_length=200)
    escalated_to = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", closed_at=None) | Q(~Q(status="open"), closed_at__isnull=False),
                name="worklist_task_closed_with_its_moment",
            )
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on", "id"], name="worklist_task_of_owner", condition=Q(status="open")
            ),
            models.Index(
                fields=["team", "due_on", "id"], name="worklist_task_of_team", condition=Q(status="open")
            ),
            models.Index(
                fields=["person", "due_on"], name="worklist_task_of_person", condition=Q(status="open")
            ),
        ]

    def __str__(self) -> str:
        return f"Task {self.kind} {self.pk}"


class Notification(ReferencedModel):
    """Something somebody was told. The message itself holds no case content, only that there is something to see."""

    class Channel(models.TextChoices):
        IN_APP = "in_app", "In the portal"
        EMAIL = "email", "E-mail"
        TEXT = "text", "Text message"

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    key = models.CharField(max_length=160, unique=True)
    template = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notifications"
    )
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    provider_reference = models.CharField(max_length=80, blank=True)
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["recipient", "-created_at"], name="worklist_told")]

    def __str__(self) -> str:
        return f"Notification {self.template} {self.pk}"

    @property
    def sentence(self) -> str:
        """What the line in the portal says."""
        return messages.sentence(self.template)


class WorkItem(ReferencedModel, TimestampedModel):
    """A piece of work with a person, at a stage: what waiting lists, caseloads and “unallocated” read."""

    class Kind(models.TextChoices):
        CONTACT = "contact", "A first answer (triage)"
        ASSESSMENT = "assessment", "Care Act assessment"
        PLAN = "plan", "Care or support to start"
        REVIEW = "review", "Review"
        BUDGET_REVIEW = "budget_review", "Budget review"
        REABLEMENT = "reablement", "Reablement"
        SAFEGUARDING = "safeguarding", "Safeguarding"
        MONITORING = "monitoring", "Support in place"

    class Stage(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ACTIVE = "active", "In progress"
        WITH_OTHERS = "with_others", "Waiting for others"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="work_items")
    kind = models.CharField(max_length=16, choices=Kind)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.WAITING)
    subject_type = models.CharField(max_length=60)
    subject_ref = models.CharField(max_length=40)
    url = models.CharField(max_length=200)
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    risk = models.CharField(max_length=10, choices=Risk, default=Risk.STANDARD)
    complexity = models.PositiveSmallIntegerField(default=2)
    opened_on = models.DateField()
    next_contact_on = models.DateField(null=True, blank=True)
    last_activity_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_ref"],
                condition=Q(closed_on=None),
                name="worklist_one_open_item_per_subject",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="worklist_item_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(complexity__gte=1, complexity__lte=5), name="worklist_complexity_one_to_five"
            ),
        ]
        indexes = [
            # The managers' pages count over all open work: all that they ask of it stands in here.
            models.Index(
                fields=["team", "kind", "opened_on"],
                include=[
                    *("id", "person", "access_list", "stage", "owner"),
                    *("risk", "complexity", "next_contact_on", "last_activity_on"),
                ],
                name="worklist_item_of_team",
                condition=Q(closed_on=None),
            ),
            models.Index(
                fields=["owner", "last_activity_on"],
                include=["id", "person", "team", "access_list", "kind", "risk"],
                name="worklist_item_owner",
                condition=Q(closed_on=None),
            ),
            models.Index(
                fields=["kind", "team", "opened_on"],
                include=["id", "person", "access_list", "owner", "risk", "next_contact_on"],
                name="worklist_item_waiting",
                condition=Q(closed_on=None, stage="waiting"),
            ),
            # Who holds how much: short, because equal rows stand in it once.
            models.Index(
                fields=["team", "owner", "complexity"],
                name="worklist_item_load",
                condition=Q(closed_on=None, access_list=None),
            ),
            models.Index(fields=["person"], name="worklist_item_of_person", condition=Q(closed_on=None)),
        ]

    def __str__(self) -> str:
        return f"Work item {self.kind} {self.pk}"


@keep_history()
class Conversation(ReferencedModel, TimestampedModel, Versioned):
    """What somebody wrote from the person's own pages, and what we answered. While it waits, a day is promised."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waits for our reply"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"

    class About(models.TextChoices):
        MESSAGE = "message", "A message"
        PLAN = "plan", "A comment on the support plan"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="conversations")
    about = models.CharField(max_length=10, choices=About, default=About.MESSAGE)
    subject_line = models.CharField(max_length=100)
    url = models.CharField(max_length=200, blank=True, help_text="What it is about; references only.")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    reply_by = models.DateField(null=True, blank=True, help_text="The day promised, while it waits.")
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="waiting", reply_by__isnull=False)
                | Q(~Q(status="waiting"), reply_by__isnull=True),
                name="worklist_conversation_waits_with_a_promise",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False)
                | Q(~Q(status="closed"), closed_at=None),
                name="worklist_conversation_closed_with_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["person", "-last_at", "-id"], name="worklist_conversation_of")]

    def __str__(self) -> str:
        return f"Conversation {self.pk}"

    def get_absolute_url(self) -> str:
        return f"/people/{self.person.ref}/messages/{self.ref}/"


class Message(ReferencedModel):
    """One message of a conversation, as it was sent. It cannot be changed or taken back."""

    APPEND_ONLY = True

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="messages")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    text = models.TextField(max_length=5000)

    class Meta:
        triggers = insert_only()
        indexes = [models.Index(fields=["conversation", "written_at", "id"], name="worklist_message_of")]

    def __str__(self) -> str:
        return f"Message {self.pk}"
