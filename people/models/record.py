"""The person at the centre: identity, ways to reach them, who is around them, who works with them, what was noted."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from core import calendar
from core.history import keep_history
from core.models import ReferencedModel, TimestampedModel
from core.versions import Versioned
from people import national_lists
from people.querysets import AboutAPersonQuerySet, AllocationQuerySet, DatedQuerySet, PersonQuerySet


class Origin(models.TextChoices):
    PORTAL = "portal", "Made here"
    IMPORTED = "imported", "Imported"


class Risk(models.TextChoices):
    HIGH = "high", "High risk"
    MEDIUM = "medium", "Medium risk"
    STANDARD = "standard", "Standard risk"


@keep_history()
class Person(ReferencedModel, TimestampedModel, Versioned):
    """An adult, a carer, or both: one record for one human being."""

    class Level(models.TextChoices):
        STANDARD = "standard", "Standard"
        TEAM_ONLY = "team_only", "Teams that work with them"
        NAMED_USERS = "named_users", "Named users only"
        SEALED = "sealed", "Sealed"

    class NhsNumberStatus(models.TextChoices):
        VERIFIED = "verified", "Verified"
        UNVERIFIED = "unverified", "Not yet verified"
        NOT_KNOWN = "not_known", "Not known"
        DECLINED = "declined", "Declined"

    class Channel(models.TextChoices):
        PHONE = "phone", "Phone"
        POST = "post", "Post"
        EMAIL = "email", "E-mail"
        TEXT = "text", "Text message"
        IN_PERSON = "in_person", "In person"

    local_number = models.CharField(max_length=20, unique=True)
    external_id = models.CharField(
        max_length=60, blank=True, help_text="The council's earlier identifier, as imported."
    )
    given_names = models.CharField(max_length=150)
    family_name = models.CharField(max_length=150)
    preferred_name = models.CharField(max_length=150, blank=True)
    name_sort = models.CharField(max_length=310, editable=False)
    search_text = models.CharField(max_length=700, editable=False)
    pronouns = models.CharField(max_length=40, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    # One letter each for day, month and year: A accurate, E estimated, U unknown (domain/people.md 1).
    date_of_birth_accuracy = models.CharField(max_length=3, default="AAA")
    is_deceased = models.BooleanField(default=False)
    date_of_death = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    nhs_number_status = models.CharField(
        max_length=12, choices=NhsNumberStatus, default=NhsNumberStatus.NOT_KNOWN
    )
    # National lists keep the wording of the return's specification.
    gender = models.CharField(max_length=20, blank=True)
    ethnicity = models.CharField(max_length=120, blank=True)
    first_language = models.CharField(max_length=60, blank=True)
    interpreter_needed = models.BooleanField(default=False)
    primary_support_reason = models.CharField(max_length=120, blank=True)
    accommodation_status = models.CharField(max_length=140, blank=True)
    employment_status = models.CharField(max_length=100, blank=True)
    client_funding_status = models.CharField(max_length=60, blank=True)
    autism = models.CharField(max_length=20, blank=True)
    visual_impairment = models.CharField(max_length=60, blank=True)
    hearing_impairment = models.CharField(max_length=60, blank=True)
    dementia = models.CharField(max_length=20, blank=True)
    gp_practice_name = models.CharField(max_length=150, blank=True)
    gp_practice_code = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    preferred_channel = models.CharField(max_length=12, choices=Channel, default=Channel.PHONE)
    safe_to_leave_message = models.BooleanField(default=False)
    safe_contact = models.CharField(
        max_length=300,
        blank=True,
        help_text="When and how it is safe to get in touch, in the person’s words.",
    )
    what_matters = models.TextField(blank=True, max_length=2000)
    what_matters_on = models.DateField(null=True, blank=True)
    risk = models.CharField(max_length=10, choices=Risk, default=Risk.STANDARD)
    is_carer = models.BooleanField(default=False)
    is_service_user = models.BooleanField(default=True)
    level = models.CharField(max_length=12, choices=Level, default=Level.STANDARD)
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)
    import_run_id = models.BigIntegerField(null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["nhs_number"], condition=~Q(nhs_number=""), name="people_one_person_per_nhs_number"
            ),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="people_one_person_per_external_id"
            ),
            models.CheckConstraint(
                condition=Q(level__in=["standard", "team_only"]) | Q(access_list__isnull=False),
                name="people_restricted_record_has_a_list",
            ),
            models.CheckConstraint(
                condition=Q(date_of_death=None) | Q(is_deceased=True),
                name="people_date_of_death_means_deceased",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="people_search_text"),
            models.Index(
                fields=["name_sort", "id"],
                name="people_name_sort",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            ),
            models.Index(fields=["date_of_birth", "name_sort"], name="people_date_of_birth"),
            models.Index(fields=["level"], name="people_restricted", condition=~Q(level="standard")),
        ]

    def __str__(self) -> str:
        return f"Person {self.local_number}"

    def get_absolute_url(self) -> str:
        return f"/people/{self.ref}/"

    @property
    def name(self) -> str:
        """How the person is called on screen: the name they prefer, with the family name."""
        return f"{self.preferred_name or self.given_names} {self.family_name}".strip()

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def first_name(self) -> str:
        return (self.preferred_name or self.given_names).split(" ")[0]

    @property
    def spaced_nhs_number(self) -> str:
        """The NHS number in threes and four, as it is printed."""
        number = self.nhs_number
        return f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""

    def age_on(self, day: date) -> int | None:
        """Completed years on a day; None where the date of birth is not known."""
        return calendar.completed_years(self.date_of_birth, day) if self.date_of_birth else None


@keep_history()
class Address(TimestampedModel):
    class Use(models.TextChoices):
        HOME = "home", "Home"
        WORK = "work", "Work"
        TEMPORARY = "temp", "Temporary"
        OLD = "old", "Old"
        BILLING = "billing", "For bills"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="addresses")
    use = models.CharField(max_length=10, choices=Use, default=Use.HOME)
    lines = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    no_fixed_abode = models.BooleanField(default=False)
    is_confidential = models.BooleanField(
        default=False, help_text="A refuge, for example: need to know only."
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="people_address_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(use="home", valid_to=None),
                name="people_one_present_home_address",
            ),
        ]
        indexes = [models.Index(fields=["person", "valid_to"], name="people_address_of_person")]

    def __str__(self) -> str:
        return f"Address {self.pk}"


@keep_history()
class CommunicationNeed(models.Model):
    """How to communicate with the person (Accessible Information Standard, DAPB1605): shown on every header."""

    class Category(models.TextChoices):
        CONTACT_METHOD = "contact_method", "How to get in touch"
        FORMAT = "format", "Format of letters"
        PROFESSIONAL = "professional", "Communication professional"
        SUPPORT = "support", "Support to communicate"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="communication_needs")
    category = models.CharField(max_length=20, choices=Category)
    code = models.CharField(max_length=40)
    detail = models.CharField(max_length=200, blank=True)
    consent_to_share = models.BooleanField(default=True)
    reviewed_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = AboutAPersonQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person"], name="people_need_of_person")]

    def __str__(self) -> str:
        return f"Communication need {self.pk}"

    @property
    def words(self) -> str:
        """The need in words, for example “Large print”."""
        return national_lists.COMMUNICATION.get(self.code, ("", self.code.replace("_", " ").capitalize()))[1]


@keep_history()
class Warning(ReferencedModel, TimestampedModel, Versioned):  # noqa: A001 the field's own word
    """A warning to whoever visits or rings. Shown above the name until it expires or is renewed (12 months at most)."""

    class Kind(models.TextChoices):
        RISK_TO_STAFF = "risk_to_staff", "Visit in pairs"
        ANIMAL = "animal", "Animal"
        INFECTION = "infection", "Infection"
        ALLERGY = "allergy", "Allergy"
        FIRE_OXYGEN = "fire_oxygen", "Fire or oxygen"
        KEY_SAFE = "key_safe", "Key safe"
        MISSING = "missing", "May go missing"
        OTHER = "other", "Other"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="warnings")
    kind = models.CharField(max_length=20, choices=Kind)
    headline = models.CharField(max_length=100)
    what_to_do = models.CharField(max_length=500)
    evidence = models.CharField(max_length=500)
    person_told = models.BooleanField()
    why_not_told = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AboutAPersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person_told=True) | ~Q(why_not_told=""),
                name="people_warning_says_why_person_not_told",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="people_warning_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="people_warning_closed_at_and_by_together",
            ),
        ]
        indexes = [models.Index(fields=["person", "ends_on"], name="people_warning_of_person")]

    def __str__(self) -> str:
        return f"Warning {self.pk}"


@keep_history()
class Relationship(ReferencedModel, TimestampedModel, Versioned):
    """How one person stands to another, or to someone known only by name. Next of kin gives no legal power."""

    class Kind(models.TextChoices):
        SPOUSE = "spouse", "Wife, husband or partner"
        DAUGHTER = "daughter", "Daughter"
        SON = "son", "Son"
        MOTHER = "mother", "Mother"
        FATHER = "father", "Father"
        SIBLING = "sibling", "Sister or brother"
        OTHER_RELATIVE = "other_relative", "Other relative"
        FRIEND = "friend", "Friend"
        NEIGHBOUR = "neighbour", "Neighbour"
        GP = "gp", "GP"
        PROFESSIONAL = "professional", "Other professional"
        CARER = "carer", "Unpaid carer"
        OTHER = "other", "Other"

    class MayTalk(models.TextChoices):
        YES = "yes", "Yes, about everything"
        HEALTH = "health", "Yes, about health"
        EMERGENCY = "emergency", "Only in an emergency"
        NO = "no", "No"
        NOT_ASKED = "not_asked", "Not asked yet"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships")
    other_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="relationships_to_others"
    )
    other_name = models.CharField(max_length=150, blank=True)
    other_phone = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, help_text="What the other is to this person.")
    what_they_do = models.CharField(max_length=300, blank=True)
    may_talk = models.CharField(max_length=12, choices=MayTalk, default=MayTalk.NOT_ASKED)
    is_carer = models.BooleanField(default=False)
    is_main_carer = models.BooleanField(default=False)
    hours_caring_weekly = models.PositiveSmallIntegerField(null=True, blank=True)
    lives_with = models.BooleanField(default=False)
    next_of_kin = models.BooleanField(default=False)
    emergency_contact = models.BooleanField(default=False)
    key_holder = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(other_person__isnull=False) | ~Q(other_name=""),
                name="people_relationship_names_someone",
            ),
            models.CheckConstraint(
                condition=Q(other_person=None) | ~Q(other_person=F("person")),
                name="people_nobody_relates_to_themself",
            ),
            models.CheckConstraint(
                condition=Q(is_main_carer=False) | Q(is_carer=True), name="people_main_carer_is_a_carer"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_main_carer=True, valid_to=None),
                name="people_one_main_carer_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["person", "valid_to"], name="people_relationship_of")]

    def __str__(self) -> str:
        return f"Relationship {self.pk}"

    @property
    def name(self) -> str:
        return self.other_person.name if self.other_person else self.other_name


@keep_history()
class Allocation(ReferencedModel):
    """A worker, or a team alone, responsible for a person between two dates. One lead at a time."""

    class Role(models.TextChoices):
        LEAD = "lead", "Named worker"
        CO = "co", "Also working with them"
        DUTY = "duty", "On duty"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="allocations")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="allocations"
    )
    role = models.CharField(max_length=8, choices=Role, default=Role.LEAD)
    handover_summary = models.TextField(blank=True, max_length=4000)
    reason = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AllocationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(role="lead", valid_to=None), name="people_one_lead_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="people_allocation_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["worker", "valid_to"], name="people_allocation_of_worker"),
            models.Index(fields=["team", "valid_to"], name="people_allocation_of_team"),
            models.Index(fields=["person", "valid_to"], name="people_allocation_of_person"),
        ]

    def __str__(self) -> str:
        return f"Allocation {self.pk}"


class CaseNote(ReferencedModel):
    """What happened, as written down: final when saved here, for the unfinished stand in drafts. A correction is a
    new note."""

    class Kind(models.TextChoices):
        CONTACT = "contact", "Contact"
        VISIT = "visit", "Visit"
        CALL = "call", "Phone call"
        MEETING = "meeting", "Meeting"
        DECISION = "decision", "Management decision"
        SUPERVISION = "supervision", "Supervision"
        FINANCE = "finance", "Finance"
        LEGAL = "legal", "Legal"
        CAPACITY = "capacity", "Mental capacity"
        MULTI_DISCIPLINARY = "mdt", "Multi-disciplinary meeting"

    APPEND_ONLY = True
    # Notes of these kinds say that somebody spoke with the person, or about them.
    IN_TOUCH = (Kind.CONTACT.value, Kind.VISIT.value, Kind.CALL.value, Kind.MEETING.value)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="case_notes")
    kind = models.CharField(max_length=16, choices=Kind)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=20000)
    person_words = models.TextField(blank=True, max_length=5000)
    involved = models.CharField(max_length=300, blank=True)
    is_significant = models.BooleanField(default=False)
    is_third_party = models.BooleanField(default=False)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AboutAPersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-occurred_at", "-id"], name="people_note_of_person"),
            # With whom somebody was in touch of late.
            models.Index(
                fields=["occurred_at"],
                include=["person"],
                condition=Q(kind__in=["contact", "visit", "call", "meeting"], access_list=None),
                name="people_note_in_touch",
            ),
        ]

    def __str__(self) -> str:
        return f"Note {self.pk}"
