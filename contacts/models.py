"""The front door: one record for each request, whoever makes it, and the hand-over to whoever takes it on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import CASE_ROLES, Role
from core.history import keep_history
from core.models import ReferencedModel, TimestampedModel
from core.versions import Versioned
from people.models import Origin, Person, Risk
from people.querysets import AboutAPersonQuerySet


class Outcome(models.TextChoices):
    """The national outcomes of a request; labels as in the return's specification (release 2)."""

    ASSESSMENT = "assessment", "Progress to assessment, review or reassessment"
    REABLEMENT = "reablement", "Progress to reablement/ST-Max"
    SUPPORT_PLANNING = "support_planning", "Progress to support planning or services"
    CONTINUATION = "continuation", "Continuation of support or services"
    HOSPITAL = "hospital", "Admitted to hospital"
    MOVED = "nfa_moved", "NFA: Responsibility moved to another local authority"
    NHS = "nfa_nhs", "NFA: Referral to NHS services or NHS funded social care"
    SELF_FUNDER = "nfa_self_funder", "NFA: Self-funded client or under 12wk disregard"
    ADVICE = "nfa_advice", "NFA: Information and advice or signposting"
    OTHER_SERVICE = "nfa_other_service", "NFA: Referral to other service within the local authority"
    DECLINED = "nfa_declined", "NFA: Support declined"
    DECEASED = "nfa_deceased", "NFA: Deceased"
    ENDED_AS_PLANNED = "nfa_ended_as_planned", "NFA: Support ended as planned"
    ENDED_OTHER = "nfa_ended_other", "NFA: Support ended for other reason"
    NO_SERVICES = "nfa_no_services", "NFA: No services offered for other reason"
    OTHER = "nfa_other", "NFA: Other"


class ContactQuerySet(AboutAPersonQuerySet):
    def open(self) -> ContactQuerySet:
        return self.filter(status__in=Contact.OPEN)

    def of_teams(self, team_ids: list[int]) -> ContactQuerySet:
        return self.filter(team__in=team_ids)

    def to_decide(self) -> ContactQuerySet:
        """Those on which the front door has the next move; the urgent ones stand in a list of their own."""
        return self.filter(status__in=[Contact.Status.RECEIVED, Contact.Status.SCREENED])

    def urgent(self) -> ContactQuerySet:
        return self.filter(status=Contact.Status.URGENT)

    def with_others(self) -> ContactQuerySet:
        return self.filter(status=Contact.Status.WAITING)

    def finished(self) -> ContactQuerySet:
        return self.filter(status__in=[Contact.Status.ALLOCATED, Contact.Status.CLOSED_IA])

    def for_list(self) -> ContactQuerySet:
        return self.select_related("person", "team", "received_by").order_by("received_at", "pk")

    def lock(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).select_related("person", "team").get(pk=pk)


@keep_history()
class Contact(ReferencedModel, TimestampedModel, Versioned):
    """A request to the council about an adult or a carer (care-act.md 3)."""

    class Status(models.TextChoices):
        RECEIVED = "received", "Received"
        SCREENED = "screened", "Screened"
        WAITING = "waiting", "Passed on, waiting to be accepted"
        ALLOCATED = "allocated", "Accepted"
        URGENT = "urgent", "Urgent"
        CLOSED_IA = "closed_ia", "Closed with advice"

    OPEN = (Status.RECEIVED, Status.SCREENED, Status.WAITING, Status.URGENT)
    # Outcomes with which a request ends at the front door; the others go on as a hand-over.
    CLOSING = tuple(each for each in Outcome if each.startswith("nfa")) + (
        Outcome.HOSPITAL,
        Outcome.CONTINUATION,
    )

    class Source(models.TextChoices):
        SELF = "self", "The person"
        FAMILY = "family", "Family, friend or neighbour"
        GP = "gp", "GP or community health"
        HOSPITAL = "hospital", "Hospital"
        HOUSING = "housing", "Housing"
        POLICE = "police", "Police, court or probation"
        PROVIDER = "provider", "Care provider"
        ADVOCATE = "advocate", "Advocate"
        INTERNAL = "internal", "Another part of the council"
        PORTAL = "portal", "Our website"
        ANONYMOUS = "anonymous", "Anonymous"
        OTHER = "other", "Someone else"

    class Reason(models.TextChoices):
        ASSESSMENT = "assessment", "Help with care or support"
        CARER = "carer", "Help for a carer"
        URGENT = "urgent", "Urgent support for an adult"
        URGENT_CARER = "urgent_carer", "Urgent support for a carer"
        REVIEW = "review", "A review"
        EQUIPMENT = "equipment", "Equipment or adaptation"
        SELF_ASSESSMENT = "self_assessment", "Online self-assessment"
        SAFEGUARDING = "safeguarding", "Safeguarding"
        DISCHARGE = "discharge", "Leaving hospital"
        TRANSITION = "transition", "Moving from children's services"
        PACKAGE_ISSUE = "package_issue", "A problem with support in place"
        INFORMATION = "information", "Information"
        COMPLAINT = "complaint", "Complaint"
        CHC = "chc", "NHS continuing healthcare"
        DOLS = "dols", "Deprivation of liberty"
        DECEASED = "deceased", "Someone has died"
        OTHER = "other", "Something else"

    class Route(models.TextChoices):
        """Labels as in the return's specification; the list itself is unverified there."""

        COMMUNITY = "community", "Community or other route"
        HOSPITAL_DISCHARGE = "hospital_discharge", "Discharge from hospital"
        HOSPITAL_DIVERSION = "hospital_diversion", "Diversion from hospital services"
        TRANSITION = "transition", "Planned entry (transition)"
        PRISON = "prison", "Prison"
        SELF_FUNDER = "self_funder", "Self-funder"
        REABLEMENT = "reablement", "Discharge from reablement"
        OTHER_COUNCIL = "other_council", "Transfer from other local authority"

    class Consent(models.TextChoices):
        YES = "yes", "Yes, they agree"
        NO = "no", "No"
        UNABLE = "unable", "They are unable to say"
        BEST_INTERESTS = "best_interests", "Made in their best interests"
        VITAL = "vital", "Vital or public interest"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="contacts")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status, default=Status.RECEIVED)
    source = models.CharField(max_length=12, choices=Source)
    reason = models.CharField(max_length=16, choices=Reason)
    route = models.CharField(max_length=20, choices=Route, default=Route.COMMUNITY)
    what_is_happening = models.TextField(max_length=10000)
    in_their_words = models.TextField(blank=True, max_length=5000)
    consent = models.CharField(max_length=16, choices=Consent)
    # Why it cannot wait: filled when a contact is marked urgent (care-act.md 3, s19(3)).
    why_urgent = models.TextField(blank=True, max_length=2000)
    contact_name = models.CharField(max_length=150, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    safeguarding_considered = models.CharField(
        max_length=10,
        choices=[("no", "No sign of abuse or neglect"), ("yes", "There may be abuse or neglect")],
        blank=True,
    )
    screening_summary = models.TextField(blank=True, max_length=5000)
    risk = models.CharField(max_length=10, choices=Risk, blank=True)
    screened_at = models.DateTimeField(null=True, blank=True)
    screened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=24, choices=Outcome, blank=True)
    advice_given = models.TextField(blank=True, max_length=5000)
    told_right_to_assessment = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # When it had waited so long that the manager, and then the head of service, were told (reliability R15).
    told_manager_at = models.DateTimeField(null=True, blank=True)
    told_head_at = models.DateTimeField(null=True, blank=True)
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)
    imported_started_on = models.DateField(null=True, blank=True)
    imported_ended_on = models.DateField(null=True, blank=True)
    imported_outcome = models.CharField(max_length=120, blank=True)
    imported_route = models.CharField(max_length=80, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(screened_at=None, screened_by=None)
                | Q(screened_at__isnull=False, screened_by__isnull=False),
                name="contacts_screened_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(outcome="") | Q(origin="imported"),
                name="contacts_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed_ia", origin="portal")
                | (
                    Q(closed_at__isnull=False)
                    & (Q(outcome="nfa_deceased") | (~Q(advice_given="") & Q(told_right_to_assessment=True)))
                ),
                name="contacts_closed_with_written_advice",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["waiting", "allocated", "screened", "closed_ia"], origin="portal")
                | ~Q(safeguarding_considered=""),
                name="contacts_safeguarding_question_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "status", "received_at"], name="contacts_of_team"),
            models.Index(fields=["person", "-received_at"], name="contacts_of_person"),
        ]

    def __str__(self) -> str:
        return f"Contact {self.pk}"

    def get_absolute_url(self) -> str:
        return f"/contacts/{self.ref}/"

    @property
    def from_website(self) -> OnlineRequest | None:
        """What was sent from our website, where the contact came from there."""
        return getattr(self, "online_request", None)

    @property
    def is_about_a_carer(self) -> bool:
        return self.reason in (Contact.Reason.CARER, Contact.Reason.URGENT_CARER)


class OnlineRequestQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> OnlineRequestQuerySet:
        """A request that became a contact: whoever may know the person. Before that: those who work in the front-door
        team that holds it, and the managers above."""
        known = Q(person__in=Person.objects.visible_to(user).values("pk"))
        if user.is_system:
            return self.all()
        if not user.is_authenticated or user.audience != user.Audience.STAFF or not user.is_active:
            return self.none()
        if user.has_role(Role.SERVICE_MANAGER, Role.DIRECTOR):
            return self.filter(known | Q(person=None))
        return (
            self.filter(known | Q(person=None, team__in=user.team_ids))
            if user.has_role(*CASE_ROLES)
            else self.none()
        )

    def of_teams(self, team_ids: list[int]) -> OnlineRequestQuerySet:
        return self.filter(team__in=team_ids)

    def to_match(self) -> OnlineRequestQuerySet:
        """Those of which nobody has said yet whom they are about, the longest wait first."""
        return self.filter(status=OnlineRequest.Status.RECEIVED).order_by("sent_at", "pk")

    def for_list(self) -> OnlineRequestQuerySet:
        return self.select_related("team")

    def lock(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).select_related("team").get(pk=pk)


@keep_history()
class OnlineRequest(ReferencedModel, TimestampedModel, Versioned):
    """What somebody without an account sent from our website. It becomes a contact when it is clear whom it is about:
    at once where name, date of birth and postcode or NHS number are those of one person on record, else by staff."""

    class Status(models.TextChoices):
        RECEIVED = "received", "To match to a person"
        MATCHED = "matched", "Became a contact"
        SET_ASIDE = "set_aside", "Set aside"

    class Kind(models.TextChoices):
        HELP = "help", "Help with care"
        CARER = "carer", "Carer’s assessment"

    class AskedBy(models.TextChoices):
        ME = "me", "The person"
        CARED_FOR = "cared_for", "Someone who cares for them"
        SOMEONE_ELSE = "someone_else", "Someone else"
        PROFESSIONAL = "professional", "A professional"

    class MatchedHow(models.TextChoices):
        EXACT = "exact", "The same name, date of birth and postcode or NHS number"
        BY_STAFF = "by_staff", "Found by staff"
        NEW = "new", "New record made by staff"

    kind = models.CharField(max_length=8, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.RECEIVED)
    asked_by = models.CharField(max_length=14, choices=AskedBy)
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    given_names = models.CharField(max_length=150)
    family_name = models.CharField(max_length=150)
    date_of_birth = models.DateField()
    postcode = models.CharField(max_length=10, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    # What a new record takes over, what the contact takes over, whom a carer cares for, and each question as it was
    # asked with its answer in words. Nothing of it is typed again.
    person_facts = models.JSONField(default=dict)
    contact_facts = models.JSONField(default=dict)
    cared_for = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=list)
    reply_email = models.EmailField(blank=True)
    reply_phone = models.CharField(max_length=30, blank=True)
    sent_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="online_requests"
    )
    cared_for_person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contact = models.OneToOneField(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="online_request"
    )
    matched_how = models.CharField(max_length=10, choices=MatchedHow, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why_set_aside = models.CharField(max_length=500, blank=True)
    told_manager_at = models.DateTimeField(null=True, blank=True)
    told_head_at = models.DateTimeField(null=True, blank=True)

    objects = OnlineRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="matched", person__isnull=False, contact__isnull=False)
                & ~Q(matched_how="")
                | Q(~Q(status="matched"), person=None, contact=None, matched_how=""),
                name="contacts_online_matched_to_person_and_contact",
            ),
            models.CheckConstraint(
                condition=Q(status="received", decided_at=None, decided_by=None)
                | Q(~Q(status="received"), decided_at__isnull=False, decided_by__isnull=False),
                name="contacts_online_decided_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=~Q(status="set_aside") | ~Q(why_set_aside=""),
                name="contacts_online_set_aside_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "sent_at"], name="contacts_online_to_match", condition=Q(status="received")
            ),
            models.Index(fields=["person", "-sent_at"], name="contacts_online_of_person"),
        ]

    def __str__(self) -> str:
        return f"Online request {self.pk}"

    def get_absolute_url(self) -> str:
        return f"/contacts/online/{self.ref}/"

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}"


class HandoverQuerySet(AboutAPersonQuerySet):
    def open(self) -> HandoverQuerySet:
        return self.filter(status=Handover.Status.OPEN)

    def to_teams(self, team_ids: list[int]) -> HandoverQuerySet:
        return self.filter(to_team__in=team_ids)

    def for_list(self) -> HandoverQuerySet:
        return self.select_related("person", "contact", "to_team", "passed_by").order_by("passed_at", "pk")

    def lock(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).select_related("contact", "person", "to_team").get(pk=pk)


@keep_history()
class Handover(ReferencedModel, Versioned):
    """A request passed on: the receiving team accepts it, or returns it with a reason. Never simply sent."""

    class Kind(models.TextChoices):
        ASSESSMENT = "assessment", "Care Act assessment"
        CARER_ASSESSMENT = "carer_assessment", "Carer's assessment"
        REABLEMENT = "reablement", "Reablement"
        SAFEGUARDING = "safeguarding", "Safeguarding"

    class Status(models.TextChoices):
        OPEN = "open", "Waiting to be accepted"
        ACCEPTED = "accepted", "Accepted"
        RETURNED = "returned", "Returned"

    ASSESSING = (Kind.ASSESSMENT, Kind.CARER_ASSESSMENT)

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="handovers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    to_team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    summary = models.TextField(max_length=5000)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    passed_at = models.DateTimeField()
    passed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    return_reason = models.TextField(blank=True, max_length=2000)
    result_url = models.CharField(
        max_length=200, blank=True, help_text="Where the work went on; references only."
    )
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=Q(status="open"), name="contacts_one_open_handover_per_contact"
            ),
            models.CheckConstraint(
                condition=Q(status="open", answered_at=None, answered_by=None)
                | Q(~Q(status="open"), answered_at__isnull=False, answered_by__isnull=False),
                name="contacts_handover_answered_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(return_reason=""),
                name="contacts_handover_returned_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("passed_by")),
                name="contacts_handover_answered_by_somebody_else",
            ),
        ]
        indexes = [models.Index(fields=["to_team", "status", "passed_at"], name="contacts_handover_team")]

    def __str__(self) -> str:
        return f"Hand-over {self.pk}"

    def get_absolute_url(self) -> str:
        return f"/contacts/handovers/{self.ref}/"
