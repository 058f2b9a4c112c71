"""My plan: read it, agree or not, say what is on one's mind before, and ask for a review later."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core import clock, form_keys, policy
from core.versions import StaleVersion
from core.workflow import WrongState
from people.authority import Part
from people.models import PortalAccess
from self_service import forms
from self_service.access import must_act, open_pages, signatures, signed
from self_service.happening import lead_of
from support_plans import services
from support_plans.models import PlanItem, Review, SupportPlan

# A plan is shown from the day it is given to the person to read.
SHOWN = (
    SupportPlan.Status.WITH_PERSON,
    SupportPlan.Status.AGREED,
    SupportPlan.Status.DISAGREED,
    SupportPlan.Status.SUBMITTED,
    SupportPlan.Status.RETURNED,
    SupportPlan.Status.APPROVED,
    SupportPlan.Status.ACTIVE,
)


def plan_shown(request: SignedInRequest, access: PortalAccess) -> SupportPlan | None:
    """The plan that the person is shown: the newest that was given to them."""
    return (
        SupportPlan.objects.visible_to(request.user)
        .filter(person=access.person, status__in=SHOWN)
        .order_by("-number", "-pk")
        .first()
    )


def waits_for_answer(plan: SupportPlan | None) -> bool:
    return plan is not None and plan.status == SupportPlan.Status.WITH_PERSON


@require_GET
@policy.person()
def show_plan(request: SignedInRequest) -> HttpResponse:
    access = open_pages(request, page="self_service:plan", part=Part.CARE)
    plan = plan_shown(request, access)
    items = PlanItem.objects.filter(plan=plan, removed_at=None).order_by("pk") if plan else []
    review = (
        Review.objects.visible_to(request.user).open().filter(plan=plan).order_by("due_on", "pk").first()
        if plan
        else None
    )
    context = {
        "access": access,
        "person": access.person,
        "plan": plan,
        "items": items,
        "review": review,
        "lead": lead_of(access.person, clock.today()),
        "may_ask": bool(plan and plan.status == SupportPlan.Status.ACTIVE and access.may_act),
        "may_answer": waits_for_answer(plan) and access.may_act,
        "answered_by": signatures(access, request.user).get(plan.answered_by_id or 0, "") if plan else "",
    }
    return TemplateResponse(request, "self_service/plan.html", context)


@require_http_methods(["GET", "POST"])
@policy.person()
def ask_for_review(request: SignedInRequest) -> HttpResponse:
    """Ask for a review of the plan (Care Act 2014 s27: on reasonable request)."""
    access = open_pages(request, page="self_service:ask-for-review", part=Part.CARE)
    must_act(access)
    plan = (
        SupportPlan.objects.visible_to(request.user)
        .active()
        .filter(person=access.person)
        .order_by("-number")
        .first()
    )
    if plan is None:
        raise Http404
    form = forms.AskForReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        key = given.pop("form_key")

        def make() -> str:
            services.request_review(
                plan=plan, kind=Review.Kind.REQUESTED, reason=given["why"], by=request.user, now=clock.now()
            )
            return reverse("self_service:plan")

        try:
            address, _ = form_keys.once(
                actor=form_keys.actor_of(request), key=key, purpose="my:review", content=given, make=make
            )
        except WrongState as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(address)
    context = {"access": access, "person": access.person, "form": form}
    return TemplateResponse(request, "self_service/ask_for_review.html", context)


@require_http_methods(["GET", "POST"])
@policy.person()
def answer_plan(request: SignedInRequest) -> HttpResponse:
    """Agree with the plan or not, or ask first. The answer holds for the version that was read and no other."""
    access = open_pages(request, page="self_service:answer-plan", part=Part.CARE)
    must_act(access)
    plan = plan_shown(request, access)
    if plan is None or not waits_for_answer(plan):
        return HttpResponseRedirect(reverse("self_service:plan"))
    may = {"may_agree": plan.is_costed and access.may_decide, "may_decide": access.may_decide}
    if request.method == "POST":
        form = forms.PlanAnswerForm(request.POST, **may)
    else:
        form = forms.PlanAnswerForm(version=plan.version, **may)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        given = form.cleaned_data

        def make() -> str:
            if given["view"] == "ask":
                conversation = services.comment_on_plan(
                    plan=plan, text=given["comments"], by=request.user, now=clock.now()
                )
                return reverse("self_service:message", args=[conversation.ref])
            services.record_agreement(
                plan=plan,
                agreed=given["view"] == "agree",
                how=signed(request.user, access.person),
                disagreement=given["comments"],
                version=given["version"],
                by=request.user,
                now=clock.now(),
            )
            return reverse("self_service:plan")

        try:
            address, made_now = form_keys.once(
                actor=form_keys.actor_of(request),
                key=given["form_key"],
                purpose="my:plan",
                content={"plan": plan.ref, "view": given["view"], "comments": given["comments"]},
                make=make,
            )
        except StaleVersion as stale:
            form.show_conflict(version=stale.record.version, saved={})
            status = 409
        except ValidationError as refusal:
            form.add_service_error(refusal)
        except WrongState as error:
            form.add_error(None, str(error))
        else:
            if made_now:
                messages.success(request, "We have your answer.")
            return HttpResponseRedirect(address)
    context = {
        "access": access,
        "person": access.person,
        "plan": plan,
        "items": PlanItem.objects.filter(plan=plan, removed_at=None).order_by("pk"),
        "sees_money": access.covers(Part.MONEY),
        "form": form,
        **may,
    }
    return TemplateResponse(request, "self_service/answer_plan.html", context, status=status)
