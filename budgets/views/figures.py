"""A person's money, one budget with its working, the points table, and costing a plan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES, MONEY_ROLES
from accounts.requests import SignedInRequest
from assessments.models import OutcomeAnswer, OutcomeCode
from budgets import money, permissions, services, workflow, working
from budgets.calculators import allocation
from budgets.forms import AcknowledgeForm, CostForm
from budgets.models import AllocationTable, IndicativeBudget, PersonalBudget
from budgets.pages import open_budget_page, variance_limit
from budgets.services.contributing import DECIDED
from budgets.services.costing import sums_by_mode
from budgets.services.estimating import table_on
from core import clock, policy
from core.permissions import require
from core.workflow import WrongState
from documents.permissions import can_write as can_write_letters
from people.pages import identity, open_person
from people.permissions import can_read_case
from people.views.asking import Question, change
from support_plans import permissions as plan_permissions
from support_plans.models import SupportPlan
from support_plans.pages import Link, open_plan

READERS = (*CASE_ROLES, *MONEY_ROLES)
STATUS_COLOURS = {
    "approved": "teal",
    "agreed_with_person": "teal",
    "active": "green",
    "under_review": "yellow",
    "returned": "orange",
    "rejected": "red",
    "suspended": "orange",
    "submitted": "blue",
}


@require_http_methods(["GET"])
@policy.staff(*READERS)
def list_budgets(request: SignedInRequest, ref: str) -> HttpResponse:
    """Money: a person's estimates and budgets, the newest first."""
    person = open_person(request, ref)
    context = {
        "budgets": list(PersonalBudget.objects.visible_to(request.user).of_person(person)),
        "estimates": list(
            IndicativeBudget.objects.visible_to(request.user)
            .filter(person=person)
            .select_related("table")
            .order_by("-calculated_at", "-pk")[:10]
        ),
        **identity(person, request.user),
    }
    return render(request, "budgets/list_budgets.html", context)


@require_http_methods(["GET"])
@policy.staff(*READERS)
def show_budget(request: SignedInRequest, ref: str) -> HttpResponse:
    """Estimate, cost and agreed sum side by side, with every step of the working."""
    budget = open_budget_page(request, ref=ref)
    user = request.user
    percent = variance_limit()
    paid, others = working.what_it_buys(budget)
    estimate = budget.indicative.weekly if budget.indicative else None
    decided = budget.decided_at is not None and budget.status != PersonalBudget.Status.REJECTED
    first, links = _next_steps(user, budget)
    context = {
        "budget": budget,
        "plan": budget.plan,
        "working": working.working_of(budget.indicative, percent=percent),
        "carer": working.carer_of(budget.person),
        "percent": percent,
        "is_costed": budget.costed_at is not None,
        "is_decided": decided,
        "difference": budget.total_weekly - estimate if estimate is not None else None,
        "allocations": list(budget.allocations.order_by("pk")),
        "direct_payment": next(
            (each for each in budget.allocations.all() if each.mode == "direct_payment"), None
        ),
        "items": paid,
        "other_money": others,
        "reviews": list(budget.reviews.order_by("-requested_at", "-pk")),
        "may_ask": bool(permissions.can_ask_for_review(user, budget))
        and budget.status in services.QUESTIONABLE,
        "may_write_letter": decided and bool(can_write_letters(user, budget.person)),
        "first": first,
        "links": links,
        "status_colour": STATUS_COLOURS.get(budget.status, "grey"),
        **identity(budget.person, user),
    }
    return render(request, "budgets/show_budget.html", context)


def _next_steps(user: Any, budget: PersonalBudget) -> tuple[Link | None, list[Link]]:
    plan = budget.plan
    steps = []
    if workflow.ACKNOWLEDGE.is_open_to(user, budget):
        steps.append(
            Link("Record the person’s answer", reverse("budgets:acknowledge-of-plan", args=[plan.ref]))
        )
    if budget.status == PersonalBudget.Status.SUBMITTED and plan_permissions.leads(user, budget.team):
        steps.append(
            Link("Decide on the plan and its budget", reverse("budgets:approve-plan", args=[plan.ref]))
        )
    if permissions.can_set_contribution(user, budget) and budget.status in DECIDED:
        steps.append(
            Link(
                "Confirm or change what the person pays",
                reverse("budgets:set-contribution", args=[budget.ref]),
            )
        )
    if workflow.COST.is_open_to(user, budget) and plan.is_editable:
        steps.append(Link("Cost the plan", reverse("budgets:cost-plan", args=[plan.ref])))
    return (steps[0], steps[1:]) if steps else (None, [])


@require_http_methods(["GET"])
@policy.anyone("the council publishes the rules by which it works out budgets")
def how_we_work_out(request: HttpRequest) -> HttpResponse:
    """The rules in everyday words, made from the table in force today: what is published is what is used."""
    table = table_on(clock.today())
    rows = table.points if table else {}
    context = {
        "table": table,
        "levels": [str(level.label) for level in OutcomeAnswer.Level],
        "rows": [(str(OutcomeCode(code).label), rows.get(domain, [])) for code, domain in allocation.DOMAINS],
    }
    return render(request, "budgets/how_we_work_out.html", context)


@require_http_methods(["GET"])
@policy.staff(*READERS)
def points_table(request: SignedInRequest, number: int) -> HttpResponse:
    """The points and bands of one version of the table."""
    table = get_object_or_404(AllocationTable, number=number)
    context = {
        "table": table,
        "levels": [str(level.label) for level in OutcomeAnswer.Level],
        "rows": [
            (str(OutcomeCode(code).label), table.points.get(domain, []))
            for code, domain in allocation.DOMAINS
        ],
    }
    return render(request, "budgets/points_table.html", context)


@require_http_methods(["GET", "POST"])
@policy.staff(*READERS)
def cost_plan(request: SignedInRequest, ref: str) -> HttpResponse:
    """Take the plan's lines together, with what the person pays."""
    plan = open_plan(request, ref)
    if plan.is_incomplete_import:
        raise WrongState(
            "A plan taken over from another system is costed in its next version, drafted at a review."
        )
    budget = PersonalBudget.objects.select_related("indicative", "plan", "team").filter(plan=plan).first()
    asked_of = budget or PersonalBudget(plan=plan, person=plan.person, team=plan.team)
    require(permissions.can_cost(request.user, asked_of))
    if plan.status not in (*SupportPlan.EDITABLE, SupportPlan.Status.WITH_PERSON):
        raise WrongState(f"The plan can no longer be costed: it is now “{plan.get_status_display()}”.")
    items = list(plan.items.for_plan())
    sums = sums_by_mode(items)
    total = sum(sums.values(), money.NOTHING)
    estimate = asked_of.indicative.weekly if asked_of.indicative else None
    # Money staff read budgets, and no plans.
    place = (plan if can_read_case(request.user) or budget is None else budget).get_absolute_url()
    question = Question(
        "Cost the plan",
        "Save the cost",
        place,
        "The cost of the plan's lines, what the person pays and what the council pays. Whoever saves it has costed "
        "the plan and cannot approve it.",
        current="money",
        template="budgets/cost_plan.html",
        more={
            "plan": plan,
            "items": [
                item for item in items if item.is_means_tested and (item.cost_weekly or item.cost_one_off)
            ],
            "total": total,
            "one_off": sum((item.cost_one_off for item in items if item.is_means_tested), money.NOTHING),
            "estimate": estimate,
            "variance": allocation.variance_percent(estimate=estimate, total=total),
            "is_near": allocation.is_within(estimate=estimate, total=total, percent=variance_limit()),
            "percent": variance_limit(),
        },
    )

    def save(answers: dict[str, Any], version: int) -> None:
        opened = services.open_budget(plan=plan, by=request.user, now=clock.now())
        services.cost(budget=opened, version=version, by=request.user, now=clock.now(), **answers)

    return change(
        request,
        plan.person,
        question,
        CostForm,
        record=asked_of,
        saved=_as_asked,
        save=save,
        done=place,
        said="The plan is costed.",
    )


def _as_asked(budget: PersonalBudget) -> dict[str, Any]:
    return {
        "contribution": budget.person_weekly if budget.costed_at else None,
        "contribution_source": budget.contribution_source,
        "variance_reason": budget.variance_reason,
        "variance_note": budget.variance_note,
    }


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def acknowledge_of_plan(request: SignedInRequest, ref: str) -> HttpResponse:
    """Record that the person has acknowledged the figures."""
    budget = open_budget_page(request, plan__ref=ref)
    require(permissions.can_acknowledge(request.user, budget))
    if not workflow.ACKNOWLEDGE.fits(budget):
        raise WrongState(
            f"Figures are acknowledged once approved: the budget is now “{budget.get_status_display()}”."
        )
    return change(
        request,
        budget.person,
        Question(
            "Record the person’s answer to the figures",
            "Save",
            budget.get_absolute_url(),
            "The person sees what the support costs, what they pay and what the council pays before anything starts. "
            "If the figures look wrong to them, say so on the budget’s page instead.",
            current="money",
            intro=f"£{budget.total_weekly:,.2f} a week: the person pays £{budget.person_weekly:,.2f} and the council "
            f"£{budget.council_weekly:,.2f}.",
        ),
        AcknowledgeForm,
        record=budget,
        saved=lambda row: {"how": row.acknowledged_how},
        save=lambda answers, version: services.acknowledge_figures(
            budget=budget, how=answers["how"], version=version, by=request.user, now=clock.now()
        ),
        done=budget.get_absolute_url(),
        said="The answer is recorded.",
    )
