"""The broker is only a nudge: without it pages answer as ever, and what waits goes out after it returns."""

from __future__ import annotations

import pytest
import redis
from django.db import connection

from caseportal.celery import app
from caseportal.tests import processes
from caseportal.tests.broker_drill import Desk, forget_connections, nudging, seconds
from caseportal.tests.processes import wait_until
from contacts.models import Contact
from core.models import Outbox
from people.models import CaseNote

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.real_database,
]
# The figure that is promised (250 ms) is measured by `make prove`; here only a page that waits for the broker shows.
GENEROUS = 1.0


def stop(broker):
    broker.stop()


def silence(broker):
    broker.pause()


@pytest.mark.parametrize("how", [stop, silence], ids=["stopped", "takes connections and never answers"])
def test_a_contact_and_a_note_are_recorded_as_ever_while_the_broker_is_away(broker, how, capsys):
    # Given the usual time of both, with a broker that is well
    desk = Desk()
    with nudging(broker):
        actions = (desk.record_contact, desk.record_note, desk.ask_colleague)
        for action in actions:
            action()
        usual = {action: seconds(action, 3, fresh=False) for action in actions}

        # When the broker goes away
        how(broker)
        forget_connections()
        away = {action: seconds(action, 3, fresh=True) for action in usual}

    # Then both are recorded, and nobody waited for the broker
    assert Contact.objects.count() == 1 + 3 + 3
    assert CaseNote.objects.count() == 1 + 3 + 3
    # The three of the front door hear once a day of new contacts; the colleague of each task.
    assert Outbox.objects.filter(done_at=None).count() == 3 + (1 + 3 + 3)
    for action in usual:
        more = away[action] - usual[action]
        with capsys.disabled():
            print(
                f"\n{action.__name__}: usual {usual[action] * 1000:.0f} ms, {more * 1000:+.0f} ms without the broker"
            )
        assert more < GENEROUS


def test_messages_of_the_time_without_a_broker_go_out_after_it_returns(broker, tmp_path):
    # Given tasks asked of a colleague while the broker was away: their messages are written down and wait
    desk = Desk()
    (tmp_path / "mail").mkdir()
    broker.stop()
    with nudging(broker):
        for _ in range(3):
            desk.ask_colleague()
    waiting = Outbox.objects.filter(done_at=None)
    assert waiting.exists()

    # When it returns, with a worker, and the schedule asks for the sweep
    broker.start()
    with processes.celery_worker(connection.settings_dict["NAME"], broker, tmp_path):
        with app.connection_for_write(broker.url) as line:
            app.send_task("core.jobs.sweep_outbox", connection=line)
        wait_until(lambda: not waiting.exists(), "the messages to go out")

    # Then they left the house, once each
    assert not Outbox.objects.filter(failed_at__isnull=False).exists()
    mails = "".join(file.read_text() for file in (tmp_path / "mail").iterdir())
    assert mails.count("Message-ID:") == Outbox.objects.filter(kind="worklist.deliver").count()


def test_a_broker_that_forgets_everything_loses_nothing(broker, tmp_path):
    desk = Desk()
    (tmp_path / "mail").mkdir()
    with nudging(broker):
        for _ in range(3):
            desk.ask_colleague()
            redis.Redis(port=broker.port).flushall()
    assert Outbox.objects.filter(done_at=None).exists()

    with processes.celery_worker(connection.settings_dict["NAME"], broker, tmp_path):
        with app.connection_for_write(broker.url) as line:
            app.send_task("core.jobs.sweep_outbox", connection=line)
        wait_until(lambda: not Outbox.objects.filter(done_at=None).exists(), "the messages to go out")
