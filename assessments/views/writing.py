"""Writing an assessment: the list of sections, one section with old beside new, and saving as it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from assessments import sections, services, workflow
from assessments.answers import Answers, Written
from assessments.forms import SectionForm, in_words
from assessments.models import Assessment, Sharing
from assessments.permissions import can_assign, can_write
from assessments.views.opening import around, open_assessment, section_list, section_url
from core import clock, policy
from core.permissions import require
from core.templatetags.dates import clock_time
from core.versions import StaleVersion
from core.workflow import WrongState


@require_GET
@policy.staff(*CASE_ROLES)
def show_assessment(request: SignedInRequest, ref: str) -> HttpResponse:
    """The sections as a list of tasks, and what can be done next."""
    assessment = open_assessment(request, ref)
    user = request.user
    answers = Answers(assessment)
    groups = section_list(assessment, answers)
    left = [row for group in groups for row in group["rows"] if row["progress"] != sections.COMPLETED]
    total = len(answers.asks.plans)
    context = {
        "groups": groups,
        "next": left[0] if left else None,
        "done": total - len(left),
        "total": total,
        "determination": getattr(assessment, "determination", None),
        "sharing": Sharing.objects.latest_of(assessment),
        "may_write": assessment.is_editable and bool(can_write(user, assessment)),
        "may_assign": assessment.status in workflow.ABANDON.sources and bool(can_assign(user, assessment)),
        "may": {name: action.is_open_to(user, assessment) for name, action in workflow.ACTIONS.items()},
    }
    return render(request, "assessments/show_assessment.html", {**context, **around(assessment, user)})


@dataclass
class Row:
    """One question on the page: the answer of last time, how the two compare, and the control or the text now."""

    question: sections.Question
    label: str
    old: str
    now: str
    field: BoundField | None
    state: str
    kept_at: datetime | None
    is_only_if_unable: bool


def _state(question: sections.Question, old: Any, new: Any, kept: bool) -> str:
    if kept:
        return "kept"
    if sections.is_blank(new):
        return "" if sections.is_blank(old) else "open"
    if sections.is_blank(old):
        return "new"
    return "same" if old == new else "changed"


def _rows(
    form: SectionForm, written: Written, old: Written | None, *, first: str, has_carer: bool
) -> list[Row]:
    rows = []
    for question in written.plan.questions:
        if written.plan.is_outcome and question.slug.startswith("carer_") and not has_carer:
            continue
        before = old.answers.get(question.slug) if old else None
        answer = written.answers.get(question.slug)
        stamp = written.kept.get(question.slug)
        depends = question.when is not None and question.when[0] in ("answer", "carer_share")
        rows.append(
            Row(
                question=question,
                label=in_words(question.label, first),
                old=sections.in_words(question, before),
                now=sections.in_words(question, answer),
                field=form[question.slug] if question.slug in form.fields else None,
                state=_state(question, before, answer, bool(stamp)) if old else "",
                kept_at=datetime.fromisoformat(stamp) if stamp else None,
                is_only_if_unable=depends,
            )
        )
    return rows


def _counted(rows: list[Row], written: Written, *, has_carer: bool) -> str:
    left = len(sections.unanswered(written.plan, written.answers, has_carer=has_carer))
    counts = [
        (sum(row.state == "changed" for row in rows), "changed"),
        (sum(row.state == "new" for row in rows), "new"),
        (sum(row.state == "kept" for row in rows), "still true"),
        (left, "left to answer"),
    ]
    return ", ".join(f"{count} {words}" for count, words in counts if count) or "Nothing left to answer"


def _plan(assessment: Assessment, slug: str) -> sections.SectionPlan:
    plan = sections.of(assessment).plans.get(slug)
    if plan is None:
        raise Http404
    return plan


def _page(
    request: SignedInRequest,
    assessment: Assessment,
    answers: Answers,
    form: SectionForm,
    *,
    status: int = 200,
) -> HttpResponse:
    written, user = form.written, request.user
    plan, first = written.plan, assessment.person.first_name
    earlier = Answers(assessment.previous) if assessment.previous else None
    old = earlier[plan.slug] if earlier and earlier[plan.slug].answers else None
    rows = _rows(form, written, old, first=first, has_carer=answers.has_carer)
    follower = answers.asks.after(plan.slug)
    context = {
        "plan": plan,
        "lead": in_words(plan.lead, first),
        "form": form,
        "rows": rows,
        "written": written,
        "old": old,
        "groups": section_list(assessment, answers, current=plan.slug),
        "follower": follower,
        "counted": _counted(rows, written, has_carer=answers.has_carer),
        "may_write": assessment.is_editable and bool(can_write(user, assessment)),
        **around(assessment, user),
    }
    return render(request, "assessments/show_section.html", context, status=status)


def _form(request: SignedInRequest, assessment: Assessment, answers: Answers, slug: str) -> SectionForm:
    return SectionForm(
        request.POST if request.method == "POST" else None,
        written=answers[slug],
        first_name=assessment.person.first_name,
        has_carer=answers.has_carer,
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def show_section(request: SignedInRequest, ref: str, slug: str) -> HttpResponse:
    """One section. Last time's answers stand beside; each can be kept with one press, and let go again."""
    assessment = open_assessment(request, ref)
    plan = _plan(assessment, slug)
    answers = Answers(assessment)
    form = _form(request, assessment, answers, slug)
    if request.method != "POST":
        return _page(request, assessment, answers, form)
    require(can_write(request.user, assessment))
    if not form.is_valid():
        return _page(request, assessment, answers, form, status=400)
    keep, undo = request.POST.getlist("keep"), request.POST.getlist("undo")
    try:
        services.save_section(
            assessment=assessment,
            slug=slug,
            answers=form.answers(),
            version=form.cleaned_data["version"],
            by=request.user,
            now=clock.now(),
            keep=keep,
            undo=undo,
        )
    except StaleVersion:
        newest = Answers(assessment)[slug]
        form.show_conflict(version=newest.version, saved=newest.answers)
        return _page(request, assessment, answers, form, status=409)
    except ValidationError as error:
        form.add_service_error(error)
        return _page(request, assessment, answers, form, status=400)
    here = section_url(assessment, slug)
    if keep or undo:
        return HttpResponseRedirect(f"{here}#q-{(keep or undo)[0]}")
    follower = answers.asks.after(plan.slug)
    if "stay" in request.POST:
        return HttpResponseRedirect(here)
    return HttpResponseRedirect(section_url(assessment, follower.slug if follower else sections.IMPACT.slug))


@require_POST
@policy.staff(*CASE_ROLES)
def autosave_section(request: SignedInRequest, ref: str, slug: str) -> JsonResponse:
    """Save what is typed so far. Answers as JSON: when it was saved and the version to send next time."""
    assessment = get_object_or_404(
        Assessment.objects.visible_to(request.user).select_related("person"), ref=ref
    )
    if sections.of(assessment).find(slug) is None:
        raise Http404
    answers = Answers(assessment)
    form = _form(request, assessment, answers, slug)
    if not form.is_valid():
        words = next((str(error) for errors in form.errors.values() for error in errors), "")
        return JsonResponse({"reason": words}, status=400)
    now = clock.now()
    try:
        row = services.save_section(
            assessment=assessment,
            slug=slug,
            answers=form.answers(),
            version=form.cleaned_data["version"],
            by=request.user,
            now=now,
            autosave=True,
        )
    except (StaleVersion, WrongState) as error:
        return JsonResponse({"reason": str(error)}, status=409)
    except ValidationError as error:
        return JsonResponse({"reason": error.messages[0]}, status=400)
    return JsonResponse({"saved_at": clock_time(now), "version": row.version})
