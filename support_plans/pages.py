"""What every page about a plan or a review begins with: may it be opened, and who looks is written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

import audit.services as audit
from accounts.models import User
from accounts.requests import SignedInRequest
from core import clock
from people.models import Person
from support_plans import completeness, permissions, workflow
from support_plans.models import PlanItem, Review, SupportPlan
from support_plans.services.approving import waits_for

STATUS_COLOURS = {
    "draft": "grey",
    "with_person": "blue",
    "agreed": "blue",
    "disagreed": "orange",
    "submitted": "blue",
    "returned": "orange",
    "approved": "teal",
    "active": "green",
    "superseded": "grey",
    "ended": "grey",
}


def written_down(request: SignedInRequest, record: Any) -> None:
    """Who looks at whose record, and at which page, before anything is shown."""
    match = request.resolver_match
    audit.record_view(
        person_id=record.person_id,
        by=request.user,
        page=match.view_name if match else "",
        access_list_id=record.access_list_id,
    )


def with_identity(record: Any) -> Any:
    """The record with its person as the bar with the name needs them, in one query."""
    record.person = Person.objects.with_identity().get(pk=record.person_id)
    return record


def open_plan(request: SignedInRequest, ref: str) -> SupportPlan:
    """The plan behind a reference, for this page. Raises Http404 for one the user may not know of."""
    plans = SupportPlan.objects.visible_to(request.user).select_related(
        "team", "assessment", "replaces", "prepared_by", "answered_by", "submitted_by", "approved_by"
    )
    plan = get_object_or_404(plans, ref=ref)
    written_down(request, plan)
    return with_identity(plan)


def open_review(request: SignedInRequest, ref: str) -> Review:
    """The review behind a reference, for this page. Raises Http404 for one the user may not know of."""
    reviews = Review.objects.visible_to(request.user).select_related(
        "plan", "plan__team", "plan__assessment", "team", "reviewer", "held_by", "closed_by", "requested_by"
    )
    review = get_object_or_404(reviews, ref=ref)
    written_down(request, review)
    with_identity(review)
    review.plan.person = review.person
    return review


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Part:
    """One line of a plan's task list."""

    title: str
    url: str
    done: bool
    words: str


def at(name: str, plan: SupportPlan, *more: str) -> str:
    return reverse(name, args=[plan.ref, *more])


def parts_of(plan: SupportPlan, items: list[PlanItem], may_edit: bool) -> list[Part]:
    """The task list: what a plan is made of, and whether each part is there."""
    from support_plans.forms.parts import PARTS

    missing = {each.part for each in completeness.before_approval(plan, items)}
    pays_directly = any(item.mode == "direct_payment" for item in items)
    parts = [
        Part("Needs", at("support_plans:change-needs", plan), "needs" not in missing, "Needs"),
        Part("How each need is met", "#items", "items" not in missing and bool(items), "Items"),
    ]
    for slug, (title, _form) in PARTS.items():
        if slug == "direct-payment" and not pays_directly:
            continue
        done = slug not in missing if slug != "contingency" else bool(plan.contingency)
        parts.append(Part(title, at("support_plans:change-part", plan, slug), done, slug))
    parts.append(Part("Cost and budget", at("budgets:cost-plan", plan), "cost" not in missing, "cost"))
    if not may_edit:
        parts = [Part(part.title, "", part.done, part.words) for part in parts]
    return parts


def next_steps(user: User, plan: SupportPlan, items: list[PlanItem]) -> tuple[Link | None, list[Link]]:
    """The one green button, and the other things that can be done now."""
    first: Link | None = None
    others: list[Link] = []

    def offer(name: str, label: str, *, when: bool = True, main: bool = False) -> None:
        nonlocal first
        if not when:
            return
        link = Link(label, at(name, plan))
        if main and first is None:
            first = link
        else:
            others.append(link)

    is_ours = not plan.is_incomplete_import
    prepares = bool(permissions.can_prepare(user, plan)) and plan.is_editable and is_ours
    current = plan.is_costed and plan.total_weekly == completeness.weekly_cost(items)
    ready = not completeness.before_sending(plan, items)
    offer("budgets:cost-plan", "Cost the plan", when=prepares, main=ready and not current)
    offer(
        "support_plans:send-to-person",
        "Give to the person",
        when=workflow.SEND.is_open_to(user, plan) and ready,
        main=current,
    )
    offer("support_plans:add-item", "Add support", when=prepares, main=True)
    offer(
        "support_plans:record-agreement",
        "Record the person’s answer",
        when=workflow.AGREE.is_open_to(user, plan),
        main=True,
    )
    complete = not completeness.before_approval(plan, items)
    offer(
        "support_plans:submit",
        "Send for approval",
        when=workflow.SUBMIT.is_open_to(user, plan) and complete,
        main=True,
    )
    offer("support_plans:take-back", "Take back to change", when=workflow.TAKE_BACK.is_open_to(user, plan))
    decides = plan.status == SupportPlan.Status.SUBMITTED and bool(permissions.leads(user, plan.team))
    offer("budgets:approve-plan", "Decide on the plan and its budget", when=decides, main=True)
    works = bool(permissions.can_work_on(user, plan))
    approved = plan.status == SupportPlan.Status.APPROVED
    offer(
        "support_plans:give-copy",
        "Record another copy given" if plan.copy_given_on else "Record the copy given",
        when=works and approved,
        main=plan.copy_given_on is None,
    )
    offer(
        "budgets:acknowledge-of-plan",
        "Record that the figures are acknowledged",
        when=works and approved and plan.figures_acknowledged_on is None,
        main=True,
    )
    offer(
        "support_plans:activate",
        "Start the plan",
        when=workflow.ACTIVATE.is_open_to(user, plan) and not waits_for(plan, today=clock.today()),
        main=True,
    )
    active = plan.status == SupportPlan.Status.ACTIVE
    offer(
        "support_plans:request-review",
        "Ask for a review",
        when=active and bool(permissions.can_request_review(user, plan)),
    )
    offer(
        "support_plans:new-version",
        "Draft a new version",
        when=active and bool(permissions.can_prepare(user, plan)),
    )
    offer("support_plans:end", "End the plan", when=workflow.END.is_open_to(user, plan))
    return first, others
