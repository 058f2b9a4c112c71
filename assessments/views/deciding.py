"""The decision: worked out, checked for gaps, sent, authorised or returned, and given to the person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from assessments import sections, services, workflow
from assessments.answers import Answers, missing, missing_in_sections
from assessments.eligibility import Worked
from assessments.forms import ConfirmForm, IssueForm, ReasonForm, SectionForm
from assessments.models import Assessment, OutcomeAnswer, Sharing, need_label
from assessments.permissions import can_authorise, can_end, can_write
from assessments.views.opening import around, open_assessment, section_url, wanted_format
from core import clock, policy
from core.permissions import require
from core.versions import StaleVersion

STILL_MISSING = "Something is still missing. The list below says what"
ANSWER_WORDS = dict(OutcomeAnswer.Answer.choices) | {"unable": "Unable"}


def working(assessment: Assessment, answers: Answers, worked: Worked) -> dict[str, Any]:
    """The decision line by line, for the page that works it out and the one that authorises it."""
    of_a_carer = assessment.is_about_a_carer
    arises_from = ("caring", "necessary_why") if of_a_carer else ("health", "impairment_what")
    plan, question = answers.asks.holding("wellbeing")
    if of_a_carer:
        parts = [
            ("1. Necessary care", worked.arises, ""),
            ("2. Health, or one outcome", worked.enough, str(len(worked.unable_codes))),
        ]
    else:
        parts = [
            ("1. Impairment or illness", worked.arises, ""),
            ("2. Two or more outcomes", worked.enough, str(len(worked.unable_codes))),
        ]
    return {
        "worked": worked,
        "arises_what": answers.get(*arises_from),
        "arises_url": section_url(assessment, arises_from[0]),
        "arises_title": answers.asks.plans[arises_from[0]].title,
        "health_what": answers.get("wellbeing", "health_what"),
        "wellbeing_url": section_url(assessment, plan.slug),
        "wellbeing_title": plan.title,
        "areas": sections.in_words(question, answers.get(plan.slug, question.slug) or []),
        "lines": [
            {
                "title": need_label(line.code),
                "url": section_url(assessment, answers.asks.by_code[line.code].slug),
                "answer": ANSWER_WORDS.get(line.answer, "Not answered yet"),
                "why": line.why,
                "evidence": line.evidence,
                "counts": line.counts,
            }
            for line in worked.lines
        ],
        "parts": [*parts, ("3. Significant impact", worked.significant_impact, "")],
    }


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def eligibility(request: SignedInRequest, ref: str) -> HttpResponse:
    """The three parts in order. The third is a judgement with reasons; the result cannot be typed over."""
    assessment = open_assessment(request, ref)
    slug = sections.IMPACT.slug
    answers = Answers(assessment)
    written = answers[slug]
    data = request.POST if request.method == "POST" else None
    form = SectionForm(data, written=written, first_name=assessment.person.first_name)
    status = 200
    if request.method == "POST":
        require(can_write(request.user, assessment))
        status = 400
        if form.is_valid():
            try:
                services.save_section(
                    assessment=assessment,
                    slug=slug,
                    answers=form.answers(),
                    version=form.cleaned_data["version"],
                    by=request.user,
                    now=clock.now(),
                )
            except StaleVersion:
                newest = Answers(assessment)[slug]
                form.show_conflict(version=newest.version, saved=newest.answers)
                status = 409
            except ValidationError as error:
                form.add_service_error(error)
            else:
                return redirect("assessments:check", ref=ref)
    context = {
        "form": form,
        "written": written,
        "reasons": written.answers.get("reasons", ""),
        "advice": written.answers.get("advice", ""),
        "may_write": assessment.is_editable and bool(can_write(request.user, assessment)),
        **working(assessment, answers, answers.determine()),
        **around(assessment, request.user),
    }
    return render(request, "assessments/eligibility.html", context, status=status)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def check(request: SignedInRequest, ref: str) -> HttpResponse:
    """The steps before a manager reads it, and what is missing for the next one; when nothing is, its button."""
    assessment = open_assessment(request, ref)
    require(can_write(request.user, assessment))
    form = ConfirmForm(request.POST if request.method == "POST" else None, version=assessment.version)
    if request.method != "POST":
        return check_page(request, assessment, form)
    return confirmed(
        request,
        assessment,
        form,
        partial(services.submit, reasons="", advice=""),
        "Assessment sent for authorisation",
        assessment.get_absolute_url(),
    )


def confirmed(
    request: SignedInRequest,
    assessment: Assessment,
    form: ConfirmForm,
    act: Callable[..., Any],
    said: str,
    done: str,
) -> HttpResponse:
    """One press on the page that says what is missing: done, or the page again with the reason."""
    if not form.is_valid():
        return check_page(request, assessment, form, status=400)
    try:
        act(assessment=assessment, version=form.cleaned_data["version"], by=request.user, now=clock.now())
    except StaleVersion as stale:
        form.show_conflict(version=stale.record.version, saved={})
        return check_page(request, assessment, form, status=409)
    except ValidationError:
        form.add_error(None, STILL_MISSING)
        return check_page(request, assessment, form, status=400)
    messages.success(request, said)
    return redirect(done)


def check_page(
    request: SignedInRequest, assessment: Assessment, form: ConfirmForm, *, status: int = 200
) -> HttpResponse:
    """Before it is sent: the draft complete, shared, answered, and then the whole."""
    answers = Answers(assessment)
    may = {name: action.is_open_to(request.user, assessment) for name, action in workflow.ACTIONS.items()}
    find = missing if may["submit"] else missing_in_sections
    lacking = [
        {"title": each.title, "words": each.words, "url": section_url(assessment, each.slug)}
        for each in find(answers, first_name=assessment.person.first_name)
    ]
    context = {
        "form": form,
        "missing": lacking,
        "may": may,
        "sharing": Sharing.objects.latest_of(assessment),
        "reasons": answers.get(sections.IMPACT.slug, "reasons"),
        "advice": answers.get(sections.IMPACT.slug, "advice"),
        **working(assessment, answers, answers.determine()),
        **around(assessment, request.user),
    }
    return render(request, "assessments/check.html", context, status=status)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def decision(request: SignedInRequest, ref: str) -> HttpResponse:
    """The decision as it was made, with its working; a manager who did not assess authorises it here."""
    assessment = open_assessment(request, ref)
    form = ConfirmForm(request.POST if request.method == "POST" else None, version=assessment.version)
    status = 200
    if request.method == "POST":
        require(can_authorise(request.user, assessment))
        status = 400
        if form.is_valid():
            try:
                services.authorise(
                    assessment=assessment,
                    version=form.cleaned_data["version"],
                    by=request.user,
                    now=clock.now(),
                )
            except StaleVersion as stale:
                form.show_conflict(version=stale.record.version, saved={})
                status = 409
            else:
                messages.success(request, "Assessment authorised")
                return redirect(assessment)
    answers = Answers(assessment)
    may = can_authorise(request.user, assessment)
    context = {
        "form": form,
        "determination": getattr(assessment, "determination", None),
        "sharing": Sharing.objects.latest_of(assessment),
        "may_authorise": workflow.AUTHORISE.is_open_to(request.user, assessment),
        "why_not": "" if may or not workflow.AUTHORISE.fits(assessment) else may.reason,
        **working(assessment, answers, answers.determine()),
        **around(assessment, request.user),
    }
    return render(request, "assessments/decision.html", context, status=status)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def return_for_changes(request: SignedInRequest, ref: str) -> HttpResponse:
    assessment = open_assessment(request, ref)
    require(can_authorise(request.user, assessment))
    form = ReasonForm(request.POST if request.method == "POST" else None, version=assessment.version)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            services.return_for_changes(
                assessment=assessment,
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                by=request.user,
                now=clock.now(),
            )
        except StaleVersion as stale:
            form.show_conflict(version=stale.record.version, saved={"reason": stale.record.return_reason})
            status = 409
        except ValidationError as error:
            form.add_service_error(error)
        else:
            messages.success(request, "Assessment returned, and its assessor told")
            return redirect(assessment)
    context = {"form": form, **around(assessment, request.user)}
    return render(request, "assessments/return_for_changes.html", context, status=status)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def issue(request: SignedInRequest, ref: str) -> HttpResponse:
    """Record that the person has it, in the format their record asks for."""
    assessment = open_assessment(request, ref)
    require(can_end(request.user, assessment))
    context = around(assessment, request.user)
    wanted = wanted_format(context["identity"])
    form = IssueForm(
        request.POST if request.method == "POST" else None,
        version=assessment.version,
        initial={"format": wanted, "on": clock.today()},
    )
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            services.issue(
                assessment=assessment,
                format=form.cleaned_data["format"],
                on=form.cleaned_data["on"],
                version=form.cleaned_data["version"],
                by=request.user,
                now=clock.now(),
            )
        except StaleVersion as stale:
            form.show_conflict(version=stale.record.version, saved={})
            status = 409
        except ValidationError as error:
            form.add_service_error(error)
        else:
            messages.success(request, "Recorded: the person has their assessment")
            return redirect(assessment)
    return render(request, "assessments/issue.html", {"form": form, **context}, status=status)


@require_GET
@policy.staff(*CASE_ROLES)
def print_decision(request: SignedInRequest, ref: str) -> HttpResponse:
    """The decision with its reasons in the person's words, to print or read out."""
    assessment = open_assessment(request, ref)
    answers = Answers(assessment)
    context = {
        "determination": getattr(assessment, "determination", None),
        **working(assessment, answers, answers.determine()),
        **around(assessment, request.user),
    }
    return render(request, "assessments/print_decision.html", context)
