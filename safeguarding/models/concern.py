"""A concern about an adult and the case that follows from it (Care Act 2014 s42). Need-to-know from the first row."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.history import keep_history
from core.models import ReferencedModel, TimestampedModel
from core.versions import Versioned
from people.models import Risk
from safeguarding.querysets import ConcernQuerySet


class YesNo(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"


class Known(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known yet"


class Location(models.TextChoices):
    """Where it happened; labels of the Safeguarding Adults Collection, table SG2b."""

    OWN_HOME = "own_home", "Own Home"
    COMMUNITY = "community", "In the Community (excluding community services)"
    COMMUNITY_SERVICE = "community_service", "In a Community Service"
    NURSING_HOME = "nursing_home", "Care Home – Nursing"
    RESIDENTIAL_HOME = "residential_home", "Care Home – Residential"
    HOSPITAL_ACUTE = "hospital_acute", "Hospital – Acute"
    HOSPITAL_MENTAL = "hospital_mental", "Hospital – Mental Health"
    HOSPITAL_COMMUNITY = "hospital_community", "Hospital – Community"
    OTHER = "other", "Other"


class AbuseType(models.TextChoices):
    """The eleven types of the Safeguarding Adults Collection, table SG2a (domain/safeguarding.md 6)."""

    PHY = "PHY", "Physical Abuse"
    SEX = "SEX", "Sexual Abuse"
    PSY = "PSY", "Psychological Abuse"
    FIN = "FIN", "Financial or Material Abuse"
    DIS = "DIS", "Discriminatory Abuse"
    ORG = "ORG", "Organisational Abuse"
    NEG = "NEG", "Neglect and Acts of Omission"
    DOM = "DOM", "Domestic Abuse"
    SXE = "SXE", "Sexual Exploitation"
    MOD = "MOD", "Modern Slavery"
    SLF = "SLF", "Self-Neglect"

    @property
    def of_the_guidance(self) -> str:
        """The code among the ten types of the statutory guidance, which knows one type of sexual abuse."""
        return "SEX" if self.value == "SXE" else str(self.value)


class RiskSource(models.TextChoices):
    """Who the risk comes from; labels of table SG2b."""

    PROVIDER = "provider", "Service Provider"
    KNOWN = "known", "Other – Known to Individual"
    UNKNOWN = "unknown", "Other – Unknown to Individual"


class RiskOutcome(models.TextChoices):
    """What became of an identified risk; labels of table SG2e."""

    REMAINED = "remained", "Risk Remained"
    REDUCED = "reduced", "Risk Reduced"
    REMOVED = "removed", "Risk Removed"


class Disposition(models.TextChoices):
    """What is done instead of an enquiry under s42 (domain/safeguarding.md 1)."""

    NO_ACTION = "no_action", "No action"
    ADVICE = "advice", "Advice and information"
    ASSESSMENT = "assessment", "Assessment of needs"
    CASE_MANAGEMENT = "case_management", "Case management by the named worker"
    REVIEW = "review", "Review of the support plan"
    OTHER_SERVICE = "other_service", "Another service of the council"
    OTHER_AGENCY = "other_agency", "Signposted to another agency"
    OTHER_COUNCIL = "other_council", "Another local authority"
    DUPLICATE = "duplicate", "The same as another concern"


class Override(models.TextChoices):
    """Why a concern goes on although consent was refused (domain/safeguarding.md 4)."""

    OTHERS = "others", "Others, or children, are at risk"
    CRIME = "crime", "A crime may have been committed"
    COERCION = "coercion", "The person may be coerced or controlled"
    CAPACITY = "capacity", "The person lacks capacity to decide about it"
    POSITION = "position", "Somebody in a position of trust is involved"
    VITAL = "vital", "Vital or public interest"


@keep_history()
class Concern(ReferencedModel, TimestampedModel, Versioned):
    """A concern as it was raised, and how far the council has come with it."""

    class Status(models.TextChoices):
        CONCERN_RECEIVED = "concern_received", "Concern received"
        SCREENED = "screened", "Screened"
        NOT_SAFEGUARDING = "not_safeguarding", "Not safeguarding"
        INFO_GATHERING = "info_gathering", "Information being gathered"
        S42_DECISION = "s42_decision", "Decided, next step to choose"
        NFA = "nfa", "No further action"
        ENQUIRY_PLANNING = "enquiry_planning", "Enquiry being planned"
        ENQUIRY = "enquiry", "Enquiry"
        OUTCOMES = "outcomes", "Outcomes recorded"
        PLAN_ACTIVE = "plan_active", "Protection plan in force"
        PLAN_REVIEW = "plan_review", "Protection plan reviewed"
        CLOSED = "closed", "Closed"
        TRANSFERRED_LA = "transferred_la", "Transferred to another council"
        DUPLICATE = "duplicate", "Duplicate"
        CEASED_AT_REQUEST = "ceased_at_request", "Ceased at the person’s request"
        REOPENED = "reopened", "Reopened"

    ENDED = (
        Status.NOT_SAFEGUARDING,
        Status.NFA,
        Status.CLOSED,
        Status.TRANSFERRED_LA,
        Status.DUPLICATE,
        Status.CEASED_AT_REQUEST,
    )

    class Source(models.TextChoices):
        SELF = "self", "The adult themself"
        FAMILY = "family", "Family, friend or neighbour"
        VOLUNTARY = "voluntary", "Voluntary organisation"
        HOSPITAL = "hospital", "Hospital"
        HEALTH = "health", "Health professional"
        HOUSING = "housing", "Housing"
        COUNCIL = "council", "Council service"
        HOME_CARE = "home_care", "Home-care provider"
        CARE_HOME = "care_home", "Care-home provider"
        OTHER_PROVIDER = "other_provider", "Other commissioned service"
        POLICE = "police", "Police"
        AMBULANCE = "ambulance", "Ambulance"
        FIRE = "fire", "Fire and rescue"
        PROBATION = "probation", "Probation"
        ANONYMOUS = "anonymous", "Somebody who does not say who they are"
        OTHER = "other", "Somebody else"

    class Consent(models.TextChoices):
        YES = "yes", "Yes, they know and agree"
        LIMITS = "limits", "Yes, with limits"
        NO = "no", "No, they do not agree"
        NOT_ASKED = "not_asked", "They have not been asked"

    class Channel(models.TextChoices):
        STAFF = "staff", "By a member of staff"
        PUBLIC = "public", "On the public pages"

    class LackedCapacity(models.TextChoices):
        """Table SG3a: was the adult lacking capacity to make decisions related to the enquiry?"""

        YES = "yes", "Yes, they lacked capacity"
        NO = "no", "No, they did not lack capacity"
        DONT_KNOW = "dont_know", "Don’t know"
        NOT_RECORDED = "not_recorded", "Not recorded"

    class Advocacy(models.TextChoices):
        ACCEPTED = "accepted", "Offered and accepted"
        DECLINED = "declined", "Offered and declined"
        NOT_NEEDED = "not_needed", "Not needed: they take part without difficulty, or have somebody suitable"

    class AdvocacyKind(models.TextChoices):
        CARE_ACT = "care_act", "Care Act advocate (s68)"
        IMCA = "imca", "Independent mental capacity advocate"
        IMHA = "imha", "Independent mental health advocate"
        IDVA = "idva", "Independent domestic violence adviser"
        ISVA = "isva", "Independent sexual violence adviser"
        FAMILY = "family", "Family"
        FRIEND = "friend", "Friend"
        OTHER = "other", "Other"

    class OutcomesAsked(models.TextChoices):
        """Table SG4a: was the adult asked what they want to happen?"""

        EXPRESSED = "expressed", "Yes, they were asked and outcomes were expressed"
        NONE_EXPRESSED = "none_expressed", "Yes, they were asked but no outcomes were expressed"
        NO = "no", "No"
        DONT_KNOW = "dont_know", "Don’t know"
        NOT_RECORDED = "not_recorded", "Not recorded"

    class SarConsidered(models.TextChoices):
        NOT_MET = "not_met", "Considered: the criteria of s44 are not met"
        MANDATORY = "mandatory", "Referred: a review must be arranged"
        DISCRETIONARY = "discretionary", "Referred: a review may be arranged"

    # Where it stands, and who may know
    status = models.CharField(max_length=20, choices=Status, default=Status.CONCERN_RECEIVED)
    access_list = models.ForeignKey("accounts.AccessList", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    risk = models.CharField(max_length=10, choices=Risk, blank=True)
    rule = models.CharField(max_length=40, blank=True, help_text="The target that runs at this stage.")
    due_on = models.DateField(null=True, blank=True, help_text="The target of this stage; never a limit.")
    round = models.PositiveSmallIntegerField(default=1, help_text="Counts up when the case is reopened.")

    # Whom it is about: on record, or as it was said
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    adult_given_names = models.CharField(max_length=150, blank=True)
    adult_family_name = models.CharField(max_length=150, blank=True)
    adult_date_of_birth = models.DateField(null=True, blank=True)
    adult_age = models.CharField(max_length=60, blank=True)
    adult_address = models.CharField(max_length=300, blank=True)
    adult_postcode = models.CharField(max_length=10, blank=True)
    adult_phone = models.CharField(max_length=60, blank=True)

    # Who said it
    channel = models.CharField(max_length=8, choices=Channel)
    source = models.CharField(max_length=16, choices=Source)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    referrer_name = models.CharField(max_length=150, blank=True)
    referrer_role = models.CharField(max_length=150, blank=True)
    referrer_phone = models.CharField(max_length=60, blank=True)
    referrer_email = models.EmailField(blank=True)
    received_at = models.DateTimeField()

    # What was said
    immediate_danger = models.BooleanField(default=False)
    what_happened = models.TextField(max_length=10000)
    location = models.CharField(max_length=20, choices=Location, blank=True)
    happened_on = models.DateField(null=True, blank=True)
    when_words = models.CharField(max_length=200, blank=True)
    alleged_words = models.TextField(max_length=2000, blank=True)
    others_at_risk = models.TextField(max_length=2000, blank=True)
    consent = models.CharField(max_length=10, choices=Consent)
    consent_limits = models.TextField(max_length=2000, blank=True)
    views_and_wishes = models.TextField(max_length=5000, blank=True)
    police_reference = models.CharField(max_length=60, blank=True)

    # The first look
    screened_at = models.DateTimeField(null=True, blank=True)
    screened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    immediate_action = models.TextField(max_length=5000, blank=True)
    crime = models.CharField(max_length=10, choices=Known, blank=True)
    child_at_risk = models.CharField(max_length=10, choices=Known, blank=True)
    child_referral = models.CharField(max_length=300, blank=True)
    referrer_acknowledged = models.CharField(max_length=300, blank=True)

    # The adult's part in it
    spoken_to = models.CharField(max_length=4, choices=YesNo, blank=True)
    why_not_spoken_to = models.TextField(max_length=2000, blank=True)
    outcomes_asked = models.CharField(max_length=16, choices=OutcomesAsked, blank=True)
    override = models.CharField(max_length=10, choices=Override, blank=True)
    override_reason = models.TextField(max_length=2000, blank=True)
    told_of_override = models.CharField(max_length=300, blank=True)
    capacity_doubted = models.CharField(max_length=4, choices=YesNo, blank=True)
    lacked_capacity = models.CharField(max_length=14, choices=LackedCapacity, blank=True)
    capacity_supported = models.CharField(max_length=4, choices=YesNo, blank=True)
    advocacy = models.CharField(max_length=12, choices=Advocacy, blank=True)
    advocacy_kind = models.CharField(max_length=10, choices=AdvocacyKind, blank=True)
    advocacy_reason = models.TextField(max_length=2000, blank=True)

    # The end
    disposition = models.CharField(max_length=16, choices=Disposition, blank=True)
    end_reason = models.TextField(max_length=5000, blank=True)
    other_council = models.CharField(max_length=150, blank=True)
    duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    adult_told = models.TextField(max_length=2000, blank=True)
    referrer_told = models.TextField(max_length=2000, blank=True)
    sar_considered = models.CharField(max_length=14, choices=SarConsidered, blank=True)
    sar_reason = models.TextField(max_length=2000, blank=True)
    sar_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reopened_because = models.TextField(max_length=5000, blank=True)

    # An untouched concern raises its hand by itself
    manager_told_at = models.DateTimeField(null=True, blank=True)
    head_told_at = models.DateTimeField(null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="closed") | Q(ended_at__isnull=False) & ~Q(sar_considered=""),
                name="safeguarding_closed_with_its_moment_and_review_considered",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["not_safeguarding", "nfa"]) | ~Q(disposition="") & ~Q(end_reason=""),
                name="safeguarding_ends_without_enquiry_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(capacity_supported="") | Q(lacked_capacity="yes"),
                name="safeguarding_support_only_without_capacity",
            ),
            models.CheckConstraint(
                condition=~Q(status="duplicate") | Q(duplicate_of__isnull=False),
                name="safeguarding_duplicate_names_the_other",
            ),
        ]
        indexes = [
            models.Index(fields=["access_list", "status", "received_at"], name="safeguarding_list"),
            models.Index(
                fields=["received_at"], name="safeguarding_untouched", condition=Q(status="concern_received")
            ),
            models.Index(fields=["person"], name="safeguarding_of_person"),
            # The duty list reads what is open and counts it, without the many that have ended.
            models.Index(
                fields=["received_at", "id"],
                include=["access_list", "status", "due_on", "immediate_danger"],
                name="safeguarding_open",
                condition=~Q(
                    status__in=[
                        "not_safeguarding",
                        "nfa",
                        "closed",
                        "transferred_la",
                        "duplicate",
                        "ceased_at_request",
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Concern {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("safeguarding:show-concern", args=[self.ref])

    @property
    def reference(self) -> str:
        """The reference as people read it out: three groups of four."""
        return "-".join(self.ref[place : place + 4] for place in (0, 4, 8)).upper()

    @property
    def adult(self) -> str:
        """Whom it is about, by the name on record or as it was said."""
        if self.person is not None:
            return str(self.person.full_name)
        return f"{self.adult_given_names} {self.adult_family_name}".strip() or "Name not known"

    @property
    def is_ended(self) -> bool:
        return self.status in self.ENDED

    @property
    def was_told_all(self) -> bool:
        """Whether the adult and whoever reported it know how it ended, or it is written why not."""
        return bool(self.adult_told and self.referrer_told)
