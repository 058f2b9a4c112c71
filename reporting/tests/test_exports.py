"""Taking a list out of the portal: asked with a purpose, made with the asker's rights, fetched by them alone, gone in a day."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InternalError, transaction
from django.urls import reverse

from accounts.models import Membership, Role
from accounts.tests.factories import AccessListFactory, TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event, View
from core import clock, outbox
from core.models import Outbox, PolicySetting
from core.versions import StaleVersion
from core.workflow import WrongState
from documents import vault
from people.models import Person
from people.tests.factories import PersonFactory
from reporting import jobs, services
from reporting.models import Export
from reporting.tests.test_manage import ago
from safeguarding.tests.factories import ConcernFactory, put_on_list
from worklist.models import Notification
from worklist.tests.factories import WorkItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(team):
    return UserFactory(role_in=(Role.SERVICE_MANAGER, team))


@pytest.fixture
def second_head():
    return UserFactory(role_in=(Role.DIRECTOR, TeamFactory()))


def ask(by, code="assessment", **more) -> Export:
    facts = {"query": {}, "format": "csv", "purpose": "supervision", "purpose_words": "Tuesday"}
    return services.ask_for_export(code=code, by=by, now=clock.now(), **{**facts, **more})


def made(by, code="assessment", **more) -> Export:
    export = ask(by, code, **more)
    outbox.deliver()
    export.refresh_from_db()
    return export


def rows_of(export) -> list[list[str]]:
    data = services.fetch_export(export=export, by=export.asked_by, now=clock.now())
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def policy(code: str, value: int) -> None:
    PolicySetting.objects.create(
        code=code, value=value, valid_from=ago(1), meaning="For the test", source="The test"
    )


def states(export):
    return Export.objects.get(pk=export.pk).status


# --- From the list to the file ----------------------------------------------------------------------------------------


def test_a_list_is_asked_for_made_and_saved_by_whoever_asked(team, worker, manager):
    item = WorkItemFactory(team=team, opened_on=ago(9), risk="high", owner=worker, next_contact_on=ago(2))
    client = signed_in_client(manager)
    rows = client.get(reverse("reporting:rows", args=["assessment"]))

    address = rows.context["export_url"]
    form = client.get(address).context["form"]
    sent = client.post(
        address,
        {
            "form_key": form.initial["form_key"],
            "purpose": "supervision",
            "purpose_words": "Allocation meeting",
            "format": "csv",
        },
    )
    shown = client.get(sent.headers["Location"])
    assert "Being made" in shown.content.decode()
    outbox.deliver()
    export = Export.objects.get()
    assert "Save the file" in client.get(export.get_absolute_url()).content.decode()
    file = client.post(reverse("reporting:fetch-export", args=[export.ref]))

    assert file.headers["Content-Disposition"].startswith(
        f'attachment; filename="assessment-{export.ref}.csv"'
    )
    head, line = csv.reader(io.StringIO(file.content.decode("utf-8-sig")))
    assert head == [
        *("Number", "Name", "What", "State", "Held by", "How long", "Risk", "Last contact", "Next contact")
    ]
    assert line[:2] == [item.person.local_number, item.person.name]
    assert line[4:] == [worker.name, ago(9).isoformat(), "High risk", "", ago(2).isoformat()]
    assert (export.rows, export.purpose_words) == (1, "Allocation meeting")
    assert [event.code for event in Event.objects.filter(subject_ref=export.ref).order_by("pk")] == [
        "reporting.export.asked",
        "reporting.export.made",
        "reporting.export.fetched",
    ]


def test_the_form_sent_twice_makes_one_export(team, manager):
    client = signed_in_client(manager)
    address = reverse("reporting:ask-export", args=["quiet"])
    answers = {
        "form_key": client.get(address).context["form"].initial["form_key"],
        "purpose": "planning",
        "purpose_words": "Meeting",
        "format": "xlsx",
    }

    first, second = client.post(address, answers), client.post(address, answers)

    assert first.headers["Location"] == second.headers["Location"]
    assert Export.objects.count() == 1


def test_what_is_left_out_or_cannot_be_stored_is_asked_again_and_what_was_typed_stays(manager):
    client = signed_in_client(manager)
    address = reverse("reporting:ask-export", args=["quiet"])
    key = {"form_key": client.get(address).context["form"].initial["form_key"]}

    empty = client.post(address, key)
    assert empty.status_code == 400
    for words in ("Answer “What do you need it for?”", "Say in a few words", "Answer “Which kind of file?”"):
        assert words in empty.content.decode()
    long = client.post(address, {**key, "purpose_words": "Ä" * 201, "purpose": "other", "format": "csv"})
    assert "Ä" * 201 in long.content.decode()
    null = client.post(address, {**key, "purpose_words": "a\x00b", "purpose": "no", "format": "exe"})
    assert null.status_code == 400
    assert not Export.objects.exists()


def test_a_list_is_narrowed_in_the_file_as_it_was_on_the_page(team, other_team, head):
    WorkItemFactory(team=team, risk="high")
    WorkItemFactory(team=team, risk="medium")
    WorkItemFactory(team=other_team, risk="high")

    export = made(head, query={"risk": "high", "team": team.ref, "shoe_size": "9"})

    assert export.rows == 1
    assert export.query == {"risk": "high", "team": team.ref}
    assert export.title == "Care Act assessment: Riverside"


def test_the_people_in_a_file_can_read_that_it_was_made(team, manager):
    item = WorkItemFactory(team=team)

    made(manager)

    view = View.objects.get(person_id=item.person_id)
    assert (view.by, view.page, view.reason) == (
        manager,
        "reporting:export",
        "supervision or allocation of work",
    )


def test_delivered_twice_and_late_it_is_made_once(team, manager):
    WorkItemFactory(team=team)
    export = made(manager)
    digest, views = export.digest, View.objects.count()

    for row in Outbox.objects.filter(kind=services.MAKE_EXPORT):
        services.make_export_from_outbox(row)

    export.refresh_from_db()
    assert (export.digest, View.objects.count()) == (digest, views)
    assert Notification.objects.in_portal().filter(template="reporting.export_ready").count() == 1


def test_what_a_crash_left_on_disk_is_written_over_by_the_next_attempt(team, manager):
    WorkItemFactory(team=team)
    export = ask(manager)
    vault.keep_as(export.stored_name, b"half of a file that was being written when the worker died" * 99)

    outbox.deliver()

    export.refresh_from_db()
    assert len(rows_of(export)) == 2


def test_the_message_holds_keys_only(team, manager):
    ask(manager, purpose_words="About somebody")

    row = Outbox.objects.get(kind=services.MAKE_EXPORT)
    assert row.payload == {"export": Export.objects.get().pk}


# --- What never leaves ------------------------------------------------------------------------------------------------


def test_restricted_records_and_what_is_known_only_to_some_are_in_no_file(team, manager):
    secret = PersonFactory(external_id="", level=Person.Level.SEALED, access_list=AccessListFactory())
    put_on_list(secret.access_list, manager)
    WorkItemFactory(team=team, person=secret)
    apart = WorkItemFactory(team=team, access_list=secret.access_list)
    plain = WorkItemFactory(team=team)
    page = signed_in_client(manager).get(reverse("reporting:rows", args=["assessment"]))
    assert page.context["number"] == 3

    export = made(manager)

    assert [line[0] for line in rows_of(export)[1:]] == [plain.person.local_number]
    assert not View.objects.filter(
        person_id__in=[secret.pk, apart.person_id], page="reporting:export"
    ).exists()


def test_concerns_stay_in_the_portal_even_for_those_on_their_list(team, manager):
    concern = ConcernFactory(team=team, due_on=ago(3))
    put_on_list(concern.access_list, manager)

    for code in ("safeguarding", "safeguarding_late"):
        assert signed_in_client(manager).get(reverse("reporting:ask-export", args=[code])).status_code == 404
        with pytest.raises(ValidationError, match="stays in the portal"):
            ask(manager, code)


@pytest.mark.parametrize("code", ["table-numbers", "table-waiting"])
def test_a_table_of_numbers_says_nothing_of_safeguarding_to_others_and_the_register_nothing_to_anybody(
    team, manager, code
):
    concern = ConcernFactory(team=team, due_on=ago(3))
    knows = UserFactory(manager_of=team)
    put_on_list(concern.access_list, knows)

    told, untold = made(knows, code), made(manager, code)

    said = {line[0]: line[1] for line in rows_of(untold)[1:]}
    known = {line[0]: line[1] for line in rows_of(told)[1:]}
    assert {name: words for name, words in said.items() if known[name] != words} == {
        name: "not shown to you" for name in said if name.startswith("Safeguarding")
    }
    assert told.rows == untold.rows


def test_small_numbers_are_not_in_a_table_that_leaves(team, manager):
    concern = ConcernFactory(team=team, due_on=ago(3))
    put_on_list(concern.access_list, manager)
    for _ in range(4):
        WorkItemFactory(team=team, risk="high", opened_on=ago(3))
    for _ in range(6):
        WorkItemFactory(team=team, opened_on=ago(30), next_contact_on=ago(1))

    numbers = {line[0]: line[1] for line in rows_of(made(manager, "table-numbers"))[1:]}
    waiting = {line[0]: line for line in rows_of(made(manager, "table-waiting"))[1:]}

    assert numbers["High risk with no worker"] == "1 to 4"
    assert numbers["Past their next contact date"] == "6"
    assert numbers["Safeguarding decisions past target"] == "1 to 4"
    row = waiting["Care Act assessment"]
    # Of ten, four at high risk are too few to say, and six at standard risk would give them away.
    assert row[1] == "10"
    assert row[5:8] == ["1 to 4", "0", "not shown"]
    few = waiting["Safeguarding decision"]
    assert few[1:5] == ["1 to 4", "", "", ""]


@pytest.mark.parametrize("code", ["table-numbers", "table-waiting", "table-measures", "table-caseload"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_table_can_be_taken_out(team, worker, manager, code, kind):
    WorkItemFactory(team=team, owner=worker)

    export = made(manager, code, format=kind)

    assert export.status == "ready", export.not_made_because
    assert export.rows >= 1


LISTS = (
    *("approvals", "high_risk_no_worker", "past_contact", "quiet", "reablement_ending", "caseload"),
    *("contact", "assessment", "plan", "reablement", "budget_decision", "budget_review", "overdue_review"),
    *(
        "unallocated",
        "orphan_work",
        "orphan_tasks",
        "orphan_contacts",
        "orphan_assessments",
        "orphan_episodes",
    ),
)


@pytest.mark.parametrize("code", LISTS)
def test_every_list_of_people_can_be_taken_out(team, manager, code):
    assert made(manager, code).status == "ready"


# --- Rights, when it is made and when it is fetched -------------------------------------------------------------------


def test_whoever_may_know_no_names_takes_out_numbers_and_no_list(team):
    analyst = UserFactory(role_in=(Role.ANALYST, team))

    assert made(analyst, "table-measures").status == "ready"
    with pytest.raises(PermissionDenied, match="Only managers"):
        ask(analyst)


def test_a_file_is_not_made_for_somebody_who_lost_the_right_meanwhile(team, manager):
    export = ask(manager)
    Membership.objects.filter(user=manager).update(valid_to=ago(1))

    outbox.deliver()

    export.refresh_from_db()
    assert (export.status, export.stored_name) == ("failed", "")
    assert "may no longer see" in export.not_made_because
    assert not View.objects.exists()


def test_a_file_is_not_fetched_by_somebody_who_lost_a_team_meanwhile(team, other_team, manager):
    Membership.objects.create(user=manager, team=other_team, role=Role.TEAM_MANAGER, valid_from=ago(100))
    export = made(type(manager).objects.get(pk=manager.pk))
    assert set(export.teams) == {team.pk, other_team.pk}
    Membership.objects.filter(user=manager, team=other_team).update(valid_to=ago(1))

    with pytest.raises(PermissionDenied, match="no longer have the right"):
        services.fetch_export(export=export, by=type(manager).objects.get(pk=manager.pk), now=clock.now())


def test_nobody_else_fetches_a_file_and_only_heads_know_of_it(team, manager, head):
    export = made(manager)
    address = reverse("reporting:fetch-export", args=[export.ref])
    colleague = UserFactory(manager_of=team)

    assert signed_in_client(colleague).get(export.get_absolute_url()).status_code == 404
    assert signed_in_client(colleague).post(address).status_code == 404
    assert signed_in_client(head).get(export.get_absolute_url()).status_code == 200
    assert signed_in_client(head).post(address).status_code == 403
    export.refresh_from_db()
    assert export.fetched == 0


# --- A second manager for a large list --------------------------------------------------------------------------------


@pytest.fixture
def held(team, manager, head):
    policy("reporting.export_second_manager_above", 2)
    for _ in range(3):
        WorkItemFactory(team=team)
    return made(manager)


def test_a_large_list_waits_for_a_second_manager_who_is_told(held, head):
    assert (held.status, held.rows, held.made_at) == ("held", 3, None)
    assert not View.objects.exists()
    assert Notification.objects.in_portal().filter(recipient=head, template="reporting.export_held").exists()
    page = signed_in_client(head).get(reverse("reporting:exports"))
    assert list(page.context["held"]) == [held]


def test_approved_it_is_made_and_refused_it_is_not(held, manager, head):
    client = signed_in_client(head)
    address = reverse("reporting:decide-export", args=[held.ref])
    bare = client.post(address, {"version": held.version, "decision": "refuse"})
    assert "Say why this list may not leave" in bare.content.decode()

    client.post(address, {"version": held.version, "decision": "approve"})
    outbox.deliver()

    held.refresh_from_db()
    assert (held.status, held.decided_by, held.rows) == ("ready", head, 3)

    again = made(manager)
    client.post(
        reverse("reporting:decide-export", args=[again.ref]),
        {"version": again.version, "decision": "refuse", "reason": "Choose a team."},
    )
    again.refresh_from_db()
    assert (again.status, again.not_made_because, again.stored_name) == ("refused", "Choose a team.", "")
    assert "Choose a team." in signed_in_client(manager).get(again.get_absolute_url()).content.decode()


def test_whoever_asks_does_not_decide_even_as_head_of_service(team, head, second_head):
    policy("reporting.export_second_manager_above", 0)
    WorkItemFactory(team=team)
    mine = made(head)

    with pytest.raises(PermissionDenied, match="second manager"):
        services.approve_export(export=mine, version=mine.version, by=head, now=clock.now())
    with pytest.raises(StaleVersion):
        services.approve_export(export=mine, version=mine.version + 1, by=second_head, now=clock.now())
    services.approve_export(export=mine, version=mine.version, by=second_head, now=clock.now())
    with pytest.raises(WrongState):
        services.refuse_export(
            export=mine, reason="Too late.", version=mine.version, by=second_head, now=clock.now()
        )


def test_a_list_larger_than_any_file_is_not_made_and_says_what_to_do(team, manager):
    policy("reporting.export_most_rows", 1)
    for _ in range(2):
        WorkItemFactory(team=team)

    export = made(manager)

    assert export.status == "failed"
    assert export.not_made_because == "The list has 2 rows, and a file holds at most 1. Choose a team."


# --- The file goes, the register stays --------------------------------------------------------------------------------


def test_after_a_day_the_file_is_gone_and_the_register_stays(team, manager):
    export = made(manager)
    where = vault.path(export.stored_name)
    assert where.exists()
    clock.move_to(clock.today() + timedelta(days=2))

    with pytest.raises(PermissionDenied, match="taken away"):
        services.fetch_export(export=export, by=manager, now=clock.now())
    assert jobs.take_files_away() == {"taken_away": 1}
    assert jobs.take_files_away() == {"taken_away": 0}

    export.refresh_from_db()
    assert (export.status, export.stored_name, where.exists()) == ("expired", "", False)
    text = signed_in_client(manager).get(reverse("reporting:exports")).content.decode()
    assert "File taken away" in text
    assert "Tuesday" in text


def test_the_register_cannot_be_changed_or_emptied(team, manager):
    export = made(manager)

    for change in (
        lambda: Export.objects.filter(pk=export.pk).update(purpose_words="Something else"),
        lambda: Export.objects.filter(pk=export.pk).update(asked_by=UserFactory()),
        lambda: Export.objects.all().delete(),
    ):
        with pytest.raises(InternalError, match="pgtrigger"), transaction.atomic():
            change()


def test_a_team_that_is_not_ones_own_is_refused_rather_than_left_out(team, other_team, manager):
    with pytest.raises(ValidationError, match="not one of your teams"):
        ask(manager, query={"team": other_team.ref})
