"""What is sent from the website while the worker is dead or Redis stopped is complete, and acknowledged once later;
many at once make as many references as rows.
"""

from __future__ import annotations

import threading

import pytest
from django.core import mail
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import TeamFactory, UserFactory
from caseportal.celery import app
from caseportal.tests import processes
from caseportal.tests.broker_drill import nudging
from caseportal.tests.many_requests import at_once
from caseportal.tests.processes import wait_until
from caseportal.tests.public_journey import ask, walk
from contacts.asking import HELP
from contacts.models import OnlineRequest
from core import outbox
from core.models import OpenDraft, Outbox
from worklist.models import Notification

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_database]


@pytest.fixture
def front_door():
    team = TeamFactory(front_door=True)
    UserFactory(worker_in=team)
    return team


def acknowledgements():
    return [letter for letter in mail.outbox if letter.subject.startswith("We have what you sent us")]


def test_with_redis_stopped_a_request_is_complete_and_acknowledged_once_when_a_worker_comes(
    front_door, broker, tmp_path
):
    (tmp_path / "mail").mkdir()
    broker.stop()
    with nudging(broker):
        online = ask()
    # Given a request that is whole and on its list while nothing moves
    assert online.status == "received"
    assert Notification.objects.in_portal().filter(url=online.get_absolute_url()).exists()
    waiting = Outbox.objects.filter(done_at=None)
    assert waiting.filter(kind="contacts.acknowledge").count() == 1

    # When Redis and a worker return
    broker.start()
    with processes.celery_worker(connection.settings_dict["NAME"], broker, tmp_path):
        with app.connection_for_write(broker.url) as line:
            app.send_task("core.jobs.sweep_outbox", connection=line)
        wait_until(lambda: not waiting.exists(), "the acknowledgement to go out")

    # Then whoever sent it heard once
    mails = "".join(file.read_text() for file in (tmp_path / "mail").iterdir())
    assert mails.count("Message-ID: <ack-") == 1
    online.refresh_from_db()
    assert online.acknowledged_at


def test_an_acknowledgement_delivered_twice_goes_out_once_and_names_nobody(front_door):
    online = ask()

    outbox.deliver()
    Outbox.objects.filter(kind="contacts.acknowledge").update(done_at=None)
    outbox.deliver()

    (letter,) = acknowledgements()
    for word in ("Margaret", "Marlow", online.ref, "fell"):
        assert word not in letter.subject + letter.body
    assert letter.to == ["maggie@people.example"]


def test_who_may_not_be_left_a_message_hears_on_the_screen_alone(front_door):
    ask(
        how_to_reach={
            "phone": "01632 960172",
            "email": "m@people.example",
            "channel": "phone",
            "message": "no",
        }
    )

    outbox.deliver()

    assert not acknowledgements()


def test_a_text_goes_out_where_only_a_number_was_given_and_the_council_has_notify(front_door, settings):
    online = ask(how_to_reach={"phone": "01632 960172", "email": "", "channel": "phone", "message": "yes"})
    assert (online.reply_email, online.reply_phone) == ("", "01632 960172")

    outbox.deliver()

    # Without Notify there is no way to text: nothing fails, and nothing is marked as said
    online.refresh_from_db()
    assert online.acknowledged_at is None
    assert not Outbox.objects.filter(failed_at__isnull=False).exists()


def test_two_presses_at_the_same_moment_make_one_request(front_door):
    client = Client()
    walk(client)
    answers, barrier = [], threading.Barrier(2)

    def press():
        try:
            twin = Client()
            twin.cookies = client.cookies
            barrier.wait()
            answers.append(twin.post(reverse(HELP.check))["Location"])
        finally:
            connections.close_all()

    presses = [threading.Thread(target=press) for _ in range(2)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()

    assert answers == [reverse("ask:help-sent")] * 2
    assert OnlineRequest.objects.count() == 1
    assert Outbox.objects.filter(kind="contacts.acknowledge").count() == 1


def test_sixty_sent_in_parallel_are_sixty_references_and_sixty_rows(front_door):
    references = at_once(60)

    assert len(references) == len(set(references)) == OnlineRequest.objects.count() == 60
    assert set(references) == set(OnlineRequest.objects.values_list("ref", flat=True))
    assert OpenDraft.objects.exclude(result="").count() == 60
    assert Outbox.objects.filter(kind="contacts.acknowledge").count() == 60


def test_a_session_whose_draft_was_lost_is_led_to_the_start(front_door):
    client = Client()
    walk(client)
    OpenDraft.objects.all().delete()

    assert client.post(reverse(HELP.check))["Location"] == reverse(HELP.start)
    assert not OnlineRequest.objects.exists()
