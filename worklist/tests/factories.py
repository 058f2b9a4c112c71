"""Tasks, work items and notifications for tests: valid by default, with a trait for each state."""

from __future__ import annotations

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from accounts.tests.factories import TeamFactory, UserFactory
from core import clock
from people.tests.factories import PersonFactory
from worklist.models import Conversation, Notification, Task, WorkItem


class TaskFactory(DjangoModelFactory):
    class Meta:
        model = Task

    key = factory.Sequence(lambda number: f"test:{number}")
    kind = "worklist.by_hand"
    title = "Ring back about the key safe"
    why = "Promised this week"
    person = factory.SubFactory(PersonFactory)
    team = factory.SubFactory(TeamFactory)
    due_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=2))
    url = ""
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        overdue = factory.Trait(due_on=factory.LazyFunction(lambda: clock.today() - timedelta(days=3)))
        waiting = factory.Trait(waiting_for="Alder Street Surgery")
        done = factory.Trait(status=Task.Status.DONE, closed_at=factory.LazyFunction(clock.now))
        cancelled = factory.Trait(status=Task.Status.CANCELLED, closed_at=factory.LazyFunction(clock.now))


class WorkItemFactory(DjangoModelFactory):
    class Meta:
        model = WorkItem

    person = factory.SubFactory(PersonFactory)
    kind = WorkItem.Kind.ASSESSMENT
    subject_type = "people.person"
    subject_ref = factory.Sequence(lambda number: f"subject{number}")
    url = factory.LazyAttribute(lambda item: f"/people/{item.person.ref}/")
    team = factory.SubFactory(TeamFactory)
    opened_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=20))
    last_activity_on = factory.LazyFunction(clock.today)
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        active = factory.Trait(stage=WorkItem.Stage.ACTIVE)
        quiet = factory.Trait(
            stage=WorkItem.Stage.ACTIVE,
            last_activity_on=factory.LazyFunction(lambda: clock.today() - timedelta(days=19)),
        )
        closed = factory.Trait(closed_on=factory.LazyFunction(clock.today))


class NotificationFactory(DjangoModelFactory):
    class Meta:
        model = Notification

    key = factory.Sequence(lambda number: f"told:{number}")
    template = "worklist.task_due"
    channel = Notification.Channel.IN_APP
    recipient = factory.SubFactory(UserFactory)
    status = Notification.Status.SENT
    created_at = factory.LazyFunction(clock.now)
    sent_at = factory.LazyFunction(clock.now)

    class Params:
        email = factory.Trait(
            channel=Notification.Channel.EMAIL, status=Notification.Status.WAITING, sent_at=None
        )


class ConversationFactory(DjangoModelFactory):
    class Meta:
        model = Conversation

    person = factory.SubFactory(PersonFactory)
    subject_line = "The morning visits"
    begun_by = factory.SubFactory(UserFactory, public=True)
    reply_by = factory.LazyFunction(lambda: clock.today() + timedelta(days=7))
    last_at = factory.LazyFunction(clock.now)
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        waiting = factory.Trait(status=Conversation.Status.WAITING)
        answered = factory.Trait(status=Conversation.Status.ANSWERED, reply_by=None)
        closed = factory.Trait(
            status=Conversation.Status.CLOSED,
            reply_by=None,
            closed_at=factory.LazyFunction(clock.now),
            closed_by=factory.SubFactory(UserFactory),
        )
