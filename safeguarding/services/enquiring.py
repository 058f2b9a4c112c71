"""The enquiry: planned, started, others caused to enquire, and what it found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from core import clock
from safeguarding import events, workflow
from safeguarding.models import CausedEnquiry, Concern, Enquiry, S42Decision
from safeguarding.permissions import can_lead
from safeguarding.services import clocks
from safeguarding.services.acting import lock, need, record, save
from safeguarding.services.deciding import latest_decision
from safeguarding.services.knowing import make_known_to
from worklist import services as worklist


def _enquiry(concern: Concern) -> Enquiry:
    return Enquiry.objects.select_for_update().get(concern=concern, ended_at=None)


@transaction.atomic
def plan_enquiry(
    *,
    concern: Concern,
    lead: User,
    risk: str,
    why_other: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """Name who leads the enquiry, who is put on the list with it, and the risk.

    It is an enquiry under s42 where all three parts are yes, else another one, with the reason it is necessary and
    proportionate. Raises ValidationError for a lead without the qualification.
    """
    concern = lock(concern, version=version, action=workflow.PLAN_ENQUIRY, by=by)
    need(lead=(lead, "Choose who leads the enquiry"), risk=(risk, "Choose how much risk there is"))
    decision = latest_decision(concern)
    if decision is None:
        raise ValidationError("Decide first under section 42.")
    kind = Enquiry.Kind.S42 if decision.result == S42Decision.Result.S42 else Enquiry.Kind.OTHER
    if kind == Enquiry.Kind.OTHER and not why_other.strip():
        raise ValidationError(
            {
                "why_other": "Say why an enquiry is necessary and proportionate although the duty does not apply"
            }
        )
    if not can_lead(lead):
        raise ValidationError(
            {"lead": "The lead needs a live professional registration. Choose somebody else."}
        )
    try:
        make_known_to(concern, lead, reason="leads the enquiry", now=now)
    except ValidationError as refusal:
        raise ValidationError({"lead": refusal.messages}) from refusal
    enquiry = Enquiry.objects.create(
        concern=concern,
        decision=decision,
        kind=kind,
        why_other=why_other if kind == Enquiry.Kind.OTHER else "",
        lead=lead,
        risk=risk,
        planned_at=now,
        created_at=now,
        updated_at=now,
    )
    concern.lead, concern.risk = lead, risk
    worklist.move_work_item(
        kind="safeguarding", subject=concern, now=now, stage="active", owner=lead, risk=risk
    )
    if not concern.rule:
        clocks.run(concern, clocks.PLANNING, on=clock.london_date(now), now=now)
    save(concern, now=now, fields=("lead", "risk"))
    record(events.ENQUIRY_PLANNED, concern, by=by, now=now, kind=enquiry.get_kind_display())
    if lead.pk != by.pk:
        worklist.notify(
            template="safeguarding.lead",
            recipient=lead,
            key=f"safeguarding:{enquiry.ref}:lead",
            now=now,
            url=concern.get_absolute_url(),
            access_list=concern.access_list,
        )
    return concern


@transaction.atomic
def start_enquiry(
    *,
    concern: Concern,
    questions: str,
    who_does_what: str,
    sharing_basis: str,
    discussed_on: date,
    discussed_with: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """The plan of the enquiry: its questions, who does what by when, the basis for sharing, and the discussion held."""
    concern = lock(concern, version=version, action=workflow.START_ENQUIRY, by=by)
    need(
        questions=(questions, "Say what the enquiry must find out"),
        who_does_what=(who_does_what, "Say who does what, and by when"),
        sharing_basis=(sharing_basis, "Say on what basis information is shared"),
        discussed_on=(discussed_on, "Say when the plan was discussed"),
        discussed_with=(discussed_with, "Say with whom the plan was discussed"),
    )
    if discussed_on > clock.london_date(now):
        raise ValidationError({"discussed_on": "The day cannot be in the future"})
    enquiry = _enquiry(concern)
    enquiry.questions, enquiry.who_does_what, enquiry.sharing_basis = questions, who_does_what, sharing_basis
    enquiry.discussed_on, enquiry.discussed_with = discussed_on, discussed_with
    enquiry.started_at = enquiry.updated_at = now
    enquiry.save()
    clocks.run(concern, clocks.ENQUIRY, on=clock.london_date(now), now=now)
    save(concern, now=now)
    record(events.ENQUIRY_STARTED, concern, by=by, now=now)
    return concern


@transaction.atomic
def ask_another(
    *,
    concern: Concern,
    agency: str,
    contact: str,
    scope: str,
    terms: str,
    no_conflict: str,
    due_on: date,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """Cause another agency to enquire. The council keeps the responsibility, so conflicts of interest are checked."""
    concern = lock(concern, version=version, action=workflow.ASK_ANOTHER, by=by)
    need(
        agency=(agency, "Say which agency"),
        scope=(scope, "Say what they are to find out"),
        terms=(terms, "Say on what terms: what they send back, and in what form"),
        no_conflict=(no_conflict, "Say how you checked that they have no conflict of interest"),
        due_on=(due_on, "Say by when"),
    )
    today = clock.london_date(now)
    if due_on < today:
        raise ValidationError({"due_on": "The day cannot be in the past"})
    caused = CausedEnquiry.objects.create(
        concern=concern,
        enquiry=_enquiry(concern),
        agency=agency,
        contact=contact,
        scope=scope,
        terms=terms,
        no_conflict=no_conflict,
        asked_on=today,
        due_on=due_on,
        created_at=now,
        updated_at=now,
    )
    clocks.remind(concern, clocks.CAUSED, on=due_on, now=now, subject=caused)
    save(concern, now=now)
    record(events.ANOTHER_ASKED, concern, by=by, now=now, due_on=due_on)
    return concern


@transaction.atomic
def record_report(
    *,
    concern: Concern,
    caused: CausedEnquiry,
    received_on: date | None,
    report: str,
    quality: str,
    quality_reason: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """What an agency sent, and whether it is good enough: accepted, returned, or the council enquires itself."""
    concern = lock(concern, version=version, action=workflow.RECORD_REPORT, by=by)
    caused = CausedEnquiry.objects.select_for_update().get(pk=caused.pk, concern=concern)
    need(
        quality=(quality, "Say whether it is good enough to decide on"),
        quality_reason=(quality_reason, "Say how you came to that"),
    )
    if quality != CausedEnquiry.Quality.COUNCIL:
        need(
            received_on=(received_on, "Say when it came"),
            report=(report, "Say what they found"),
        )
    if received_on and received_on > clock.london_date(now):
        raise ValidationError({"received_on": "The day cannot be in the future"})
    caused.received_on, caused.report = received_on, report
    caused.quality, caused.quality_reason, caused.updated_at = quality, quality_reason, now
    caused.save()
    if caused.is_assured:
        worklist.close_anchor(rule=clocks.CAUSED, subject=caused, now=now, because="assured", by=by)
    save(concern, now=now)
    record(events.REPORT_RECORDED, concern, by=by, now=now, quality=caused.get_quality_display())
    return concern


@transaction.atomic
def conclude(
    *,
    concern: Concern,
    findings: str,
    had_needs: str,
    was_at_risk: str,
    was_unable: str,
    action_needed: str,
    risk_result: str,
    risk_outcome: str,
    outcomes_asked: str,
    outcomes_achieved: str,
    risks: Mapping[str, str],
    wishes: Mapping[str, str],
    alleged: Mapping[str, str],
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """What the enquiry found (tables SG2c, SG2e, SG4a), by its lead. Every enquiry caused is received and assured first.

    `risks`, `wishes` and `alleged` give an outcome to each row by its reference. Raises ValidationError.
    """
    concern = lock(concern, version=version, action=workflow.CONCLUDE, by=by)
    enquiry = _enquiry(concern)
    if enquiry.risk_result == Enquiry.RiskResult.CEASED or risk_result == Enquiry.RiskResult.CEASED:
        raise ValidationError(
            {"risk_result": "An enquiry that ends at the person’s request is ceased instead"}
        )
    _check_conclusion(
        enquiry, findings, risk_result, risk_outcome, outcomes_asked, outcomes_achieved,
        (had_needs, was_at_risk, was_unable, action_needed),
    )  # fmt: skip
    waiting = [each.agency for each in enquiry.caused.order_by("pk") if not each.is_assured]
    if waiting:
        raise ValidationError(f"Not received and assured yet: {', '.join(waiting)}.")
    if not concern.risks.exists():
        raise ValidationError("Add the risks first: what kind, where and by whom.")
    _give(concern.risks.order_by("pk"), "outcome", risks, "risk", "Say what became of each risk")
    _give(concern.wishes.order_by("pk"), "result", wishes, "wish", "Say of each wish whether it was achieved")
    _give(concern.alleged.order_by("pk"), "outcome", alleged, "alleged", "Say what follows for each of them")
    enquiry.findings, enquiry.had_needs, enquiry.was_at_risk = findings, had_needs, was_at_risk
    enquiry.was_unable, enquiry.action_needed = was_unable, action_needed
    enquiry.risk_result, enquiry.risk_outcome = risk_result, risk_outcome
    enquiry.outcomes_asked, enquiry.outcomes_achieved = outcomes_asked, outcomes_achieved
    enquiry.concluded_at = enquiry.updated_at = now
    enquiry.save()
    clocks.run(concern, clocks.OUTCOMES, on=clock.london_date(now), now=now)
    save(concern, now=now)
    record(events.CONCLUDED, concern, by=by, now=now, result=enquiry.get_risk_result_display())
    return concern


def _check_conclusion(
    enquiry: Enquiry,
    findings: str,
    risk_result: str,
    risk_outcome: str,
    outcomes_asked: str,
    outcomes_achieved: str,
    confirmed: tuple[str, str, str, str],
) -> None:
    names = ("had_needs", "was_at_risk", "was_unable", "action_needed")
    need(
        findings=(findings, "Write what the enquiry found"),
        risk_result=(risk_result, "Choose the outcome of the risk assessment"),
        outcomes_asked=(outcomes_asked, "Say whether the person was asked what they want"),
        **{name: (answer, "Answer yes or no") for name, answer in zip(names, confirmed, strict=True)},
    )
    if risk_result in Enquiry.IDENTIFIED and not risk_outcome:
        raise ValidationError(
            {"risk_outcome": "Risk was identified: say whether it remained, was reduced or removed"}
        )
    if risk_outcome and risk_result not in Enquiry.IDENTIFIED:
        raise ValidationError({"risk_outcome": "Leave this empty: no risk was identified"})
    if outcomes_asked == Concern.OutcomesAsked.EXPRESSED and not outcomes_achieved:
        raise ValidationError({"outcomes_achieved": "Say whether what the person wanted was achieved"})
    if outcomes_achieved and outcomes_asked != Concern.OutcomesAsked.EXPRESSED:
        raise ValidationError({"outcomes_achieved": "Leave this empty: no outcomes were expressed"})


def _give(rows: Iterable[Any], field: str, answers: Mapping[str, str], prefix: str, words: str) -> None:
    """Give each row its outcome. Raises ValidationError naming the questions left open."""
    missing = {}
    for row in rows:
        answer = answers.get(row.ref, "").strip()
        allowed = {key for key, _ in row._meta.get_field(field).choices or ()}
        if not answer or (allowed and answer not in allowed):
            missing[f"{prefix}_{row.ref}"] = words
            continue
        setattr(row, field, answer[:500])
        row.save(update_fields=[field])
    if missing:
        raise ValidationError(missing)
