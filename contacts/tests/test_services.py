"""What each action changes, what it leaves in the trail and on the lists, and what it refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Role
from accounts.services import system_user
from accounts.tests.factories import TeamFactory, UserFactory
from audit.models import Event
from contacts import services, workflow
from contacts.models import Contact, Handover
from contacts.tests.factories import ADVICE, ContactFactory, HandoverFactory
from core import clock
from core.versions import StaleVersion
from core.workflow import WrongState
from worklist.models import Anchor, Notification, Task, WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return clock.now()


def received(person, front_door, by, now, **facts):
    return services.receive(
        person=person,
        team=front_door,
        by=by,
        now=now,
        **{
            "source": "gp",
            "reason": "assessment",
            "what_is_happening": "Falls",
            "consent": "yes",
            **facts,
        },
    )


def do(name, contact, by, now, **others):
    """One action with whole answers."""
    answers = {
        "mark_urgent": {"why_urgent": "Alone tonight"},
        "screen": {"safeguarding_considered": "no", "risk": "high", "screening_summary": "Two falls"},
        "pass_on": {"kind": "assessment", "summary": "Please visit"},
        "close_with_advice": {
            "outcome": "nfa_advice",
            "advice_given": ADVICE,
            "told_right_to_assessment": True,
        },
        "end_by_death": {},
    }[name]
    return getattr(services, name)(
        **{"contact": contact, "version": contact.version, "by": by, "now": now, **answers, **others}
    )


def events(prefix="contacts."):
    return list(Event.objects.filter(code__startswith=prefix).order_by("pk").values_list("code", flat=True))


STATE_BEFORE = {
    "mark_urgent": {},
    "screen": {},
    "pass_on": {"screened": True},
    "close_with_advice": {"screened": True},
    "end_by_death": {"screened": True},
}
CODE = {
    "mark_urgent": "contacts.contact.marked_urgent",
    "screen": "contacts.contact.screened",
    "pass_on": "contacts.contact.passed_on",
    "close_with_advice": "contacts.contact.closed",
    "end_by_death": "contacts.contact.ended_by_death",
}


@pytest.fixture
def doer(duty):
    """Who does an action: the duty worker, or the machine where a death does it."""
    return lambda name: system_user() if name == "end_by_death" else duty


@pytest.mark.parametrize("name", workflow.ACTIONS)
def test_each_action_leaves_exactly_one_event_and_one_more_version(name, front_door, receiving, doer, at):
    contact = ContactFactory(team=front_door, **STATE_BEFORE[name])

    do(name, contact, doer(name), at, **({"to_team": receiving} if name == "pass_on" else {}))

    assert events() == [CODE[name]]
    event = Event.objects.get(code=CODE[name])
    assert (event.by, event.at, event.person_id) == (doer(name), at, contact.person_id)
    contact.refresh_from_db()
    assert contact.version == 2
    assert contact.status == workflow.ACTIONS[name].target


@pytest.mark.parametrize("name", workflow.ACTIONS)
def test_each_action_from_an_older_version_is_refused_and_leaves_nothing(
    name, front_door, receiving, doer, at
):
    contact = ContactFactory(team=front_door, version=3, **STATE_BEFORE[name])
    before = Contact.objects.values().get()

    with pytest.raises(StaleVersion):
        do(name, contact, doer(name), at, version=2, **({"to_team": receiving} if name == "pass_on" else {}))

    assert Contact.objects.values().get() == before
    assert events() == []


@pytest.mark.parametrize("name", workflow.ACTIONS)
def test_each_action_by_somebody_of_another_team_is_refused_and_leaves_nothing(
    name, front_door, receiving, stranger, at
):
    contact = ContactFactory(team=front_door, **STATE_BEFORE[name])
    before = Contact.objects.values().get()

    with pytest.raises(PermissionDenied, match="Only a duty worker|ends by itself"):
        do(name, contact, stranger, at, **({"to_team": receiving} if name == "pass_on" else {}))

    assert Contact.objects.values().get() == before
    assert events() == []


# Receiving -----------------------------------------------------------------------------------------------------


def test_a_contact_asks_the_front_door_to_look_within_a_working_day(person, front_door, stranger, at):
    contact = received(person, front_door, stranger, at)

    assert events() == ["contacts.contact.received"]
    anchor = Anchor.objects.get(rule_code="CONTACT_SCREEN")
    assert (anchor.rule_code, anchor.team, anchor.person) == ("CONTACT_SCREEN", front_door, person)
    item = WorkItem.objects.get()
    assert (item.kind, item.team, item.owner, item.url) == (
        "contact",
        front_door,
        None,
        contact.get_absolute_url(),
    )


@pytest.mark.parametrize(
    "moment",
    [datetime(2026, 11, 24, 22, 56, tzinfo=UTC), datetime(2026, 11, 28, 9, tzinfo=UTC)],
    ids=["in the evening", "on a Saturday"],
)
def test_what_comes_in_out_of_hours_counts_from_the_next_working_day_and_stands_in_the_list_at_once(
    person, front_door, stranger, moment
):
    received(person, front_door, stranger, moment)

    task = Task.objects.get(kind="CONTACT_SCREEN")
    next_day = {24: date(2026, 11, 25), 28: date(2026, 11, 30)}[moment.day]
    assert task.anchor.on == next_day
    assert task.due_on == next_day + timedelta(days=1)


@pytest.mark.parametrize("reason", ["urgent", "urgent_carer"])
def test_a_request_for_urgent_support_is_urgent_from_the_start(person, front_door, duty, at, reason):
    assert received(person, front_door, duty, at, reason=reason).status == "urgent"


def test_only_a_front_door_takes_contacts(person, receiving, duty, at):
    with pytest.raises(ValidationError, match="team that answers new contacts"):
        received(person, receiving, duty, at)
    assert events() == []


def test_a_contact_cannot_have_come_in_later_than_now(person, front_door, duty, at):
    with pytest.raises(ValidationError, match="later than now"):
        received(person, front_door, duty, at, received_at=at + timedelta(minutes=1))


def test_an_analyst_takes_down_nothing(person, front_door, at):
    analyst = UserFactory(role_in=(Role.ANALYST, front_door))
    with pytest.raises(PermissionDenied, match="Only staff who work with people"):
        received(person, front_door, analyst, at)


def test_what_the_machine_takes_down_has_no_name_beside_it(person, front_door, at):
    machine = UserFactory(machine=True)

    assert received(person, front_door, machine, at).received_by is None


# The first look ------------------------------------------------------------------------------------------------


def test_the_first_look_ends_the_reminder_and_the_work_is_the_workers(person, front_door, duty, at):
    contact = received(person, front_door, duty, at)

    do("screen", contact, duty, at)

    assert Anchor.objects.get(rule_code="CONTACT_SCREEN").status == "closed"
    item = WorkItem.objects.get()
    assert (item.stage, item.owner) == ("active", duty)


@pytest.mark.parametrize("lacking", ["safeguarding_considered", "risk", "screening_summary"])
def test_the_first_look_is_whole_or_not_saved(front_door, duty, at, lacking):
    contact = ContactFactory(team=front_door)

    with pytest.raises(ValidationError) as refusal:
        do("screen", contact, duty, at, **{lacking: " " if lacking == "screening_summary" else ""})

    assert list(refusal.value.error_dict) == [lacking]
    contact.refresh_from_db()
    assert contact.status == "received"


def test_marking_as_urgent_needs_a_reason(front_door, duty, at):
    with pytest.raises(ValidationError, match="Say why this cannot wait"):
        do("mark_urgent", ContactFactory(team=front_door), duty, at, why_urgent="  ")


# Passing on ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("assessment", "assessment"),
        ("carer_assessment", "assessment"),
        ("reablement", "reablement"),
        ("safeguarding", "nfa_other_service"),
    ],
)
def test_what_is_passed_on_has_its_national_outcome_and_a_task_for_the_receiving_team(
    front_door, receiving, duty, at, kind, outcome
):
    contact = ContactFactory(team=front_door, screened=True)

    handover = do("pass_on", contact, duty, at, to_team=receiving, kind=kind)

    contact.refresh_from_db()
    assert (contact.outcome, contact.closed_at) == (outcome, None)
    task = Task.objects.get(kind="answer_handover")
    assert (task.team, task.owner, task.url) == (receiving, None, handover.get_absolute_url())
    assert contact.person.family_name not in f"{task.title} {task.why} {task.url}"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"summary": " "}, "summary"),
        ({"outcome": "nfa_advice"}, "outcome"),
    ],
)
def test_what_is_passed_on_says_what_the_team_needs_and_does_not_end_the_request(
    front_door, receiving, duty, at, facts, field
):
    contact = ContactFactory(team=front_door, screened=True)

    with pytest.raises(ValidationError) as refusal:
        do("pass_on", contact, duty, at, to_team=receiving, **facts)

    assert list(refusal.value.error_dict) == [field]
    assert not Handover.objects.exists()


def test_nothing_is_passed_on_to_a_team_that_is_closed(front_door, duty, at):
    contact = ContactFactory(team=front_door, screened=True)
    with pytest.raises(ValidationError, match="That team is closed"):
        do("pass_on", contact, duty, at, to_team=TeamFactory(closed=True))


def test_a_contact_is_not_passed_on_twice(front_door, receiving, duty, at):
    contact = ContactFactory(team=front_door, screened=True)
    do("pass_on", contact, duty, at, to_team=receiving)
    contact.refresh_from_db()

    with pytest.raises(WrongState):
        do("pass_on", contact, duty, at, to_team=receiving)

    assert Handover.objects.count() == 1


# Answering -----------------------------------------------------------------------------------------------------


@pytest.fixture
def handover(person, front_door, receiving, duty, at):
    contact = received(person, front_door, duty, at)
    do("screen", contact, duty, at)
    contact.refresh_from_db()
    return do("pass_on", contact, duty, at, to_team=receiving)


def last_event():
    return Event.objects.filter(code__startswith="contacts.").order_by("-pk").first()


def test_accepting_ends_the_contact_and_says_what_came_of_it(handover, receiver, at):
    before = len(events())

    services.handover_accepted(handover=handover, result_url="/assessments/abc/", by=receiver, now=at)

    handover.refresh_from_db()
    contact = handover.contact
    contact.refresh_from_db()
    assert (handover.status, handover.answered_by, handover.result_url) == (
        "accepted",
        receiver,
        "/assessments/abc/",
    )
    assert (contact.status, contact.closed_by) == ("allocated", receiver)
    assert len(events()) == before + 1
    assert last_event().code == "contacts.handover.accepted"
    assert not Task.objects.filter(kind="answer_handover", status="open").exists()
    assert not WorkItem.objects.filter(kind="contact", closed_on=None).exists()


def test_returning_puts_the_contact_back_with_a_new_reminder_and_tells_who_passed_it_on(
    handover, receiver, duty, front_door, at
):
    before = len(events())

    services.handover_returned(handover=handover, reason="Not our area", by=receiver, now=at)

    handover.refresh_from_db()
    contact = handover.contact
    contact.refresh_from_db()
    assert (handover.status, handover.return_reason) == ("returned", "Not our area")
    assert (contact.status, contact.outcome, contact.closed_at) == ("screened", "", None)
    assert len(events()) == before + 1
    assert last_event().code == "contacts.handover.returned"
    assert Anchor.objects.get(subject_ref=contact.ref, cycle=handover.ref).status == "open"
    told = Notification.objects.filter(template="contacts.handover_returned")
    assert {line.recipient for line in told} == {duty}
    assert "Not our area" not in "".join(line.url for line in told)
    item = WorkItem.objects.get(kind="contact")
    assert (item.stage, item.owner, item.closed_on) == ("waiting", None, None)


def test_a_handover_returned_can_be_passed_on_again(handover, receiver, receiving, duty, at):
    services.handover_returned(handover=handover, reason="Not our area", by=receiver, now=at)
    contact = Contact.objects.get()

    again = do("pass_on", contact, duty, at, to_team=receiving)

    assert again.pk != handover.pk
    services.handover_accepted(handover=again, result_url="/assessments/abc/", by=receiver, now=at)
    assert not Anchor.objects.filter(rule_code="CONTACT_SCREEN", status="open").exists()


def test_a_handover_is_returned_with_a_reason_or_not_at_all(handover, receiver, at):
    with pytest.raises(ValidationError, match="Say why it is returned"):
        services.handover_returned(handover=handover, reason=" ", by=receiver, now=at)
    handover.refresh_from_db()
    assert handover.status == "open"


@pytest.mark.parametrize("trait", ["accepted", "returned"])
def test_an_answer_is_final(receiver, receiving, at, trait):
    answered = HandoverFactory(to_team=receiving, **{trait: True})

    with pytest.raises(WrongState):
        services.handover_accepted(handover=answered, result_url="/x/", by=receiver, now=at)
    with pytest.raises(WrongState):
        services.handover_returned(handover=answered, reason="x", by=receiver, now=at)


def test_the_team_that_passed_it_on_does_not_answer(handover, duty, at):
    with pytest.raises(PermissionDenied, match="Whoever passed this on"):
        services.handover_accepted(handover=handover, result_url="/x/", by=duty, now=at)


# Closing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", [str(each) for each in Contact.CLOSING])
def test_each_outcome_that_ends_a_request_closes_the_contact_and_its_work(
    person, front_door, duty, at, outcome
):
    contact = received(person, front_door, duty, at)
    do("screen", contact, duty, at)
    contact.refresh_from_db()

    do("close_with_advice", contact, duty, at, outcome=outcome)

    contact.refresh_from_db()
    assert (contact.outcome, contact.closed_at) == (outcome, at)
    assert not WorkItem.objects.filter(closed_on=None).exists()
    assert not Anchor.objects.filter(status="open").exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"outcome": "assessment"}, "outcome"),
        ({"outcome": ""}, "outcome"),
        ({"advice_given": " "}, "advice_given"),
        ({"told_right_to_assessment": False}, "told_right_to_assessment"),
    ],
)
def test_no_request_is_turned_away_without_an_outcome_that_ends_it_advice_and_the_right(
    front_door, duty, at, facts, field
):
    contact = ContactFactory(team=front_door, screened=True)

    with pytest.raises(ValidationError) as refusal:
        do("close_with_advice", contact, duty, at, **facts)

    assert list(refusal.value.error_dict) == [field]
