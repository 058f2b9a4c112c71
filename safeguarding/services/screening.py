"""The first look, and what is written down on the way to a decision: risks, people alleged, the adult's part."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from core import clock
from directory.models import Provider
from safeguarding import events, workflow
from safeguarding.models import Alleged, CaseEntry, Concern, ConcernRisk, DelayReason, DesiredOutcome
from safeguarding.services import clocks
from safeguarding.services.acting import lock, need, record, save
from safeguarding.services.knowing import bar_from
from worklist import services as worklist


@transaction.atomic
def screen(
    *,
    concern: Concern,
    immediate_action: str,
    risk: str,
    crime: str,
    police_reference: str,
    child_at_risk: str,
    child_referral: str,
    referrer_acknowledged: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """The first look, on the day or the next working day: is the adult safe now, a crime, a child, the referrer told.

    Raises ValidationError for what is missing, and while nobody has said whom it is about.
    """
    concern = lock(concern, version=version, action=workflow.SCREEN, by=by)
    if concern.person is None:
        raise ValidationError("Say first whose record this is about, or make one.")
    need(
        immediate_action=(immediate_action, "Say what was done to make the person safe now, or why nothing"),
        risk=(risk, "Choose how much risk there is"),
        crime=(crime, "Say whether a crime may have been committed"),
        child_at_risk=(child_at_risk, "Say whether a child is at risk"),
        referrer_acknowledged=(
            referrer_acknowledged,
            "Say how whoever reported this was told that we have it, or why not",
        ),
    )
    if crime == "yes" and not police_reference.strip():
        raise ValidationError({"police_reference": "Say what the police were told, with their reference"})
    if child_at_risk == "yes" and not child_referral.strip():
        raise ValidationError({"child_referral": "Say when children’s services were told"})
    concern.immediate_action, concern.risk, concern.crime = immediate_action, risk, crime
    concern.police_reference, concern.child_at_risk = (
        police_reference or concern.police_reference,
        child_at_risk,
    )
    concern.child_referral, concern.referrer_acknowledged = child_referral, referrer_acknowledged
    concern.screened_at, concern.screened_by = now, by
    clocks.run(concern, clocks.DECISION, on=clocks.day_received(concern), now=now)
    worklist.move_work_item(kind="safeguarding", subject=concern, now=now, stage="active", risk=risk)
    save(
        concern,
        now=now,
        fields=(
            "immediate_action",
            "risk",
            "crime",
            "police_reference",
            "child_at_risk",
            "child_referral",
            "referrer_acknowledged",
            "screened_at",
            "screened_by",
        ),
    )
    record(events.SCREENED, concern, by=by, now=now, risk=concern.get_risk_display())
    return concern


@transaction.atomic
def gather(*, concern: Concern, text: str, version: int | None, by: User, now: datetime) -> Concern:
    """What must be found out, and from whom. The target for the decision runs on."""
    concern = lock(concern, version=version, action=workflow.GATHER, by=by)
    need(text=(text, "Say what you need to find out, and from whom"))
    _entry(concern, CaseEntry.Kind.INFORMATION, text, clock.london_date(now), by=by, now=now)
    save(concern, now=now)
    record(events.GATHERING, concern, by=by, now=now)
    return concern


@transaction.atomic
def add_risk(
    *,
    concern: Concern,
    kind: str,
    location: str,
    source: str,
    detail: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """One more risk: type, place and source. What the reporter ticked of this type is replaced by it."""
    concern = lock(concern, version=version, action=workflow.ADD_RISK, by=by)
    need(
        kind=(kind, "Choose the type of abuse"),
        location=(location, "Choose where it happened"),
        source=(source, "Choose who the risk comes from"),
    )
    risks = ConcernRisk.objects.filter(concern=concern)
    risks.filter(kind=kind, detail="As reported; to be confirmed").delete()
    if risks.filter(kind=kind, location=location, source=source).exists():
        raise ValidationError({"kind": "This risk stands there already, with this place and source"})
    risk = ConcernRisk.objects.create(
        concern=concern, kind=kind, location=location, source=source, detail=detail
    )
    save(concern, now=now)
    record(
        events.RISK_ADDED,
        concern,
        by=by,
        now=now,
        kind=risk.get_kind_display(),
        where=risk.get_location_display(),
    )
    return concern


@transaction.atomic
def add_alleged(
    *,
    concern: Concern,
    name: str,
    relationship: str,
    lives_with: str,
    lived_with_then: str,
    is_aware: str,
    is_at_risk_too: str,
    version: int | None,
    by: User,
    now: datetime,
    user: User | None = None,
    provider: Provider | None = None,
) -> Concern:
    """Who is alleged to have caused harm. A member of staff who is named is barred from the case at once."""
    concern = lock(concern, version=version, action=workflow.ADD_ALLEGED, by=by)
    need(
        relationship=(relationship, "Say what they are to the person, or “not known”"),
        lives_with=(lives_with, "Say whether they live with the person"),
        is_aware=(is_aware, "Say whether they know of the concern"),
        is_at_risk_too=(is_at_risk_too, "Say whether they may be an adult at risk themselves"),
    )
    if user is not None and user.pk == by.pk:
        raise ValidationError({"user": "Ask a colleague on the list to record this about you."})
    Alleged.objects.create(
        concern=concern,
        name=name,
        relationship=relationship,
        lives_with=lives_with,
        lived_with_then=lived_with_then,
        is_aware=is_aware,
        is_at_risk_too=is_at_risk_too,
        user=user,
        provider=provider,
    )
    if user is not None:
        bar_from(concern, user, reason="Named in the concern", by=by, now=now)
    save(concern, now=now)
    record(events.ALLEGED_ADDED, concern, by=by, now=now)
    return concern


@transaction.atomic
def add_wish(
    *, concern: Concern, text: str, expressed_by: str, version: int | None, by: User, now: datetime
) -> Concern:
    """What the adult wants to happen, in their words; asked at the start, in the middle and at the end."""
    concern = lock(concern, version=version, action=workflow.ADD_WISH, by=by)
    need(
        text=(text, "Write down what the person wants, in their words"),
        expressed_by=(expressed_by, "Say who told you"),
    )
    DesiredOutcome.objects.create(concern=concern, text=text, expressed_by=expressed_by, at=now)
    concern.outcomes_asked = Concern.OutcomesAsked.EXPRESSED
    save(concern, now=now, fields=("outcomes_asked",))
    record(events.WISH_ADDED, concern, by=by, now=now)
    return concern


@transaction.atomic
def record_voice(
    *,
    concern: Concern,
    spoken_to: str,
    why_not_spoken_to: str,
    outcomes_asked: str,
    consent: str,
    consent_limits: str,
    override: str,
    override_reason: str,
    told_of_override: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """The adult's part: spoken to, asked what they want, consent to share, and why it goes on without consent.

    A refused consent never stops a decision; going on against it needs a reason, and the adult is told unless unsafe.
    """
    concern = lock(concern, version=version, action=workflow.RECORD_VOICE, by=by)
    need(
        spoken_to=(spoken_to, "Say whether somebody has spoken to the person"),
        outcomes_asked=(outcomes_asked, "Say whether they were asked what they want"),
        consent=(consent, "Say whether they agree"),
    )
    if spoken_to == "no" and not why_not_spoken_to.strip():
        raise ValidationError({"why_not_spoken_to": "Say why nobody has spoken to the person"})
    if consent == Concern.Consent.LIMITS and not consent_limits.strip():
        raise ValidationError({"consent_limits": "Say what they do not agree to"})
    if override and not override_reason.strip():
        raise ValidationError({"override_reason": "Say why the case goes on without their consent"})
    if override and not told_of_override.strip():
        raise ValidationError({"told_of_override": "Say how they were told, or why telling them is unsafe"})
    if outcomes_asked == "expressed" and not concern.wishes.exists():
        raise ValidationError({"outcomes_asked": "Write down what they want first: “Add what they want”"})
    concern.spoken_to, concern.why_not_spoken_to = spoken_to, why_not_spoken_to
    concern.outcomes_asked, concern.consent, concern.consent_limits = outcomes_asked, consent, consent_limits
    concern.override, concern.override_reason = override, override_reason
    concern.told_of_override = told_of_override
    save(
        concern,
        now=now,
        fields=(
            "spoken_to",
            "why_not_spoken_to",
            "outcomes_asked",
            "consent",
            "consent_limits",
            "override",
            "override_reason",
            "told_of_override",
        ),
    )
    record(events.VOICE_RECORDED, concern, by=by, now=now)
    return concern


@transaction.atomic
def record_capacity(
    *,
    concern: Concern,
    capacity_doubted: str,
    lacked_capacity: str,
    capacity_supported: str,
    advocacy: str,
    advocacy_kind: str,
    advocacy_reason: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """Capacity for the decisions of this case (table SG3a), and advocacy (s68). Raises ValidationError."""
    concern = lock(concern, version=version, action=workflow.RECORD_CAPACITY, by=by)
    need(
        capacity_doubted=(capacity_doubted, "Say whether there is reason to doubt the person’s capacity"),
        lacked_capacity=(lacked_capacity, "Say whether they lack capacity for these decisions"),
        advocacy=(advocacy, "Say whether an advocate was offered"),
    )
    if lacked_capacity == "yes" and not capacity_supported:
        raise ValidationError(
            {"capacity_supported": "Say whether an advocate, family or friend supports them"}
        )
    if lacked_capacity != "yes":
        capacity_supported = ""
    if advocacy == "accepted" and not advocacy_kind:
        raise ValidationError({"advocacy_kind": "Say what kind of advocate"})
    if advocacy != "accepted":
        advocacy_kind = ""
    if advocacy == "not_needed" and not advocacy_reason.strip():
        raise ValidationError({"advocacy_reason": "Say why, and who supports them"})
    concern.capacity_doubted, concern.lacked_capacity = capacity_doubted, lacked_capacity
    concern.capacity_supported = capacity_supported
    concern.advocacy, concern.advocacy_kind, concern.advocacy_reason = (
        advocacy,
        advocacy_kind,
        advocacy_reason,
    )
    save(
        concern,
        now=now,
        fields=(
            "capacity_doubted",
            "lacked_capacity",
            "capacity_supported",
            "advocacy",
            "advocacy_kind",
            "advocacy_reason",
        ),
    )
    record(events.CAPACITY_RECORDED, concern, by=by, now=now)
    return concern


def _entry(
    concern: Concern, kind: str, text: str, occurred_on: date, *, by: User, now: datetime
) -> CaseEntry:
    return CaseEntry.objects.create(
        concern=concern, kind=kind, text=text, occurred_on=occurred_on, at=now, by=by
    )


@transaction.atomic
def add_entry(
    *,
    concern: Concern,
    kind: str,
    text: str,
    occurred_on: date,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """What was said, found or agreed. Kept as it is written."""
    concern = lock(concern, version=version, action=workflow.ADD_ENTRY, by=by)
    need(kind=(kind, "Choose what it is"), text=(text, "Write what was said, found or agreed"))
    if occurred_on > clock.london_date(now):
        raise ValidationError({"occurred_on": "The day cannot be in the future"})
    entry = _entry(concern, kind, text, occurred_on, by=by, now=now)
    worklist.move_work_item(kind="safeguarding", subject=concern, now=now)
    save(concern, now=now)
    record(events.ENTRY_ADDED, concern, by=by, now=now, kind=entry.get_kind_display())
    return concern


@transaction.atomic
def give_delay(
    *, concern: Concern, reason: str, text: str, version: int | None, by: User, now: datetime
) -> Concern:
    """Why the target of this stage was passed, or will be. Nothing else changes (domain/safeguarding.md 10)."""
    concern = lock(concern, version=version, action=workflow.GIVE_DELAY, by=by)
    need(reason=(reason, "Choose the reason"), text=(text, "Say in a sentence what it waits for"))
    if concern.due_on is None:
        raise ValidationError("No target runs at this stage.")
    delay = DelayReason.objects.create(
        concern=concern, stage=concern.status, due_on=concern.due_on, reason=reason, text=text, at=now, by=by
    )
    save(concern, now=now)
    record(
        events.DELAY_GIVEN, concern, by=by, now=now, due_on=delay.due_on, reason=delay.get_reason_display()
    )
    return concern
