"""Notes: written once, kept as a draft before, corrected by new ones, read in order of what happened."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit import services as audit
from audit.models import Event
from core import clock
from core.models import Draft
from people import chronology, events, services
from people.models import CaseNote
from people.tests.addresses import addresses_in, keys_in
from people.tests.factories import CaseNoteFactory, PersonFactory

pytestmark = pytest.mark.django_db
# Asked in tests and in evaluation only: where the movable clock stands.
CLOCK = 1
# A transaction within the transaction of a test is a savepoint, set and released.
SAVEPOINTS = 2


@pytest.fixture
def worker():
    return UserFactory(worker_in=TeamFactory())


@pytest.fixture
def person():
    return PersonFactory()


def typed(**others):
    today = clock.today()
    return {
        "form_key": "n" * 24,
        "kind": "call",
        "occurred_on_day": str(today.day),
        "occurred_on_month": str(today.month),
        "occurred_on_year": str(today.year),
        "text": "Rang to ask who covers Saturdays.",
        **others,
    }


def test_a_note_is_saved_once_however_often_the_button_is_pressed(worker, person):
    client = signed_in_client(worker)
    address = reverse("people:add-note", args=[person.ref])

    first, second = client.post(address, typed()), client.post(address, typed())

    assert first.status_code == second.status_code == 302
    note = CaseNote.objects.get()
    assert (note.author, note.text) == (worker, "Rang to ask who covers Saturdays.")
    assert [event.code for event in Event.objects.for_person(person.pk)] == ["people.note.added"]


def test_the_same_key_with_another_text_is_refused(worker, person):
    client = signed_in_client(worker)
    address = reverse("people:add-note", args=[person.ref])
    client.post(address, typed())

    assert client.post(address, typed(text="Something else")).status_code == 409
    assert CaseNote.objects.count() == 1


def test_what_is_typed_is_kept_until_it_is_saved(worker, person):
    client = signed_in_client(worker)
    page = reverse("people:add-note", args=[person.ref])
    saved = client.post(reverse("people:autosave-note", args=[person.ref]), typed(text="Half a sen\x00tence"))
    assert saved.json()["saved_at"]
    assert Draft.objects.get().data["text"] == "Half a sentence"

    again = client.get(page)
    assert b"Half a sentence" in again.content

    client.post(page, typed())
    assert not Draft.objects.exists()


def test_without_javascript_a_draft_is_kept_and_thrown_away_by_buttons(worker, person):
    client = signed_in_client(worker)
    page = reverse("people:add-note", args=[person.ref])

    client.post(page, typed(text="Later", later="yes", occurred_on_day="x"))
    assert Draft.objects.get().data["text"] == "Later"
    assert b'value="x"' in client.get(page).content
    client.post(page, typed(discard="yes"))
    assert not Draft.objects.exists()
    assert not CaseNote.objects.exists()


def test_nobody_sees_the_draft_of_another(worker, person):
    signed_in_client(worker).post(
        reverse("people:autosave-note", args=[person.ref]), typed(text="Mine alone")
    )

    other = signed_in_client(UserFactory(worker_in=TeamFactory())).get(
        reverse("people:add-note", args=[person.ref])
    )

    assert b"Mine alone" not in other.content


def test_autosave_takes_few_queries(worker, person, django_assert_max_num_queries):
    client = signed_in_client(worker)
    address = reverse("people:autosave-note", args=[person.ref])
    client.post(address, typed())

    with django_assert_max_num_queries(7 + CLOCK + SAVEPOINTS):
        client.post(address, typed())


@pytest.mark.parametrize(
    "wrong,message",
    [
        ({"text": ""}, "Enter what happened"),
        ({"text": "bad \x00 text"}, "contains a character we cannot store"),
        ({"text": "x" * 20001}, "is 1 character too long"),
        ({"occurred_on_year": "2190"}, "must be today or in the past"),
        ({"occurred_on_month": "13"}, "must be a real date"),
        ({"occurred_time": "25 o'clock"}, "Enter a time"),
    ],
)
def test_a_note_that_cannot_be_is_shown_again_with_what_is_wrong(worker, person, wrong, message):
    response = signed_in_client(worker).post(reverse("people:add-note", args=[person.ref]), typed(**wrong))

    assert response.status_code == 400
    assert message in response.content.decode()
    assert response.content.decode().count("govuk-error-summary__title") == 1
    assert not CaseNote.objects.exists()


@pytest.mark.parametrize(
    "text", ["x" * 20000, "مرحبا بك\nשלום", "<script>alert(1)</script>", "Zoë 🐕\r\n\r\nSecond"]
)
def test_any_words_of_any_script_are_kept_and_shown_as_words(worker, person, text):
    client = signed_in_client(worker)

    client.post(reverse("people:add-note", args=[person.ref]), typed(text=text))

    assert CaseNote.objects.get().text == text.replace("\r\n", "\n")
    assert (
        "<script>alert" not in client.get(reverse("people:list-events", args=[person.ref])).content.decode()
    )


def test_saving_a_note_stays_within_its_queries(worker, person, django_assert_max_num_queries):
    client = signed_in_client(worker)
    address = reverse("people:add-note", args=[person.ref])
    client.get(address)

    with django_assert_max_num_queries(14 + CLOCK + SAVEPOINTS):
        client.post(address, typed())


def test_a_correction_is_a_new_note_and_the_old_one_stays_marked(worker, person):
    note = CaseNoteFactory(person=person, author=worker, text="Two falls")
    client = signed_in_client(worker)

    client.post(
        reverse("people:correct-note", args=[person.ref, note.ref]),
        typed(text="Three falls", form_key="c" * 24),
    )

    correction = CaseNote.objects.exclude(pk=note.pk).get()
    assert correction.corrects == note
    body = client.get(reverse("people:list-events", args=[person.ref])).content.decode()
    assert "Corrected by a later note" in body
    assert "Two falls" in body
    assert Event.objects.get(person_id=person.pk).code == "people.note.corrected"


def test_a_note_is_corrected_by_its_author_or_a_manager(person):
    team = TeamFactory()
    author, colleague = UserFactory(worker_in=team), UserFactory(worker_in=team)
    note = CaseNoteFactory(person=person, author=author)

    def correct(by):
        return services.add_note(
            person=person,
            kind="call",
            occurred_at=note.occurred_at,
            text="Right",
            corrects=note,
            by=by,
            now=clock.now(),
        )

    with pytest.raises(PermissionDenied, match="Only the author"):
        correct(colleague)
    assert correct(author).corrects == note
    assert correct(UserFactory(manager_of=team)).corrects == note


def test_a_correction_is_about_the_same_person(worker, person):
    note = CaseNoteFactory(author=worker)

    with pytest.raises(ValidationError):
        services.add_note(
            person=person,
            kind="call",
            occurred_at=clock.now(),
            text="x",
            corrects=note,
            by=worker,
            now=clock.now(),
        )


@pytest.mark.parametrize("role", [Role.FINANCE_OFFICER, Role.ANALYST, Role.ADMINISTRATOR])
def test_staff_without_a_case_role_write_no_note(person, role):
    user = UserFactory(role_in=(role, TeamFactory()))

    with pytest.raises(PermissionDenied):
        services.add_note(
            person=person, kind="call", occurred_at=clock.now(), text="x", by=user, now=clock.now()
        )
    assert signed_in_client(user).get(reverse("people:add-note", args=[person.ref])).status_code == 403


def test_the_chronology_reads_notes_and_what_was_done_in_order_of_what_happened(worker, person):
    now = clock.now()
    old = CaseNoteFactory(person=person, occurred_at=now - timedelta(days=30), text="Oldest")
    services.set_risk(person=person, risk="high", version=1, by=worker, now=now - timedelta(days=10))
    new = CaseNoteFactory(
        person=person, occurred_at=now - timedelta(days=1), text="Newest", is_significant=True
    )

    entries = chronology.read(person, worker).entries

    assert [entry.note for entry in entries] == [new, None, old]
    assert entries[1].title == "Risk changed from standard to high"
    shown = {show: len(chronology.read(person, worker, show=show).entries) for show in chronology.SHOWS}
    assert shown == {"story": 3, "significant": 2, "notes": 2, "done": 1, "all": 3}


def places(page):
    return [(entry.at, entry.rank, entry.pk) for entry in page.entries]


def test_the_pages_of_a_chronology_hold_every_entry_once_in_both_directions(worker, person):
    moment = clock.now() - timedelta(days=3)
    notes = [
        CaseNoteFactory(person=person, occurred_at=moment - timedelta(minutes=n // 3)) for n in range(40)
    ]
    for risk in ("high", "medium", "standard"):
        person.refresh_from_db()
        services.set_risk(
            person=person, risk=risk, version=None, by=worker, now=moment - timedelta(minutes=4)
        )

    pages = [chronology.read(person, worker, size=7)]
    while pages[-1].older and len(pages) < 20:
        pages.append(chronology.read(person, worker, before=pages[-1].older, size=7))
    forward = [place for page in pages for place in places(page)]
    assert len(forward) == len(set(forward)) == len(notes) + 3

    back = [pages[-1]]
    while back[-1].newer and len(back) < 20:
        back.append(chronology.read(person, worker, after=back[-1].newer, size=7))
    assert sorted({place for page in back for place in places(page)}) == sorted(forward)


def test_small_steps_of_one_person_on_one_day_stand_in_one_line_of_the_chronology(worker, person):
    # Given two people in the network, a warning, which is significant, and two more people, all by one worker
    now = clock.now()
    kinds = (events.RELATIONSHIP_ADDED,) * 2 + (events.WARNING_ADDED,) * 2 + (events.RELATIONSHIP_ADDED,)
    for number, code in enumerate(kinds):
        audit.record(
            code,
            subject=person,
            person_id=person.pk,
            by=worker,
            at=now - timedelta(seconds=number),
            kind=str(number),
        )

    # When the chronology is shown
    lines = chronology.gathered(chronology.read(person, worker).entries)

    # Then small steps that follow one another share a line, and each significant event has its own
    assert [len(line.more) for line in lines] == [1, 0, 0, 0]
    assert lines[0].more == ("Someone added to the network: 1",)


def test_no_address_that_the_chronology_offers_holds_the_key_of_a_row(worker, person):
    # Given notes whose keys nobody takes for another number
    keys = range(987_000_001, 987_000_121)
    for key in keys:
        CaseNoteFactory(pk=key, person=person, occurred_at=clock.now() - timedelta(days=key - keys[0] + 1))
    client = signed_in_client(worker)

    # When the pages are read to the end and back
    address, pages = reverse("people:list-events", args=[person.ref]), 0
    for way in ("before=", "after="):
        while address and pages < 20:
            offered = addresses_in(client.get(address))
            pages += 1
            # Then no address on the way says a key, not even in another alphabet
            assert not keys_in(offered, keys)
            back = next((found for found in offered if "after=" in found), "")
            address = next((found for found in offered if way in found), "")
        address = back
    assert pages >= 5


@pytest.mark.parametrize("key", ["x", "1-2", "9" * 40 + "-1-1", "1-1-1-1", "-1--1--1"])
def test_an_address_that_was_tampered_with_still_shows_a_page(worker, person, key):
    CaseNoteFactory(person=person)

    response = signed_in_client(worker).get(reverse("people:list-events", args=[person.ref]), {"before": key})

    assert response.status_code == 200


@pytest.mark.parametrize("notes", [1, 60])
def test_the_chronology_takes_the_same_queries_however_long_it_is(
    worker, person, notes, django_assert_max_num_queries
):
    author = UserFactory()
    CaseNoteFactory.create_batch(notes, person=person, author=author)
    client = signed_in_client(worker)
    address = reverse("people:list-events", args=[person.ref])
    client.get(address)

    with django_assert_max_num_queries(9 + CLOCK):
        client.get(address)


def test_the_index_of_recent_contacts_holds_the_kinds_of_note_that_say_that_somebody_was_in_touch():
    (index,) = [index for index in CaseNote._meta.indexes if index.name == "people_note_in_touch"]

    assert ("kind__in", list(CaseNote.IN_TOUCH)) in index.condition.children
