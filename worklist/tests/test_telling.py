"""What people are told: in the portal always, by an e-mail that says nothing, and once."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import smtplib
import socket
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail as mailbox

from accounts.tests.factories import AccessListFactory, AccessListMemberFactory, UserFactory
from core import clock, outbox
from core.models import Outbox
from worklist import delivery, messages, notify_channel, services
from worklist.models import Notification

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def tell(recipient, **more):
    facts = {"template": "worklist.task_asked", "recipient": recipient, "key": "k", "now": NOW}
    return services.notify(**{**facts, **more})


def test_a_line_in_the_portal_and_one_e_mail_without_case_content(person, worker):
    tell(worker, person=person, url=person.get_absolute_url())
    tell(worker, person=person, url=person.get_absolute_url())

    assert outbox.deliver() == {"done": 1, "failed": 0}
    [message] = mailbox.outbox
    assert message.to == [worker.email]
    for secret in (
        person.given_names,
        person.family_name,
        person.ref,
        person.local_number,
        person.nhs_number,
    ):
        assert secret not in message.subject + message.body
    assert "/worklist/notifications/" in message.body
    assert Notification.objects.in_portal().count() == 1
    assert Notification.objects.get(channel="email").status == "sent"


def test_the_outbox_holds_a_reference_and_nothing_about_a_person(person, worker):
    tell(worker, person=person)

    row = Outbox.objects.get()
    assert set(row.payload) == {"notification"}
    assert Notification.objects.get(ref=row.payload["notification"]).channel == "email"


def test_the_public_is_led_to_their_own_pages(person):
    tell(UserFactory(public=True))
    outbox.deliver()

    assert "/my/" in mailbox.outbox[0].body
    assert "worklist" not in mailbox.outbox[0].body


def test_a_message_delivered_twice_is_sent_once(worker):
    tell(worker)
    row = Outbox.objects.get()

    delivery.deliver(row)
    delivery.deliver(row)

    assert len(mailbox.outbox) == 1


def test_an_address_refused_for_good_is_marked_and_not_tried_again(worker, monkeypatch):
    tell(worker)

    def refused(*_args, **_options):
        raise smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refused)

    assert outbox.deliver() == {"done": 1, "failed": 0}
    assert Notification.objects.get(channel="email").status == "failed"


def test_a_mail_server_that_is_away_is_tried_again(worker, monkeypatch):
    tell(worker)

    def away(*_args, **_options):
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", away)
        assert outbox.deliver() == {"done": 0, "failed": 1}
    Outbox.objects.update(due_at=clock.real_now())

    assert outbox.deliver() == {"done": 1, "failed": 0}
    assert len(mailbox.outbox) == 1


@pytest.mark.parametrize("trait", ["closed", "machine"])
def test_a_closed_account_and_the_machine_are_told_nothing(trait):
    assert tell(UserFactory(**{trait: True})) is None
    assert tell(None) is None
    assert not Notification.objects.exists()


def test_nobody_is_told_of_a_matter_whose_list_they_are_not_on(worker):
    access = AccessListFactory()
    assert tell(worker, access_list=access) is None

    AccessListMemberFactory(access_list=access, user=worker)

    assert tell(worker, access_list=access) is not None


def test_a_template_has_its_sentence_and_one_nobody_described_still_says_something():
    messages.register({"test.template": "Something precise"})

    assert messages.sentence("test.template") == "Something precise"
    assert messages.sentence("nobody.knows") == "There is something new for you"


KEY = "caseportal-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
TAKEN = {"id": "740e5834-3a29-46b4-9a6f-16142fde533a"}
REFUSED = {"status_code": 400, "errors": [{"error": "ValidationError", "message": "email_address is wrong"}]}


@pytest.fixture
def notify_service(settings, monkeypatch):
    """A small server that answers as the documentation of GOV.UK Notify says, and keeps what it was asked."""
    asked: list[dict] = []
    answers = {"status": 201, "body": json.dumps(TAKEN), "after": 0.0}

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append({"path": self.path, "headers": dict(self.headers), "content": content})
            time.sleep(answers["after"])
            with contextlib.suppress(BrokenPipeError):
                self.send_response(answers["status"])
                self.end_headers()
                self.wfile.write(answers["body"].encode())

        def log_message(self, *_args) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.NOTIFY_API_KEY, settings.NOTIFY_TEMPLATE_ID = KEY, "9d751e0e-f929-4891-82a1-a3e1c3c18ee3"
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(notify_channel, "ADDRESS", f"http://127.0.0.1:{server.server_port}")
    yield asked, answers
    server.shutdown()
    thread.join()
    server.server_close()


def test_with_a_key_the_e_mail_goes_by_notify_signed_and_without_case_content(notify_service, worker, person):
    asked, _ = notify_service
    tell(worker, person=person)

    assert outbox.deliver() == {"done": 1, "failed": 0}

    [call] = asked
    assert call["path"] == "/v2/notifications/email"
    assert call["content"]["email_address"] == worker.email
    assert set(call["content"]["personalisation"]) == {"address"}
    head, body, signature = call["headers"]["Authorization"].removeprefix("Bearer ").split(".")
    expected = hmac.new(KEY[-36:].encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(signature + "=") == expected
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    assert claims["iss"] == KEY[-73:-37]
    assert Notification.objects.get(channel="email").provider_reference.startswith("740e5834")
    assert not mailbox.outbox


@pytest.mark.parametrize(
    ("status", "body", "outcome", "state"),
    [
        (400, json.dumps(REFUSED), {"done": 1, "failed": 0}, "failed"),
        (403, json.dumps({"errors": [{"error": "AuthError"}]}), {"done": 0, "failed": 1}, "waiting"),
        (429, json.dumps({"errors": [{"error": "RateLimitError"}]}), {"done": 0, "failed": 1}, "waiting"),
        (503, "away for a while", {"done": 0, "failed": 1}, "waiting"),
        (201, "no JSON at all", {"done": 0, "failed": 1}, "waiting"),
    ],
)
def test_what_notify_refuses_for_good_is_marked_and_what_it_cannot_take_now_is_tried_again(
    notify_service, worker, status, body, outcome, state
):
    notify_service[1].update(status=status, body=body)
    tell(worker)

    assert outbox.deliver() == outcome
    assert Notification.objects.get(channel="email").status == state


def test_a_message_that_could_not_go_goes_under_the_same_reference_later(notify_service, worker):
    asked, answers = notify_service
    tell(worker)
    answers["status"] = 503
    assert outbox.deliver() == {"done": 0, "failed": 1}

    answers["status"] = 201
    Outbox.objects.update(due_at=clock.real_now())

    assert outbox.deliver() == {"done": 1, "failed": 0}
    first, second = (call["content"]["reference"] for call in asked)
    assert first == second == Notification.objects.get(channel="email").ref


def test_a_service_that_does_not_answer_is_not_waited_for(notify_service, worker, monkeypatch):
    notify_service[1]["after"] = 0.5
    monkeypatch.setattr(notify_channel, "TIMEOUT_SECONDS", 0.1)
    tell(worker)

    assert outbox.deliver() == {"done": 0, "failed": 1}
    assert Outbox.objects.get().last_error == "Unavailable"


def test_a_service_that_is_away_is_tried_again(notify_service, worker, monkeypatch):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setattr(notify_channel, "ADDRESS", f"http://127.0.0.1:{nobody.getsockname()[1]}")
        tell(worker)

        assert outbox.deliver() == {"done": 0, "failed": 1}
    assert Outbox.objects.get().last_error == "Unavailable"


def test_a_key_of_another_form_is_refused_before_anything_is_sent(notify_service, settings):
    settings.NOTIFY_API_KEY = "short"

    with pytest.raises(ValueError, match="form of a GOV.UK Notify key"):
        notify_channel.send_email(to="a@council.example", reference="r", facts={})
    assert not notify_service[0]
