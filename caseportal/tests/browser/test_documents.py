"""A letter from the record to the person's own pages, a file from the person to the worker, and finding a service."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from accounts.tests.factories import TeamFactory, UserFactory
from caseportal.tests.browser.moves import Moves
from core import clock, outbox
from directory import services as directory
from documents.models import Document, Letter
from documents.tests import hostile
from people.models import PortalAccess
from people.tests.factories import AllocationFactory, CommunicationNeedFactory, PersonFactory
from support_plans.tests.factories import finished_assessment
from worklist.models import Task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(db):
    team = TeamFactory(name="Riverside team")
    worker = UserFactory(worker_in=team, name="Aisha Khan")
    person = PersonFactory(given_names="Margaret Ann", family_name="Whitlow", preferred_name="Peggy")
    AllocationFactory(person=person, worker=worker, team=team)
    CommunicationNeedFactory(person=person, code="large_print", detail="18 point")
    finished_assessment(person=person, team=team, assessor=worker)
    herself = UserFactory(audience="public", name="Peggy Whitlow")
    PortalAccess.objects.create(
        user=herself, person=person, relation="self", scope="act", valid_from=clock.today(), granted_by=worker
    )
    return person, worker, herself


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without, on a phone"])
def test_a_letter_is_written_given_read_and_asked_for_in_another_format(visitor, people, scripts):
    person, worker, herself = people
    staff, own = Moves(visitor(worker, scripts=scripts)), Moves(visitor(herself, scripts=scripts))

    # The worker writes the decision in large print, reads it and records that it was given
    staff.go(f"/people/{person.ref}/documents/")
    assert staff.next() == "Write a letter"
    assert "Peggy reads: large print" in staff.text()
    staff.send()
    letter = Letter.objects.get()
    assert letter.format == "large_print"
    assert "Draft, not given yet" in staff.text()
    staff.next()
    staff.fill(how="post", on=clock.today())
    staff.send()
    assert "Given on" in staff.text()

    # The person finds it with its day, reads it, and asks for it in audio
    own.go("/my/documents/")
    assert "You got this on" in own.text()
    own.follow(letter.title)
    assert "Your needs are eligible" in own.text()
    own.follow("Ask for another format")
    own.fill(format="audio")
    own.send()
    assert "We have told your worker" in own.text()
    assert Task.objects.open().get(kind="other_format").owner == worker


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without, on a phone"])
def test_a_file_is_sent_checked_read_and_one_made_to_harm_refused(visitor, people, scripts):
    person, worker, herself = people
    own, staff = Moves(visitor(herself, scripts=scripts)), Moves(visitor(worker, scripts=scripts))

    for name, data in (("photo.jpg", hostile.jpeg(8, 8, hostile.exif(6))), ("bill.pdf", hostile.HTML)):
        own.go("/my/documents/send/")
        own.page.locator("main input[type=file]").set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        )
        own.fill(kind="photo", title=name)
        own.send()
        assert "We are checking it" in own.text()
    assert set(Document.objects.values_list("status", flat=True)) == {"quarantined"}
    outbox.deliver()
    own.go("/my/documents/")
    assert "We could not take this file" in own.text()

    staff.go(f"/people/{person.ref}/documents/")
    assert "Not scanned for viruses" in staff.text()
    with staff.page.expect_download() as saved:
        staff.page.get_by_role("link", name="photo.jpg").click()
    assert saved.value.suggested_filename == "photo.jpg"
    staff.go(f"/people/{person.ref}/documents/add/")
    staff.page.locator("main input[type=file]").set_input_files(
        {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": hostile.pdf()}
    )
    staff.fill(kind="letter", title="Letter from the clinic")
    staff.send()
    assert "being checked" in staff.text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without, on a phone"])
def test_anyone_finds_a_service(visitor, scripts):
    now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    for name, category, cost in (("Lunch club", "meals", "paid"), ("Memory café", "getting_out", "free")):
        directory.publish(
            facts={
                "name": name,
                "category": category,
                "cost": cost,
                "summary": "In one sentence, for whom and what.",
                "phone": "01632 960201",
                "website": "https://www.example.org/a-rather-long-address/of-a-page/that-goes-on",
                "checked_on": clock.today(),
            },
            now=now,
        )
    anyone = Moves(visitor(scripts=scripts))

    anyone.go("/services/")
    anyone.page.locator("#q").fill("cafe")
    with anyone.page.expect_navigation():
        anyone.page.get_by_role("button", name="Find services").click()
    anyone.visitor.check()
    assert "1 service found" in anyone.text()
    anyone.follow("Memory café")
    assert "We last checked this" in anyone.text()
