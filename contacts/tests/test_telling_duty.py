"""A new contact is heard of by those on duty, not only when its date has passed."""

import pytest

from accounts.tests.helpers import signed_in_client
from contacts import services
from core import clock
from worklist.models import Notification

pytestmark = pytest.mark.django_db


def receive(person, team, by):
    return services.receive(
        person=person,
        team=team,
        source="family",
        reason="assessment",
        what_is_happening="Fell twice this month.",
        consent="yes",
        by=by,
        now=clock.now(),
    )


def test_a_new_contact_puts_a_message_for_the_front_door_that_leads_to_it(
    person, front_door, duty, manager, receiver
):
    contact = receive(person, front_door, duty)

    lines = Notification.objects.in_portal()
    assert {line.recipient for line in lines} == {duty, manager}
    assert {line.url for line in lines} == {contact.get_absolute_url()}

    page = signed_in_client(duty).get("/worklist/notifications/").content.decode()
    assert "A task waits for somebody of your team" in page
    assert contact.get_absolute_url() in page
