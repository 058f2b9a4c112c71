"""Closing by the checklist, the other endings, who was told, and opening a case again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from core import clock
from safeguarding import events, workflow
from safeguarding.models import Concern, Enquiry, PlanReview, ProtectionPlan
from safeguarding.services import clocks
from safeguarding.services.acting import lock, need, record, require_review_considered, save
from safeguarding.services.deciding import end
from worklist import services as worklist


@dataclass(frozen=True)
class Check:
    """One line of the checklist: what it asks, what is missing (nothing: it holds), and the step that mends it."""

    number: int
    words: str
    missing: str = ""
    step: str = ""

    @property
    def holds(self) -> bool:
        return not self.missing


def _enquiry(concern: Concern) -> Enquiry | None:
    rows = Enquiry.objects.filter(concern=concern).select_related("lead")
    return rows.order_by("-pk").first()


def checklist(concern: Concern, by: User) -> list[Check]:
    """The twelve lines that must hold before a case is closed (domain/safeguarding.md 9)."""
    enquiry = _enquiry(concern)
    risks = list(concern.risks.all())
    alleged = list(concern.alleged.all())
    caused = list(enquiry.caused.all()) if enquiry else []
    concluded = enquiry is not None and enquiry.concluded_at is not None

    def confirmed() -> bool:
        return bool(
            enquiry
            and enquiry.had_needs
            and enquiry.was_at_risk
            and enquiry.was_unable
            and enquiry.action_needed
        )

    risk_set = bool(enquiry and enquiry.risk_result)
    if enquiry and enquiry.risk_result in Enquiry.IDENTIFIED:
        risk_set = bool(enquiry.risk_outcome)
    asked_set = bool(enquiry and enquiry.outcomes_asked)
    if enquiry and enquiry.outcomes_asked == Concern.OutcomesAsked.EXPRESSED:
        asked_set = bool(enquiry.outcomes_achieved)
    open_risks = [risk.get_kind_display() for risk in risks if not risk.outcome]
    open_alleged = [row.name or row.relationship for row in alleged if not row.outcome]
    waiting = [row.agency for row in caused if not row.is_assured]
    told_adult, told_referrer = bool(concern.adult_told), bool(concern.referrer_told)

    def line(number: int, words: str, holds: bool, missing: str, step: str = "") -> Check:
        return Check(number, words, "" if holds else missing, "" if holds else step)

    outcomes = "" if concluded else "conclude"
    return [
        line(1, "The three parts of section 42 are confirmed", confirmed(), "Not confirmed yet", outcomes),
        line(
            2,
            "Each risk has an outcome",
            bool(risks) and not open_risks,
            f"No outcome: {', '.join(open_risks)}" if open_risks else "No risk is written down",
            outcomes,
        ),
        line(3, "The outcome of the risk assessment is set", risk_set, "Not set yet", outcomes),
        line(
            4,
            "Capacity and advocacy are recorded",
            bool(concern.lacked_capacity and concern.advocacy),
            "Not recorded yet",
            "record-capacity",
        ),
        line(
            5, "It is recorded what the person wanted, and whether it was achieved", asked_set, "Not set yet", outcomes
        ),
        _plan_line(concern, enquiry),
        line(
            7,
            "It is recorded what follows for whoever is alleged to have caused harm",
            not open_alleged,
            f"Nothing yet for: {', '.join(open_alleged)}",
            outcomes,
        ),
        line(8, "The person was told, or the reason not", told_adult, "Not recorded yet", "tell"),
        line(9, "Whoever reported it was told what may be shared", told_referrer, "Not recorded yet", "tell"),
        line(
            10,
            "Somebody else than the lead signs it off",
            enquiry is None or enquiry.lead_id != by.pk,
            "You led this enquiry. Ask another safeguarding adults manager",
        ),
        line(
            11,
            "Every enquiry asked of others is received and assured",
            not waiting,
            f"Not assured: {', '.join(waiting)}",
        ),
        line(
            12,
            "A safeguarding adults review was considered",
            bool(concern.sar_considered),
            "Not considered yet",
            "consider-review",
        ),
    ]  # fmt: skip


def _plan_line(concern: Concern, enquiry: Enquiry | None) -> Check:
    words = "There was a protection plan and it is over, or it is written why none is needed"
    in_force = ProtectionPlan.objects.filter(concern=concern, ended_on=None).exists()
    if in_force:
        return Check(6, words, "A protection plan is in force", "review")
    had_one = enquiry is not None and enquiry.plans.exists()
    if had_one or (enquiry is not None and enquiry.no_plan_reason):
        return Check(6, words)
    return Check(6, words, "Neither a plan nor the reason", "no-plan")


@transaction.atomic
def close(*, concern: Concern, end_reason: str, version: int | None, by: User, now: datetime) -> Concern:
    """Close the case. Raises ValidationError with every line of the checklist that does not hold."""
    concern = lock(concern, version=version, action=workflow.CLOSE, by=by)
    need(end_reason=(end_reason, "Say in a few words how it ends"))
    failing = [line for line in checklist(concern, by) if not line.holds]
    if failing:
        raise ValidationError([f"{line.number}. {line.words}: {line.missing.lower()}" for line in failing])
    _end_enquiry(concern, by=by, now=now)
    concern.end_reason = end_reason
    end(concern, by=by, now=now)
    save(concern, now=now, fields=("end_reason", "ended_at", "ended_by"))
    record(events.CLOSED, concern, by=by, now=now)
    return concern


def _end_enquiry(concern: Concern, *, by: User, now: datetime, result: str = "") -> None:
    enquiry = Enquiry.objects.select_for_update().filter(concern=concern, ended_at=None).first()
    if enquiry is None:
        return
    for caused in enquiry.caused.all():
        worklist.close_anchor(rule=clocks.CAUSED, subject=caused, now=now, because="the enquiry ended", by=by)
    if result and not enquiry.risk_result:
        enquiry.risk_result = result
    enquiry.ended_at, enquiry.closed_by, enquiry.updated_at = now, by, now
    enquiry.save()
    today = clock.london_date(now)
    ProtectionPlan.objects.filter(concern=concern, ended_on=None).update(ended_on=today, updated_at=now)


@transaction.atomic
def cease(*, concern: Concern, end_reason: str, version: int | None, by: User, now: datetime) -> Concern:
    """The adult asks the council to stop, and nothing weighs against it. Never by the lead alone."""
    concern = lock(concern, version=version, action=workflow.CEASE, by=by)
    need(end_reason=(end_reason, "Say what the person asked for, and why it is right to stop"))
    require_review_considered(concern)
    _end_enquiry(concern, by=by, now=now, result=Enquiry.RiskResult.CEASED)
    concern.end_reason = end_reason
    end(concern, by=by, now=now)
    save(concern, now=now, fields=("end_reason", "ended_at", "ended_by"))
    record(events.CEASED, concern, by=by, now=now)
    return concern


@transaction.atomic
def transfer(
    *,
    concern: Concern,
    other_council: str,
    end_reason: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """Another council leads, because the abuse happened in its area. They have accepted it."""
    concern = lock(concern, version=version, action=workflow.TRANSFER, by=by)
    need(
        other_council=(other_council, "Say which council leads from now on"),
        end_reason=(end_reason, "Say who accepted it there, and when"),
    )
    require_review_considered(concern)
    enquiry = Enquiry.objects.filter(concern=concern, ended_at=None).first()
    if enquiry is not None and enquiry.lead_id == by.pk:
        raise ValidationError(
            "You lead this enquiry. Ask another safeguarding adults manager to transfer it."
        )
    _end_enquiry(concern, by=by, now=now)
    concern.other_council, concern.end_reason = other_council, end_reason
    end(concern, by=by, now=now)
    save(concern, now=now, fields=("other_council", "end_reason", "ended_at", "ended_by"))
    record(events.TRANSFERRED, concern, by=by, now=now)
    return concern


@transaction.atomic
def mark_duplicate(
    *, concern: Concern, other: Concern, version: int | None, by: User, now: datetime
) -> Concern:
    """The same matter stands in another concern, which goes on."""
    concern = lock(concern, version=version, action=workflow.MARK_DUPLICATE, by=by)
    if other.pk == concern.pk or other.status == Concern.Status.DUPLICATE:
        raise ValidationError({"other": "Choose the concern that goes on"})
    require_review_considered(concern)
    concern.duplicate_of = other
    concern.end_reason = "The same as another concern"
    end(concern, by=by, now=now)
    save(concern, now=now, fields=("duplicate_of", "end_reason", "ended_at", "ended_by"))
    record(events.DUPLICATE, concern, by=by, now=now)
    return concern


@transaction.atomic
def tell(
    *,
    concern: Concern,
    adult_told: str,
    referrer_told: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """How the adult and whoever reported it were told how it went, or why not. Ends the reminder."""
    concern = lock(concern, version=version, action=workflow.TELL, by=by)
    need(
        adult_told=(adult_told, "Say how and when the person was told, or why not"),
        referrer_told=(referrer_told, "Say what whoever reported it was told, or why nothing"),
    )
    concern.adult_told, concern.referrer_told = adult_told, referrer_told
    worklist.close_anchor(rule=clocks.FEEDBACK, subject=concern, now=now, because="told", by=by)
    save(concern, now=now, fields=("adult_told", "referrer_told"))
    record(events.TOLD, concern, by=by, now=now)
    return concern


@transaction.atomic
def consider_review(
    *,
    concern: Concern,
    sar_considered: str,
    sar_reason: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """Whether a safeguarding adults review must or may be arranged (Care Act s44), with the reason."""
    concern = lock(concern, version=version, action=workflow.CONSIDER_REVIEW, by=by)
    need(
        sar_considered=(sar_considered, "Say whether the criteria are met"),
        sar_reason=(sar_reason, "Give your reason"),
    )
    concern.sar_considered, concern.sar_reason, concern.sar_by = sar_considered, sar_reason, by
    worklist.close_tasks(subject_key_prefix=f"safeguarding:{concern.ref}:review", now=now, by=by)
    save(concern, now=now, fields=("sar_considered", "sar_reason", "sar_by"))
    record(events.REVIEW_CONSIDERED, concern, by=by, now=now, result=concern.get_sar_considered_display())
    return concern


@transaction.atomic
def reopen(*, concern: Concern, reason: str, version: int | None, by: User, now: datetime) -> Concern:
    """New information: the case goes on. Everything from before stays as it was written."""
    concern = lock(concern, version=version, action=workflow.REOPEN, by=by)
    need(reason=(reason, "Say what is new"))
    concern.round += 1
    concern.reopened_because = reason
    concern.lead = None
    concern.ended_at, concern.ended_by, concern.end_reason = None, None, ""
    concern.disposition, concern.other_council, concern.duplicate_of = "", "", None
    concern.adult_told = concern.referrer_told = ""
    worklist.close_anchor(rule=clocks.FEEDBACK, subject=concern, now=now, because="reopened", by=by)
    clocks.run(concern, clocks.DECISION, on=clock.london_date(now), now=now)
    clocks.open_item(concern, now=now)
    save(
        concern,
        now=now,
        fields=(
            "round", "reopened_because", "lead", "ended_at", "ended_by", "end_reason", "disposition",
            "other_council", "duplicate_of", "adult_told", "referrer_told",
        ),
    )  # fmt: skip
    record(events.REOPENED, concern, by=by, now=now)
    return concern


def last_review(concern: Concern) -> PlanReview | None:
    return PlanReview.objects.filter(concern=concern).select_related("by").order_by("-pk").first()
