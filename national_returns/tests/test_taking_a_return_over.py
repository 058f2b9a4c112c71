"""A council's own file becomes people, contacts, assessments, plans and reviews."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction

from accounts.services import system_user
from accounts.tests.factories import TeamFactory
from assessments.models import Assessment
from audit.models import Event as TrailEvent
from contacts.models import Contact
from core.models import Outbox
from directory.models import Provider
from national_returns import events
from national_returns.cld.synthetic.file import FileMaker
from national_returns.models import ImportedEvent, ImportRun
from national_returns.tests import SAMPLES
from national_returns.tests.builders import ASSESSMENT, CARER, REQUEST, REVIEW, SERVICE
from national_returns.tests.taking_over import take_over, take_over_rows
from people.models import Person
from support_plans.models import Mode, PlanItem, Review, SupportPlan
from worklist.models import Anchor, Notification, Task, WorkItem

pytestmark = pytest.mark.django_db

CHANGE_EACH_TIME = {"national_returns_importrun", "core_jobrun", "audit_event", "audit_view"}


def whole_database() -> dict[str, str]:
    """A digest of the rows of every table that an import must leave alone the second time."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - CHANGE_EACH_TIME):
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t ORDER BY 1')
            found[table] = hashlib.sha256("\n".join(row for (row,) in cursor.fetchall()).encode()).hexdigest()
    return found


@pytest.fixture
def made_file(tmp_path):
    path = tmp_path / "made.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        FileMaker(people=120, seed=11, period_end=date(2026, 9, 30)).write(file)
    return path


def test_every_row_of_the_sample_becomes_a_record():
    report = take_over(SAMPLES / "valid.csv", council="998")

    assert report.as_dict() | {"by_type": None} == {
        "rows": 28,
        "created": 28,
        "unchanged": 0,
        "updated": 0,
        "refused": [],
        "by_type": None,
    }
    assert {name: counts["created"] for name, counts in report.as_dict()["by_type"].items()} == {
        "Request": Contact.objects.count(),
        "Assessment": Assessment.objects.count(),
        "Service": PlanItem.objects.count(),
        "Review": Review.objects.filter(status="closed").count(),
    }
    assert Person.objects.filter(origin="imported").count() == 12
    assert ImportedEvent.objects.count() == 28


@pytest.mark.parametrize("name", ["valid.csv", "errors.csv"])
def test_the_same_file_again_changes_nothing(name):
    first = take_over(SAMPLES / name)
    before = whole_database()

    second = take_over(SAMPLES / name)

    assert second.results["unchanged"] == first.results["created"]
    assert second.results["created"] == second.results["updated"] == 0
    assert whole_database() == before


def test_a_made_file_again_changes_nothing_in_batches_of_another_size(made_file):
    first = take_over(made_file, rows_in_a_batch=70)
    before = whole_database()
    second = take_over(made_file, rows_in_a_batch=33)

    assert not first.refused
    assert second.results == {"unchanged": first.rows}
    assert whole_database() == before


def test_an_import_that_broke_off_is_finished_by_the_next(made_file):
    # Given an import that dies after its second batch
    class Broken(Exception):
        pass

    def die(report):
        if report.rows >= 100:
            raise Broken

    with pytest.raises(Broken):
        take_over(made_file, rows_in_a_batch=50, progress=die)
    assert ImportRun.objects.get().finished_at is None

    # When the file is taken over once more
    report = take_over(made_file, rows_in_a_batch=50)

    # Then what was there is left alone and everything else is there once
    assert report.results["unchanged"] == 100
    assert report.results["created"] == report.rows - 100
    assert ImportedEvent.objects.count() == report.rows
    for target, count in (("contacts.contact", Contact), ("support_plans.planitem", PlanItem)):
        assert ImportedEvent.objects.filter(target_type=target).count() == count.objects.count()


def test_the_order_of_the_rows_does_not_change_what_comes_of_them(tmp_path, made_file):
    def told():
        plans = SupportPlan.objects.order_by("person__external_id", "kind")
        return list(
            plans.values_list(
                "person__external_id", "kind", "status", "active_from", "ended_on", "next_review_on"
            )
        )

    # Given a file sorted so that carers and reviews come long before the services they belong to
    heading, *lines = made_file.read_text(encoding="utf-8").splitlines(keepends=True)
    with transaction.atomic():
        take_over(made_file)
        as_made = told()
        transaction.set_rollback(True)
    backwards = tmp_path / "backwards.csv"
    backwards.write_text(heading + "".join(reversed(lines)), encoding="utf-8")

    take_over(backwards, rows_in_a_batch=40)

    assert told() == as_made


def test_a_trial_keeps_nothing_and_says_what_would_be(made_file):
    system_user()
    before = whole_database()

    trial = take_over(made_file, dry_run=True, rows_in_a_batch=100)

    assert not ImportRun.objects.exists()
    assert whole_database() == before
    assert trial.as_dict() == take_over(made_file).as_dict()


def test_nobody_is_told_and_the_trail_says_who_took_what_over():
    report = take_over(SAMPLES / "valid.csv")

    assert not Notification.objects.exists()
    assert not Outbox.objects.exists()
    event = TrailEvent.objects.get(code=events.IMPORTED)
    assert (event.by, event.subject_ref, event.detail["rows"]) == (system_user(), report.run_ref, 28)


# Services, plans, reviews


def test_a_service_is_a_line_with_provider_mode_and_cost(tmp_path):
    take_over_rows(tmp_path, SERVICE)
    line = PlanItem.objects.get()

    assert (line.by, line.mode, line.how_met) == (
        PlanItem.By.HOME_CARE,
        Mode.COUNCIL_MANAGED,
        "Home support or domiciliary care",
    )
    assert (line.quantity, line.unit, line.unit_cost, line.cost_weekly) == (
        Decimal("14.00"),
        "hour",
        Decimal("22.50"),
        Decimal("315.00"),
    )
    assert (line.provider.location_id, line.provider.kind) == ("1-100000002", Provider.Kind.HOME_CARE)
    assert line.plan.status == SupportPlan.Status.ACTIVE


@pytest.mark.parametrize(
    "changes,mode,weekly,once",
    [
        ({"Service_Component": "Direct payment"}, Mode.DIRECT_PAYMENT, "315.00", "0.00"),
        ({"Delivery_Mechanism": "Direct payment"}, Mode.DIRECT_PAYMENT, "315.00", "0.00"),
        ({"Delivery_Mechanism": ""}, "", "315.00", "0.00"),
        ({"Cost_Frequency_Unit_Type": "One-off"}, Mode.COUNCIL_MANAGED, "0.00", "22.50"),
        (
            {"Unit_Cost": "-180.00", "Cost_Frequency_Unit_Type": "Monthly"},
            Mode.COUNCIL_MANAGED,
            "41.54",
            "0.00",
        ),
        (
            {"Unit_Cost": "", "Cost_Frequency_Unit_Type": "", "Planned_Units_Per_Week": ""},
            Mode.COUNCIL_MANAGED,
            "0.00",
            "0.00",
        ),
    ],
)
def test_mode_and_cost_of_a_line_follow_the_row(tmp_path, changes, mode, weekly, once):
    take_over_rows(tmp_path, SERVICE | changes)
    line = PlanItem.objects.get()

    assert (line.mode, line.cost_weekly, line.cost_one_off) == (mode, Decimal(weekly), Decimal(once))


def test_all_services_of_a_person_make_one_plan_and_those_as_a_carer_another(tmp_path):
    other = SERVICE | {"Event_Reference": "SER-2", "Service_Component": "Meals"}
    as_carer = (
        SERVICE
        | CARER
        | {
            "LA_Person_Unique_Identifier": "P1",
            "NHS_Number": "9990000018",
            "Adult_1_Linked_Person_ID": "",
            "Event_Reference": "SER-3",
            "Service_Type": "Unpaid carer support: Direct to unpaid carer",
            "Service_Component": "Unpaid carer sitting service",
        }
    )

    take_over_rows(tmp_path, SERVICE, other, as_carer)

    assert list(SupportPlan.objects.order_by("number").values_list("kind", "number", "status")) == [
        ("adult", 1, "active"),
        ("carer", 2, "active"),
    ]
    assert SupportPlan.objects.get(kind="adult").items.count() == 2


NEXT_REVIEW = [
    # started, review held, rule, counts from, next review
    ("02/02/2026", "", "REVIEW_INITIAL", "2026-02-02", "2026-03-16"),
    ("02/02/2026", "08/06/2026", "REVIEW_ANNUAL", "2026-06-08", "2027-06-08"),
    ("01/04/2019", "13/03/2026", "REVIEW_ANNUAL", "2026-03-13", "2027-03-13"),
    # No review inside the period: the last one cannot be later than the day before it.
    ("01/04/2019", "", "REVIEW_ANNUAL", "2025-09-30", "2026-09-30"),
]


@pytest.mark.parametrize("began,held,rule,counts_from,due", NEXT_REVIEW)
def test_each_running_plan_has_one_date_for_its_next_review(tmp_path, began, held, rule, counts_from, due):
    review = REVIEW | {"Event_Start_Date": held, "Event_End_Date": held}

    take_over_rows(tmp_path, SERVICE | {"Event_Start_Date": began}, *([review] if held else []))

    plan = SupportPlan.objects.get()
    anchor = Anchor.objects.get()
    assert (anchor.rule_code, str(anchor.on), str(plan.next_review_on)) == (rule, counts_from, due)
    assert (anchor.subject_ref, anchor.status) == (plan.ref, "open")
    ahead = Review.objects.get(status="scheduled")
    assert (ahead.due_on, ahead.kind) == (plan.next_review_on, "initial" if "INITIAL" in rule else "annual")
    assert WorkItem.objects.get(kind="monitoring", closed_on=None).subject_ref == plan.ref


def test_an_overdue_review_stands_in_the_lists_at_once(tmp_path):
    take_over_rows(tmp_path, SERVICE)

    assert Task.objects.get().due_on == date(2026, 3, 16)


def test_a_review_in_a_later_file_moves_the_date_and_nothing_else_does(tmp_path):
    take_over_rows(tmp_path, SERVICE)
    next_period = {"Reporting_Period_Start_Date": "01/01/2026", "Reporting_Period_End_Date": "31/12/2026"}

    take_over_rows(tmp_path, SERVICE | next_period | {"Unit_Cost": "23.10"})
    assert SupportPlan.objects.get().next_review_on == date(2026, 3, 16)

    take_over_rows(tmp_path, SERVICE | next_period | {"Unit_Cost": "23.10"}, REVIEW | next_period)
    assert SupportPlan.objects.get().next_review_on == date(2027, 6, 8)
    assert list(Anchor.objects.order_by("pk").values_list("rule_code", "status")) == [
        ("REVIEW_INITIAL", "closed"),
        ("REVIEW_ANNUAL", "open"),
    ]
    assert Review.objects.get(status="scheduled").due_on == date(2027, 6, 8)


def test_a_date_set_by_a_review_held_here_is_not_moved_by_a_return(tmp_path):
    take_over_rows(tmp_path, SERVICE, REVIEW)
    plan = SupportPlan.objects.get()
    Review.objects.filter(status="scheduled").update(status="held", origin="portal", held_on="2026-09-01")
    SupportPlan.objects.update(next_review_on=date(2027, 1, 15))

    take_over_rows(tmp_path, SERVICE | {"Unit_Cost": "23.10"}, REVIEW)

    plan.refresh_from_db()
    assert plan.next_review_on == date(2027, 1, 15)
    assert Anchor.objects.get().due_on == date(2027, 6, 8)


def test_when_the_last_service_ends_the_plan_ends_with_its_reminder_and_its_work(tmp_path):
    take_over_rows(tmp_path, SERVICE)
    ended = {"Event_End_Date": "01/09/2026", "Event_Outcome": "NFA: Support ended as planned"}

    report = take_over_rows(tmp_path, SERVICE | ended)

    plan = SupportPlan.objects.get()
    assert report.results == {"updated": 1}
    assert (plan.status, plan.ended_on, plan.next_review_on) == ("ended", date(2026, 9, 1), None)
    assert Anchor.objects.get().status == "closed"
    assert Review.objects.get().status == "cancelled"
    assert not WorkItem.objects.filter(closed_on=None).exists()


def test_a_death_ends_the_services_and_the_plan(tmp_path):
    take_over_rows(tmp_path, SERVICE | {"Date_of_Death": "01/05/2026"})

    assert PlanItem.objects.get().ends_on == date(2026, 5, 1)
    assert SupportPlan.objects.get().status == "ended"
    assert Person.objects.get().is_deceased


def test_a_plan_made_here_since_is_not_disturbed(tmp_path):
    take_over_rows(tmp_path, SERVICE)
    imported = SupportPlan.objects.get()
    SupportPlan.objects.filter(pk=imported.pk).update(status="superseded", next_review_on=None)

    take_over_rows(tmp_path, SERVICE | {"Unit_Cost": "30.00"})

    imported.refresh_from_db()
    assert imported.status == "superseded"
    assert PlanItem.objects.get().unit_cost == Decimal("30.00")


def test_a_finished_request_is_a_closed_contact_in_the_national_words(tmp_path):
    take_over_rows(tmp_path, REQUEST)
    contact = Contact.objects.get()

    assert (contact.status, contact.outcome, contact.route) == ("closed_ia", "nfa_advice", "community")
    assert (contact.imported_started_on, contact.imported_ended_on) == (date(2026, 2, 2), date(2026, 2, 3))
    assert contact.imported_outcome == REQUEST["Event_Outcome"]


def test_a_finished_assessment_keeps_the_national_words(tmp_path):
    take_over_rows(tmp_path, ASSESSMENT)
    assessment = Assessment.objects.get()

    assert (assessment.status, assessment.kind, assessment.origin) == ("issued", "needs", "imported")
    assert (assessment.imported_type, assessment.imported_eligible) == ("Long term assessment", "Yes")


# Rows that repeat each other


def test_a_row_that_repeats_another_word_for_word_changes_nothing(tmp_path):
    report = take_over_rows(tmp_path, SERVICE, SERVICE)

    assert report.results == {"created": 1, "unchanged": 1}
    assert PlanItem.objects.count() == 1


def test_a_row_with_the_reference_of_another_and_other_details_is_refused_wherever_it_stands(tmp_path):
    rows = [SERVICE, REQUEST, ASSESSMENT, SERVICE | {"Unit_Cost": "99.00"}]

    for _again in range(2):
        report = take_over_rows(tmp_path, *rows, rows_in_a_batch=2)
        assert [(each.row, each.field) for each in report.refused] == [(4, "Event_Reference")]
        assert "row 1" in report.refused[0].reason
    assert PlanItem.objects.get().unit_cost == Decimal("22.50")


def test_records_go_to_the_teams_given_each_person_always_to_the_same(tmp_path, made_file):
    teams = [TeamFactory(), TeamFactory(), TeamFactory()]
    take_over(made_file, teams=teams)

    of_person: dict[int, set[int]] = {}
    for model in (Contact, Assessment, SupportPlan):
        for person_id, team_id in model.objects.order_by("pk").values_list("person_id", "team_id"):
            of_person.setdefault(person_id, set()).add(team_id)
    assert {len(each) for each in of_person.values()} == {1}
    assert {team for each in of_person.values() for team in each} == {team.pk for team in teams}
