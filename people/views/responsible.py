"""Who is responsible for the person, and who has looked at the record."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES, MANAGING_ROLES, Membership, Team, User
from accounts.querysets import live_on
from accounts.requests import SignedInRequest
from audit.models import View
from core import clock, policy, sealing
from core.permissions import require
from people import permissions, services
from people.forms.work import NOBODY_YET, AllocateForm, EndAllocationForm
from people.models import Allocation, Person
from people.pages import identity, lead_of, open_person
from people.views.asking import Question, create, show, without_key

HELP = (
    "Makes one worker responsible, or a team alone. When the worker changes, the new one is told where things stand, so "
    "that the person need not tell their story again. Open work goes with it."
)
VIEWS_A_PAGE = 50
LOOKS = "who has looked"


def workers_of(team: Team) -> list[tuple[str, str]]:
    """Who can be a named worker in a team, each with how many people they are responsible for: one query."""
    today = clock.today()
    held = Membership.objects.filter(live_on(today), team=team, role__in=CASE_ROLES)
    workers = (
        User.objects.staff()
        .filter(pk__in=held.values("user"))
        .annotate(
            people=Count(
                "allocations",
                filter=Q(allocations__valid_to=None, allocations__role=Allocation.Role.LEAD),
                distinct=True,
            )
        )
        .order_by("name", "pk")
    )
    return [(worker.ref, f"{worker.name} ({worker.people} now)") for worker in workers]


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def allocate(request: SignedInRequest, ref: str) -> HttpResponse:
    """Choose the team, then the worker, and say where things stand."""
    person = open_person(request, ref)
    user = request.user
    team_ref = request.POST.get("team") or request.GET.get("team", "")
    teams = list(Team.objects.filter(is_active=True).order_by("name", "pk"))
    team = next((team for team in teams if team.ref == team_ref), None)
    lead = lead_of(person)
    more: dict[str, Any] = {
        "teams": teams,
        "team": team,
        "suggested": (lead.team.ref if lead else user.main_team.ref if user.main_team else ""),
        "allocations": list(
            person.allocations.select_related("team", "worker").order_by("valid_to", "-valid_from", "-pk")
        ),
        "may_end": bool(lead and permissions.can_end_allocation(user, lead)),
    }
    question = Question(
        "Who is responsible",
        "Hand over" if lead else "Allocate",
        person.get_absolute_url(),
        HELP,
        current="overview",
        template="people/allocate.html",
        more=more,
    )
    if team is None:
        return show(request, person, question, None)
    form = AllocateForm(request.POST if request.method == "POST" else None, workers=workers_of(team))
    if request.method != "POST" or not form.is_valid():
        return show(request, person, question, form)
    answers = without_key(form)
    worker = (
        None
        if answers["worker"] == NOBODY_YET
        else get_object_or_404(User.objects.staff(), ref=answers["worker"])
    )

    def make() -> str:
        services.allocate(
            person=person,
            team=team,
            worker=worker,
            handover_summary=answers["handover_summary"],
            reason=answers["reason"],
            by=user,
            now=clock.now(),
        )
        return person.get_absolute_url()

    return create(
        request,
        person,
        question,
        form,
        purpose="people:allocate",
        content={"team": team.ref, **answers},
        make=make,
        said="The person is allocated.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*MANAGING_ROLES)
def end_allocation(request: SignedInRequest, ref: str, allocation_ref: str) -> HttpResponse:
    """Nobody is responsible any more."""
    person = open_person(request, ref)
    allocation = get_object_or_404(
        Allocation.objects.visible_to(request.user), person=person, ref=allocation_ref
    )
    require(permissions.can_end_allocation(request.user, allocation))
    question = Question(
        "End an allocation",
        "End it",
        reverse("people:allocate", args=[person.ref]),
        HELP,
        current="overview",
        intro="Nobody will be responsible for the person. Open work stays with the team until it is closed.",
        warning=True,
    )
    form = EndAllocationForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show(request, person, question, form)

    def make() -> str:
        services.end_allocation(
            allocation=allocation, reason=form.cleaned_data["reason"], by=request.user, now=clock.now()
        )
        return person.get_absolute_url()

    return create(
        request,
        person,
        question,
        form,
        purpose="people:end-allocation",
        content={"allocation": allocation.ref, **without_key(form)},
        make=make,
        said="The allocation has ended.",
    )


# How a page is called on the page itself, where its name in the trail does not say so.
PAGES_IN_WORDS = {
    "people:show-person": "Overview",
    "people:list-events": "Chronology",
    "people:list-assessments": "Contacts and assessments",
    "people:show-views": "Who has looked",
    "people:choose-what-to-add": "Add something",
    "people:allocate": "Who is responsible",
    "support_plans:list-plans": "Support plans",
    "budgets:list-budgets": "Money",
    "budgets:show-budget": "Weekly budget, with the working",
    "self_service:home": "Their own pages",
    "reporting:export": "A list in a file",
}
AREAS = {
    "assessments": "Assessment",
    "budgets": "Money",
    "contacts": "Contact",
    "self_service": "Their own pages",
    "support_plans": "Support plan",
    "worklist": "Task",
}


def _page_in_words(page: str) -> str:
    """A page as readers know it: “assessments:show-section” is “Assessment: section”, “people:list-events” the
    chronology."""
    if page in PAGES_IN_WORDS:
        return PAGES_IN_WORDS[page]
    app, _, name = page.partition(":")
    by_program = " (by another program)" if page.startswith("api-") else ""
    name = (name or app).removeprefix("api-").removeprefix("show-").removeprefix("list-").replace("-", " ")
    area = AREAS.get(app, "")
    if not area or area.lower().endswith(name):
        return f"{(area or name).capitalize()}{by_program}"
    return f"{area}: {name}{by_program}"


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES)
def show_views(request: SignedInRequest, ref: str) -> HttpResponse:
    """Who has looked at the record, newest first."""
    person = open_person(request, ref)
    require(permissions.can_see_who_looked(request.user, person))
    views = View.objects.visible_to(request.user).filter(person_id=person.pk).select_related("by")
    before = sealing.opened_place(LOOKS, request.GET.get("before", ""), numbers=1)
    if before is not None:
        views = views.before(before[0], before[1][0])
    rows = list(views.order_by("-at", "-pk")[: VIEWS_A_PAGE + 1])
    address = reverse("people:show-views", args=[person.ref])
    older = ""
    if len(rows) > VIEWS_A_PAGE:
        last = rows[VIEWS_A_PAGE - 1]
        older = f"{address}?{urlencode({'before': sealing.sealed_place(LOOKS, last.at, last.pk)})}"
    context = {
        "views": [{"view": view, "page": _page_in_words(view.page)} for view in rows[:VIEWS_A_PAGE]],
        "older": older,
        "newest": address if before is not None else "",
        **identity(person, request.user),
    }
    return render(request, "people/show_views.html", context)


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES)
def choose_what_to_add(request: SignedInRequest, ref: str) -> HttpResponse:
    """What can be added to the record, each with its page."""
    person: Person = open_person(request, ref)
    return render(request, "people/choose_what_to_add.html", identity(person, request.user))
