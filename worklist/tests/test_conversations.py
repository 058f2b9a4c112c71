"""Messages from the person's own pages: every action in every state by everyone, the day promised, who is told."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.utils import InternalError
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event
from core import calendar, clock, outbox
from core.workflow import WrongState
from people import services as people_services
from people.tests.factories import AllocationFactory, PersonFactory, PortalAccessFactory
from worklist import services, workflow
from worklist.models import Anchor, Conversation, Message, Notification, Task
from worklist.tests.factories import ConversationFactory

pytestmark = pytest.mark.django_db
TOKEN = "Xylophone"

#               write again   answer        close
TABLE = {
    "waiting": ("waiting", "answered", None),
    "answered": ("waiting", "answered", "closed"),
    "closed": (None, None, None),
}


@pytest.fixture
def lead(db):
    team = TeamFactory(name="Riverside")
    worker = UserFactory(worker_in=team, name="Aisha Khan")
    return AllocationFactory(person=PersonFactory(), team=team, worker=worker)


@pytest.fixture
def person(lead):
    return lead.person


@pytest.fixture
def worker(lead):
    return lead.worker


@pytest.fixture
def herself(person):
    return PortalAccessFactory(person=person).user


def written(person, by, **facts):
    return services.write_message(
        **{
            "person": person,
            "subject_line": "The morning visits",
            "text": TOKEN,
            "by": by,
            "now": clock.now(),
            **facts,
        }
    )


def act(name, conversation, by):
    facts = {"conversation": conversation, "by": by, "now": clock.now()}
    if name == "close":
        return services.close_conversation(**facts)
    service = services.write_again if name == "write_again" else services.answer_message
    return service(text="Words", **facts)


def test_the_table_holds_every_state_and_action():
    assert set(TABLE) == set(Conversation.Status.values)
    assert list(workflow.CONVERSATION_ACTIONS) == ["write_again", "answer", "close"]


@pytest.mark.parametrize("state", TABLE)
@pytest.mark.parametrize(("place", "name"), [(0, "write_again"), (1, "answer"), (2, "close")])
def test_what_can_be_done_in_each_state_and_one_event_for_each(person, herself, worker, state, place, name):
    conversation = ConversationFactory(person=person, begun_by=herself, **{state: True})
    by, target = (herself if name == "write_again" else worker), TABLE[state][place]

    if target is None:
        with pytest.raises(WrongState):
            act(name, conversation, by)
    else:
        act(name, conversation, by)
    conversation.refresh_from_db()
    assert conversation.status == (target or state)
    about_it = Event.objects.filter(subject_ref=conversation.ref).exclude(code="worklist.task.opened")
    assert about_it.count() == int(target is not None)


def everyone(person, herself, lead):
    return {
        "the person": herself,
        "who acts and began it": PortalAccessFactory(person=person, acting_for=True).user,
        "who acts and did not": PortalAccessFactory(person=person, acting_for=True).user,
        "who may only see": PortalAccessFactory(person=person, viewing_only=True).user,
        "a stranger": UserFactory(public=True),
        "the named worker": lead.worker,
        "a worker elsewhere": UserFactory(worker_in=TeamFactory()),
        "a manager": UserFactory(manager_of=lead.team),
        "a director": UserFactory(role_in=(Role.DIRECTOR, TeamFactory())),
        "a finance officer": UserFactory(role_in=(Role.FINANCE_OFFICER, lead.team)),
        "an administrator": UserFactory(role_in=(Role.ADMINISTRATOR, lead.team)),
        "an analyst": UserFactory(role_in=(Role.ANALYST, lead.team)),
    }


PUBLIC_READERS = {"the person", "who acts and began it"}
STAFF = {"the named worker", "a worker elsewhere", "a manager", "a director"}
ROLES = {
    "see": PUBLIC_READERS | STAFF,
    "begin": {"the person", "who acts and began it", "who acts and did not"},
    "write_again": PUBLIC_READERS,
    "answer": STAFF,
    "close": STAFF,
}


@pytest.mark.parametrize("state", ["waiting", "answered"])
def test_who_may_do_what_in_a_conversation(person, herself, lead, state):
    actors = everyone(person, herself, lead)
    conversation = ConversationFactory(
        person=person, begun_by=actors["who acts and began it"], **{state: True}
    )

    for who, user in actors.items():
        seen = Conversation.objects.visible_to(user).filter(pk=conversation.pk).exists()
        assert seen is (who in ROLES["see"]), f"{who} sees"
        for name, action in workflow.CONVERSATION_ACTIONS.items():
            assert bool(action.allowed(user, conversation)) is (who in ROLES[name]), f"{who} {name}"
        if who in ROLES["begin"]:
            continue
        with pytest.raises(PermissionDenied):
            written(person, user)
    assert Message.objects.count() == 0


def test_what_the_person_writes_in_confidence_is_not_shown_to_who_acts_for_them(person, herself):
    written(person, herself)
    son = PortalAccessFactory(person=person, acting_for=True).user

    assert TOKEN.encode() not in signed_in_client(son).get(reverse("self_service:messages")).content
    assert not Conversation.objects.visible_to(son).exists()


def test_a_right_that_ends_takes_the_conversation_with_it(person):
    access = PortalAccessFactory(person=person, acting_for=True)
    conversation = written(person, access.user)
    access.ended_at = clock.now()
    access.save()

    assert not Conversation.objects.visible_to(access.user).exists()
    with pytest.raises(PermissionDenied):
        services.write_again(conversation=conversation, text="More", by=access.user, now=clock.now())


def test_a_message_lands_with_the_named_worker_as_a_task_due_on_the_day_promised(person, herself, worker):
    conversation = written(person, herself)

    promised = calendar.add_working_days(clock.today(), 5, calendar.england())
    assert conversation.reply_by == promised
    task = Task.objects.open().get(person=person)
    assert (task.owner, task.due_on, task.url) == (worker, promised, conversation.get_absolute_url())
    assert TOKEN not in f"{task.title}{task.why}"
    assert Notification.objects.filter(recipient=worker, channel="in_app").count() == 1


@pytest.mark.parametrize(
    ("day", "promised"),
    [
        ("2026-11-30", "2026-12-07"),  # a Monday
        ("2026-12-04", "2026-12-11"),  # a Friday
        ("2026-12-05", "2026-12-11"),  # a Saturday
        ("2026-12-22", "2026-12-31"),  # over Christmas, with a Monday in lieu of the 26th
        ("2028-02-25", "2028-03-03"),  # over a leap day
        ("2026-10-23", "2026-10-30"),  # over the end of summer time
    ],
)
def test_the_day_promised_is_the_fifth_working_day(person, herself, day, promised):
    at = datetime.combine(date.fromisoformat(day), time(12), tzinfo=clock.LONDON)

    assert written(person, herself, now=at).reply_by == date.fromisoformat(promised)


def test_without_a_named_worker_a_message_goes_to_the_front_door(db):
    door = TeamFactory(front_door=True)
    duty = UserFactory(role_in=(Role.SOCIAL_WORKER, door))
    access = PortalAccessFactory()

    written(access.person, access.user)

    task = Task.objects.open().get()
    assert (task.team, task.owner) == (door, None)
    assert Notification.objects.filter(recipient=duty).exists()


def test_writing_again_keeps_the_day_promised_and_after_an_answer_promises_anew(person, herself, worker):
    conversation = written(person, herself)
    first = conversation.reply_by
    later = clock.now() + timedelta(days=3)

    again = services.write_again(conversation=conversation, text="And another thing", by=herself, now=later)
    assert again.reply_by == first
    assert Task.objects.open().count() == 1
    services.answer_message(conversation=conversation, text="Yes", by=worker, now=later)
    assert not Task.objects.open().exists()
    again = services.write_again(conversation=conversation, text="Thank you, but", by=herself, now=later)
    assert again.reply_by > first
    assert Task.objects.open().get().due_on == again.reply_by


def test_an_answer_closes_the_task_and_tells_those_who_may_read_it_without_a_word_of_it(person, worker):
    herself = PortalAccessFactory(person=person).user
    anna = PortalAccessFactory(person=person, acting_for=True).user
    other = PortalAccessFactory(person=person, acting_for=True).user
    conversation = written(person, anna)
    outbox.deliver()
    mail.outbox.clear()

    services.answer_message(conversation=conversation, text=TOKEN, by=worker, now=clock.now())
    outbox.deliver()

    assert not Task.objects.open().filter(person=person).exists()
    assert not Anchor.objects.open().filter(person=person).exists()
    assert {recipient for each in mail.outbox for recipient in each.to} == {herself.email, anna.email}
    assert other.email not in {recipient for each in mail.outbox for recipient in each.to}
    for each in mail.outbox:
        assert TOKEN not in each.body + each.subject
        assert conversation.ref not in each.body
        assert person.family_name not in each.body


def test_an_unanswered_message_reaches_the_manager_on_its_day(person, herself, lead):
    manager = UserFactory(manager_of=lead.team)
    conversation = written(person, herself)

    services.raise_due_tasks(today=conversation.reply_by, now=clock.now())

    assert Task.objects.get(person=person).escalated_to == "team_manager"
    assert Notification.objects.filter(recipient=manager).exists()


def test_a_message_follows_the_person_to_a_new_worker(person, herself, lead):
    written(person, herself)
    colleague = UserFactory(worker_in=lead.team)

    people_services.allocate(
        person=person,
        team=lead.team,
        worker=colleague,
        handover_summary="Knows the family.",
        by=UserFactory(manager_of=lead.team),
        now=clock.now(),
    )

    assert Task.objects.open().get(kind="MESSAGE_REPLY").owner == colleague


def test_after_a_death_nothing_waits_for_an_answer(person, herself, worker):
    conversation = written(person, herself)

    people_services.record_death(person=person, date_of_death=clock.today(), by=worker, now=clock.now())

    conversation.refresh_from_db()
    assert conversation.status == "closed"
    assert not Task.objects.open().filter(kind="MESSAGE_REPLY").exists()


@pytest.mark.parametrize("wrong", [{"text": "  "}, {"subject_line": ""}])
def test_a_message_without_words_is_refused(person, herself, wrong):
    with pytest.raises(ValidationError):
        written(person, herself, **wrong)
    assert not Conversation.objects.exists()


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("worklist_conversation_waits_with_a_promise", {"reply_by": None}),
        ("worklist_conversation_waits_with_a_promise", {"status": "answered"}),
        ("worklist_conversation_closed_with_its_moment", {"status": "closed", "reply_by": None}),
    ],
)
def test_the_database_refuses_a_conversation_that_cannot_be(name, facts):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ConversationFactory(**facts)


def test_a_message_that_was_sent_cannot_be_changed_or_taken_back(person, herself):
    written(person, herself)

    for change in (lambda rows: rows.update(text="Other"), lambda rows: rows.delete()):
        with pytest.raises(InternalError), transaction.atomic():
            change(Message.objects.all())
