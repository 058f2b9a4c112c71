"""The day's work of money staff: contributions to enter, confirm or look at again, and direct payments by person."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import MONEY_ROLES, Role
from accounts.requests import SignedInRequest
from budgets import contributions, direct_payments, permissions, services, timescales
from budgets.forms import ContributionForm
from budgets.models import PersonalBudget
from budgets.pages import open_budget_page
from budgets.services.contributing import DECIDED, IN_FORCE
from core import clock, policy
from core.permissions import require
from core.workflow import WrongState
from people.views.asking import Question, change
from worklist.paging import key_page


def _next(code: str, budget: PersonalBudget) -> str:
    """Where a budget of a list is worked on."""
    if code == "enter":
        return reverse("budgets:cost-plan", args=[budget.plan.ref])
    return reverse("budgets:set-contribution", args=[budget.ref])


@require_GET
@policy.staff(Role.FINANCE_OFFICER)
def list_contributions(request: SignedInRequest) -> HttpResponse:
    """What people pay: to enter, to confirm, to look at again. The longest wait first."""
    today = clock.today()
    every = contributions.lists(today)
    counts = contributions.counted(request.user, every)
    chosen = every.get(request.GET.get("show", ""))
    if chosen is None:
        chosen = next((each for each in every.values() if counts[each.code]), every["enter"])
    page = key_page(request, contributions.rows(request.user, chosen), field=chosen.field)
    months = contributions.months(today)
    lines = [(budget, _next(chosen.code, budget), _due(budget, months)) for budget in page.rows]
    context = {
        "tabs": [(each, counts[each.code]) for each in every.values()],
        "chosen": chosen,
        "page": page,
        "lines": lines,
        "first": lines[0][1] if lines else "",
    }
    return render(request, "budgets/list_contributions.html", context)


def _due(budget: PersonalBudget, months: int) -> date | None:
    """When the figure of a budget is looked at again."""
    if budget.contribution_entered_at is None:
        return None
    entered_on = clock.london_date(budget.contribution_entered_at)
    return timescales.contribution_due_on(entered_on=entered_on, months=months)


@require_http_methods(["GET", "POST"])
@policy.staff(Role.FINANCE_OFFICER)
def set_contribution(request: SignedInRequest, ref: str) -> HttpResponse:
    """Confirm or change what the person pays on a decided budget."""
    budget = open_budget_page(request, ref=ref)
    require(permissions.can_set_contribution(request.user, budget))
    if budget.status not in DECIDED:
        raise WrongState(
            f"What the person pays is set here once the budget is decided: it is now “{budget.get_status_display()}”."
        )
    in_force = budget.status in IN_FORCE
    question = Question(
        "Confirm or change what the person pays",
        "Save",
        budget.get_absolute_url(),
        "The figure comes from a financial assessment. The cost of the plan stays as it was approved; what the person "
        "pays and what the council pays share it anew.",
        current="money",
        template="budgets/set_contribution.html",
        more={
            "budget": budget,
            "in_force": in_force,
            "allocations": list(budget.allocations.order_by("pk")),
            "must_acknowledge": budget.status == PersonalBudget.Status.AGREED_WITH_PERSON,
        },
    )

    def save(answers: dict[str, Any], version: int) -> None:
        services.set_contribution(
            budget=budget,
            contribution=answers["contribution"],
            contribution_source=answers["contribution_source"],
            applies_from=answers.get("applies_from"),
            told_on=answers.get("told_on"),
            version=version,
            by=request.user,
            now=clock.now(),
        )

    return change(
        request,
        budget.person,
        question,
        partial(ContributionForm, in_force=in_force),  # type: ignore[arg-type]
        record=budget,
        saved=lambda row: {
            "contribution": row.person_weekly,
            "contribution_source": row.contribution_source,
        },
        save=save,
        done=budget.get_absolute_url(),
        said="What the person pays is recorded.",
    )


@require_GET
@policy.staff(*MONEY_ROLES)
def list_direct_payments(request: SignedInRequest) -> HttpResponse:
    """Direct payments by person, with their state, of every team."""
    today = clock.today()
    counts = direct_payments.counted(request.user, today)
    show = request.GET.get("show", "")
    if show not in direct_payments.SHOW:
        show = next((code for code in ("set_up", "review") if counts[code]), "running")
    label, _hint, field = direct_payments.SHOW[show]
    page = key_page(request, direct_payments.rows(request.user, show, today), field=field)
    context = {
        "tabs": [
            (code, name, hint, counts[code]) for code, (name, hint, _field) in direct_payments.SHOW.items()
        ],
        "show": show,
        "label": label,
        "page": page,
        "lines": [direct_payments.described(plan, today) for plan in page.rows],
    }
    return render(request, "budgets/list_direct_payments.html", context)
