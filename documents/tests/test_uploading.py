"""A file comes in, is kept aside, is checked after the commit, and goes out to be saved and nothing else."""

from __future__ import annotations

import shlex
import stat
import sys
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import AccessListFactory, TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event, View
from core import outbox
from core.models import Outbox
from documents import services, vault
from documents.models import Document
from documents.services.checking import ScannerFailed, scan
from documents.tests import hostile
from documents.tests.factories import DocumentFactory, uploaded
from people.tests.factories import AllocationFactory, PersonFactory, PortalAccessFactory, put_on_list
from worklist.models import Notification, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def worker():
    return UserFactory(worker_in=TeamFactory())


@pytest.fixture
def herself(person):
    user = UserFactory(audience="public")
    PortalAccessFactory(user=user, person=person)
    return user


def store(person, by, now, file=None, **more):
    return services.store_upload(
        person=person, file=file or uploaded(), title="", kind=Document.Kind.LETTER, by=by, now=now, **more
    )


def test_a_file_waits_in_quarantine_under_a_name_of_our_own_that_only_the_product_can_read(
    person, worker, now, settings
):
    document = store(person, worker, now, uploaded("Letter from Dr Patel.pdf"))

    assert document.status == Document.Status.QUARANTINED
    assert document.title == document.file_name == "Letter from Dr Patel.pdf"
    lies = vault.path(document.stored_name)
    assert lies.is_relative_to(settings.DOCUMENTS_ROOT)
    assert "Patel" not in str(lies)
    assert stat.S_IMODE(lies.stat().st_mode) == 0o600
    assert Event.objects.get().code == "documents.document.uploaded"


def test_nobody_gets_a_file_out_before_it_is_checked(person, worker, now):
    document = store(person, worker, now)

    answer = signed_in_client(worker).get(document.get_absolute_url())

    assert answer.status_code == 409
    assert b"%PDF" not in answer.content


def test_the_check_is_asked_for_in_the_same_transaction_with_keys_alone(person, worker, now):
    access_list = AccessListFactory()

    document = store(person, worker, now, access_list=access_list)

    row = Outbox.objects.get(kind="documents.check")
    assert row.payload == {"document": document.pk}
    assert row.access_list_id == access_list.pk


def test_a_checked_file_can_be_saved_and_its_first_copy_is_gone(
    person, worker, now, django_capture_on_commit_callbacks
):
    document = store(person, worker, now, uploaded("photo.jpg", hostile.jpeg(8, 8, hostile.exif(6))))
    raw = document.stored_name

    with django_capture_on_commit_callbacks(execute=True):
        assert outbox.deliver() == {"done": 1, "failed": 0}

    document.refresh_from_db()
    assert document.is_clean
    assert document.scan == Document.Scan.NOT_SCANNED
    assert not vault.path(raw).exists()
    answer = signed_in_client(worker).get(document.get_absolute_url())
    assert answer.status_code == 200
    assert b"GPS" not in answer.content


def test_a_file_goes_out_as_something_to_save_in_which_nothing_can_run(worker):
    document = DocumentFactory(clean=True, file_name="Brief für „Peggy“.pdf")

    answer = signed_in_client(worker).get(document.get_absolute_url())

    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''Brief%20f%C3%BCr" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    assert View.objects.filter(
        person_id=document.person_id, by=worker, page="documents:download-document"
    ).exists()


def test_a_file_that_changed_on_disk_is_not_handed_out(worker):
    document = DocumentFactory(clean=True)
    vault.path(document.stored_name).write_bytes(b"other")

    with pytest.raises(vault.Damaged):
        signed_in_client(worker).get(document.get_absolute_url())


def test_a_file_made_to_harm_is_refused_deleted_and_its_sender_told(
    person, worker, now, django_capture_on_commit_callbacks
):
    document = store(person, worker, now, uploaded("letter.pdf", hostile.HTML))
    raw = document.stored_name

    with django_capture_on_commit_callbacks(execute=True):
        services.check(document_id=document.pk, now=now)

    document.refresh_from_db()
    assert document.status == Document.Status.REFUSED
    assert document.refused_because
    assert document.stored_name == ""
    assert not vault.path(raw).exists()
    assert Notification.objects.filter(template="documents.refused", recipient=worker).exists()


def test_a_file_is_judged_once_however_often_the_check_comes(person, worker, now):
    document = store(person, worker, now)
    services.check(document_id=document.pk, now=now)

    again = services.check(document_id=document.pk, now=now + timedelta(hours=1))

    assert again.checked_at == now
    assert Event.objects.filter(code="documents.document.checked").count() == 1


@pytest.mark.parametrize("name", ["a.exe", "a.pdf.exe", "a.exe.pdf", "a", "a.svg", "a.html"])
def test_a_name_that_we_do_not_take_is_refused_at_once(person, worker, now, name):
    with pytest.raises(ValidationError):
        store(person, worker, now, uploaded(name))

    assert not Document.objects.exists()


def test_a_file_larger_than_the_limit_is_refused_at_once(person, worker, now, settings):
    settings.DOCUMENT_MOST_BYTES = 1_000_000

    with pytest.raises(ValidationError, match="larger than 1 MB"):
        store(person, worker, now, uploaded("a.txt", b"x" * 1_000_001))


def test_one_account_sends_so_many_files_in_a_day_and_no_more(person, worker, now, settings):
    settings.DOCUMENT_MOST_A_DAY = 2
    store(person, worker, now)
    store(person, worker, now)

    with pytest.raises(ValidationError, match="tomorrow"):
        store(person, worker, now)
    store(person, worker, now + timedelta(days=1, minutes=1))


def test_only_who_works_with_people_or_acts_for_the_person_adds_a_file(person, herself, now):
    analyst = UserFactory(role_in=(Role.ANALYST, TeamFactory()))
    watcher = UserFactory(audience="public")
    PortalAccessFactory(user=watcher, person=person, relation="carer", scope="view", authority="Agreed")

    for user in (analyst, watcher, UserFactory(audience="public")):
        with pytest.raises(PermissionDenied):
            store(person, user, now)
    store(person, herself, now)


def test_what_the_person_sends_becomes_a_task_for_their_worker_once_it_is_checked(
    person, herself, worker, now
):
    AllocationFactory(person=person, worker=worker, team=worker.main_team)
    document = store(person, herself, now)
    assert not Task.objects.exists()

    services.check(document_id=document.pk, now=now)

    task = Task.objects.get()
    assert (task.owner, task.title) == (worker, "Read what the person sent")


def scanner(tmp_path, code: int, seconds: int = 0) -> str:
    program = tmp_path / "scanner.py"
    program.write_text(
        f"import sys, time\nassert len(sys.argv) == 2\ntime.sleep({seconds})\nsys.exit({code})\n"
    )
    return shlex.join([sys.executable, str(program)])


def test_the_councils_scanner_has_the_first_word(person, worker, now, settings, tmp_path):
    settings.DOCUMENT_SCAN_COMMAND = scanner(tmp_path, 1)
    document = store(person, worker, now)

    document = services.check(document_id=document.pk, now=now)

    assert document.status == Document.Status.REFUSED
    assert document.scan == Document.Scan.INFECTED
    assert "virus" in document.refused_because


def test_a_file_that_was_scanned_says_so(person, worker, now, settings, tmp_path):
    settings.DOCUMENT_SCAN_COMMAND = scanner(tmp_path, 0)

    document = services.check(document_id=store(person, worker, now).pk, now=now)

    assert document.scan == Document.Scan.CLEAN


@pytest.mark.parametrize("code", [2, 127])
def test_a_scanner_in_trouble_leaves_the_file_in_quarantine(person, worker, now, settings, tmp_path, code):
    settings.DOCUMENT_SCAN_COMMAND = scanner(tmp_path, code)
    document = store(person, worker, now)

    with pytest.raises(ScannerFailed), transaction.atomic():
        services.check(document_id=document.pk, now=now)

    document.refresh_from_db()
    assert document.status == Document.Status.QUARANTINED
    assert vault.path(document.stored_name).exists()


def test_a_scanner_that_is_not_there_is_trouble(person, worker, now, settings):
    settings.DOCUMENT_SCAN_COMMAND = "/nowhere/scanner"

    with pytest.raises(ScannerFailed):
        scan(store(person, worker, now).stored_name)


def test_a_file_is_for_those_who_know_the_person_and_are_on_its_list(now):
    listed, other = UserFactory(worker_in=TeamFactory()), UserFactory(worker_in=TeamFactory())
    access_list = AccessListFactory()
    put_on_list(access_list, listed)
    document = DocumentFactory(clean=True, access_list=access_list)

    assert signed_in_client(listed).get(document.get_absolute_url()).status_code == 200
    assert signed_in_client(other).get(document.get_absolute_url()).status_code == 404
    page = signed_in_client(other).get(reverse("documents:list-documents", args=[document.person.ref]))
    assert document.title not in page.content.decode()


def test_the_person_sees_what_they_sent_and_no_file_that_staff_put_there(person, herself, worker):
    theirs = DocumentFactory(clean=True, person=person, uploaded_by=herself, sent_by_the_person=True)
    DocumentFactory(clean=True, person=person, uploaded_by=worker, title="About a neighbour")

    assert list(Document.objects.visible_to(herself)) == [theirs]
    assert not Document.objects.visible_to(UserFactory(audience="public")).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "clean"},
        {"status": "refused"},
        {"stored_name": ""},
        {"refused_because": "No reason yet"},
    ],
)
def test_the_database_keeps_no_file_between_two_states(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentFactory(**wrong)
