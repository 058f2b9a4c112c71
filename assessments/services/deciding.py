"""The decision under s13: worked out, confirmed with reasons, authorised by somebody else, given to the person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from assessments import eligibility, events, sections, timescales, workflow
from assessments.answers import Answers, missing
from assessments.models import CARER_HEALTH, Assessment, EligibilityDetermination, OutcomeAnswer, need_label
from assessments.services.asking import ask, done, record, tell
from assessments.services.ending import work_is_over
from core import clock, knock_ons
from people.models import Origin
from worklist import services as worklist


def determination_for(assessment: Assessment) -> eligibility.Worked:
    """The decision as far as the answers of this assessment go, with its working in plain words."""
    return Answers(assessment).determine()


def eligible_needs(assessment: Assessment) -> list[dict[str, Any]]:
    """The needs from which a plan is made: each outcome the person is unable to achieve, and whether it is eligible;
    for a carer also health that is at risk (SI 2015/313 reg 3(1)(b)).

    After submission the decision as made counts, not what the answers would give today.
    """
    decided = EligibilityDetermination.objects.filter(assessment=assessment).first()
    if decided:
        is_eligible, codes = decided.result == EligibilityDetermination.Result.ELIGIBLE, decided.unable_codes
        health_at_risk = bool(decided.health_at_risk)
    else:
        worked = determination_for(assessment)
        is_eligible, codes = worked.is_eligible, worked.unable_codes
        health_at_risk = bool(worked.health_at_risk)
    needs = [
        {
            "code": row.code,
            "need": row.worker_view or need_label(row.code),
            "eligible": is_eligible,
            "outcome_wanted": row.outcome_wanted,
            "level": row.level or 0,
            "carer_share": row.carer_share or 0,
        }
        for row in OutcomeAnswer.objects.filter(assessment=assessment, code__in=codes).order_by("code")
    ]
    if health_at_risk:
        needs.append(_carers_health(assessment, is_eligible))
    return needs


def _carers_health(assessment: Assessment, is_eligible: bool) -> dict[str, Any]:
    answers = Answers(assessment)
    return {
        "code": CARER_HEALTH,
        "need": answers.get("wellbeing", "health_what") or need_label(CARER_HEALTH),
        "eligible": is_eligible,
        "outcome_wanted": answers.get("outcomes-wanted", "wanted"),
        "level": 0,
        "carer_share": 0,
    }


@transaction.atomic
def submit(
    *,
    assessment: Assessment,
    reasons: str,
    advice: str,
    version: int | None,
    by: User,
    now: datetime,
) -> EligibilityDetermination:
    """Send a complete assessment for authorisation, with the decision it leads to and the reasons.

    The result follows from the answers and cannot be given. Raises ValidationError with everything that is missing.
    """
    assessment = Assessment.objects.lock(assessment.pk)
    assessment.expect_version(version)
    workflow.SUBMIT.apply(assessment, by=by)
    answers = Answers(assessment)
    given = answers[sections.IMPACT.slug].answers
    answers[sections.IMPACT.slug].answers = {
        **given,
        "reasons": reasons or given.get("reasons", ""),
        "advice": advice or given.get("advice", ""),
    }
    lacking = missing(answers, first_name=assessment.person.first_name)
    if lacking:
        raise ValidationError([f"{each.title}: {each.words}" for each in lacking])
    worked = answers.determine()

    assessment.submitted_at = now
    assessment.submitted_by = by
    assessment.updated_at = now
    assessment.next_version()
    assessment.save(update_fields=["status", "submitted_at", "submitted_by", "version", "updated_at"])
    determination, _ = EligibilityDetermination.objects.update_or_create(
        assessment=assessment,
        defaults={
            "person": assessment.person,
            **_part_one(assessment, worked),
            "unable_codes": worked.unable_codes,
            "significant_impact": bool(worked.significant_impact),
            "result": worked.result,
            "reasons": answers.get(sections.IMPACT.slug, "reasons"),
            "advice": answers.get(sections.IMPACT.slug, "advice"),
            "answers": answers.snapshot(),
            "made_by": by,
            "made_at": now,
            "authorised_by": None,
            "authorised_at": None,
        },
    )

    done(assessment, now=now, by=by)
    ask(
        assessment,
        "authorise",
        "Authorise an assessment",
        owner=None,
        within=timescales.AUTHORISE,
        by=by,
        now=now,
        page="decision/",
    )
    worklist.move_work_item(kind="assessment", subject=assessment, now=now, stage="with_others")
    record(events.SUBMITTED, assessment, by=by, now=now, result=determination.get_result_display())
    return determination


def _part_one(assessment: Assessment, worked: eligibility.Worked) -> dict[str, Any]:
    """Where the needs come from, by the regulation of this kind of assessment; for a carer, health as well."""
    criteria = EligibilityDetermination.Criteria
    if assessment.is_about_a_carer:
        return {
            "criteria": criteria.CARER,
            "arises_from_caring": bool(worked.arises),
            "health_at_risk": bool(worked.health_at_risk),
        }
    return {"criteria": criteria.ADULT, "arises_from_impairment": bool(worked.arises)}


@transaction.atomic
def authorise(*, assessment: Assessment, version: int | None, by: User, now: datetime) -> Assessment:
    """A manager of the team who neither assessed nor sent it agrees. The estimate of the budget follows by itself."""
    assessment = Assessment.objects.lock(assessment.pk)
    assessment.expect_version(version)
    workflow.AUTHORISE.apply(assessment, by=by)
    determination = EligibilityDetermination.objects.select_for_update().get(assessment=assessment)

    assessment.authorised_at = now
    assessment.authorised_by = by
    assessment.updated_at = now
    assessment.next_version()
    assessment.save(update_fields=["status", "authorised_at", "authorised_by", "version", "updated_at"])
    determination.authorised_at = now
    determination.authorised_by = by
    determination.save(update_fields=["authorised_at", "authorised_by"])
    _supersede(assessment, now=now)

    done(assessment, now=now, by=by)
    title = "Give the person their assessment"
    ask(assessment, "issue", title, owner=assessment.assessor, within=timescales.ISSUE, by=by, now=now)
    worklist.move_work_item(kind="assessment", subject=assessment, now=now, stage="active")
    tell(assessment, "authorised", now=now)
    knock_ons.happened("assessments.authorised", assessment_id=assessment.pk, by=by, now=now)
    record(events.AUTHORISED, assessment, by=by, now=now, result=determination.get_result_display())
    return assessment


def _supersede(assessment: Assessment, *, now: datetime) -> None:
    """Earlier assessments of the kind that were made here are replaced; imported ones stay as their council gave
    them."""
    earlier = Assessment.objects.finished().filter(
        person=assessment.person_id, kind=assessment.kind, origin=Origin.PORTAL
    )
    for old in earlier.exclude(pk=assessment.pk).select_for_update(of=("self",)).order_by("pk"):
        old.status = Assessment.Status.SUPERSEDED
        old.updated_at = now
        old.next_version()
        old.save(update_fields=["status", "version", "updated_at"])


@transaction.atomic
def return_for_changes(
    *, assessment: Assessment, reason: str, version: int | None, by: User, now: datetime
) -> Assessment:
    """Send an assessment back to its assessor, with what has to change."""
    assessment = Assessment.objects.lock(assessment.pk)
    assessment.expect_version(version)
    workflow.RETURN.apply(assessment, by=by)
    if not reason.strip():
        raise ValidationError({"reason": "Say what has to change, and why"})

    assessment.return_reason = reason
    assessment.updated_at = now
    assessment.next_version()
    assessment.save(update_fields=["status", "return_reason", "version", "updated_at"])

    done(assessment, now=now, by=by)
    ask(
        assessment,
        "change",
        "Change an assessment as asked",
        owner=assessment.assessor,
        within=timescales.AUTHORISE,
        by=by,
        now=now,
    )
    worklist.move_work_item(kind="assessment", subject=assessment, now=now, stage="active")
    tell(assessment, "returned", now=now)
    record(events.RETURNED, assessment, by=by, now=now)
    return assessment


@transaction.atomic
def issue(
    *,
    assessment: Assessment,
    format: str,  # noqa: A002 the word of the law and of the column
    by: User,
    now: datetime,
    version: int | None = None,
    on: date | None = None,
) -> Assessment:
    """The person has the assessment and the decision with reasons, in a format they can use (ss12(3), 13(2))."""
    assessment = Assessment.objects.lock(assessment.pk)
    assessment.expect_version(version)
    workflow.ISSUE.apply(assessment, by=by)
    on = on or clock.london_date(now)
    check: list[tuple[Callable[[], bool], str, str]] = [
        (lambda: bool(format.strip()), "format", "Say in which format it was given"),
        (lambda: on <= clock.london_date(now), "on", "The date cannot be in the future"),
        (
            lambda: assessment.authorised_at is None or on >= clock.london_date(assessment.authorised_at),
            "on",
            "It cannot have been given before it was authorised",
        ),
    ]
    wrong = {name: words for holds, name, words in check if not holds()}
    if wrong:
        raise ValidationError(wrong)

    assessment.issued_on = on
    assessment.issued_format = format
    assessment.ended_on = on
    assessment.updated_at = now
    assessment.next_version()
    assessment.save(
        update_fields=["status", "issued_on", "issued_format", "ended_on", "version", "updated_at"]
    )
    EligibilityDetermination.objects.filter(assessment=assessment).update(issued_on=on)

    done(assessment, now=now, by=by)
    work_is_over(assessment, now=now, by=by)
    record(events.ISSUED, assessment, by=by, now=now, format=format)
    return assessment
