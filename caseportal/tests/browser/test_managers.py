"""A manager goes from a number to the record that caused it, and takes the list out in a file; a second one decides."""

from __future__ import annotations

import csv
from datetime import timedelta
from types import SimpleNamespace

import pytest

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from caseportal.tests.browser.moves import Moves
from core import clock, outbox
from people.tests.factories import AllocationFactory, PersonFactory
from reporting.jobs import keep_figures, take_files_away
from reporting.models import Export
from reporting.tests.factories import ExportFactory
from worklist.tests.factories import TaskFactory, WorkItemFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def service(db) -> SimpleNamespace:
    team = TeamFactory(name="Riverside")
    person = PersonFactory(given_names="Peggy", family_name="Marsh", preferred_name="")
    worker = UserFactory(worker_in=team, name="Aisha Khan")
    AllocationFactory(person=person, team=team, worker=worker)
    WorkItemFactory(
        team=team,
        person=person,
        risk="high",
        opened_on=clock.today() - timedelta(days=9),
        url=f"/people/{person.ref}/",
    )
    for _ in range(3):
        WorkItemFactory(team=team, owner=worker)
    TaskFactory(team=team, owner=worker, overdue=True)
    manager = UserFactory(manager_of=team, name="Tom Bell")
    return SimpleNamespace(
        team=team,
        person=person,
        manager=manager,
        head=UserFactory(role_in=(Role.SERVICE_MANAGER, team), name="Ruth Osborne"),
        analyst=UserFactory(role_in=(Role.ANALYST, team), name="Omar Haddad"),
    )


def test_from_a_number_to_its_record_and_to_a_file(visitor, service):
    """With JavaScript: each page is checked by axe and for sideways overflow at 1280 and 360 pixels."""
    _manage(visitor, service, scripts=True)


def test_the_same_without_javascript_on_a_telephone(visitor, service):
    """Without JavaScript, at 360 pixels."""
    _manage(visitor, service, scripts=False)


def _manage(visitor, service, *, scripts: bool) -> None:
    keep_figures.apply(throw=True)
    manager = Moves(visitor(service.manager, scripts=scripts))
    head = Moves(visitor(service.head, scripts=scripts))

    _from_the_number_to_the_record(manager, service)
    _take_the_list_out(manager)
    _the_other_pages(manager)
    _a_second_manager_decides(head, service)
    _numbers_without_names(Moves(visitor(service.analyst, scripts=scripts)))
    _the_file_goes_and_the_register_stays(manager)


def _from_the_number_to_the_record(manager: Moves, service: SimpleNamespace) -> None:
    manager.go("/manage/")
    assert "Not shown to you" in manager.text()
    manager.visitor.follow("High risk with no worker", exact=False)
    assert "1 row, Riverside" in manager.text()
    assert "Waiting 9 days" in manager.text()
    manager.visitor.follow("Care Act assessment")
    assert manager.path() == f"/people/{service.person.ref}/"
    manager.go("/manage/rows/high_risk_no_worker/")


def _take_the_list_out(manager: Moves) -> None:
    manager.visitor.follow("Take this list out in a file")
    manager.visitor.press("Ask for the file")
    assert "Answer “What do you need it for?”" in manager.text()
    manager.fill(purpose="supervision", purpose_words="Allocation meeting of Tuesday", format="csv")
    manager.visitor.press("Ask for the file")
    assert "Being made" in manager.text()
    outbox.deliver()
    with manager.page.expect_download() as saving:
        manager.page.get_by_role("button", name="Save the file").click()
    with open(saving.value.path(), encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert [len(lines), lines[1][1], lines[1][6]] == [2, "Peggy Marsh", "High risk"]
    manager.go(f"/manage/exports/{Export.objects.get().ref}/")
    assert "1 time" in manager.text()


def _the_other_pages(manager: Moves) -> None:
    manager.go("/manage/waiting/")
    assert "Held by no worker" in manager.text()
    manager.visitor.follow("Caseload")
    manager.visitor.follow("Aisha Khan")
    assert "Work held by workers" in manager.text()
    manager.go("/manage/measures/")
    manager.visitor.follow("Yearly reviews held")
    assert "Team by team: yearly reviews held" in manager.text()
    manager.visitor.follow("Belongs to nobody")
    assert "0 in all" in manager.text()
    manager.go("/manage/runs/")


def _a_second_manager_decides(head: Moves, service: SimpleNamespace) -> None:
    large = ExportFactory(held=True, asked_by=service.manager)
    head.go("/manage/exports/")
    assert "For you to decide (1)" in head.text()
    head.visitor.follow(large.title)
    head.fill(decision="refuse")
    head.fill(reason="Choose one team.")
    head.visitor.press("Record the decision")
    large.refresh_from_db()
    assert (large.status, large.decided_by) == ("refused", service.head)


def _numbers_without_names(analyst: Moves) -> None:
    analyst.go("/manage/waiting/")
    assert "Numbers only" in analyst.text()
    analyst.visitor.follow("Take these figures out in a file")


def _the_file_goes_and_the_register_stays(manager: Moves) -> None:
    clock.move_to(clock.today() + timedelta(days=2))
    take_files_away.apply(throw=True)
    manager.go("/manage/exports/")
    assert "File taken away" in manager.text()
    assert "Allocation meeting of Tuesday" in manager.text()
