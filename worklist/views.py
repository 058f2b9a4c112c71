"""My work, the team's list, one task, and what one was told."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

import audit.services as audit
from accounts.models import CASE_ROLES, Membership, Role, Team, User
from accounts.querysets import live_on
from accounts.requests import SignedInRequest
from core import clock, form_keys, policy
from core.permissions import require
from core.versions import StaleVersion
from people import pages
from people.models import Risk
from worklist import my_work as mine
from worklist import permissions, services, workflow
from worklist.forms import (
    SHOW,
    AddTaskForm,
    AskColleagueForm,
    CancelTaskForm,
    FinishTaskForm,
    TeamFilterForm,
)
from worklist.models import Notification, Task, WorkItem
from worklist.paging import key_page
from worklist.querysets import MOST_URGENT

SECTIONS = {
    "overdue": "Overdue",
    "week": "Due in the next 7 days",
    "waiting": "Waiting for others",
    "later": "Due later",
}


@require_GET
@policy.staff(*CASE_ROLES)
def my_work(request: SignedInRequest) -> HttpResponse:
    now = clock.now()
    work = mine.of(request.user, clock.london_date(now))
    return render(request, "worklist/my_work.html", {"work": work, "now": now})


@require_GET
@policy.staff(*CASE_ROLES)
def list_tasks(request: SignedInRequest) -> HttpResponse:
    """One part of “My work” in full."""
    show = request.GET.get("show", "")
    show = show if show in SECTIONS else "overdue"
    tasks = Task.objects.visible_to(request.user).open().concerning(request.user)
    tasks = (
        tasks.in_sections(request.user, clock.today()).filter(section=show).select_related("person", "owner")
    )
    context = {"page": key_page(request, tasks, field="due_on"), "show": show, "label": SECTIONS[show]}
    return render(request, "worklist/list_tasks.html", context)


@require_GET
@policy.staff(*CASE_ROLES)
def my_team(request: SignedInRequest) -> HttpResponse:
    """The list of the user's main team."""
    team = request.user.main_team
    if team is None:
        raise Http404
    return _team_page(request, team)


@require_GET
@policy.staff(*CASE_ROLES)
def show_team(request: SignedInRequest, ref: str) -> HttpResponse:
    team = get_object_or_404(Team, ref=ref, is_active=True)
    require(permissions.can_see_team(request.user, team))
    return _team_page(request, team)


def _teams_of(user: User) -> list[Team]:
    if user.has_role(Role.SERVICE_MANAGER, Role.DIRECTOR):
        return list(Team.objects.filter(is_active=True).order_by("name", "pk"))
    return list({membership.team_id: membership.team for membership in user.live_memberships}.values())


def _team_page(request: SignedInRequest, team: Team) -> HttpResponse:
    today = clock.today()
    chosen = TeamFilterForm(request.GET).chosen()
    items = WorkItem.objects.visible_to(request.user).open().of_teams([team.pk])
    tasks = Task.objects.visible_to(request.user).open().of_teams([team.pk])
    counts = {**items.counted_for_team(today), **tasks.counted_for_team(today)}
    workers = list(User.objects.in_team(team, today))
    if chosen["show"] == "tasks":
        ours = tasks.for_team(risk=chosen["risk"], worker=chosen["worker"])
        page = key_page(request, ours, field="due_on")
    else:
        page = key_page(
            request, items.for_team(**chosen), field="opened_on", first_by=MOST_URGENT, keys_first=True
        )
    context = {
        "team": team,
        "teams": _teams_of(request.user),
        "page": page,
        "chosen": chosen,
        "filtered": any(value for name, value in chosen.items() if name != "show"),
        "workers": workers,
        "kinds": WorkItem.Kind.choices,
        "risks": Risk.choices,
        "tabs": [(code, label, counts[code], counts.get(f"{code}_hint")) for code, label in SHOW],
        "label": dict(SHOW)[chosen["show"]],
    }
    return render(request, "worklist/show_team.html", context)


def _open_task(request: SignedInRequest, ref: str) -> Task:
    """The task behind a reference; who looks at whose task is written down first."""
    task = get_object_or_404(Task.objects.visible_to(request.user).for_page(), ref=ref)
    match = request.resolver_match
    audit.record_view(
        person_id=task.person_id,
        by=request.user,
        page=match.view_name if match else "",
        access_list_id=task.access_list_id,
    )
    return task


@require_GET
@policy.staff(*CASE_ROLES)
def show_task(request: SignedInRequest, ref: str) -> HttpResponse:
    task = _open_task(request, ref)
    user = request.user
    context = {
        "task": task,
        "may_finish": workflow.DONE.is_open_to(user, task),
        "may_cancel": workflow.CANCEL.is_open_to(user, task),
        "may_ask": bool(permissions.can_ask_colleague(user, task)),
        "closes_itself": permissions.BELONGS_TO_A_REMINDER if task.anchor_id else "",
        "form": FinishTaskForm(version=task.version),
    }
    return render(request, "worklist/show_task.html", {**context, **pages.identity(task.person, user)})


@require_POST
@policy.staff(*CASE_ROLES)
def finish_task(request: SignedInRequest, ref: str) -> HttpResponse:
    task = get_object_or_404(Task.objects.visible_to(request.user), ref=ref)
    require(permissions.can_finish_task(request.user, task))
    form = FinishTaskForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        services.complete_task(task=task, by=request.user, now=clock.now(), version=version)
    except StaleVersion:
        messages.error(
            request, "Someone else has changed this task since you opened it. Read it again first."
        )
        return redirect("worklist:show-task", ref=ref)
    messages.success(request, "Task done")
    return redirect("worklist:my-work")


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def cancel_task(request: SignedInRequest, ref: str) -> HttpResponse:
    task = _open_task(request, ref)
    require(permissions.can_cancel_task(request.user, task))
    form = CancelTaskForm(request.POST or None, version=task.version)
    if form.is_valid():
        try:
            services.cancel_task(
                task=task,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=clock.now(),
                version=form.cleaned_data["version"],
            )
        except StaleVersion as stale:
            form.show_conflict(version=stale.record.version, saved={})
            return render(request, "worklist/cancel_task.html", {"task": task, "form": form}, status=409)
        messages.success(request, "Task set aside")
        return redirect("worklist:my-work")
    return render(
        request, "worklist/cancel_task.html", {"task": task, "form": form}, status=400 if form.errors else 200
    )


def _colleagues(user: User, team: Team | None) -> list[User]:
    """Who can be asked: the people of the task's team and of the user's own teams, without the user."""
    teams = {*user.team_ids, *([team.pk] if team else [])}
    members = Membership.objects.filter(live_on(clock.today()), team__in=teams, role__in=CASE_ROLES)
    return list(
        User.objects.staff().filter(pk__in=members.values("user")).exclude(pk=user.pk).order_by("name", "pk")
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def ask_colleague(request: SignedInRequest, ref: str) -> HttpResponse:
    task = _open_task(request, ref)
    require(permissions.can_ask_colleague(request.user, task))
    form = AskColleagueForm(
        request.POST or None, version=task.version, colleagues=_colleagues(request.user, task.team)
    )
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            services.ask_colleague(
                task=task,
                colleague=form.cleaned_data["colleague"],
                by=request.user,
                now=clock.now(),
                version=form.cleaned_data["version"],
            )
        except StaleVersion as stale:
            form.show_conflict(version=stale.record.version, saved={})
            status = 409
        except ValidationError as error:
            form.add_service_error(error)
        else:
            messages.success(request, "Your colleague has been asked")
            return redirect("worklist:my-work")
    return render(request, "worklist/ask_colleague.html", {"task": task, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def add_task(request: SignedInRequest, ref: str) -> HttpResponse:
    person = pages.open_person(request, ref)
    require(permissions.can_add_task(request.user))
    form = AddTaskForm(request.POST or None, colleagues=_colleagues(request.user, None), me=request.user)
    if form.is_valid():
        facts: dict[str, Any] = {name: form.cleaned_data[name] for name in form.fields if name != "form_key"}

        def make() -> str:
            task = services.add_task(person=person, by=request.user, now=clock.now(), **facts)
            return reverse("worklist:show-task", kwargs={"ref": task.ref})

        try:
            address, _ = form_keys.once(
                actor=form_keys.actor_of(request),
                key=form.cleaned_data["form_key"],
                purpose="worklist:add-task",
                content={**facts, "owner": facts["owner"].ref, "person": person.ref},
                make=make,
            )
        except ValidationError as error:
            form.add_service_error(error)
        else:
            messages.success(request, "Task added")
            return redirect(address)
    context = {"form": form, **pages.identity(person, request.user)}
    return render(request, "worklist/add_task.html", context, status=400 if form.errors else 200)


@require_GET
@policy.staff(*CASE_ROLES)
def list_notifications(request: SignedInRequest) -> HttpResponse:
    lines = Notification.objects.visible_to(request.user).in_portal().select_related("person", "task")
    page = key_page(request, lines, field="created_at", descending=True)
    unseen = sum(line.seen_at is None for line in page.rows)
    return render(request, "worklist/list_notifications.html", {"page": page, "unseen": unseen})


@require_POST
@policy.staff(*CASE_ROLES)
def see_notifications(request: SignedInRequest) -> HttpResponse:
    services.mark_seen(by=request.user, now=clock.now())
    messages.success(request, "Everything is marked as read")
    return redirect("worklist:list-notifications")
