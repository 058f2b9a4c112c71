"""Budgets, the points tables and budget reviews in the API: the same rules as on the pages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from accounts.api_actions import CASE_WORK, CreatingAction, RecordAction, answer, page_of, record_view
from accounts.models import CASE_ROLES, MANAGING_ROLES, MONEY_ROLES, Role
from accounts.requests import SignedInApiRequest
from budgets import services
from budgets.approvals import waiting_for
from budgets.models import (
    AllocationTable,
    BudgetAllocation,
    BudgetReview,
    IndicativeBudget,
    PersonalBudget,
)
from core import clock
from core.api import ApiView, Problem, listed
from core.policy import Audience, Policy
from people.permissions import can_read_case

READERS = Policy(Audience.STAFF, CASE_ROLES | MONEY_ROLES)
FINANCE = Policy(Audience.STAFF, frozenset({Role.FINANCE_OFFICER}))
DECIDERS = Policy(Audience.STAFF, MANAGING_ROLES)


class LineOutput(serializers.Serializer):
    domain = serializers.CharField()
    code = serializers.CharField()
    level = serializers.IntegerField()
    points = serializers.CharField(help_text="Decimal as text.")
    carer_share = serializers.CharField(help_text="Decimal as text, 0 to 1.")
    counted = serializers.CharField(help_text="Decimal as text.")


class EstimateOutput(serializers.ModelSerializer):
    table = serializers.IntegerField(source="table.number", help_text="Number of the points table.")
    lines = LineOutput(many=True)

    class Meta:
        model = IndicativeBudget
        fields = (
            "ref",
            "number",
            "table",
            "method",
            "lines",
            "raw_points",
            "score",
            "band_from",
            "band_to",
            "weekly",
            "annual",
            "calculated_at",
        )


class BudgetAllocationOutput(serializers.ModelSerializer):
    class Meta:
        model = BudgetAllocation
        fields = ("mode", "gross_weekly", "person_weekly", "net_weekly")


class BudgetOutput(serializers.ModelSerializer):
    """A budget as it stands in lists. Pounds a week; one-offs and the year in pounds."""

    person = serializers.CharField(source="person.ref")
    plan = serializers.CharField(source="plan.ref")
    team = serializers.CharField(source="team.ref")
    total_annual = serializers.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        model = PersonalBudget
        fields = (
            "ref",
            "version",
            "person",
            "plan",
            "team",
            "status",
            "total_weekly",
            "person_weekly",
            "council_weekly",
            "one_off",
            "total_annual",
            "variance_percent",
            "route",
            "submitted_at",
            "valid_from",
            "valid_to",
        )


class BudgetDetail(BudgetOutput):
    """A budget with its estimate, every line of the working, and how it is paid."""

    indicative = EstimateOutput(allow_null=True)
    allocations = BudgetAllocationOutput(many=True)

    class Meta(BudgetOutput.Meta):
        fields = (  # type: ignore[assignment]
            *BudgetOutput.Meta.fields,
            "contribution_source",
            "contribution_entered_at",
            "contribution_from",
            "contribution_told_on",
            "variance_reason",
            "variance_note",
            "costed_at",
            "decided_at",
            "decision_reasons",
            "acknowledged_on",
            "acknowledged_how",
            "indicative",
            "allocations",
        )


class WaitingOutput(BudgetOutput):
    is_mine = serializers.BooleanField(
        help_text="Within my limit, and I neither assessed, prepared nor costed it."
    )

    class Meta(BudgetOutput.Meta):
        fields = (*BudgetOutput.Meta.fields, "is_mine")  # type: ignore[assignment]


class CostInput(serializers.Serializer):
    contribution = serializers.DecimalField(max_digits=10, decimal_places=2, min_value=Decimal("0"))
    contribution_source = serializers.CharField(max_length=200, allow_blank=True, default="")
    variance_reason = serializers.ChoiceField(
        choices=PersonalBudget.Reason.choices, allow_blank=True, default=""
    )
    variance_note = serializers.CharField(max_length=2000, allow_blank=True, default="")


class ContributionInput(serializers.Serializer):
    contribution = serializers.DecimalField(max_digits=10, decimal_places=2, min_value=Decimal("0"))
    contribution_source = serializers.CharField(max_length=200)
    applies_from = serializers.DateField(allow_null=True, default=None)
    told_on = serializers.DateField(allow_null=True, default=None)


class ReasonsInput(serializers.Serializer):
    reasons = serializers.CharField(max_length=3000, allow_blank=True, default="")


class AcknowledgeInput(serializers.Serializer):
    how = serializers.CharField(max_length=200)


class LooksWrongInput(serializers.Serializer):
    what_looks_wrong = serializers.CharField(max_length=5000)


class BudgetReviewOutput(serializers.ModelSerializer):
    person = serializers.CharField(source="person.ref")
    budget = serializers.CharField(source="budget.ref")
    team = serializers.CharField(source="team.ref")

    class Meta:
        model = BudgetReview
        fields = (
            "ref",
            "version",
            "person",
            "budget",
            "team",
            "status",
            "what_looks_wrong",
            "requested_at",
            "answer_by",
            "acknowledged_at",
            "interim_support",
            "decision",
            "reasons",
            "old_weekly",
            "new_weekly",
            "decided_at",
            "notified_on",
        )


class InterimInput(serializers.Serializer):
    interim_support = serializers.CharField(max_length=2000)


class DecideReviewInput(serializers.Serializer):
    decision = serializers.ChoiceField(choices=BudgetReview.Decision.choices)
    reasons = serializers.CharField(max_length=5000)
    new_weekly = serializers.DecimalField(
        max_digits=10, decimal_places=2, min_value=Decimal("0"), allow_null=True, default=None
    )


class TellInput(serializers.Serializer):
    on = serializers.DateField()


class TableOutput(serializers.ModelSerializer):
    class Meta:
        model = AllocationTable
        fields = (
            "number",
            "valid_from",
            "valid_to",
            "method",
            "points",
            "bands",
            "rate_per_point",
            "source",
            "verified",
        )


BudgetPage = page_of(BudgetOutput, "PersonalBudgetPage")
WaitingPage = page_of(WaitingOutput, "BudgetsWaitingPage")
BudgetReviewPage = page_of(BudgetReviewOutput, "BudgetReviewPage")


def find_budget(request: SignedInApiRequest, ref: str) -> PersonalBudget:
    """The budget behind a reference. Money staff get the sums of the estimate without its lines, which say what was
    found at the assessment."""
    budgets = PersonalBudget.objects.visible_to(request.user).for_page().prefetch_related("allocations")
    budget = get_object_or_404(budgets, ref=ref)
    if budget.indicative and not can_read_case(request.user):
        budget.indicative.lines = []
    return budget


def find_review(request: SignedInApiRequest, ref: str) -> BudgetReview:
    return get_object_or_404(BudgetReview.objects.visible_to(request.user).for_list(), ref=ref)


class Budgets(ApiView):
    policy = READERS

    @extend_schema(
        operation_id="budgets_list",
        parameters=[OpenApiParameter("person", str, description="Reference of a person.")],
        responses={200: BudgetPage, 403: Problem},
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """Budgets of my teams, or all of one person, the newest first."""
        budgets = PersonalBudget.objects.visible_to(request.user).select_related("person", "plan", "team")
        person = request.query_params.get("person", "")
        if person:
            budgets = budgets.filter(person__ref=person[:16])
        else:
            budgets = budgets.filter(team__in=request.user.team_ids)
        return listed(request, budgets, BudgetOutput, ordering=("-created_at", "-pk"))


class ShowBudget(ApiView):
    policy = READERS

    @extend_schema(operation_id="budgets_show", responses={200: BudgetDetail, 403: Problem, 404: Problem})
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One budget with its working. The view is recorded."""
        budget = find_budget(request, ref)
        record_view(request, budget, "api-budgets-show")
        return answer(BudgetDetail, budget)


class Waiting(ApiView):
    policy = DECIDERS

    @extend_schema(operation_id="budgets_list_waiting", responses={200: WaitingPage, 403: Problem})
    def get(self, request: SignedInApiRequest) -> Response:
        """Budgets that wait for a decision in my teams and services, the oldest first."""
        rows = waiting_for(request.user).select_related("person", "plan", "team")
        return listed(request, rows, WaitingOutput, ordering=("submitted_at", "pk"))


class ShowTable(ApiView):
    policy = READERS

    @extend_schema(operation_id="budgets_show_points_table", responses={200: TableOutput, 404: Problem})
    def get(self, request: SignedInApiRequest, number: int) -> Response:
        """One version of the points table."""
        return Response(TableOutput(get_object_or_404(AllocationTable, number=number)).data)


class BudgetAction(RecordAction):
    """An action on a budget."""

    gives = BudgetDetail

    def find(self, ref: str, **more: str) -> PersonalBudget:
        return find_budget(self.request, ref)

    @property
    def who_and_when(self) -> dict[str, Any]:
        return {"by": self.request.user, "now": clock.now()}


class Cost(BudgetAction):
    """Take the plan's lines together, with what the person pays."""

    policy = READERS
    operation = "budgets_cost"
    asks = CostInput

    def act(self, record: PersonalBudget, version: int, **given: Any) -> None:
        services.cost(budget=record, version=version, **self.who_and_when, **given)


class SetContribution(BudgetAction):
    """Confirm or change what the person pays on a decided budget."""

    policy = FINANCE
    operation = "budgets_set_contribution"
    asks = ContributionInput

    def act(self, record: PersonalBudget, version: int, **given: Any) -> None:
        services.set_contribution(budget=record, version=version, **self.who_and_when, **given)


class Approve(BudgetAction):
    """Approve plan and budget together."""

    policy = DECIDERS
    operation = "budgets_approve"
    asks = ReasonsInput

    def act(self, record: PersonalBudget, version: int, **given: Any) -> None:
        services.approve(budget=record, version=version, **self.who_and_when, **given)


class Return(BudgetAction):
    """Return plan and budget for changes, with reasons."""

    policy = DECIDERS
    operation = "budgets_return"
    asks = ReasonsInput

    def act(self, record: PersonalBudget, version: int, **given: Any) -> None:
        services.return_for_changes(budget=record, version=version, **self.who_and_when, **given)


class Reject(BudgetAction):
    """Do not approve the budget, with reasons."""

    policy = DECIDERS
    operation = "budgets_reject"
    asks = ReasonsInput

    def act(self, record: PersonalBudget, version: int, **given: Any) -> None:
        services.reject(budget=record, version=version, **self.who_and_when, **given)


class Acknowledge(BudgetAction):
    """Record that the person has acknowledged the figures."""

    operation = "budgets_acknowledge"
    asks = AcknowledgeInput

    def act(self, record: PersonalBudget, version: int, **given: Any) -> None:
        services.acknowledge_figures(budget=record, version=version, **self.who_and_when, **given)


class AskForReview(CreatingAction):
    """Say that a budget looks wrong."""

    policy = Policy(Audience.STAFF, CASE_ROLES | {Role.FINANCE_OFFICER})
    operation = "budgets_ask_for_review"
    asks = LooksWrongInput
    gives = BudgetReviewOutput
    purpose = "budgets:ask-for-review"

    def find(self, ref: str) -> PersonalBudget:
        return find_budget(self.request, ref)

    def make(self, record: PersonalBudget, **given: Any) -> str:
        return services.ask_for_review(budget=record, by=self.request.user, now=clock.now(), **given).ref

    def found(self, ref: str) -> BudgetReview:
        return find_review(self.request, ref)


class BudgetReviews(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="budget_reviews_list", responses={200: BudgetReviewPage, 403: Problem})
    def get(self, request: SignedInApiRequest) -> Response:
        """Open budget reviews of my teams, the oldest first."""
        reviews = BudgetReview.objects.visible_to(request.user).open().filter(team__in=request.user.team_ids)
        return listed(
            request,
            reviews.select_related("person", "budget", "team"),
            BudgetReviewOutput,
            ordering=("requested_at", "pk"),
        )


class ShowBudgetReview(ApiView):
    policy = Policy(Audience.STAFF, CASE_ROLES | {Role.FINANCE_OFFICER})

    @extend_schema(
        operation_id="budget_reviews_show", responses={200: BudgetReviewOutput, 403: Problem, 404: Problem}
    )
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One budget review. The view is recorded."""
        review = find_review(request, ref)
        record_view(request, review, "api-budgets-show-review")
        return answer(BudgetReviewOutput, review)


class BudgetReviewAction(RecordAction):
    """An action on a budget review."""

    gives = BudgetReviewOutput

    def find(self, ref: str, **more: str) -> BudgetReview:
        return find_review(self.request, ref)

    @property
    def who_and_when(self) -> dict[str, Any]:
        return {"by": self.request.user, "now": clock.now()}


class AcknowledgeReview(BudgetReviewAction):
    """Record that whoever raised it has been answered."""

    operation = "budget_reviews_acknowledge"

    def act(self, record: BudgetReview, version: int, **given: Any) -> None:
        services.acknowledge_review(review=record, version=version, **self.who_and_when)


class DecideInterim(BudgetReviewAction):
    """Decide what support there is until the decision."""

    operation = "budget_reviews_decide_interim"
    asks = InterimInput

    def act(self, record: BudgetReview, version: int, **given: Any) -> None:
        services.decide_interim_support(review=record, version=version, **self.who_and_when, **given)


class DecideReview(BudgetReviewAction):
    """Decide a budget review, with reasons."""

    operation = "budget_reviews_decide"
    asks = DecideReviewInput

    def act(self, record: BudgetReview, version: int, **given: Any) -> None:
        services.decide_review(review=record, version=version, **self.who_and_when, **given)


class NotifyDecision(BudgetReviewAction):
    """Record the day on which the person was told."""

    operation = "budget_reviews_notify"
    asks = TellInput

    def act(self, record: BudgetReview, version: int, **given: Any) -> None:
        services.notify_decision(review=record, version=version, **self.who_and_when, **given)
