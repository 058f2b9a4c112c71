"""From the referral to the decision: referred, looked at, accepted, declined or sent elsewhere."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import worklist.services as worklist
from accounts.models import Team, User
from assessments.models import Assessment
from contacts import services as contacts
from contacts.models import Contact, Handover
from contacts.permissions import can_answer_handover
from core import clock
from core.permissions import require
from core.workflow import WrongState
from people.models import Person
from reablement import events, workflow
from reablement.models import Episode
from reablement.permissions import can_coordinate, can_refer, may_lead_in
from reablement.services.common import (
    TRIAGE_TASK,
    WORK,
    ask_for_assessment,
    reablement_teams,
    refuse,
    remind_of_end,
    required,
    save,
    tell_lead,
    write_down,
)

# What the front door asked about agreement, in the words of a referral.
CONSENT = {
    Contact.Consent.YES: Episode.Consent.YES,
    Contact.Consent.NO: Episode.Consent.NO,
    Contact.Consent.BEST_INTERESTS: Episode.Consent.BEST_INTERESTS,
}
NOT_A_LEAD = "They cannot lead an episode of this team. Choose somebody who works there"


@transaction.atomic
def refer(
    *,
    person: Person,
    team: Team,
    source: str,
    reason: str,
    by: User,
    now: datetime,
    service_model: str = Episode.ServiceModel.REABLEMENT,
    discharge_on: date | None = None,
    ward: str = "",
    assessment: Assessment | None = None,
    goal_idea: str = "",
    consent: str = "",
    risks: str = "",
    key_safe: str = "",
) -> Episode:
    """Refer somebody to reablement: from a hospital with discharge date and ward, from an assessment, or by staff.

    Raises PermissionDenied, WrongState while an episode is open, ValidationError for what is missing or for somebody
    who has died.
    """
    require(can_refer(by))
    problems = required(reason=(reason, "Say why reablement could help"))
    if not reablement_teams(on=clock.london_date(now)).filter(pk=team.pk).exists():
        problems["team"] = "Choose a team that gives reablement"
    if source == Episode.Source.HOSPITAL:
        problems |= required(
            discharge_on=(discharge_on, "Enter the day they leave hospital"),
            ward=(ward, "Enter the hospital and the ward"),
        )
    elif source == Episode.Source.ASSESSMENT:
        if assessment is None or assessment.person_id != person.pk:
            problems["assessment"] = "Choose the assessment that recommends reablement"
    elif source != Episode.Source.STAFF:
        problems["source"] = "Choose where the referral comes from"
    refuse(problems)
    return _open(
        person=person,
        team=team,
        by=by,
        now=now,
        facts={
            "source": source,
            "reason": reason,
            "service_model": service_model,
            "discharge_on": discharge_on if source == Episode.Source.HOSPITAL else None,
            "ward": ward if source == Episode.Source.HOSPITAL else "",
            "assessment": assessment if source == Episode.Source.ASSESSMENT else None,
            "goal_idea": goal_idea,
            "consent": consent,
            "risks": risks,
            "key_safe": key_safe,
            "access_list": person.access_list,
        },
    )


@transaction.atomic
def accept_handover(*, handover: Handover, by: User, now: datetime) -> Episode:
    """The reablement team takes on what the front door passed to it: the hand-over becomes a referral.

    Raises PermissionDenied, WrongState when it is answered already or an episode is open, ValidationError.
    """
    require(can_answer_handover(by, handover))
    if handover.kind != Handover.Kind.REABLEMENT:
        raise ValidationError("This hand-over does not ask for reablement.")
    if handover.status != Handover.Status.OPEN:
        raise WrongState(f"This hand-over is already “{handover.get_status_display()}”.")
    contact = handover.contact
    from_hospital = contact.source == Contact.Source.HOSPITAL
    episode = _open(
        person=handover.person,
        team=handover.to_team,
        by=by,
        now=now,
        facts={
            "source": Episode.Source.HOSPITAL if from_hospital else Episode.Source.CONTACT,
            "contact": contact,
            "reason": handover.summary,
            "consent": CONSENT.get(Contact.Consent(contact.consent), ""),
            "referred_at": contact.received_at,
            "access_list": handover.access_list,
        },
    )
    contacts.handover_accepted(handover=handover, result_url=episode.get_absolute_url(), by=by, now=now)
    return episode


def _open(*, person: Person, team: Team, by: User, now: datetime, facts: dict[str, Any]) -> Episode:
    """Make the record, put it on the waiting list, and ask for a look at it on the same day (reablement.md 2)."""
    person = Person.objects.lock(person.pk)
    if person.is_deceased:
        raise ValidationError("A death is recorded for this person, so nobody is referred.")
    if Episode.objects.open().filter(person=person).exists():
        raise WrongState("This person already has an open reablement episode.")
    episode = Episode.objects.create(
        person=person,
        team=team,
        referred_by=by,
        created_at=now,
        updated_at=now,
        **{"referred_at": now, **facts},
    )
    worklist.open_work_item(
        person=person,
        kind=WORK,
        subject=episode,
        url=episode.get_absolute_url(),
        team=team,
        owner=None,
        now=now,
        access_list=episode.access_list,
        opened_on=clock.london_date(episode.referred_at),
    )
    worklist.open_task(
        key=f"{TRIAGE_TASK}:{episode.ref}",
        kind=TRIAGE_TASK,
        title="Look at a referral to reablement",
        why=f"Referred by: {episode.get_source_display().lower()}",
        person=person,
        team=team,
        owner=None,
        due_on=clock.london_date(now),
        url=episode.get_absolute_url(),
        now=now,
        by=by,
        access_list=episode.access_list,
    )
    write_down(events.REFERRED, episode, by=by, now=now, source=episode.get_source_display(), team=team.name)
    return episode


TRIAGE_FACTS = frozenset(
    {
        "discharge_on",
        "ward",
        "consent",
        "best_interests",
        "goal_idea",
        "risks",
        "key_safe",
        "service_model",
    }
)


@transaction.atomic
def triage(
    *, episode: Episode, facts: dict[str, Any], version: int | None, by: User, now: datetime
) -> Episode:
    """Look at the referral and complete it: discharge, agreement, what the person hopes for, risks, the way in.

    Raises PermissionDenied, WrongState, StaleVersion, ValidationError with what is missing.
    """
    episode = Episode.objects.lock(episode.pk)
    episode.expect_version(version)
    workflow.TRIAGE.apply(episode, by=by)
    for name in TRIAGE_FACTS & set(facts):
        setattr(episode, name, facts[name])
    problems = required(
        goal_idea=(episode.goal_idea, "Write what the person hopes to do again"),
        consent=(episode.consent, "Say whether the person agrees"),
        risks=(episode.risks, "Write the risks, or that there are none known"),
        key_safe=(episode.key_safe, "Say how to get in, or that the person opens the door"),
    )
    if episode.consent == Episode.Consent.BEST_INTERESTS:
        problems |= required(
            best_interests=(
                episode.best_interests,
                "Write who decided that it is in their best interests, and why",
            )
        )
    if episode.source == Episode.Source.HOSPITAL:
        problems |= required(
            discharge_on=(episode.discharge_on, "Enter the day they leave hospital"),
            ward=(episode.ward, "Enter the hospital and the ward"),
        )
    refuse(problems)
    episode.triaged_at, episode.triaged_by = now, by
    save(episode, now)
    worklist.close_tasks(subject_key_prefix=f"{TRIAGE_TASK}:{episode.ref}", now=now, by=by)
    worklist.move_work_item(kind=WORK, subject=episode, now=now)
    write_down(events.TRIAGED, episode, by=by, now=now)
    return episode


@transaction.atomic
def accept(
    *,
    episode: Episode,
    lead_worker: User,
    can_benefit: str,
    in_area: bool,
    limits_discussed: bool,
    version: int | None,
    by: User,
    now: datetime,
) -> Episode:
    """Take the person on, on the five grounds of reablement.md 2, and say who leads.

    Raises PermissionDenied, WrongState, StaleVersion, ValidationError for a ground that is not met.
    """
    episode = Episode.objects.lock(episode.pk)
    episode.expect_version(version)
    workflow.ACCEPT.apply(episode, by=by)
    problems = required(
        can_benefit=(can_benefit, "Say why about six weeks can make a difference"),
        in_area=(in_area, "Reablement is for people who live in the council’s area"),
        limits_discussed=(limits_discussed, "Talk about what the service will and will not do first"),
    )
    if episode.consent == Episode.Consent.NO:
        problems["can_benefit"] = "The person does not agree to take part, so this cannot be accepted"
    if not may_lead_in(lead_worker, episode.team_id):
        problems["lead_worker"] = NOT_A_LEAD
    refuse(problems)
    episode.can_benefit, episode.in_area, episode.limits_discussed = can_benefit, in_area, limits_discussed
    episode.lead_worker = lead_worker
    episode.decided_at, episode.decided_by = now, by
    save(episode, now)
    worklist.move_work_item(kind=WORK, subject=episode, now=now, owner=lead_worker)
    tell_lead(episode, by=by, now=now)
    write_down(events.ACCEPTED, episode, by=by, now=now, lead=lead_worker.name)
    return episode


@transaction.atomic
def decline(
    *, episode: Episode, reason: str, note: str, version: int | None, by: User, now: datetime
) -> Episode:
    """Say no, with the reason and what the person was told. Raises as `accept`."""
    episode = Episode.objects.lock(episode.pk)
    episode.expect_version(version)
    workflow.DECLINE.apply(episode, by=by)
    problems = required(note=(note, "Write what the person was told, and what else can help"))
    if reason not in Episode.DeclineReason.values:
        problems["reason"] = "Choose why it is declined"
    refuse(problems)
    episode.decline_reason, episode.decision_note = reason, note
    episode.decided_at, episode.decided_by = now, by
    save(episode, now)
    worklist.close_work_item(kind=WORK, subject=episode, now=now)
    write_down(events.DECLINED, episode, by=by, now=now, reason=episode.get_decline_reason_display())
    return episode


@transaction.atomic
def redirect(
    *,
    episode: Episode,
    route: str,
    note: str,
    version: int | None,
    by: User,
    now: datetime,
    assessment_team: Team | None = None,
) -> Episode:
    """Send the referral where it belongs. For long-term support an assessment is asked for, or the open one joined.

    Raises as `accept`.
    """
    episode = Episode.objects.lock(episode.pk)
    episode.expect_version(version)
    workflow.REDIRECT.apply(episode, by=by)
    problems = required(note=(note, "Write what the receiving service needs to know"))
    if route not in Episode.Route.values:
        problems["route"] = "Choose where the referral goes"
    refuse(problems)
    episode.route, episode.decision_note = route, note
    episode.decided_at, episode.decided_by = now, by
    if route == Episode.Route.LONG_TERM:
        episode.sequel_assessment = ask_for_assessment(
            person=episode.person, team=assessment_team, by=by, now=now
        )
    save(episode, now)
    worklist.close_work_item(kind=WORK, subject=episode, now=now)
    write_down(events.REDIRECTED, episode, by=by, now=now, route=episode.get_route_display())
    return episode


@transaction.atomic
def change_lead(
    *, episode: Episode, lead_worker: User, version: int | None, by: User, now: datetime
) -> Episode:
    """Give an accepted or running episode to somebody else of the team; its reminders go with it."""
    episode = Episode.objects.lock(episode.pk)
    episode.expect_version(version)
    require(can_coordinate(by, episode))
    if episode.status not in (Episode.Status.ACCEPTED, *Episode.RUNNING):
        raise WrongState(
            f"The episode is now “{episode.get_status_display()}”, so nobody is chosen to lead it."
        )
    if not may_lead_in(lead_worker, episode.team_id):
        raise ValidationError({"lead_worker": NOT_A_LEAD})
    episode.lead_worker = lead_worker
    save(episode, now)
    worklist.move_work_item(kind=WORK, subject=episode, now=now, owner=lead_worker)
    if episode.status in Episode.WITH_SERVICE:
        remind_of_end(episode, now=now)
    tell_lead(episode, by=by, now=now)
    write_down(events.LED_BY, episode, by=by, now=now, lead=lead_worker.name)
    return episode
