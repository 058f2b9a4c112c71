"""A person's record as a whole: the overview, and what each app holds about the person. Composed here, at the top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES, MANAGING_ROLES, MONEY_ROLES, User
from accounts.requests import SignedInRequest
from assessments.models import Assessment
from contacts.models import Contact
from core import clock, policy
from people import chronology
from people.models import Person, Relationship
from people.pages import identity, lead_of, open_person
from people.permissions import can_read_case
from people.querysets import on_my_lists
from reablement.models import Episode
from support_plans.models import SupportPlan
from support_plans.services import waits_for
from worklist.models import Anchor, Rule, Task

# A task matters now when it is late or due within this many days.
SOON = timedelta(days=14)
# The new worker sees what was handed over for this long.
HANDOVER_SHOWN = timedelta(days=14)
MOST_NOW, MOST_DATES, MOST_AROUND, LAST_EVENTS, MOST_PLANS = 3, 5, 5, 5, 3
MOST_ROWS = 100


@dataclass(frozen=True)
class NextDate:
    """A day ahead, or just gone, and what it is."""

    on: date
    words: str
    more: str = ""
    url: str = ""
    due: str = "Due"


def _lead_on(rows: list[Any], user: User) -> list[Any]:
    """Work of other teams is shown, and its page is offered to those only who could do it."""
    if not user.has_role(*MANAGING_ROLES):
        for row in rows:
            if row.team_id not in user.team_ids and row.owner_id != user.pk:
                row.url = ""
    return rows


def _open_tasks(person: Person, user: User) -> list[Task]:
    tasks = Task.objects.open().filter(on_my_lists(user), person=person)
    return _lead_on(list(tasks.select_related("owner").order_by("due_on", "pk")[:20]), user)


def _open_anchors(person: Person, user: User) -> list[Anchor]:
    """Dates that no task shows yet, with the words of their rule."""
    shown = Task.objects.open().filter(anchor=OuterRef("pk"))
    title = Rule.objects.filter(code=OuterRef("rule_code")).order_by("-valid_from", "-pk").values("title")[:1]
    anchors = Anchor.objects.filter(on_my_lists(user), person=person, status=Anchor.Status.OPEN)
    dated = anchors.exclude(Exists(shown)).annotate(title=Subquery(title)).order_by("due_on", "pk")
    return _lead_on(list(dated[:MOST_DATES]), user)


def _plans(person: Person, user: User) -> list[SupportPlan]:
    past = (SupportPlan.Status.SUPERSEDED, SupportPlan.Status.ENDED)
    plans = SupportPlan.objects.filter(on_my_lists(user), person=person).exclude(status__in=past)
    return list(plans.order_by("-number", "-pk")[:MOST_PLANS])


def _around(person: Person, user: User) -> list[Relationship]:
    may_open = Person.objects.visible_to(user).filter(pk=OuterRef("other_person"))
    rows = person.relationships.filter(valid_to=None).select_related("other_person")
    return list(
        rows.annotate(may_open=Exists(may_open)).order_by("-is_main_carer", "-is_carer", "kind", "pk")[
            : MOST_AROUND + 1
        ]
    )


def _episode(person: Person, user: User) -> Episode | None:
    """The open episode of reablement, before its start too."""
    return Episode.objects.open().filter(on_my_lists(user), person=person).first()


def _next_dates(
    tasks: list[Task], anchors: list[Anchor], plans: list[SupportPlan], today: date
) -> list[NextDate]:
    dates = [
        NextDate(task.due_on, task.title, task.owner.name if task.owner else "Nobody yet", task.url)
        for task in tasks
    ]
    dates += [
        NextDate(anchor.due_on, getattr(anchor, "title", "") or anchor.rule_code, "", anchor.url)
        for anchor in anchors
    ]
    dates += [
        NextDate(
            plan.starts_on, f"Support plan, version {plan.number}", "", plan.get_absolute_url(), "Starts"
        )
        for plan in plans
        if plan.starts_on and plan.starts_on >= today and plan.status == SupportPlan.Status.APPROVED
    ]
    return sorted(dates, key=lambda row: (row.on, row.words))[:MOST_DATES]


def _held_up(plans: list[SupportPlan], today: date) -> list[tuple[SupportPlan, list[str]]]:
    """Approved plans that cannot start on their day as things stand, each with what is still to be done."""
    approved = [plan for plan in plans if plan.status == SupportPlan.Status.APPROVED]
    on_the_day = [(plan, waits_for(plan, today=max(today, plan.starts_on or today))) for plan in approved]
    return [(plan, reasons) for plan, reasons in on_the_day if reasons]


def _handover(person: Person, user: User, today: date) -> Any:
    """What was handed over, for the worker who has just taken over."""
    lead = lead_of(person)
    if (
        lead
        and lead.worker_id == user.pk
        and lead.handover_summary
        and lead.valid_from >= today - HANDOVER_SHOWN
    ):
        return lead
    return None


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES, *MONEY_ROLES)
def show_person(request: SignedInRequest, ref: str) -> HttpResponse:
    """All that is needed before ringing or visiting. For money staff a person's record is their money."""
    if not can_read_case(request.user):
        return redirect("budgets:list-budgets", ref=ref)
    person = open_person(request, ref)
    user, today = request.user, clock.today()
    tasks = _open_tasks(person, user)
    plans = _plans(person, user)
    around = _around(person, user)
    episode = _episode(person, user)
    context = {
        "now": [task for task in tasks if task.due_on <= today + SOON][:MOST_NOW],
        "today": today,
        "plans": plans,
        "held_up": _held_up(plans, today),
        "around": around[:MOST_AROUND],
        "more_around": len(around) > MOST_AROUND,
        "dates": _next_dates(tasks, _open_anchors(person, user), plans, today),
        "episode": episode,
        "episode_day": episode.day_number(today) if episode else 0,
        "entries": chronology.latest(person, user, LAST_EVENTS),
        "handover": _handover(person, user, today),
        **identity(person, user),
    }
    return render(request, "caseportal/person_overview.html", context)


def _rows(rows: QuerySet, user: User, person: Person, *order: str) -> list[Any]:
    """What the user may know of, the newest first."""
    return list(rows.filter(on_my_lists(user), person=person).order_by(*order)[:MOST_ROWS])


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES)
def list_assessments(request: SignedInRequest, ref: str) -> HttpResponse:
    """The person's contacts and assessments, the newest first."""
    person = open_person(request, ref)
    user = request.user
    context = {
        "assessments": _rows(
            Assessment.objects.select_related("assessor", "team", "determination"),
            user,
            person,
            "-requested_on",
            "-pk",
        ),
        "contacts": _rows(Contact.objects.select_related("team"), user, person, "-received_at", "-pk"),
        **identity(person, user),
    }
    return render(request, "caseportal/person_assessments.html", context)


# Mounted among the addresses of `people`, whose names they carry.
urlpatterns = [
    path("people/<str:ref>/", show_person, name="show-person"),
    path("people/<str:ref>/assessments/", list_assessments, name="list-assessments"),
]
