"""What is needed: the assessment in sections, the outcomes, and the determination that follows from them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from assessments.eligibility import CARER_MAY_NOT_APPLY, MAY_NOT_APPLY
from core.history import keep_history
from core.models import ReferencedModel, TimestampedModel
from core.versions import Versioned
from people.models import Origin
from people.querysets import AboutAPersonQuerySet


class AssessmentQuerySet(AboutAPersonQuerySet):
    def open(self) -> AssessmentQuerySet:
        return self.filter(status__in=Assessment.OPEN)

    def of_teams(self, team_ids: list[int]) -> AssessmentQuerySet:
        return self.filter(team__in=team_ids)

    def finished(self) -> AssessmentQuerySet:
        return self.filter(status__in=Assessment.FINISHED)

    def before(self, assessment: Assessment) -> AssessmentQuerySet:
        """Earlier assessments of the same person whose answers may still be true, the newest first."""
        known = [*Assessment.FINISHED, Assessment.Status.SUPERSEDED]
        earlier = self.filter(person=assessment.person_id, status__in=known)
        about_a_carer = Q(kind=Assessment.Kind.CARER)
        earlier = earlier.filter(about_a_carer if assessment.is_about_a_carer else ~about_a_carer)
        return earlier.exclude(pk=assessment.pk).order_by("-started_on", "-pk")

    def for_list(self) -> AssessmentQuerySet:
        return self.select_related("person", "team", "assessor").order_by("requested_on", "pk")

    def lock(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).select_related("person", "team", "assessor").get(pk=pk)


@keep_history()
class Assessment(ReferencedModel, TimestampedModel, Versioned):
    """One assessment of one person (Care Act 2014 ss 9, 10)."""

    class Kind(models.TextChoices):
        NEEDS = "needs", "Needs assessment"
        CARER = "carer", "Carer's assessment"
        COMBINED = "combined", "Combined assessment"
        JOINT = "joint", "Joint assessment"
        TRANSITION = "transition", "Transition assessment"
        OT = "ot", "Occupational therapy assessment"
        SENSORY = "sensory", "Sensory assessment"

    class Method(models.TextChoices):
        FACE_TO_FACE = "face_to_face", "Face to face"
        PHONE = "phone", "By phone"
        VIDEO = "video", "By video"
        SUPPORTED_SELF = "supported_self", "Supported self-assessment"
        JOINT = "joint", "Jointly with another body"
        COMBINED = "combined", "Combined with another person's"
        DESKTOP = "desktop", "Delegated"

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        STARTED = "started", "Started"
        DRAFT_COMPLETE = "draft_complete", "Draft complete"
        SHARED_WITH_PERSON = "shared_with_person", "Shared with the person"
        COMMENTS_RECEIVED = "comments_received", "Comments received"
        SUBMITTED = "submitted", "Sent for authorisation"
        RETURNED = "returned", "Returned for changes"
        AUTHORISED = "authorised", "Authorised"
        ISSUED = "issued", "Given to the person"
        REFUSED = "refused", "Refused by the person"
        ABANDONED = "abandoned", "Stopped"
        SUPERSEDED = "superseded", "Replaced by a newer one"

    OPEN = (
        Status.PLANNED,
        Status.STARTED,
        Status.DRAFT_COMPLETE,
        Status.SHARED_WITH_PERSON,
        Status.COMMENTS_RECEIVED,
        Status.SUBMITTED,
        Status.RETURNED,
    )
    EDITABLE = (
        Status.STARTED,
        Status.DRAFT_COMPLETE,
        Status.SHARED_WITH_PERSON,
        Status.COMMENTS_RECEIVED,
        Status.RETURNED,
    )
    FINISHED = (Status.AUTHORISED, Status.ISSUED)

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="assessments")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(
        "contacts.Contact", null=True, blank=True, on_delete=models.PROTECT, related_name="assessments"
    )
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="later"
    )
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.NEEDS)
    method = models.CharField(max_length=16, choices=Method, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.PLANNED)
    requested_on = models.DateField()
    started_on = models.DateField(null=True, blank=True)
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    return_reason = models.TextField(blank=True, max_length=3000)
    authorised_at = models.DateTimeField(null=True, blank=True)
    authorised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_on = models.DateField(null=True, blank=True)
    issued_format = models.CharField(max_length=60, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)
    # The check of s11(2): a refusal does not count where the adult is at risk of abuse or neglect, or lacks capacity to
    # refuse and the assessment is in their best interests. Filled only when it was refused.
    refuser_has_capacity = models.BooleanField(null=True, blank=True)
    refuser_at_risk = models.BooleanField(null=True, blank=True)
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)
    imported_type = models.CharField(max_length=40, blank=True)
    imported_outcome = models.CharField(max_length=120, blank=True)
    imported_eligible = models.CharField(max_length=20, blank=True)
    imported_method = models.CharField(max_length=60, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="assessments_submitted_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(authorised_at=None, authorised_by=None)
                | Q(authorised_at__isnull=False, authorised_by__isnull=False),
                name="assessments_authorised_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(authorised_by=None)
                | (~Q(authorised_by=F("assessor")) & ~Q(authorised_by=F("submitted_by"))),
                name="assessments_authorised_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["authorised", "issued"], origin="portal")
                | Q(authorised_at__isnull=False),
                name="assessments_authorised_state_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(return_reason=""),
                name="assessments_returned_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="refused", origin="portal")
                | Q(kind="carer")
                | Q(refuser_has_capacity__isnull=False, refuser_at_risk=False),
                name="assessments_refused_only_after_the_check",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["refused", "abandoned"]) | ~Q(end_reason=""),
                name="assessments_ended_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["contact", "kind"],
                condition=Q(contact__isnull=False),
                name="assessments_one_of_a_kind_per_contact",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "status", "requested_on"], name="assessments_of_team"),
            models.Index(fields=["person", "-requested_on"], name="assessments_of_person"),
        ]

    def __str__(self) -> str:
        return f"Assessment {self.pk}"

    def get_absolute_url(self) -> str:
        return f"/assessments/{self.ref}/"

    @property
    def is_editable(self) -> bool:
        return self.status in self.EDITABLE

    @property
    def is_with_person(self) -> bool:
        """The person has the draft, or has answered about it; what they read is what was shared."""
        return self.status in (self.Status.SHARED_WITH_PERSON, self.Status.COMMENTS_RECEIVED)

    @property
    def is_about_a_carer(self) -> bool:
        """A carer's assessment (s10) follows regulation 3 of SI 2015/313, every other kind regulation 2."""
        return self.kind == self.Kind.CARER


@keep_history()
class Section(Versioned):
    """One section of an assessment that is not one of the outcomes: answers by question slug."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="sections")
    slug = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    # Answers kept from last time with one press, and when: {"matters": "2026-11-20T10:39:00+00:00"}.
    kept = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "slug"], name="assessments_one_section_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"Section {self.pk}"


class OutcomeCode(models.TextChoices):
    """The ten outcomes for adults (SI 2015/313 reg 2(2)); the words are those of our pages."""

    NUTRITION = "A", "Eating and drinking"
    HYGIENE = "B", "Personal hygiene"
    TOILET = "C", "Using the toilet"
    CLOTHED = "D", "Getting dressed"
    HOME_SAFE = "E", "Being safe at home"
    HABITABLE = "F", "Keeping the home"
    RELATIONSHIPS = "G", "Relationships"
    WORK = "H", "Work and learning"
    COMMUNITY = "I", "Out and about"
    CHILD = "J", "Caring for a child"


class CarerOutcomeCode(models.TextChoices):
    """The eight outcomes for carers (SI 2015/313 reg 3(2)); the words are those of our pages."""

    CHILD = "a", "Caring for a child"
    OTHERS = "b", "Caring for other people"
    HABITABLE = "c", "Keeping the home"
    NUTRITION = "d", "Eating and drinking"
    RELATIONSHIPS = "e", "Relationships"
    WORK = "f", "Work and learning"
    COMMUNITY = "g", "Out and about"
    RECREATION = "h", "Time for oneself"


# A carer's health that is getting worse, or is at risk, is a need beside the eight outcomes (reg 3(1)(b)); in a plan it
# stands under the letter that follows them.
CARER_HEALTH = "i"
OUTCOME_CHOICES = [*OutcomeCode.choices, *CarerOutcomeCode.choices]
NEED_CHOICES = [*OUTCOME_CHOICES, (CARER_HEALTH, "The carer’s health")]


def need_label(code: str) -> str:
    """An outcome, or a carer's health, in the words of our pages."""
    return str(dict(NEED_CHOICES).get(code, code))


class Limb(models.TextChoices):
    """Ways of being unable to achieve an outcome (SI 2015/313 regs 2(3) and 3(3))."""

    NEEDS_ASSISTANCE = "needs_assistance", "Cannot do it without help, or without being reminded"
    PAIN_DISTRESS_ANXIETY = (
        "pain_distress_anxiety",
        "Can without help, but it causes significant pain, distress or anxiety",
    )
    ENDANGERS = "endangers", "Can without help, but it puts someone's health or safety at risk"
    TAKES_LONGER = "takes_longer", "Can without help, but it takes significantly longer than expected"


# For carers there are three: taking longer is none (care-act.md 5.2).
CARER_LIMBS = (Limb.NEEDS_ASSISTANCE, Limb.PAIN_DISTRESS_ANXIETY, Limb.ENDANGERS)


@keep_history()
class OutcomeAnswer(Versioned):
    """One of the ten outcomes of an adult, or of the eight of a carer: the person's words and the worker's view kept
    apart, and what follows for support."""

    class Answer(models.TextChoices):
        ACHIEVES = "achieves", "Manages"
        UNABLE = "unable", "Unable to achieve this"
        NOT_APPLICABLE = "not_applicable", "Does not apply"

    class Level(models.IntegerChoices):
        NONE = 0, "None"
        WEEKLY = 1, "Weekly, or reminding"
        DAILY = 2, "Every day"
        CONSTANT = 3, "Several times a day"

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="outcome_answers")
    code = models.CharField(max_length=1, choices=OUTCOME_CHOICES)
    answer = models.CharField(max_length=16, choices=Answer, blank=True)
    limbs = ArrayField(models.CharField(max_length=24, choices=Limb), default=list, blank=True)
    person_words = models.TextField(blank=True, max_length=5000)
    worker_view = models.TextField(blank=True, max_length=5000)
    outcome_wanted = models.TextField(blank=True, max_length=2000)
    level = models.PositiveSmallIntegerField(choices=Level, null=True, blank=True)
    # The share of the help that a carer who is able and willing gives: 0, 0.25, 0.5, 0.75 or 1. It changes the
    # estimate of money, never eligibility (carer-blind, care-act.md 4.2).
    carer_share = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    carer_view = models.TextField(blank=True, max_length=2000)
    equipment = models.TextField(blank=True, max_length=2000)
    # Answers kept from last time with one press, and when: {"matters": "2026-11-20T10:39:00+00:00"}.
    kept = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="assessments_one_answer_per_outcome"),
            models.CheckConstraint(
                condition=~Q(answer="not_applicable") | Q(code__in=[*MAY_NOT_APPLY, *CARER_MAY_NOT_APPLY]),
                name="assessments_only_some_outcomes_may_not_apply",
            ),
            models.CheckConstraint(
                condition=~Q(code__in=CarerOutcomeCode.values)
                | (Q(level=None, carer_share=None) & ~Q(limbs__contains=["takes_longer"])),
                name="assessments_carers_are_unable_in_three_ways",
            ),
            models.CheckConstraint(
                condition=Q(carer_share=None) | Q(carer_share__gte=0, carer_share__lte=1),
                name="assessments_carer_share_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"Outcome answer {self.pk}"


@keep_history()
class EligibilityDetermination(ReferencedModel):
    """The decision under s13: worked out from the answers, confirmed by a person, authorised by another.

    For an adult: needs from an impairment or illness, two outcomes or more, impact (SI 2015/313 reg 2). For a carer:
    needs from necessary care, health at risk or one outcome or more, impact (reg 3).
    """

    class Criteria(models.TextChoices):
        ADULT = "adult", "Adults with needs (regulation 2)"
        CARER = "carer", "Carers (regulation 3)"

    class Result(models.TextChoices):
        ELIGIBLE = "eligible", "Eligible"
        NOT_ELIGIBLE = "not_eligible", "Not eligible"

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="determination")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    criteria = models.CharField(max_length=6, choices=Criteria, default=Criteria.ADULT)
    # Part 1: needs arise from a physical or mental impairment or illness, or a carer's from providing necessary care.
    arises_from_impairment = models.BooleanField(null=True, blank=True)
    arises_from_caring = models.BooleanField(null=True, blank=True)
    # Part 2: which outcomes; a carer's health counts as well. Part 3: impact.
    health_at_risk = models.BooleanField(null=True, blank=True)
    unable_codes = ArrayField(models.CharField(max_length=1), default=list)
    significant_impact = models.BooleanField()
    result = models.CharField(max_length=14, choices=Result)
    reasons = models.TextField(max_length=5000)
    advice = models.TextField(
        blank=True, max_length=5000, help_text="If not eligible: written advice, s13(5)."
    )
    answers = models.JSONField(default=dict, help_text="The answers as they stood when it was made.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    authorised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    authorised_at = models.DateTimeField(null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)

    objects = AboutAPersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result="not_eligible")
                | Q(criteria="adult", arises_from_impairment=True, unable_codes__len__gte=2)
                | (
                    Q(criteria="carer", arises_from_caring=True)
                    & (Q(health_at_risk=True) | Q(unable_codes__len__gte=1))
                ),
                name="assessments_eligible_only_with_parts_one_and_two",
            ),
            models.CheckConstraint(
                condition=Q(result="not_eligible") | Q(significant_impact=True),
                name="assessments_eligible_only_with_an_impact",
            ),
            models.CheckConstraint(
                condition=Q(
                    criteria="adult",
                    arises_from_impairment__isnull=False,
                    arises_from_caring=None,
                    health_at_risk=None,
                )
                | Q(
                    criteria="carer",
                    arises_from_impairment=None,
                    arises_from_caring__isnull=False,
                    health_at_risk__isnull=False,
                ),
                name="assessments_decided_by_the_criteria_of_their_kind",
            ),
            models.CheckConstraint(
                condition=Q(authorised_by=None) | ~Q(authorised_by=F("made_by")),
                name="assessments_determination_authorised_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"Determination {self.pk}"


class SharingQuerySet(models.QuerySet):
    def waiting(self) -> SharingQuerySet:
        return self.filter(commented_at=None)

    def latest_of(self, assessment: Assessment) -> Any:
        return self.filter(assessment=assessment).order_by("-shared_at", "-pk").first()


@keep_history()
class Sharing(ReferencedModel):
    """One time the draft was given to the person, with the answers as they stood, and what the person said about it.

    Refs: care-act.md 4.7. What stands in it is what the person saw, whatever is written later.
    """

    class How(models.TextChoices):
        TOGETHER = "together", "Read together, in person"
        BY_HAND = "by_hand", "Given by hand"
        POST = "post", "Sent by post"
        EMAIL = "email", "Sent by e-mail"
        ONLINE = "online", "On their own pages"
        PHONE = "phone", "Read out by phone or video"

    class View(models.TextChoices):
        AGREES = "agrees", "Agrees with it"
        PARTLY = "partly", "Agrees with part of it"
        DISAGREES = "disagrees", "Does not agree"
        NOTHING = "nothing", "Had nothing to add"
        NO_ANSWER = "no_answer", "Was asked, and gave no answer"

    # What the person can say themself; that nobody answered is for staff to record.
    BY_THE_PERSON = (View.AGREES, View.PARTLY, View.DISAGREES, View.NOTHING)

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="sharings")
    how = models.CharField(max_length=10, choices=How)
    format = models.CharField(max_length=60, blank=True)
    shared_on = models.DateField()
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict, help_text="The answers as the person saw them.")
    view = models.CharField(max_length=10, choices=View, blank=True)
    comments = models.TextField(blank=True, max_length=5000)
    commented_on = models.DateField(null=True, blank=True)
    commented_at = models.DateTimeField(null=True, blank=True)
    commented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SharingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"],
                condition=Q(commented_at=None),
                name="assessments_one_sharing_waits_for_comments",
            ),
            models.CheckConstraint(
                condition=Q(commented_at=None, commented_by=None, commented_on=None, view="", comments="")
                | Q(commented_at__isnull=False, commented_by__isnull=False, commented_on__gte=F("shared_on"))
                & ~Q(view=""),
                name="assessments_comments_are_whole_or_absent",
            ),
            models.CheckConstraint(
                condition=~Q(view__in=["partly", "disagrees"]) | ~Q(comments=""),
                name="assessments_disagreement_is_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"Sharing {self.pk}"
