"""Plans and budgets that wait for approval, and the decision on one."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.models import MANAGING_ROLES
from accounts.requests import SignedInRequest
from budgets import permissions, services, workflow, working
from budgets.approvals import waiting_for
from budgets.forms import DecisionForm
from budgets.models import PersonalBudget
from budgets.pages import open_budget_page, variance_limit
from budgets.permissions import Limits
from core import clock, policy
from core.permissions import require
from core.workflow import WrongState
from people.views.asking import Question, change
from support_plans import completeness
from worklist.paging import key_page


@require_http_methods(["GET"])
@policy.staff(*MANAGING_ROLES)
def approvals(request: SignedInRequest) -> HttpResponse:
    """What waits for approval, the oldest first: within my limit, or all."""
    everything = request.GET.get("show") == "all"
    rows = waiting_for(request.user)
    if not everything:
        rows = rows.filter(is_mine=True)
    rows = rows.select_related("person", "plan", "plan__prepared_by", "team", "indicative", "costed_by")
    limits = Limits.on(clock.today())
    context = {
        "page": key_page(request, rows, field="submitted_at"),
        "everything": everything,
        "limit": limits.words(request.user.roles),
    }
    return render(request, "budgets/approvals.html", context)


@require_http_methods(["GET", "POST"])
@policy.staff(*MANAGING_ROLES)
def approve_plan(request: SignedInRequest, ref: str) -> HttpResponse:
    """One page for the decision: the plan, the money, my limit, and why I may or may not approve."""
    budget = open_budget_page(request, plan__ref=ref)
    user = request.user
    require(permissions.can_decide(user, budget))
    if not workflow.APPROVE.fits(budget):
        who = f" by {budget.decided_by.name}" if budget.decided_by else ""
        raise WrongState(
            f"This has been decided already{who}: the budget is now “{budget.get_status_display()}”."
        )
    plan = budget.plan
    limits = Limits.on(clock.today())
    items = list(plan.items.for_plan())
    within = permissions.within_limit(user, budget, limits)
    question = Question(
        "Decide on the plan and its budget",
        "Save the decision",
        plan.get_absolute_url(),
        "Plan and money are one decision, by somebody who neither assessed nor costed, within their limit. It is about "
        "whether the plan meets the needs and the sum is enough, not about rewriting what the person has agreed to.",
        current="plans",
        template="budgets/approve_plan.html",
        more={
            "budget": budget,
            "plan": plan,
            "items": [(item, completeness.needs_met(item, plan)) for item in items],
            "uncovered": [completeness.need_name(code) for code in completeness.uncovered(plan, items)],
            "working": working.working_of(budget.indicative, percent=variance_limit()),
            "within": within,
            "limit": limits.words(permissions.approving_roles_of(user, budget.team)),
            "is_panel": budget.route == PersonalBudget.Route.PANEL,
        },
    )

    def save(answers: dict[str, Any], version: int) -> None:
        service = {
            "approve": services.approve,
            "return": services.return_for_changes,
            "reject": services.reject,
        }[answers["decision"]]
        service(budget=budget, reasons=answers["reasons"], version=version, by=user, now=clock.now())

    return change(
        request,
        budget.person,
        question,
        partial(DecisionForm, may_approve=bool(within)),  # type: ignore[arg-type]
        record=budget,
        saved=lambda row: {"reasons": row.decision_reasons if row.decided_at else ""},
        save=save,
        done=plan.get_absolute_url(),
        said="The decision is recorded.",
    )
