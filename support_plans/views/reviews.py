"""Reviews: the list, one review with old beside new, and its steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from core import clock, policy
from core.permissions import require
from core.versions import StaleVersion
from core.workflow import Action, WrongState
from people.pages import identity
from people.views.asking import Question, change, create, show, without_key
from support_plans import completeness, pages, permissions, services, timescales, workflow
from support_plans.forms.parts import StepForm
from support_plans.forms.reviews import (
    CloseReviewForm,
    DeclineReviewForm,
    HoldReviewForm,
    RequestReviewForm,
    WriteUpForm,
)
from support_plans.models import Review, SupportPlan
from worklist.paging import key_page

HELP = (
    "A review asks whether the plan still works: at six weeks, then at least every 12 months, and whenever somebody "
    "asks for good reason. It is not a reassessment and cannot by itself lower a budget."
)
SHOWN = {"mine": "Mine", "team": "My teams", "all": "Everyone’s"}


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES)
def list_reviews(request: SignedInRequest) -> HttpResponse:
    """Open reviews, the earliest first: mine, my teams', or all."""
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in SHOWN else "team"
    reviews = Review.objects.visible_to(request.user).open()
    if chosen == "mine":
        reviews = reviews.filter(reviewer=request.user)
    elif chosen == "team":
        reviews = reviews.of_teams(request.user.team_ids)
    overdue = request.GET.get("overdue") == "1"
    if overdue:
        reviews = reviews.filter(due_on__lt=clock.today())
    reviews = reviews.select_related("person", "plan", "team", "reviewer")
    context = {
        "page": key_page(request, reviews, field="due_on"),
        "chosen": chosen,
        "shown": SHOWN.items(),
        "overdue": overdue,
    }
    return render(request, "support_plans/list_reviews.html", context)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def request_review(request: SignedInRequest, ref: str) -> HttpResponse:
    """Ask for a review of a running plan."""
    plan = pages.open_plan(request, ref)
    require(permissions.can_request_review(request.user, plan))
    if plan.status != SupportPlan.Status.ACTIVE:
        raise WrongState(f"Only a running plan is reviewed; this one is now “{plan.get_status_display()}”.")
    question = Question(
        "Ask for a review",
        "Ask for it",
        plan.get_absolute_url(),
        HELP,
        current="plans",
        intro="It is answered within 5 working days, and held within 28 days if it is accepted.",
    )
    form = RequestReviewForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show(request, plan.person, question, form)

    def make() -> str:
        return services.request_review(
            plan=plan, by=request.user, now=clock.now(), **without_key(form)
        ).get_absolute_url()

    return create(
        request,
        plan.person,
        question,
        form,
        purpose="support_plans:request-review",
        content={"plan": plan.ref, **without_key(form)},
        make=make,
        said="The review was asked for.",
    )


def _saved(review: Review) -> dict[str, Any]:
    names = ("working", "not_working", "changed", "person_words", "budget_still_right")
    return {name: getattr(review, name) for name in names} | {"achieved": review.outcomes_achieved}


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def show_review(request: SignedInRequest, ref: str) -> HttpResponse:
    """The plan as it is beside the review: outcome by outcome on the left, what was found on the right."""
    review = pages.open_review(request, ref)
    user = request.user
    writes = workflow.WRITE_UP.is_open_to(user, review)
    form: WriteUpForm | None = None
    status = 200
    if request.method == "POST":
        require(permissions.can_review(user, review))
        form = WriteUpForm(request.POST)
        if form.is_valid():
            answers = dict(form.cleaned_data)
            version = answers.pop("version")
            try:
                services.write_up(review=review, version=version, by=user, now=clock.now(), **answers)
            except StaleVersion as stale:
                form.show_conflict(version=stale.record.version, saved=_saved(stale.record))
                status = 409
            except ValidationError as refusal:
                form.add_service_error(refusal)
            else:
                messages.success(request, "The review is written up.")
                return HttpResponseRedirect(review.get_absolute_url())
    elif writes:
        form = WriteUpForm(initial=_saved(review), version=review.version)
    before = (
        review.plan.reviews.filter(status=Review.Status.CLOSED)
        .exclude(pk=review.pk)
        .order_by("-held_on", "-pk")
        .first()
    )
    first, others = _steps(user, review)
    context = {
        "review": review,
        "plan": review.plan,
        "items": list(review.plan.items.for_plan()),
        "needs": [{**need, "label": completeness.need_name(need["code"])} for need in review.plan.needs],
        "before": before,
        "form": form,
        "first": first,
        "others": others,
        "help": HELP,
        **identity(review.person, user),
    }
    return render(request, "support_plans/show_review.html", context, status=status)


def _steps(user: Any, review: Review) -> tuple[pages.Link | None, list[pages.Link]]:
    open_now = [
        ("support_plans:close-review", "Close the review", workflow.CLOSE),
        ("support_plans:hold-review", "Record that it was held", workflow.HOLD),
        ("support_plans:invite", "Record that the person was invited", workflow.INVITE),
        ("support_plans:decline-review", "Decline the review", workflow.DECLINE),
    ]
    links = [
        pages.Link(label, reverse(name, args=[review.ref]))
        for name, label, action in open_now
        if action.is_open_to(user, review)
    ]
    if workflow.WRITE_UP.fits(review) and review.status == Review.Status.HELD:
        return None, links
    return (links[0], links[1:]) if links else (None, [])


def _open(request: SignedInRequest, ref: str, action: Action) -> Review:
    review = pages.open_review(request, ref)
    require(action.allowed(request.user, review))
    if not action.fits(review):
        raise WrongState(
            f"“{action.label}” is not possible: the review is now “{review.get_status_display()}”."
        )
    return review


def _question(review: Review, heading: str, button: str, intro: str = "") -> Question:
    return Question(heading, button, review.get_absolute_url(), HELP, current="plans", intro=intro)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def invite(request: SignedInRequest, ref: str) -> HttpResponse:
    """Record that the person was invited."""
    review = _open(request, ref, workflow.INVITE)
    return change(
        request,
        review.person,
        _question(
            review,
            "Record that the person was invited",
            "They are invited",
            "The person, their carer and whoever they want there know when and how the review is held.",
        ),
        StepForm,
        record=review,
        saved=lambda row: {},
        save=lambda answers, version: services.invite(
            review=review, version=version, by=request.user, now=clock.now()
        ),
        done=review.get_absolute_url(),
        said="The invitation is recorded.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def hold_review(request: SignedInRequest, ref: str) -> HttpResponse:
    """Record when the review was held."""
    review = _open(request, ref, workflow.HOLD)
    return change(
        request,
        review.person,
        _question(review, "Record that the review was held", "Save"),
        HoldReviewForm,
        record=review,
        saved=lambda row: {"held_on": row.held_on or clock.today()},
        save=lambda answers, version: services.hold_review(
            review=review, held_on=answers["held_on"], version=version, by=request.user, now=clock.now()
        ),
        done=review.get_absolute_url(),
        said="The day is recorded. Now write the review up.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def decline_review(request: SignedInRequest, ref: str) -> HttpResponse:
    """Decline a review, with reasons."""
    review = _open(request, ref, workflow.DECLINE)
    return change(
        request,
        review.person,
        _question(
            review,
            "Decline the review",
            "Decline it",
            "A reasonable request is not declined. The next planned review stays, or is set a year on.",
        ),
        DeclineReviewForm,
        record=review,
        saved=lambda row: {"because": row.declined_because},
        save=lambda answers, version: services.decline_review(
            review=review, because=answers["because"], version=version, by=request.user, now=clock.now()
        ),
        done=review.get_absolute_url(),
        said="The review is declined.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def close_review(request: SignedInRequest, ref: str) -> HttpResponse:
    """Close the review with its outcome and the next date."""
    review = _open(request, ref, workflow.CLOSE)
    latest = timescales.yearly_review_due_on(from_day=review.held_on or clock.today())
    return change(
        request,
        review.person,
        _question(
            review,
            "Close the review",
            "Close it",
            "The plan and its budget stay as they are until a new version is approved.",
        ),
        CloseReviewForm,
        record=review,
        saved=lambda row: {"outcome": row.outcome, "next_due_on": row.next_due_on or latest},
        save=lambda answers, version: services.close_review(
            review=review,
            outcome=answers["outcome"],
            next_due_on=answers["next_due_on"],
            version=version,
            by=request.user,
            now=clock.now(),
        ),
        done=review.get_absolute_url(),
        said="The review is closed, and the next date is set.",
    )
