"""Letters are made from the record in the person's format, frozen when given, and told to the record they are about."""

from __future__ import annotations

import re
import zlib
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event, View
from budgets.tests.conftest import Journey, journey
from core import clock
from core.versions import StaleVersion
from core.workflow import WrongState
from documents import services, vault, workflow
from documents.formats import Format
from documents.models import Letter
from documents.tests.factories import LetterFactory
from people.tests.factories import (
    AddressFactory,
    AllocationFactory,
    CommunicationNeedFactory,
    PersonFactory,
    PortalAccessFactory,
)
from worklist.models import Notification, Task

__all__ = ["journey"]
pytestmark = pytest.mark.django_db


def write(story: Journey, kind: str, ref: str, **more) -> Letter:
    facts = {"format": Format.STANDARD, "by": story.worker, "now": story.now, **more}
    return services.write_letter(person=story.person, kind=kind, subject_ref=ref, **facts)


def give(story: Journey, letter: Letter, **more) -> Letter:
    facts = {"how": "post", "on": clock.london_date(story.now), "is_made": False, "version": None}
    facts |= {"by": story.worker, "now": story.now, **more}
    return services.give_letter(letter=letter, **facts)


def decision(story: Journey, **more) -> Letter:
    return write(story, "eligibility_decision", story.assessment.ref, **more)


def words(letter: Letter) -> str:
    parts = []
    for block in letter.content["blocks"]:
        parts += [block.get("text", ""), *block.get("items", []), block.get("caption", "")]
        parts += [cell for row in [block.get("head", []), *block.get("rows", [])] for cell in row]
    return "\n".join([letter.title, *letter.content["to"], *parts])


# --- What stands in them ------------------------------------------------------------------------------------------------


def test_the_decision_says_the_result_the_reasons_what_next_and_where_to_complain(journey):
    text = words(decision(journey))

    assert "Your needs are eligible" in text
    assert "The needs come from a physical or mental impairment or illness." in text
    assert "not yet said" not in text
    assert "Unable to achieve these outcomes because of arthritis" in text
    assert "direct payment" in text
    assert "Ombudsman" in text
    assert "another format" in text


def test_a_plan_copy_holds_needs_support_and_money(journey):
    story = journey.sent_for_approval().approved()

    text = words(write(story, "plan_copy", story.plan.ref))

    assert "My own kitchen" in text
    assert "Visits" in text
    assert "£150.00" in text
    assert "The falls class" in text


def test_a_budget_decision_says_who_pays_what_and_how_it_was_worked_out(journey):
    story = journey.sent_for_approval().approved()

    text = words(write(story, "budget_decision", story.budget.ref))

    assert "The council pays\n£125.00" in text
    assert "You pay\n£25.00" in text
    assert "starting point" in text


def test_there_is_no_letter_before_there_is_a_decision(journey):
    story = journey.drafted()

    with pytest.raises(LookupError):
        write(story, "plan_copy", story.plan.ref)
    with pytest.raises(LookupError):
        write(story, "budget_decision", story.budget.ref)


def test_a_letter_is_made_from_a_record_of_the_same_person_alone(journey):
    with pytest.raises(LookupError):
        services.write_letter(
            person=PersonFactory(),
            kind="eligibility_decision",
            subject_ref=journey.assessment.ref,
            format="standard",
            by=journey.worker,
            now=journey.now,
        )


def test_a_confidential_home_is_not_printed_by_somebody_who_may_not_see_it(journey):
    AddressFactory(person=journey.person, lines="The refuge", is_confidential=True)

    assert "The refuge" not in words(decision(journey))


# --- The format -----------------------------------------------------------------------------------------------------------


def test_the_record_asks_for_large_print_so_another_format_needs_a_reason(journey):
    CommunicationNeedFactory(person=journey.person, code="large_print")

    with pytest.raises(ValidationError, match="asks for another format"):
        decision(journey)
    assert decision(journey, format=Format.LARGE_PRINT).format == "large_print"


def test_a_format_that_people_make_is_a_task_and_counts_as_given_only_once_it_is_made(journey):
    CommunicationNeedFactory(person=journey.person, code="braille")
    AllocationFactory(person=journey.person, worker=journey.worker, team=journey.team)

    letter = decision(journey, format=Format.BRAILLE)

    assert Task.objects.open().get(kind="make_letter").owner == journey.worker
    with pytest.raises(ValidationError):
        give(journey, letter)
    give(journey, letter, is_made=True)
    assert not Task.objects.open().filter(kind="make_letter").exists()


def test_asking_for_another_format_twice_is_one_task_which_ends_with_that_letter(journey):
    herself = UserFactory(audience="public")
    PortalAccessFactory(user=herself, person=journey.person)
    letter = give(journey, decision(journey))

    for _ in range(2):
        services.ask_other_format(letter=letter, format="large_print", by=herself, now=journey.now)
    assert Task.objects.open().filter(kind="other_format").count() == 1

    give(journey, decision(journey, format=Format.LARGE_PRINT, why_this_format="Asked for"))
    assert not Task.objects.open().filter(kind="other_format").exists()


# --- Given ------------------------------------------------------------------------------------------------------------------


def test_giving_the_decision_issues_the_assessment_in_the_same_step(journey):
    give(journey, decision(journey))

    journey.assessment.refresh_from_db()
    assert journey.assessment.status == "issued"
    assert journey.assessment.issued_on == clock.london_date(journey.now)
    assert journey.assessment.issued_format == "Standard print"


def test_giving_the_plan_records_the_copy_once(journey):
    story = journey.sent_for_approval().approved()

    give(story, write(story, "plan_copy", story.plan.ref))

    story.plan.refresh_from_db()
    assert story.plan.copy_given_on == clock.london_date(story.now)
    give(story, write(story, "plan_copy", story.plan.ref))


def test_a_given_letter_is_frozen_in_the_database_and_on_disk(journey):
    letter = give(journey, decision(journey))
    printed = vault.read(letter.pdf_name, digest=letter.pdf_digest)

    for change in ({"content": {}}, {"given_on": None}, {"status": "draft"}, {"pdf_name": ""}):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).delete()
    assert printed.startswith(b"%PDF")


def test_a_correction_is_the_next_version_and_only_one_is_in_preparation(journey):
    first = give(journey, decision(journey))

    second = decision(journey)

    assert (first.number, second.number) == (1, 2)
    with pytest.raises(WrongState, match="in preparation"):
        decision(journey)
    services.throw_away(letter=second, version=None, by=journey.worker, now=journey.now)
    assert decision(journey).number == 3


def test_the_day_of_giving_is_not_to_come_and_not_before_the_letter(journey):
    letter = decision(journey)
    today = clock.london_date(journey.now)

    for day in (today + timedelta(days=1), today - timedelta(days=1)):
        with pytest.raises(ValidationError):
            give(journey, letter, on=day)


def test_a_letter_that_somebody_else_changed_is_not_given_unread(journey):
    letter = decision(journey)
    services.make_again(letter=letter, version=letter.version, by=journey.worker, now=journey.now)

    with pytest.raises(StaleVersion):
        give(journey, letter, version=letter.version)


def test_the_person_and_who_acts_for_them_are_told_without_a_word_of_what_it_says(journey):
    herself = PortalAccessFactory(person=journey.person).user
    watcher = UserFactory(audience="public")
    PortalAccessFactory(
        user=watcher, person=journey.person, relation="carer", scope="view", authority="Agreed"
    )

    give(journey, decision(journey))

    told = Notification.objects.filter(template="documents.letter_given", channel="in_app")
    assert set(told.values_list("recipient", flat=True)) == {herself.pk}
    assert {row.url for row in told} == {"/my/documents/"}


# --- Action, state, role -------------------------------------------------------------------------------------------------

#               give     make again  throw away
TABLE = {
    "draft": ("given", "draft", "thrown_away"),
    "given": (None, None, None),
    "thrown_away": (None, None, None),
}
ALLOWED = (Role.PRACTITIONER, Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.BROKER)
ROLES = [*ALLOWED, Role.ANALYST, Role.FINANCE_OFFICER, Role.ADMINISTRATOR]


@pytest.mark.parametrize("state", TABLE)
@pytest.mark.parametrize(("action", "column"), [("give", 0), ("make_again", 1), ("throw_away", 2)])
@pytest.mark.parametrize("role", ROLES)
def test_every_action_on_a_letter_in_every_state_by_every_role(state, action, column, role):
    trait = {"draft": {}, "given": {"given": True}, "thrown_away": {"thrown_away": True}}[state]
    letter = LetterFactory(**trait)
    user = UserFactory(role_in=(role, TeamFactory()))
    step, after = workflow.LETTER_ACTIONS[action], TABLE[state][column]

    if role not in ALLOWED:
        with pytest.raises(PermissionDenied):
            step.apply(letter, by=user)
    elif after is None:
        with pytest.raises(WrongState):
            step.apply(letter, by=user)
    else:
        step.apply(letter, by=user)
        assert letter.status == after
    if role not in ALLOWED or after is None:
        assert letter.status == state


def test_each_action_leaves_exactly_one_event_of_its_own(journey):
    letter = decision(journey)
    services.make_again(letter=letter, version=None, by=journey.worker, now=journey.now)
    give(journey, letter)
    services.throw_away(letter=decision(journey), version=None, by=journey.worker, now=journey.now)

    codes = list(
        Event.objects.filter(code__startswith="documents.").order_by("pk").values_list("code", flat=True)
    )
    assert codes == [
        "documents.letter.written",
        "documents.letter.made_again",
        "documents.letter.given",
        "documents.letter.written",
        "documents.letter.thrown_away",
    ]


# --- The PDF ----------------------------------------------------------------------------------------------------------------


def unpacked(data: bytes) -> bytes:
    """The objects of a PDF with what is packed in streams."""
    parts = [data]
    for found in re.finditer(rb"stream\r?\n", data):
        try:
            parts.append(zlib.decompressobj().decompress(data[found.end() :]))
        except zlib.error:
            continue
    return b"\n".join(parts)


def test_the_pdf_is_tagged_titled_and_in_a_language_with_heads_of_rows_and_columns(journey):
    letter = give(journey, decision(journey))

    inside = unpacked(vault.read(letter.pdf_name, digest=letter.pdf_digest))

    assert re.search(rb"/Marked true", inside)
    assert b"/StructTreeRoot" in inside
    assert re.search(rb"/Lang ?\(en-GB\)", inside)
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", inside)
    assert re.search(rb"/DisplayDocTitle true", inside)
    for tag in (b"/H1", b"/H2", b"/Table", b"/TH", b"/L", b"/P"):
        assert re.search(tag + rb"\b", inside), tag


def test_words_of_a_template_language_are_printed_as_words_and_open_no_file(journey):
    from assessments.models import EligibilityDetermination

    trick = '#read("/etc/passwd") #import "@preview/example:0.1.0" $x$ *bold* <script>alert(1)</script>'
    EligibilityDetermination.objects.filter(assessment=journey.assessment).update(reasons=trick)

    letter = give(journey, decision(journey))

    assert b"root:" not in unpacked(vault.read(letter.pdf_name, digest=letter.pdf_digest))
    page = signed_in_client(journey.worker).get(letter.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


# --- Pages -------------------------------------------------------------------------------------------------------------------


def test_a_worker_writes_reads_and_gives_a_letter_on_the_pages(journey):
    client = signed_in_client(journey.worker)
    address = reverse("documents:write-letter", args=[journey.person.ref])
    sent = {
        "about": f"eligibility_decision:{journey.assessment.ref}",
        "format": "standard",
        "form_key": "k" * 24,
    }

    first, second = client.post(address, sent), client.post(address, sent)

    letter = Letter.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == letter.get_absolute_url()
    assert "Draft, not given yet" in client.get(letter.get_absolute_url()).content.decode()
    give_at = reverse("documents:give-letter", args=[journey.person.ref, letter.ref])
    day = clock.today()
    answers = {"how": "post", "on_day": day.day, "on_month": day.month, "on_year": day.year, "version": 1}
    assert client.post(give_at, {**answers, "version": 0}).status_code == 409
    assert client.post(give_at, answers).status_code == 302
    pdf = client.get(letter.get_absolute_url() + "pdf/")
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["Content-Disposition"].startswith("attachment")
    assert View.objects.filter(page="documents:download-letter", by=journey.worker).exists()


def test_the_person_reads_their_letter_and_someone_who_only_watches_sees_no_assessment(journey):
    herself = PortalAccessFactory(person=journey.person).user
    watcher = UserFactory(audience="public")
    PortalAccessFactory(
        user=watcher, person=journey.person, relation="carer", scope="view", authority="Agreed"
    )
    letter = decision(journey)
    draft = signed_in_client(herself).get(reverse("self_service:letter", args=[letter.ref]))
    assert draft.status_code == 404
    give(journey, letter)

    page = signed_in_client(herself).get(reverse("self_service:documents")).content.decode()
    assert letter.title in page
    address = reverse("self_service:letter", args=[letter.ref])
    assert signed_in_client(herself).get(address).status_code == 200
    assert signed_in_client(watcher).get(address).status_code == 404
    assert signed_in_client(UserFactory(audience="public")).get(address).status_code == 404
    pdf = signed_in_client(herself).get(reverse("self_service:letter-pdf", args=[letter.ref]))
    assert pdf.content.startswith(b"%PDF")


def test_the_page_of_documents_costs_the_same_however_many_there_are(journey, django_assert_max_num_queries):
    from documents.tests.factories import DocumentFactory

    client = signed_in_client(journey.worker)
    address = reverse("documents:list-documents", args=[journey.person.ref])
    client.get(address)
    for many in (1, 12):
        LetterFactory.create_batch(many, person=journey.person, given=True)
        DocumentFactory.create_batch(many, person=journey.person, clean=True)
        with django_assert_max_num_queries(17):
            client.get(address)


# --- API ---------------------------------------------------------------------------------------------------------------------


def test_the_api_writes_a_letter_once_for_each_key_and_gives_it_at_its_version(journey):
    client = signed_in_client(journey.worker)
    address = reverse("api-documents-letters", args=[journey.person.ref])
    body = {"kind": "eligibility_decision", "subject_ref": journey.assessment.ref, "format": "standard"}

    def post(where, what, **headers):
        return client.post(where, what, content_type="application/json", headers=headers)

    assert post(address, body).status_code == 400
    made = post(address, body, **{"Idempotency-Key": "letter-0001"})
    assert made.status_code == 201
    assert post(address, body, **{"Idempotency-Key": "letter-0001"}).status_code == 200
    ref = made.json()["ref"]
    give_at = reverse("api-documents-give-letter", args=[ref])
    given = {"how": "by_hand", "on": clock.today().isoformat()}
    assert post(give_at, given).status_code == 428
    assert post(give_at, given, **{"If-Match": '"7"'}).status_code == 409
    assert post(give_at, given, **{"If-Match": '"1"'}).json()["status"] == "given"
    assert [row["ref"] for row in client.get(address).json()["results"]] == [ref]
    assert client.get(reverse("api-documents-letter", args=[ref])).json()["content"]["blocks"]
    unknown = post(address, {**body, "kind": "nothing"}, **{"Idempotency-Key": "letter-0002"})
    assert unknown.status_code == 400
