"""The money: tables of allocation, the estimate with its working, the personal budget, and reviews of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.history import keep_history
from core.models import ReferencedModel, TimestampedModel
from core.versions import Versioned
from people.querysets import AboutAPersonQuerySet
from support_plans.models import Mode


@keep_history()
class AllocationTable(ReferencedModel):
    """A version of the council's points and bands. A published one never changes; a new one is a new row."""

    class Method(models.TextChoices):
        BAND = "band", "By band"
        PER_POINT = "per_point", "By the point"

    number = models.PositiveSmallIntegerField(unique=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    method = models.CharField(max_length=10, choices=Method, default=Method.BAND)
    # {"nutrition": [0, 4, 8, 14], …}: points for help needed at level 0 to 3.
    points = models.JSONField()
    # [{"from": 0, "to": 9, "weekly": "0.00"}, …]: pounds per week.
    bands = models.JSONField(default=list)
    rate_per_point = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=200)
    verified = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Points table {self.number}"


class ChargingRateSetQuerySet(models.QuerySet):
    def in_force(self, day: date) -> ChargingRateSetQuerySet:
        """Those whose dates include a day, the newest first."""
        dated = self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
        return dated.order_by("-valid_from", "-pk")


@keep_history()
class ChargingRateSet(ReferencedModel):
    """The rates of charging of one year (money.md 6.1). A verified set never changes; a correction is a new row."""

    class Status(models.TextChoices):
        UNVERIFIED = "unverified", "To be confirmed"
        VERIFIED = "verified", "Confirmed"

    year = models.CharField(max_length=7, help_text="For example 2026-27.")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.UNVERIFIED)
    # Pounds of capital.
    lower_capital = models.DecimalField(max_digits=9, decimal_places=2)
    upper_capital = models.DecimalField(max_digits=9, decimal_places=2)
    tariff_step = models.DecimalField(max_digits=7, decimal_places=2, default=Decimal("250.00"))
    # Pounds a week.
    tariff_per_step = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal("1.00"))
    # {"single_25": "112.50", …}: pounds a week by the codes of calculators/rates.py.
    amounts = models.JSONField()
    to_confirm = models.JSONField(
        default=list, blank=True, help_text="Codes of amounts still to be confirmed."
    )
    source = models.CharField(max_length=300)

    objects = ChargingRateSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="budgets_rates_end_after_they_start",
            ),
            models.CheckConstraint(
                condition=Q(lower_capital__gte=0, upper_capital__gte=F("lower_capital"), tariff_step__gt=0)
                & Q(tariff_per_step__gte=0),
                name="budgets_capital_limits_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(status="verified") | Q(to_confirm=[]),
                name="budgets_verified_rates_leave_nothing_to_confirm",
            ),
        ]

    def __str__(self) -> str:
        return f"Charging rates {self.year}"


@keep_history()
class ApprovalLimit(models.Model):
    """Up to how much a year a role may approve (gross: weekly × 52 + one-offs). Empty: no limit."""

    role = models.CharField(max_length=40)
    yearly = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["role", "valid_from"], name="budgets_one_limit_per_role_and_start"
            )
        ]

    def __str__(self) -> str:
        return f"Limit of {self.role}"


class IndicativeBudget(ReferencedModel):
    """An estimate, kept as it was worked out: table, answers, every point, every rounding. Never recomputed."""

    APPEND_ONLY = True

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="indicative_budgets")
    assessment = models.ForeignKey(
        "assessments.Assessment", on_delete=models.PROTECT, related_name="indicative_budgets"
    )
    number = models.PositiveSmallIntegerField(default=1)
    table = models.ForeignKey(AllocationTable, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=10, choices=AllocationTable.Method)
    # Rows of {"domain", "code", "level", "points", "carer_share", "counted"}; decimals as text.
    lines = models.JSONField()
    raw_points = models.DecimalField(max_digits=7, decimal_places=4)
    score = models.PositiveSmallIntegerField()
    band_from = models.PositiveSmallIntegerField(null=True)
    band_to = models.PositiveSmallIntegerField(null=True)
    weekly = models.DecimalField(max_digits=10, decimal_places=2)
    annual = models.DecimalField(max_digits=12, decimal_places=2)
    calculated_at = models.DateTimeField()
    calculated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AboutAPersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="budgets_one_estimate_per_run"),
            models.CheckConstraint(
                condition=Q(annual=F("weekly") * 52), name="budgets_estimate_annual_is_52_weeks"
            ),
        ]

    def __str__(self) -> str:
        return f"Indicative budget {self.pk}"


class BudgetQuerySet(AboutAPersonQuerySet):
    def for_list(self) -> BudgetQuerySet:
        return self.select_related("person", "plan", "team").order_by("submitted_at", "pk")

    def waiting(self) -> BudgetQuerySet:
        return self.filter(status=PersonalBudget.Status.SUBMITTED)

    def for_page(self) -> BudgetQuerySet:
        return self.select_related(
            "person",
            "plan",
            "plan__assessment",
            "team",
            "indicative",
            "indicative__table",
            "decided_by",
            "costed_by",
            "contribution_entered_by",
        )

    def of_person(self, person: Any) -> BudgetQuerySet:
        return self.filter(person=person).select_related("plan", "team").order_by("-plan__number", "-pk")

    def lock(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).select_related("person", "plan", "team").get(pk=pk)


def sums_agree() -> pgtrigger.Trigger:
    """Checked when the transaction ends, and against the rows as they stand then: the parts arrive one by one."""
    return pgtrigger.Trigger(
        name="allocations_sum_to_total",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        declare=[("of_budget", "bigint"), ("wrong", "boolean")],
        func="""
            IF TG_TABLE_NAME = 'budgets_personalbudget' THEN
                of_budget := (to_jsonb(NEW)->>'id')::bigint;
            ELSE
                of_budget := (to_jsonb(NEW)->>'budget_id')::bigint;
            END IF;
            SELECT budget.total_weekly <> coalesce(sum(part.gross_weekly), 0)
                OR budget.person_weekly <> coalesce(sum(part.person_weekly), 0)
              INTO wrong
              FROM budgets_personalbudget budget
              LEFT JOIN budgets_budgetallocation part ON part.budget_id = budget.id
             WHERE budget.id = of_budget
               AND budget.status IN ('costed', 'submitted', 'approved', 'agreed_with_person', 'active', 'under_review')
             GROUP BY budget.id;
            IF wrong THEN
                RAISE EXCEPTION 'the allocations of a budget must sum to its total'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_allocations_sum_to_total';
            END IF;
            RETURN NULL;
        """,
    )


@keep_history()
class PersonalBudget(ReferencedModel, TimestampedModel, Versioned):
    """The personal budget of a plan (Care Act 2014 s26): the cost, what the person pays, what the council pays."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        COSTED = "costed", "Costed"
        SUBMITTED = "submitted", "Sent for approval"
        RETURNED = "returned", "Returned for changes"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"
        AGREED_WITH_PERSON = "agreed_with_person", "Figures acknowledged by the person"
        ACTIVE = "active", "Active"
        UNDER_REVIEW = "under_review", "Under review"
        SUSPENDED = "suspended", "Suspended"
        SUPERSEDED = "superseded", "Replaced by a newer one"
        ENDED = "ended", "Ended"

    class Reason(models.TextChoices):
        """Why the final figure departs from the estimate (money.md 2.1)."""

        NEED_NOT_CAPTURED = "need_not_captured", "A need the points do not show"
        MARKET_RATE = "market_rate", "Local prices"
        RISK = "risk", "Risk"
        CARER_CHANGE = "carer_change", "A change in what the carer does"
        LESS_COSTLY_OPTION = "less_costly_option", "A less costly way that meets the needs"
        OTHER = "other", "Another reason"

    class Route(models.TextChoices):
        MANAGER = "manager", "Team manager"
        PANEL = "panel", "Panel"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="personal_budgets")
    plan = models.OneToOneField(
        "support_plans.SupportPlan", on_delete=models.PROTECT, related_name="personal_budget"
    )
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    indicative = models.ForeignKey(
        IndicativeBudget, null=True, blank=True, on_delete=models.PROTECT, related_name="personal_budgets"
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    # Pounds per week; one-offs in pounds.
    total_weekly = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    person_weekly = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    council_weekly = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    one_off = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    contribution_source = models.CharField(
        max_length=200, blank=True, help_text="Where the contribution comes from."
    )
    contribution_entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contribution_entered_at = models.DateTimeField(null=True, blank=True)
    # From which day the person pays this; empty while it counts from the start of the budget.
    contribution_from = models.DateField(null=True, blank=True)
    contribution_told_on = models.DateField(
        null=True, blank=True, help_text="When the person was told of a figure that changed while in force."
    )
    variance_percent = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    variance_reason = models.CharField(max_length=20, choices=Reason, blank=True)
    variance_note = models.TextField(blank=True, max_length=2000)
    route = models.CharField(max_length=8, choices=Route, blank=True)
    costed_at = models.DateTimeField(null=True, blank=True)
    costed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision_reasons = models.TextField(blank=True, max_length=3000)
    acknowledged_on = models.DateField(null=True, blank=True)
    acknowledged_how = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(total_weekly=F("person_weekly") + F("council_weekly"))
                & Q(person_weekly__gte=0, council_weekly__gte=0),
                name="budgets_total_is_both_parts",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | (
                    (Q(assessed_by=None) | ~Q(decided_by=F("assessed_by")))
                    & (Q(costed_by=None) | ~Q(decided_by=F("costed_by")))
                ),
                name="budgets_decided_by_neither_assessor_nor_coster",
            ),
            models.CheckConstraint(
                condition=~Q(
                    status__in=["approved", "agreed_with_person", "active", "under_review", "rejected"]
                )
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="budgets_decision_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="rejected") | ~Q(decision_reasons=""),
                name="budgets_rejected_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(person_weekly=0) | ~Q(contribution_source=""),
                name="budgets_contribution_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(contribution_from=None) | Q(contribution_entered_at__isnull=False),
                name="budgets_contribution_changed_has_its_moment",
            ),
        ]
        triggers = [sums_agree()]
        indexes = [
            models.Index(fields=["team", "status", "submitted_at"], name="budgets_of_team"),
            models.Index(fields=["person", "status"], name="budgets_of_person"),
        ]

    def __str__(self) -> str:
        return f"Personal budget {self.pk}"

    def get_absolute_url(self) -> str:
        return f"/budgets/{self.ref}/"

    @property
    def total_annual(self):
        """Gross pounds a year: weekly × 52 and the one-offs (money.md 3)."""
        return self.total_weekly * 52 + self.one_off


@keep_history()
class BudgetAllocation(models.Model):
    """How much of the budget goes by one mode: pounds per week. The rows of a budget sum to its total."""

    budget = models.ForeignKey(PersonalBudget, on_delete=models.PROTECT, related_name="allocations")
    mode = models.CharField(max_length=16, choices=Mode)
    gross_weekly = models.DecimalField(max_digits=10, decimal_places=2)
    person_weekly = models.DecimalField(max_digits=10, decimal_places=2)
    net_weekly = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["budget", "mode"], name="budgets_one_allocation_per_mode"),
            models.CheckConstraint(
                condition=Q(gross_weekly=F("person_weekly") + F("net_weekly"))
                & Q(person_weekly__gte=0, net_weekly__gte=0),
                name="budgets_allocation_adds_up",
            ),
        ]
        triggers = [sums_agree()]

    def __str__(self) -> str:
        return f"Allocation {self.mode} {self.pk}"


class BudgetReviewQuerySet(AboutAPersonQuerySet):
    def open(self) -> BudgetReviewQuerySet:
        return self.exclude(status=BudgetReview.Status.NOTIFIED)

    def for_list(self) -> BudgetReviewQuerySet:
        return self.select_related("person", "budget", "team", "requested_by").order_by("requested_at", "pk")

    def lock(self, pk: int) -> Any:
        return (
            self.select_for_update(of=("self",))
            .select_related("person", "budget", "budget__plan", "team")
            .get(pk=pk)
        )


@keep_history()
class BudgetReview(ReferencedModel, TimestampedModel, Versioned):
    """“This looks wrong”: someone asks for the budget to be looked at again (money.md 8). It stays as it is meanwhile."""

    class Status(models.TextChoices):
        REQUESTED = "requested", "Asked for"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        INTERIM_SUPPORT_DECIDED = "interim_support_decided", "Interim support decided"
        REASSESSMENT = "reassessment", "Reassessment"
        DECIDED = "decided", "Decided"
        NOTIFIED = "notified", "Person told"

    class Decision(models.TextChoices):
        UNCHANGED = "unchanged", "The budget stays as it is"
        CORRECTED = "corrected", "The budget was wrong and is put right"
        REPLAN = "replan", "Needs have changed: the plan is revised"

    budget = models.ForeignKey(PersonalBudget, on_delete=models.PROTECT, related_name="reviews")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="budget_reviews")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=24, choices=Status, default=Status.REQUESTED)
    what_looks_wrong = models.TextField(max_length=5000)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateField(help_text="Within 5 working days.")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    interim_support = models.TextField(blank=True, max_length=2000)
    decision = models.CharField(max_length=12, choices=Decision, blank=True)
    reasons = models.TextField(blank=True, max_length=5000)
    old_weekly = models.DecimalField(max_digits=10, decimal_places=2)
    new_weekly = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    notified_on = models.DateField(null=True, blank=True)
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = BudgetReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["budget"],
                condition=~Q(status="notified"),
                name="budgets_one_open_review_per_budget",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | ~Q(reasons=""), name="budgets_review_decided_with_reasons"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("requested_by")),
                name="budgets_review_decided_by_somebody_else",
            ),
        ]
        indexes = [models.Index(fields=["team", "status", "requested_at"], name="budgets_review_of_team")]

    def __str__(self) -> str:
        return f"Budget review {self.pk}"

    def get_absolute_url(self) -> str:
        return f"/budgets/reviews/{self.ref}/"
