"""The person's own pages: what is happening, who to call, the plan, the money with its working, asking for a review."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from assessments import sections
from assessments import services as assessment_services
from assessments.models import Assessment, Sharing
from budgets import services as budget_services
from budgets.models import BudgetReview, PersonalBudget
from core import clock, form_keys, policy
from core.calendar import england, is_working_day
from core.workflow import WrongState
from people.authority import Part
from people.models import PortalAccess
from self_service import forms, money, my_messages, my_plan
from self_service.access import CHOSEN, access_in_use, all_access, must_act, must_decide, open_pages, signed
from self_service.happening import happening_to, lead_of


def _office_is_open() -> bool:
    """Whether the phone on the page is answered now: Monday to Friday, 9am to 5pm."""
    now = clock.now().astimezone(clock.LONDON)
    return is_working_day(now.date(), england()) and 9 <= now.hour < 17


@require_GET
@policy.person()
def home(request: SignedInRequest) -> HttpResponse:
    access = open_pages(request, page="self_service:home")
    person = access.person
    sees_care, sees_money = access.covers(Part.CARE), access.covers(Part.MONEY)
    budget = money.budget_of(person, request.user) if sees_money else None
    return TemplateResponse(
        request,
        "self_service/home.html",
        {
            "access": access,
            "person": person,
            "happening": happening_to(person, request.user) if sees_care else None,
            "lead": lead_of(person, clock.today()),
            "budget": budget,
            "unread": my_messages.unread(request, access),
            "must_answer_plan": sees_care
            and access.may_act
            and my_plan.waits_for_answer(my_plan.plan_shown(request, access)),
            "sees_care": sees_care,
            "sees_money": sees_money,
            "sees_details": access.covers(Part.DETAILS),
            "must_read_figures": access.may_decide
            and budget is not None
            and budget.status == PersonalBudget.Status.APPROVED,
            "must_read_assessment": access.may_act and _waits_for_answer(_shared_assessment(request, access)),
            "office_open": _office_is_open(),
        },
    )


@require_GET
@policy.person()
def show_budget(request: SignedInRequest) -> HttpResponse:
    access = open_pages(request, page="self_service:budget", part=Part.MONEY)
    budget = money.budget_of(access.person, request.user)
    context = {
        "access": access,
        "person": access.person,
        "budget": budget,
        "lead": lead_of(access.person, clock.today()),
        "acting": access.may_act,
        "deciding": access.may_decide,
    }
    if budget is not None:
        asked = (
            BudgetReview.objects.visible_to(request.user)
            .filter(budget=budget)
            .order_by("-requested_at", "-pk")
            .first()
        )
        context |= money.working(budget) | {
            "asked": asked,
            "must_read_figures": budget.status == PersonalBudget.Status.APPROVED,
            "open_review": asked is not None and asked.status != BudgetReview.Status.NOTIFIED,
        }
    return TemplateResponse(request, "self_service/budget.html", context)


@require_http_methods(["POST"])
@policy.person()
def acknowledge_figures(request: SignedInRequest) -> HttpResponse:
    """The person has read the figures. The plan can start once they have."""
    access = open_pages(request, page="self_service:acknowledge-figures", part=Part.MONEY)
    must_decide(access)
    budget = money.budget_of(access.person, request.user)
    if budget is None:
        raise Http404
    if budget.status == PersonalBudget.Status.APPROVED:
        budget_services.acknowledge_figures(
            budget=budget, how=signed(request.user, access.person), by=request.user, now=clock.now()
        )
    return HttpResponseRedirect(reverse("self_service:budget"))


@require_http_methods(["GET", "POST"])
@policy.person()
def ask_about_budget(request: SignedInRequest) -> HttpResponse:
    """“This looks wrong”: opens a budget review, once, and the budget stays as it is."""
    access = open_pages(request, page="self_service:ask-about-budget", part=Part.MONEY)
    must_act(access)
    budget = money.budget_of(access.person, request.user)
    if budget is None:
        raise Http404
    form = forms.LooksWrongForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        key = given.pop("form_key")

        def make() -> str:
            budget_services.ask_for_review(
                budget=budget, what_looks_wrong=given["what_looks_wrong"], by=request.user, now=clock.now()
            )
            return reverse("self_service:asked-about-budget")

        try:
            address, _ = form_keys.once(
                actor=form_keys.actor_of(request), key=key, purpose="my:looks-wrong", content=given, make=make
            )
        except WrongState as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(address)
    context = {
        "access": access,
        "person": access.person,
        "form": form,
        "lead": lead_of(access.person, clock.today()),
    }
    return TemplateResponse(request, "self_service/ask_about_budget.html", context)


@require_GET
@policy.person()
def asked_about_budget(request: SignedInRequest) -> HttpResponse:
    access = open_pages(request, page="self_service:asked-about-budget", part=Part.MONEY)
    asked = (
        BudgetReview.objects.visible_to(request.user)
        .filter(person=access.person)
        .order_by("-requested_at", "-pk")
        .first()
    )
    if asked is None:
        raise Http404
    context = {"access": access, "asked": asked, "lead": lead_of(access.person, clock.today())}
    return TemplateResponse(request, "self_service/asked_about_budget.html", context)


def _shared_assessment(request: SignedInRequest, access: PortalAccess) -> Sharing | None:
    """The draft that waits for an answer, or was answered last; None for those who only see the pages."""
    if not access.reads_assessments:
        return None
    rows = Assessment.objects.visible_to(request.user).filter(person=access.person).open()
    return (
        Sharing.objects.filter(assessment__in=rows)
        .select_related("assessment__person", "assessment__assessor")
        .order_by(F("commented_at").desc(nulls_first=True), "-shared_at", "-pk")
        .first()
    )


@require_GET
@policy.person()
def show_assessment(request: SignedInRequest) -> HttpResponse:
    """The draft of the assessment as it was shared, and what the person said about it."""
    access = open_pages(request, page="self_service:assessment", part=Part.CARE)
    sharing = _shared_assessment(request, access)
    context: dict[str, Any] = {
        "access": access,
        "person": access.person,
        "sharing": sharing,
        "lead": lead_of(access.person, clock.today()),
        "may_answer": _waits_for_answer(sharing) and access.may_act,
    }
    if sharing is not None:
        asks = sections.of(sharing.assessment)
        context["parts"] = sections.read(asks, sharing.answers, first_name=access.person.first_name)
    return TemplateResponse(request, "self_service/assessment.html", context)


def _waits_for_answer(sharing: Sharing | None) -> bool:
    return (
        sharing is not None
        and sharing.commented_at is None
        and sharing.assessment.status == Assessment.Status.SHARED_WITH_PERSON
    )


@require_http_methods(["GET", "POST"])
@policy.person()
def comment_on_assessment(request: SignedInRequest) -> HttpResponse:
    """Say what they think of the draft, in their own words; the worker is told."""
    access = open_pages(request, page="self_service:comment-on-assessment", part=Part.CARE)
    must_act(access)
    sharing = _shared_assessment(request, access)
    if sharing is None:
        raise Http404
    form = forms.CommentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        key = given.pop("form_key")

        def make() -> str:
            assessment_services.record_comments(
                assessment=sharing.assessment, version=None, by=request.user, now=clock.now(), **given
            )
            return reverse("self_service:assessment")

        try:
            address, _ = form_keys.once(
                actor=form_keys.actor_of(request), key=key, purpose="my:comments", content=given, make=make
            )
        except WrongState as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            form.add_service_error(error)
        else:
            return HttpResponseRedirect(address)
    context = {"access": access, "person": access.person, "form": form}
    status = 400 if form.errors else 200
    return TemplateResponse(request, "self_service/comment_on_assessment.html", context, status=status)


@require_http_methods(["GET", "POST"])
@policy.person()
def switch(request: SignedInRequest) -> HttpResponse:
    """Choose whose pages to see, for someone who acts for others."""
    rows = all_access(request)
    if not rows:
        raise Http404
    choices = [(row.ref, "My own" if row.is_own else row.person.name) for row in rows]
    form = forms.SwitchForm(request.POST if request.method == "POST" else None, choices=choices)
    if form.is_valid():
        request.session[CHOSEN] = form.cleaned_data["whose"]
        return HttpResponseRedirect(reverse("self_service:home"))
    return TemplateResponse(
        request, "self_service/switch.html", {"form": form, "access": access_in_use(request)}
    )
