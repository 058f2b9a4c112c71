"""The lines of a plan: add, change, take out, with the look-up of providers."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from core import clock, policy
from core.permissions import require
from directory.models import Provider
from people.views.asking import Question, change, create, show
from support_plans import pages, permissions, services
from support_plans.forms.items import AddItemForm, ChangeItemForm, ProviderQuestions, as_asked
from support_plans.forms.parts import StepForm
from support_plans.models import PlanItem, SupportPlan

MOST_PROVIDERS = 20
HELP = (
    "One piece of support. What a family member or the person does is written down too and costs nothing. The cost a "
    "week is worked out: how many × the cost of one. Whoever enters costs cannot approve them."
)


def _question(plan: SupportPlan, heading: str, button: str) -> Question:
    return Question(
        heading,
        button,
        plan.get_absolute_url(),
        HELP,
        current="plans",
        template="support_plans/item.html",
        more={"plan": plan},
    )


def looked_up(request: SignedInRequest, form: ProviderQuestions, again: Any) -> ProviderQuestions:
    """The same form with what was typed, and the providers found; nothing is checked or saved yet."""
    typed = {name: form[name].value() for name in form.fields}
    typed["provider"] = ""
    found = Provider.objects.matching(str(form.data.get("provider_name", "")))[:MOST_PROVIDERS]
    return again(initial=typed, providers=list(found))


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def add_item(request: SignedInRequest, ref: str) -> HttpResponse:
    """Add support to the plan."""
    plan = pages.open_plan(request, ref)
    require(permissions.can_prepare(request.user, plan))
    question = _question(plan, "Add support", "Add to the plan")
    form_class = partial(AddItemForm, plan=plan)
    if request.method != "POST":
        need = request.GET.get("need", "")
        wanted = next((each.get("outcome_wanted", "") for each in plan.needs if each["code"] == need), "")
        return show(
            request,
            plan.person,
            question,
            form_class(initial={"need_codes": [need], "outcome_wanted": wanted} if need else None),
        )
    form = form_class(request.POST)
    if "look_up" in request.POST:
        return show(request, plan.person, question, looked_up(request, form, form_class))
    if not form.is_valid():
        return show(request, plan.person, question, form)

    def make() -> str:
        services.add_item(plan=plan, facts=form.facts(), by=request.user, now=clock.now())
        return plan.get_absolute_url() + "#items"

    return create(
        request,
        plan.person,
        question,
        form,
        purpose="support_plans:add-item",
        content={"plan": plan.ref, **form.facts(), "provider": str(form.facts()["provider"] or "")},
        make=make,
        said="Added to the plan.",
    )


def _item(plan: SupportPlan, ref: str) -> PlanItem:
    item = get_object_or_404(plan.items.for_plan(), ref=ref)
    item.plan = plan
    return item


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def change_item(request: SignedInRequest, ref: str, item_ref: str) -> HttpResponse:
    """Change support in the plan."""
    plan = pages.open_plan(request, ref)
    item = _item(plan, item_ref)
    require(permissions.can_prepare(request.user, plan))
    form_class: Any = partial(ChangeItemForm, plan=plan)
    question = _question(plan, "Change support", "Save")
    if request.method == "POST" and "look_up" in request.POST:
        form = form_class(request.POST)
        return show(request, plan.person, question, looked_up(request, form, form_class))

    def save(answers: dict[str, Any], version: int) -> None:
        answers.setdefault("provider", None)
        services.change_item(item=item, facts=answers, version=version, by=request.user, now=clock.now())

    return change(
        request,
        plan.person,
        question,
        form_class,
        record=item,
        saved=as_asked,
        save=save,
        done=plan.get_absolute_url() + "#items",
        said="Saved.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def remove_item(request: SignedInRequest, ref: str, item_ref: str) -> HttpResponse:
    """Take support out of the plan."""
    plan = pages.open_plan(request, ref)
    item = _item(plan, item_ref)
    require(permissions.can_prepare(request.user, plan))
    return change(
        request,
        plan.person,
        Question(
            "Take support out of the plan",
            "Take it out",
            plan.get_absolute_url(),
            HELP,
            current="plans",
            intro=f"“{item.how_met}” leaves the plan, and the cost a week falls by £{item.cost_weekly:,.2f}. "
            "It stays in the history of the plan.",
        ),
        StepForm,
        record=item,
        saved=lambda row: {},
        save=lambda answers, version: services.remove_item(
            item=item, version=version, by=request.user, now=clock.now()
        ),
        done=plan.get_absolute_url() + "#items",
        said="Taken out of the plan.",
    )
