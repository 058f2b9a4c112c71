"""Writing an assessment, section by section, as it is typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from assessments import events, sections
from assessments.answers import of_outcome
from assessments.models import Assessment, OutcomeAnswer, Section
from assessments.permissions import can_write
from assessments.sections import SectionPlan
from audit import services as audit
from core.form_fields import NotStorable
from core.permissions import require
from core.versions import StaleVersion
from core.workflow import WrongState
from worklist import services as worklist

# Saves as somebody types, by the same person within this time, are one line in the trail; the field history keeps
# every one of them.
ONE_SITTING = timedelta(minutes=15)
OUTCOME_TEXTS = {
    "person_words",
    "answer",
    "limbs",
    "worker_view",
    "carer_view",
    "outcome_wanted",
    "equipment",
}


def _writable(assessment: Assessment, by: User) -> Assessment:
    assessment = Assessment.objects.lock(assessment.pk)
    require(can_write(by, assessment))
    if not assessment.is_editable:
        raise WrongState(
            f"Nothing more can be written: the assessment is “{assessment.get_status_display()}”."
        )
    return assessment


def _expect(row: Any, version: int | None) -> None:
    """Version 0 means that the writer saw nothing saved yet."""
    if version is not None and int(version) != (row.version if row.pk else 0):
        raise StaleVersion(row)


def _previous(assessment: Assessment, plan: SectionPlan) -> dict[str, Any]:
    if assessment.previous_id is None:
        return {}
    if plan.is_outcome:
        row = OutcomeAnswer.objects.filter(assessment=assessment.previous_id, code=plan.code).first()
        return of_outcome(row) if row else {}
    section = Section.objects.filter(assessment=assessment.previous_id, slug=plan.slug).first()
    return dict(section.answers) if section else {}


def _merge(
    plan: SectionPlan,
    stored: Mapping[str, Any],
    kept: Mapping[str, str],
    given: Mapping[str, Any],
    old: Mapping[str, Any],
    keep: Iterable[str],
    undo: Iterable[str],
    now: datetime,
) -> tuple[dict[str, Any], dict[str, str]]:
    """The section after a save. Kept answers stand until they are undone, whatever else is sent for them."""
    answers = {question.slug: stored.get(question.slug, _blank(question)) for question in plan.questions}
    stamps = dict(kept)
    for slug in undo:
        if stamps.pop(slug, None) is not None:
            answers[slug] = _blank(_question(plan, slug))
    for slug, value in given.items():
        question = _question(plan, slug)
        if slug not in stamps:
            answers[slug] = _checked(question, value)
    for slug in keep:
        _question(plan, slug)
        if sections.is_blank(old.get(slug)):
            raise ValidationError("There is no answer from last time to keep.")
        answers[slug] = old[slug]
        stamps[slug] = now.isoformat()
    return answers, stamps


def _question(plan: SectionPlan, slug: str) -> sections.Question:
    for question in plan.questions:
        if question.slug == slug:
            return question
    raise ValidationError(f"“{plan.title}” has no question “{slug}”.")


def _blank(question: sections.Question) -> Any:
    return [] if question.kind == sections.CHOICES else ""


def _checked(question: sections.Question, value: Any) -> Any:
    """The shape of an answer: length, and choices from the list. What is missing may stay missing."""
    codes = [code for code, _ in question.choices]
    if question.kind == sections.CHOICES:
        chosen = list(value or [])
        if any(each not in codes for each in chosen):
            raise ValidationError({question.slug: "Choose answers from the list"})
        return [code for code in codes if code in chosen]
    text = "" if value is None else str(value)
    if question.kind == sections.TEXT:
        if len(text) > question.max_length:
            raise ValidationError({question.slug: f"Write at most {question.max_length:,} characters"})
        try:
            NotStorable("This answer")(text)
        except ValidationError as error:
            raise ValidationError({question.slug: error.messages}) from None
        return text
    if text and text not in codes:
        raise ValidationError({question.slug: "Choose an answer from the list"})
    return text


def _finish(
    assessment: Assessment,
    row: Any,
    plan: SectionPlan,
    *,
    by: User,
    now: datetime,
    autosave: bool,
    first: bool,
    last: tuple[int, datetime] | None,
) -> None:
    worklist.move_work_item(kind="assessment", subject=assessment, now=now)
    same_sitting = not first and last and last[0] == by.pk and now - last[1] < ONE_SITTING
    if autosave and same_sitting:
        return
    audit.record(
        events.SECTION_SAVED,
        subject=assessment,
        person_id=assessment.person_id,
        by=by,
        at=now,
        access_list_id=assessment.access_list_id,
        section=plan.title,
    )


@transaction.atomic
def save_section(
    *,
    assessment: Assessment,
    slug: str,
    answers: Mapping[str, Any],
    version: int | None,
    by: User,
    now: datetime,
    keep: Iterable[str] = (),
    undo: Iterable[str] = (),
    autosave: bool = False,
) -> Section | OutcomeAnswer:
    """Save a section, half done or done. `keep` takes over last time's answers with the moment; `undo` lets them go.

    The outcomes have slugs too. Raises StaleVersion when somebody else saved this section since it was opened.
    """
    plan = sections.of(assessment).find(slug)
    if plan is None:
        raise ValidationError("There is no such section.")
    if plan.is_outcome:
        return save_outcome(
            assessment=assessment,
            code=plan.code,
            facts=answers,
            version=version,
            by=by,
            now=now,
            keep=keep,
            undo=undo,
            autosave=autosave,
        )
    assessment = _writable(assessment, by)
    row = Section.objects.filter(assessment=assessment, slug=slug).first() or Section(
        assessment=assessment, slug=slug
    )
    _expect(row, version)
    merged, kept = _merge(
        plan, row.answers, row.kept, answers, _previous(assessment, plan) if keep else {}, keep, undo, now
    )
    if row.pk and merged == row.answers and kept == row.kept:
        return row

    first, last = row.pk is None, (row.saved_by_id, row.saved_at) if row.pk else None
    row.answers, row.kept, row.saved_at, row.saved_by = merged, kept, now, by
    if not first:
        row.next_version()
    row.save()
    _finish(assessment, row, plan, by=by, now=now, autosave=autosave, first=first, last=last)
    return row


@transaction.atomic
def save_outcome(
    *,
    assessment: Assessment,
    code: str,
    facts: Mapping[str, Any],
    version: int | None,
    by: User,
    now: datetime,
    keep: Iterable[str] = (),
    undo: Iterable[str] = (),
    autosave: bool = False,
) -> OutcomeAnswer:
    """Save one of the outcomes. Who manages needs no help with it, so limbs, level and carer's share fall away."""
    plan = sections.of(assessment).by_code.get(code)
    if plan is None:
        raise ValidationError("There is no such outcome.")
    assessment = _writable(assessment, by)
    row = OutcomeAnswer.objects.filter(assessment=assessment, code=code).first() or OutcomeAnswer(
        assessment=assessment, code=code
    )
    _expect(row, version)
    said = of_outcome(row)
    stored = {question.slug: said[question.slug] for question in plan.questions}
    merged, kept = _merge(
        plan, stored, row.kept, facts, _previous(assessment, plan) if keep else {}, keep, undo, now
    )
    if merged["answer"] != OutcomeAnswer.Answer.UNABLE:
        manages = merged["answer"] == OutcomeAnswer.Answer.ACHIEVES
        falls_away: dict[str, Any] = {"limbs": [], "level": "0" if manages else "", "carer_share": ""}
        merged |= {slug: blank for slug, blank in falls_away.items() if slug in merged}
    if row.pk and merged == stored and kept == row.kept:
        return row

    first, last = row.pk is None, (row.saved_by_id, row.saved_at) if row.pk else None
    for name in OUTCOME_TEXTS & merged.keys():
        setattr(row, name, merged[name])
    row.level = int(merged["level"]) if merged.get("level") else None
    row.carer_share = Decimal(merged["carer_share"]) if merged.get("carer_share") else None
    row.kept, row.saved_at, row.saved_by = kept, now, by
    if not first:
        row.next_version()
    row.save()
    _finish(assessment, row, plan, by=by, now=now, autosave=autosave, first=first, last=last)
    return row
