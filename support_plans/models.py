"""What was agreed: the plan in versions, its lines, and its reviews."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from core.history import keep_history
from core.models import ReferencedModel, TimestampedModel
from core.versions import Versioned
from people.models import Origin
from support_plans.querysets import ItemQuerySet, PlanQuerySet, ReviewQuerySet


class Mode(models.TextChoices):
    """Who holds the money for a line (money.md 5)."""

    DIRECT_PAYMENT = "direct_payment", "Direct payment"
    ISF = "isf", "Individual service fund"
    COUNCIL_MANAGED = "council_managed", "Care we arrange"


class Stream(models.TextChoices):
    """Which public or private money pays for a line (money.md 5). Only adult social care lines are means-tested."""

    ASC = "asc", "Adult social care"
    CONTRIBUTION = "contribution", "The person"
    NHS_CHC = "nhs_chc", "NHS continuing healthcare"
    NHS_FNC = "nhs_fnc", "NHS-funded nursing care"
    S117_JOINT = "s117_joint", "Section 117 after-care"
    PERSONAL_HEALTH_BUDGET = "personal_health_budget", "Personal health budget"
    DFG = "dfg", "Disabled Facilities Grant"
    COMMUNITY_EQUIPMENT = "community_equipment", "Community equipment"
    ACCESS_TO_WORK = "access_to_work", "Access to Work"
    SUPPORTED_HOUSING = "supported_housing", "Supported housing"
    ILF_LEGACY = "ilf_legacy", "Independent Living Fund (legacy)"
    TOP_UP = "top_up", "Third-party top-up"
    CHARITY = "charity", "Charity"


@keep_history()
class SupportPlan(ReferencedModel, TimestampedModel, Versioned):
    """A care and support plan, or a carer's support plan (Care Act 2014 s25). An approved one changes only by review."""

    class Kind(models.TextChoices):
        ADULT = "adult", "Care and support plan"
        CARER = "carer", "Support plan"

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        WITH_PERSON = "with_person", "With the person"
        AGREED = "agreed", "Agreed by the person"
        DISAGREED = "disagreed", "Not agreed by the person"
        SUBMITTED = "submitted", "Sent for approval"
        RETURNED = "returned", "Returned for changes"
        APPROVED = "approved", "Approved"
        ACTIVE = "active", "Active"
        SUPERSEDED = "superseded", "Replaced by a newer version"
        ENDED = "ended", "Ended"

    OPEN = (
        Status.DRAFT,
        Status.WITH_PERSON,
        Status.AGREED,
        Status.DISAGREED,
        Status.SUBMITTED,
        Status.RETURNED,
    )
    EDITABLE = (Status.DRAFT, Status.DISAGREED, Status.RETURNED)

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="support_plans")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(
        "assessments.Assessment",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="support_plans",
    )
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ADULT)
    number = models.PositiveSmallIntegerField(default=1, help_text="Version of the person's plan, from 1.")
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    # s25(1)(a) and (b): the needs, and whether they meet the criteria, as they stood at the determination.
    needs = models.JSONField(default=list, blank=True, help_text="Rows of {code, need, eligible}.")
    # s25(1)(d): what matters to the person and the outcomes wanted.
    what_matters = models.TextField(blank=True, max_length=5000)
    # s25(1)(f)(i) and (ii).
    advice_meeting_needs = models.TextField(blank=True, max_length=5000)
    advice_preventing_needs = models.TextField(blank=True, max_length=5000)
    contingency = models.TextField(blank=True, max_length=5000)
    # s25(2): with direct payments, which needs and how often.
    direct_payment_frequency = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_on = models.DateField(null=True, blank=True)
    agreed_how = models.CharField(max_length=300, blank=True)
    disagreement = models.TextField(blank=True, max_length=3000)
    # Who wrote the answer down, and when: a worker, the person, or somebody who acts for them.
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    return_reason = models.TextField(blank=True, max_length=3000)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    copy_given_on = models.DateField(null=True, blank=True)
    copy_format = models.CharField(max_length=60, blank=True)
    active_from = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)
    # When the next review is due. No active plan is without one.
    next_review_on = models.DateField(null=True, blank=True)
    # Written by budgets alone, through record_budget (layout.md, support_plans ↔ budgets). Pounds per week.
    indicative_weekly = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    total_weekly = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    council_weekly = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    person_weekly = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    budget_ref = models.CharField(max_length=16, blank=True)
    budget_version = models.PositiveIntegerField(null=True, blank=True)
    figures_acknowledged_on = models.DateField(null=True, blank=True)
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(status="active"),
                name="support_plans_one_active_per_person",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(
                    status__in=[
                        "draft",
                        "with_person",
                        "agreed",
                        "disagreed",
                        "submitted",
                        "returned",
                        "approved",
                    ]
                ),
                name="support_plans_one_in_preparation_per_person",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="support_plans_answered_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=~Q(status="active") | Q(next_review_on__isnull=False, active_from__isnull=False),
                name="support_plans_no_active_plan_without_a_next_date",
            ),
            # s25(1)(a) to (f), for plans made here; imported ones are completed at their next review.
            models.CheckConstraint(
                condition=~Q(status__in=["submitted", "approved", "active"], origin="portal")
                | (
                    ~Q(needs=[])
                    & ~Q(what_matters="")
                    & ~Q(advice_meeting_needs="")
                    & ~Q(advice_preventing_needs="")
                    & Q(total_weekly__isnull=False, starts_on__isnull=False)
                ),
                name="support_plans_complete_before_approval",
            ),
            models.CheckConstraint(
                condition=~Q(status="active", origin="portal")
                | Q(
                    copy_given_on__isnull=False,
                    figures_acknowledged_on__isnull=False,
                    approved_at__isnull=False,
                ),
                name="support_plans_active_only_with_copy_and_figures",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None)
                | (~Q(approved_by=F("prepared_by")) & ~Q(approved_by=F("submitted_by"))),
                name="support_plans_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="support_plans_approved_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(total_weekly=None) | Q(total_weekly=F("council_weekly") + F("person_weekly")),
                name="support_plans_money_adds_up",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "status"], name="support_plans_of_team"),
            models.Index(fields=["person", "-number"], name="support_plans_of_person"),
            models.Index(fields=["next_review_on"], name="support_plans_next", condition=Q(status="active")),
        ]

    def __str__(self) -> str:
        return f"Support plan {self.pk}"

    def get_absolute_url(self) -> str:
        return f"/support-plans/{self.ref}/"

    @property
    def is_editable(self) -> bool:
        return self.status in self.EDITABLE

    @property
    def is_costed(self) -> bool:
        return self.total_weekly is not None

    @property
    def eligible_codes(self) -> list[str]:
        """The needs that meet the criteria and that the person has not declined help with."""
        return [need["code"] for need in self.needs if need.get("eligible") and not need.get("declined")]

    @property
    def is_incomplete_import(self) -> bool:
        """Taken over from another system: details are completed at the next review."""
        return self.origin == Origin.IMPORTED


@keep_history()
class PlanItem(ReferencedModel, TimestampedModel, Versioned):
    """One line of a plan: which need, what is wanted, how it is met, by whom, at what cost, from which money."""

    class By(models.TextChoices):
        SELF = "self", "The person themself"
        FAMILY = "family", "Family, friend or carer"
        COMMUNITY = "community", "Community group"
        HEALTH = "health", "Health service"
        EQUIPMENT = "equipment", "Equipment"
        ADAPTATION = "adaptation", "Adaptation"
        PERSONAL_ASSISTANT = "personal_assistant", "Personal assistant"
        HOME_CARE = "home_care", "Home care"
        DAY = "day", "Day support"
        RESPITE = "respite", "Respite"
        EXTRA_CARE = "extra_care", "Extra care housing"
        TELECARE = "telecare", "Telecare"
        SHARED_LIVES = "shared_lives", "Shared Lives"
        SUPPORTED_LIVING = "supported_living", "Supported living"
        RESIDENTIAL = "residential", "Care home"
        NURSING = "nursing", "Nursing home"
        MEALS = "meals", "Meals"
        TRANSPORT = "transport", "Transport"
        PROFESSIONAL = "professional", "Professional support"
        CARER_SUPPORT = "carer_support", "Support for the carer"
        REABLEMENT = "reablement", "Reablement"
        OTHER = "other", "Something else"

    plan = models.ForeignKey(SupportPlan, on_delete=models.PROTECT, related_name="items")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    need_codes = ArrayField(models.CharField(max_length=1), default=list, blank=True)
    outcome_wanted = models.TextField(max_length=2000, blank=True)
    how_met = models.CharField(max_length=500)
    by = models.CharField(max_length=20, choices=By)
    provider = models.ForeignKey(
        "directory.Provider", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    provider_name = models.CharField(max_length=200, blank=True)
    quantity = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True, help_text="Units a week."
    )
    unit = models.CharField(max_length=20, blank=True, help_text="hour, visit, day, session, week")
    unit_cost = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    cost_weekly = models.DecimalField(max_digits=10, decimal_places=2, default=Decimal("0.00"))
    cost_one_off = models.DecimalField(max_digits=10, decimal_places=2, default=Decimal("0.00"))
    stream = models.CharField(max_length=24, choices=Stream, default=Stream.ASC)
    mode = models.CharField(max_length=16, choices=Mode, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    contingency = models.CharField(max_length=500, blank=True)
    costed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)
    imported_service_type = models.CharField(max_length=80, blank=True)
    imported_component = models.CharField(max_length=80, blank=True)
    imported_mechanism = models.CharField(max_length=60, blank=True)
    imported_frequency = models.CharField(max_length=30, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cost_weekly__gte=0, cost_one_off__gte=0), name="support_plans_cost_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="support_plans_item_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(cost_weekly=0, cost_one_off=0)
                | ~Q(mode="")
                | ~Q(stream="asc")
                | Q(origin="imported"),
                name="support_plans_council_money_has_a_mode",
            ),
            # Free by regulation, so never a chargeable line (Personal Budget: Exclusion of Costs Regs 2014; verify).
            models.CheckConstraint(
                condition=~Q(by="reablement", origin="portal") | Q(cost_weekly=0, cost_one_off=0),
                name="support_plans_reablement_is_not_charged",
            ),
        ]
        indexes = [
            models.Index(fields=["plan"], name="support_plans_item_of_plan"),
            models.Index(fields=["person", "starts_on"], name="support_plans_item_of_person"),
        ]

    def __str__(self) -> str:
        return f"Plan item {self.pk}"

    @property
    def who(self) -> str:
        """By whom, in words: the provider where there is one."""
        return self.provider.name if self.provider else self.provider_name or str(self.get_by_display())

    @property
    def amount(self) -> str:
        """How much a week at what price, in words: “6 hours at £15.00”. Nothing where neither was entered."""
        if not self.quantity or self.unit_cost is None:
            return ""
        units = f" {self.unit}{'' if self.quantity == 1 else 's'}" if self.unit else ""
        quantity = f"{self.quantity.normalize():f}"
        return f"{quantity}{units} at £{self.unit_cost:,.2f}" if self.unit_cost else f"{quantity}{units}"

    @property
    def is_means_tested(self) -> bool:
        """Only lines of adult social care are part of the personal budget and can be charged for (money.md 5)."""
        return self.stream == Stream.ASC


@keep_history()
class Review(ReferencedModel, TimestampedModel, Versioned):
    """A review of a plan (Care Act 2014 s27). A review is not a reassessment and cannot by itself cut a budget."""

    class Kind(models.TextChoices):
        INITIAL = "initial", "First review"
        ANNUAL = "annual", "Yearly review"
        UNPLANNED = "unplanned", "Unplanned review"
        REQUESTED = "requested", "Review asked for"
        SHORT_TERM = "short_term", "Review of short-term support"
        DP = "dp", "Direct payment review"

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", "Scheduled"
        INVITED = "invited", "Person invited"
        HELD = "held", "Held"
        WRITTEN_UP = "written_up", "Written up"
        APPROVED = "approved", "Approved"
        CLOSED = "closed", "Closed"
        MISSED = "missed", "Missed"
        DECLINED = "declined", "Declined"
        CANCELLED = "cancelled", "No longer needed"

    OPEN = (Status.SCHEDULED, Status.INVITED, Status.HELD, Status.WRITTEN_UP, Status.APPROVED)

    class Achieved(models.TextChoices):
        FULLY = "fully", "Fully met"
        PARTIALLY = "partially", "Partially met"
        NOT = "not", "Not met"

    class Outcome(models.TextChoices):
        """What followed (care-act.md 9)."""

        NURSING = "nursing", "Move to a nursing home"
        RESIDENTIAL = "residential", "Move to a care home"
        COMMUNITY = "community", "Move to support in the community"
        SHORT_TERM = "short_term", "Short-term support to maximise independence"
        INCREASED = "increased", "Support increased"
        UNCHANGED = "unchanged", "Support unchanged"
        DECREASED = "decreased", "Support decreased"
        SUSPENDED = "suspended", "Support suspended"
        ENDED = "ended", "Support ended"
        REASSESSMENT = "reassessment", "Reassessment needed"

    plan = models.ForeignKey(SupportPlan, on_delete=models.PROTECT, related_name="reviews")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="reviews")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.SCHEDULED)
    due_on = models.DateField()
    latest_on = models.DateField(
        null=True, blank=True, help_text="After this day it counts as missed its window."
    )
    requested_on = models.DateField(null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    declined_because = models.CharField(max_length=1000, blank=True, help_text="Reasons, given to who asked.")
    invited_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    working = models.TextField(blank=True, max_length=5000)
    not_working = models.TextField(blank=True, max_length=5000)
    person_words = models.TextField(blank=True, max_length=5000)
    changed = models.TextField(blank=True, max_length=5000)
    outcomes_achieved = models.CharField(max_length=12, choices=Achieved, blank=True)
    budget_still_right = models.CharField(max_length=4, choices=[("yes", "Yes"), ("no", "No")], blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    next_due_on = models.DateField(null=True, blank=True)
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)
    imported_outcome = models.CharField(max_length=120, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind"],
                condition=Q(status__in=["scheduled", "invited", "held", "written_up", "approved"]),
                name="support_plans_one_open_review_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed", origin="portal")
                | Q(closed_at__isnull=False, held_on__isnull=False) & ~Q(outcome=""),
                name="support_plans_review_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined", origin="portal") | ~Q(declined_because=""),
                name="support_plans_review_declined_with_reasons",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "status", "due_on"], name="support_plans_review_of_team"),
            models.Index(fields=["person", "-due_on"], name="support_plans_review_of_person"),
        ]

    def __str__(self) -> str:
        return f"Review {self.pk}"

    def get_absolute_url(self) -> str:
        return f"/reviews/{self.ref}/"
