"""Reminders that are a team's: there is no rota, so whoever may take the work on hears of it."""

from datetime import UTC, date, datetime

import pytest
from django.core import mail as mailbox
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from accounts.tests.factories import (
    AccessListFactory,
    AccessListMemberFactory,
    TeamFactory,
    UserFactory,
    give_role,
)
from core import outbox
from people.tests.factories import PersonFactory
from worklist import services
from worklist.models import Notification, Rule, Task

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NEXT_DAY = date(2026, 11, 24)


def contact(person, team, **more):
    """A contact that waits for its screening, rule 1 (domain/reviews-and-reminders.md 2)."""
    facts = {"subject": person, "on": NOW.date(), "person": person, "team": team, "owner": None, "now": NOW}
    return services.set_anchor(rule="CONTACT_SCREEN", url="/contacts/x/", **{**facts, **more})


def told(**facts):
    lines = Notification.objects.in_portal().filter(**facts)
    return set(lines.values_list("recipient", "template"))


def test_a_new_contact_tells_those_who_may_screen_it_and_nobody_else(person, team, worker, manager):
    # Given a front door with a practitioner, a therapist, their manager, a broker, and somebody who has left it
    therapist = UserFactory(role_in=(Role.OCCUPATIONAL_THERAPIST, team))
    UserFactory(role_in=(Role.BROKER, team))
    left = UserFactory()
    give_role(left, Role.PRACTITIONER, team, valid_to=date(2026, 1, 31))
    UserFactory(worker_in=TeamFactory(service="Community"))

    # When a contact comes in
    contact(person, team)

    # Then each of them hears once, in the portal and by an e-mail that says nothing about it
    hearers = {worker.pk, therapist.pk, manager.pk}
    assert told() == {(user, "worklist.task_for_team") for user in hearers}
    assert Notification.objects.in_portal().count() == 3
    assert outbox.deliver() == {"done": 3, "failed": 0}
    assert {mail.to[0] for mail in mailbox.outbox} == {worker.email, therapist.email, manager.email}
    assert not any(person.family_name in mail.subject + mail.body for mail in mailbox.outbox)
    assert Task.objects.get().owner is None


def test_the_same_contact_again_tells_nobody_twice_and_the_day_due_tells_once_more(person, team, worker):
    contact(person, team)
    contact(person, team)
    assert Notification.objects.in_portal().filter(recipient=worker).count() == 1

    for _ in range(2):
        services.raise_due_tasks(today=NEXT_DAY, now=datetime(2026, 11, 24, 6, 0, tzinfo=UTC))

    assert Notification.objects.in_portal().filter(recipient=worker).count() == 2


def test_what_somebody_holds_already_is_theirs_alone(person, team, worker, manager):
    contact(person, team, owner=worker)

    assert told() == {(worker.pk, "worklist.task_due")}


def test_where_the_team_has_nobody_the_nearest_manager_hears(person):
    lonely = TeamFactory(service="Hospital")
    near = UserFactory(manager_of=TeamFactory(service="Hospital"))
    UserFactory(manager_of=TeamFactory(service="Community"))

    contact(person, lonely)

    assert told() == {(near.pk, "worklist.task_for_team")}


def test_of_a_restricted_matter_only_those_on_its_list_hear(person, team, worker, manager):
    access = AccessListFactory()
    AccessListMemberFactory(access_list=access, user=manager)

    contact(person, team, access_list=access)

    assert told() == {(manager.pk, "worklist.task_for_team")}


def test_a_rule_for_the_whole_team_tells_everyone_in_it_who_works_with_people(person, team, worker):
    Rule.objects.filter(code="CONTACT_SCREEN").update(audience=["team"])
    broker = UserFactory(role_in=(Role.BROKER, team))
    UserFactory(role_in=(Role.FINANCE_OFFICER, team))

    contact(person, team)

    assert told() == {(user.pk, "worklist.task_for_team") for user in (worker, broker)}


def test_many_contacts_of_one_night_take_as_many_queries_as_one(team, worker, manager):
    def night(number):
        people = PersonFactory.create_batch(number, external_id="")
        facts = [
            services.anchors.AnchorFacts(
                rule="CONTACT_SCREEN", subject_type="people.person", subject_ref=one.ref, on=NOW.date(),
                person_id=one.pk, team_id=team.pk, url="/contacts/x/",
            )
            for one in people
        ]  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as queries:
            services.bulk_set_anchors(facts, now=NOW)
        return len(queries)

    assert night(1) == night(12)
