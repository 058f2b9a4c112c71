"""A broker's day: approved support that has no provider, or no day on which it begins."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import CASE_ROLES, Role
from accounts.requests import SignedInRequest
from core import clock, policy
from core.permissions import require
from core.workflow import WrongState
from people.views.asking import Question, change, show
from support_plans import completeness, permissions, services
from support_plans.forms.items import SourceForm, as_sourced
from support_plans.models import PlanItem
from support_plans.pages import with_identity, written_down
from support_plans.services.sourcing import IN_HAND
from support_plans.views.items import looked_up
from worklist.paging import key_page

SHOW = {"provider": "No provider", "start": "No start agreed"}


@require_GET
@policy.staff(Role.BROKER)
def list_to_source(request: SignedInRequest) -> HttpResponse:
    """Support that the council arranges and somebody has yet to find, of every team; the oldest line first."""
    visible = PlanItem.objects.visible_to(request.user)
    show_what = request.GET.get("show", "")
    show_what = show_what if show_what in SHOW else "provider"
    lists = {"provider": visible.without_provider(), "start": visible.without_start()}
    page = key_page(
        request,
        lists[show_what].select_related("person", "plan", "plan__team", "provider"),
        field="created_at",
    )
    counts = visible.counted_to_source()
    context = {
        "page": page,
        "tabs": [(code, label, counts[f"without_{code}"]) for code, label in SHOW.items()],
        "show": show_what,
        "label": SHOW[show_what],
        "first": page.rows[0] if page.rows else None,
    }
    return render(request, "support_plans/list_to_source.html", context)


def _open_item(request: SignedInRequest, ref: str) -> PlanItem:
    """The line behind a reference; who looks is written down. Raises Http404 for one the user may not know of."""
    items = PlanItem.objects.visible_to(request.user).standing()
    item = get_object_or_404(items.select_related("plan", "plan__team", "provider"), ref=ref)
    written_down(request, item.plan)
    with_identity(item.plan)
    return item


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def source_item(request: SignedInRequest, ref: str) -> HttpResponse:
    """Who gives approved support, and from when."""
    item = _open_item(request, ref)
    plan = item.plan
    require(permissions.can_source(request.user, plan))
    if plan.status not in IN_HAND:
        raise WrongState(
            f"Providers are found for approved and running plans: this one is “{plan.get_status_display()}”."
        )
    is_broker = request.user.has_role(Role.BROKER)
    back = reverse("support_plans:list-to-source") if is_broker else plan.get_absolute_url()
    question = Question(
        "Record who gives the support",
        "Save",
        back,
        "What was approved stays as it is: how the need is met, how much of it, and the price. A provider who asks for "
        "another price needs a new version of the plan.",
        current="plans",
        template="support_plans/source_item.html",
        more={"plan": plan, "item": item, "needs": completeness.needs_met(item, plan)},
    )
    if request.method == "POST" and "look_up" in request.POST:
        asked = looked_up(request, SourceForm(request.POST), SourceForm)
        return show(request, plan.person, question, asked)

    def save(answers: dict[str, Any], version: int) -> None:
        services.source_item(
            item=item,
            provider=answers.get("provider"),
            provider_name=answers["provider_name"],
            starts_on=answers["starts_on"],
            version=version,
            by=request.user,
            now=clock.now(),
        )

    return change(
        request,
        plan.person,
        question,
        SourceForm,
        record=item,
        saved=as_sourced,
        save=save,
        done=back,
        said="Recorded. The plan shows who gives the support.",
    )
