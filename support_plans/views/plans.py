"""A person's plans, one plan with its task list, and its parts."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from assessments.models import Assessment
from core import clock, policy
from core.permissions import require
from people.pages import identity, open_person
from people.views.asking import Question, change, create, show
from support_plans import completeness, pages, permissions, services
from support_plans.forms.parts import PARTS, DraftForm, NeedsForm, declined_in
from support_plans.models import Review, SupportPlan
from support_plans.services.sourcing import IN_HAND

PART_HELP = "One part of the plan, saved by itself. Nobody outside the council sees it before it is given to the person."

MOST_REVIEWS = 30


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES)
def list_plans(request: SignedInRequest, ref: str) -> HttpResponse:
    """All versions of a person's plans, and the assessments from which a new one can be made."""
    person = open_person(request, ref)
    plans = list(SupportPlan.objects.visible_to(request.user).of_person(person))
    in_preparation = {
        plan.kind for plan in plans if plan.status in (*SupportPlan.OPEN, SupportPlan.Status.APPROVED)
    }
    finished = (
        Assessment.objects.visible_to(request.user)
        .filter(person=person, status__in=Assessment.FINISHED)
        .select_related("team")
        .order_by("-authorised_at", "-pk")[:5]
    )
    ready = [
        assessment
        for assessment in finished
        if permissions.can_prepare_in(request.user, assessment.team)
        and ("carer" if assessment.kind == Assessment.Kind.CARER else "adult") not in in_preparation
    ]
    reviews = (
        Review.objects.visible_to(request.user)
        .filter(person=person)
        .select_related("plan", "reviewer")
        .order_by("-due_on", "-pk")[:MOST_REVIEWS]
    )
    context = {"plans": plans, "ready": ready, "reviews": list(reviews), **identity(person, request.user)}
    return render(request, "support_plans/list_plans.html", context)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def draft_plan(request: SignedInRequest, ref: str) -> HttpResponse:
    """Begin a plan from an authorised assessment."""
    assessment = get_object_or_404(
        Assessment.objects.visible_to(request.user).select_related("team"), ref=ref
    )
    pages.written_down(request, assessment)
    pages.with_identity(assessment)
    require(permissions.can_prepare_in(request.user, assessment.team))
    return _draft(
        request,
        assessment,
        copy_from=None,
        back=reverse("support_plans:list-plans", args=[assessment.person.ref]),
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def new_version(request: SignedInRequest, ref: str) -> HttpResponse:
    """Begin the next version of a running plan, with its parts and lines, from the newest authorised assessment."""
    plan = pages.open_plan(request, ref)
    require(permissions.can_prepare(request.user, plan))
    wanted = Assessment.objects.visible_to(request.user).filter(
        person=plan.person_id, status__in=Assessment.FINISHED
    )
    carer = plan.kind == SupportPlan.Kind.CARER
    wanted = (
        wanted.filter(kind=Assessment.Kind.CARER) if carer else wanted.exclude(kind=Assessment.Kind.CARER)
    )
    assessment = wanted.order_by("-authorised_at", "-pk").first()
    if assessment is None:
        return render(
            request,
            "support_plans/needs_assessment.html",
            {"plan": plan, **identity(plan.person, request.user)},
            status=409,
        )
    assessment.person, assessment.team = plan.person, plan.team
    return _draft(request, assessment, copy_from=plan, back=plan.get_absolute_url())


def _draft(
    request: SignedInRequest, assessment: Assessment, *, copy_from: SupportPlan | None, back: str
) -> HttpResponse:
    question = Question(
        "Draft a new version of the plan" if copy_from else "Draft a support plan",
        "Draft the plan",
        back,
        "A plan begins with the needs of the authorised assessment. It says how each is met, by whom and at what cost.",
        current="plans",
        intro=(
            "The parts and the support of the present version are copied. The present version stays in force until "
            "the new one starts."
            if copy_from
            else "The eligible needs of the assessment are copied into the plan."
        ),
    )
    form = DraftForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show(request, assessment.person, question, form)

    def make() -> str:
        return services.draft(
            person=assessment.person,
            team=assessment.team,
            assessment=assessment,
            by=request.user,
            now=clock.now(),
            copy_from=copy_from,
        ).get_absolute_url()

    return create(
        request,
        assessment.person,
        question,
        form,
        purpose="support_plans:draft",
        content={"assessment": assessment.ref, "copy_from": copy_from.ref if copy_from else ""},
        make=make,
        said="The plan is drafted.",
    )


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES)
def show_plan(request: SignedInRequest, ref: str) -> HttpResponse:
    """One plan: the live cost, the task list, needs and lines, what is missing, and the next step."""
    plan = pages.open_plan(request, ref)
    user = request.user
    items = list(plan.items.for_plan())
    may_edit = (
        plan.is_editable and not plan.is_incomplete_import and bool(permissions.can_prepare(user, plan))
    )
    first, others = pages.next_steps(user, plan, items)
    missing = completeness.before_approval(plan, items) if plan.status in SupportPlan.OPEN else []
    cost = completeness.weekly_cost(items)
    covered = {code for item in items for code in item.need_codes}
    may_source = plan.status in IN_HAND and not plan.is_incomplete_import
    context = {
        "may_source": may_source and bool(permissions.can_source(user, plan)),
        "plan": plan,
        "items": [(item, completeness.needs_met(item, plan)) for item in items],
        "needs": [
            {**need, "label": completeness.need_name(need["code"]), "is_met": need["code"] in covered}
            for need in plan.needs
        ],
        "may_edit": may_edit,
        "parts": pages.parts_of(plan, items, may_edit),
        "missing": missing if not plan.is_incomplete_import else [],
        "first": first,
        "others": others,
        "cost": cost,
        "one_off": sum((item.cost_one_off for item in items if item.is_means_tested), 0),
        "over_estimate": cost - plan.indicative_weekly if plan.indicative_weekly is not None else None,
        "over_budget": cost - plan.total_weekly if plan.total_weekly is not None else None,
        "reviews": list(plan.reviews.select_related("reviewer").order_by("-due_on", "-pk")[:10]),
        "waits_for": services.waits_for(plan, today=clock.today())
        if plan.status == SupportPlan.Status.APPROVED
        else [],
        "status_colour": pages.STATUS_COLOURS[plan.status],
        **identity(plan.person, user),
    }
    return render(request, "support_plans/show_plan.html", context)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def change_part(request: SignedInRequest, ref: str, part: str) -> HttpResponse:
    """One part of the plan's task list."""
    if part not in PARTS:
        raise Http404
    plan = pages.open_plan(request, ref)
    require(permissions.can_prepare(request.user, plan))
    title, form_class = PARTS[part]
    names = [name for name in form_class.base_fields if name != "version"]
    return change(
        request,
        plan.person,
        Question(title, "Save", plan.get_absolute_url(), PART_HELP, current="plans"),
        form_class,
        record=plan,
        saved=lambda row: {name: getattr(row, name) for name in names},
        save=lambda facts, version: services.save_part(
            plan=plan, facts=facts, version=version, by=request.user, now=clock.now()
        ),
        done=plan.get_absolute_url(),
        said="Saved.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def change_needs(request: SignedInRequest, ref: str) -> HttpResponse:
    """The needs as they were determined, and those with which the person does not want help."""
    plan = pages.open_plan(request, ref)
    require(permissions.can_prepare(request.user, plan))

    def save(answers: dict[str, Any], version: int) -> None:
        declined = {name.removeprefix("declined_"): answer for name, answer in answers.items()}
        services.save_part(
            plan=plan, facts={"declined": declined}, version=version, by=request.user, now=clock.now()
        )

    return change(
        request,
        plan.person,
        Question(
            "Needs that the plan must meet",
            "Save",
            plan.get_absolute_url(),
            "Needs come from the authorised assessment and are not changed here. Every eligible need is met by some "
            "support, a carer's included, or the person does not want help with it.",
            current="plans",
            intro="Each eligible need is met by some support in the plan. Where the person does not want help with one, say why; "
            "leave the others empty.",
        ),
        partial(NeedsForm, plan=plan),  # type: ignore[arg-type]
        record=plan,
        saved=declined_in,
        save=save,
        done=plan.get_absolute_url(),
        said="Saved.",
    )
