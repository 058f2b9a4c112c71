"""What people pay: a finance officer's lists, and a figure that is confirmed or changed once the budget is decided."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import AccessListFactory, TeamFactory, UserFactory
from accounts.tests.helpers import api_client, signed_in_client
from audit.models import Event, View
from budgets import services, timescales
from budgets.models import PersonalBudget
from budgets.tests.factories import IndicativeBudgetFactory, PersonalBudgetFactory, finished_assessment
from core import clock
from core.versions import StaleVersion
from core.workflow import WrongState
from people.models import Person
from people.tests.factories import AllocationFactory, PersonFactory
from support_plans.models import SupportPlan
from support_plans.tests.factories import PlanItemFactory, SupportPlanFactory
from worklist.models import Notification

pytestmark = pytest.mark.django_db

LIST = reverse("budgets:list-contributions")
Status = PersonalBudget.Status
DECIDED = ("approved", "agreed_with_person", "active", "under_review")


@pytest.fixture
def officer():
    return UserFactory(role_in=(Role.FINANCE_OFFICER, TeamFactory(name="Financial assessments")))


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def being_costed(**facts) -> PersonalBudget:
    """A plan with lines that cost money, and no figure yet."""
    plan = PlanItemFactory(plan=SupportPlanFactory(draft=True, **facts)).plan
    return PersonalBudgetFactory(status="draft", plan=plan, costed_at=None, contribution_source="")


def nobody_said(status="approved", **facts) -> PersonalBudget:
    return PersonalBudgetFactory(
        status=status, person_weekly=Decimal(0), council_weekly=Decimal(90), contribution_source="", **facts
    )


def entered(days: int, status="active", **facts) -> PersonalBudget:
    return PersonalBudgetFactory(
        status=status, contribution_entered_at=clock.now() - timedelta(days=days), **facts
    )


def listed(client, show: str) -> set[str]:
    return {budget.ref for budget in client.get(f"{LIST}?show={show}").context["page"].rows}


def set_it(budget, by, **facts):
    told = {"applies_from": clock.today(), "told_on": ago(3)}
    return services.set_contribution(
        budget=budget,
        by=by,
        now=clock.now(),
        **{
            "contribution": Decimal("30.00"),
            "contribution_source": "Financial assessment of today",
            "version": budget.version,
            **told,
            **facts,
        },
    )


# --- The lists --------------------------------------------------------------------------------------------------------


def test_each_list_holds_what_has_to_be_done_and_no_other(officer):
    to_enter = being_costed()
    to_confirm = [nobody_said(), nobody_said("active")]
    again = [entered(400), entered(340, "under_review")]
    entered(300)
    PersonalBudgetFactory(status="submitted")
    nobody_said("submitted")
    entered(400, "ended")
    PersonalBudgetFactory(status="draft", costed_at=None)  # nothing in its plan costs money yet
    client = signed_in_client(officer)

    assert listed(client, "enter") == {to_enter.ref}
    assert listed(client, "confirm") == {budget.ref for budget in to_confirm}
    assert listed(client, "again") == {budget.ref for budget in again}
    counts = {each.code: count for each, count in client.get(LIST).context["tabs"]}
    assert counts == {"enter": 1, "confirm": 2, "again": 2}


def test_the_page_opens_with_the_first_list_in_which_something_stands(officer):
    client = signed_in_client(officer)
    assert client.get(LIST).context["chosen"].code == "enter"

    budget = nobody_said()
    response = client.get(LIST)

    assert response.context["chosen"].code == "confirm"
    assert response.context["first"] == reverse("budgets:set-contribution", args=[budget.ref])


def test_a_figure_is_due_a_year_after_it_was_entered():
    assert timescales.contribution_due_on(entered_on=date(2025, 11, 30), months=12) == date(2026, 11, 30)
    assert timescales.contribution_due_on(entered_on=date(2024, 2, 29), months=12) == date(2025, 2, 28)


def test_the_list_says_when_a_figure_was_due(officer):
    entered(366 + 30)

    assert "Overdue by" in signed_in_client(officer).get(f"{LIST}?show=again").content.decode()


def test_money_of_somebody_the_officer_may_not_know_of_is_not_listed_and_not_found(officer):
    secret = PersonFactory(external_id="", level=Person.Level.SEALED, access_list=AccessListFactory())
    hidden = [
        nobody_said(plan=SupportPlanFactory(approved=True, person=secret)),
        nobody_said(access_list=AccessListFactory()),
    ]
    client = signed_in_client(officer)

    assert {count for _, count in client.get(LIST).context["tabs"]} == {0}
    for budget in hidden:
        address = reverse("budgets:set-contribution", args=[budget.ref])
        assert client.get(address).status_code == client.post(address).status_code == 404


@pytest.mark.parametrize(
    ("show", "make"), [("enter", being_costed), ("confirm", nobody_said), ("again", lambda: entered(400))]
)
def test_a_list_costs_the_same_for_one_row_and_for_fifty(officer, show, make):
    client = signed_in_client(officer)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{LIST}?show={show}").status_code == 200
        return len(queries)

    make()
    cost()
    one = cost()
    for _ in range(49):
        make()
    assert cost() == one
    assert one <= 10


# --- Confirming and changing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", DECIDED)
def test_the_same_figure_is_confirmed_and_nothing_else_changes(officer, status):
    budget = nobody_said(status)
    plan = SupportPlan.objects.get(pk=budget.plan_id)

    after = set_it(
        budget, officer, contribution=Decimal(0), contribution_source="Light touch", applies_from=None
    )

    assert (after.status, after.person_weekly, after.council_weekly) == (status, 0, 90)
    assert (after.contribution_source, after.contribution_entered_by) == ("Light touch", officer)
    assert after.contribution_from is None
    assert SupportPlan.objects.get(pk=plan.pk).updated_at == plan.updated_at
    assert Event.objects.get(code="budgets.contribution.confirmed").person_id == budget.person_id
    assert not Notification.objects.exists()


def test_a_new_figure_in_force_is_shared_out_anew_and_the_plan_shows_it(officer):
    budget = PersonalBudgetFactory(status="active", valid_from=ago(100))
    worker = UserFactory(worker_in=budget.team)
    AllocationFactory(person=budget.person, team=budget.team, worker=worker)

    after = set_it(budget, officer, contribution=Decimal("31.50"))

    part = after.allocations.get()
    assert (part.gross_weekly, part.person_weekly, part.net_weekly) == (
        Decimal("90.00"),
        Decimal("31.50"),
        Decimal("58.50"),
    )
    after.refresh_from_db()
    assert (after.status, after.total_weekly, after.council_weekly) == ("active", 90, Decimal("58.50"))
    assert (after.contribution_from, after.contribution_told_on) == (clock.today(), ago(3))
    plan = SupportPlan.objects.get(pk=budget.plan_id)
    assert (plan.person_weekly, plan.council_weekly) == (Decimal("31.50"), Decimal("58.50"))
    event = Event.objects.get(code="budgets.contribution.changed")
    assert event.detail == {"person": "31.50", "before": "25.00"}
    told = Notification.objects.get(recipient=worker, channel="in_app")
    assert told.template == "budgets.contribution_changed"


def test_another_figure_before_the_start_has_to_be_acknowledged_anew(officer):
    budget = PersonalBudgetFactory(
        status="agreed_with_person", acknowledged_on=ago(2), acknowledged_how="On the phone"
    )
    SupportPlan.objects.filter(pk=budget.plan_id).update(figures_acknowledged_on=ago(2))

    after = set_it(budget, officer, applies_from=None, told_on=None)

    assert (after.status, after.acknowledged_on, after.acknowledged_how) == ("approved", None, "")
    plan = SupportPlan.objects.get(pk=budget.plan_id)
    assert (plan.figures_acknowledged_on, plan.person_weekly) == (None, Decimal("30.00"))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"contribution": Decimal("90.01")}, "contribution"),
        ({"contribution": Decimal("-0.01")}, "contribution"),
        ({"contribution_source": "  "}, "contribution_source"),
        ({"applies_from": None}, "applies_from"),
        ({"applies_from": ago(-1)}, "applies_from"),
        ({"applies_from": ago(101), "told_on": ago(120)}, "applies_from"),
        ({"told_on": None}, "told_on"),
        ({"told_on": ago(-1)}, "told_on"),
        # A higher figure never applies from a day before the person was told.
        ({"applies_from": ago(10), "told_on": ago(9)}, "applies_from"),
    ],
)
def test_a_figure_that_does_not_fit_is_refused_and_nothing_changes(officer, facts, field):
    budget = PersonalBudgetFactory(status="active", valid_from=ago(100))

    with pytest.raises(ValidationError) as refusal:
        set_it(budget, officer, **facts)

    assert field in refusal.value.message_dict
    budget.refresh_from_db()
    assert (budget.person_weekly, budget.version) == (25, 1)


def test_a_lower_figure_may_apply_from_before_the_person_was_told(officer):
    budget = PersonalBudgetFactory(status="active", valid_from=ago(100))

    after = set_it(budget, officer, contribution=Decimal(10), applies_from=ago(60), told_on=ago(2))

    assert (after.person_weekly, after.contribution_from) == (10, ago(60))


@pytest.mark.parametrize("status", Status.values)
def test_what_a_person_pays_is_set_here_only_once_the_budget_is_decided(officer, status):
    budget = PersonalBudgetFactory(status=status)
    address = reverse("budgets:set-contribution", args=[budget.ref])
    page = signed_in_client(officer).get(address)

    if status in DECIDED:
        assert page.status_code == 200
        set_it(budget, officer)
        return
    assert page.status_code == 409
    with pytest.raises(WrongState, match="decided"):
        set_it(budget, officer)


@pytest.mark.parametrize("role", Role.values)
def test_only_a_finance_officer_sets_what_a_person_pays(role):
    budget = PersonalBudgetFactory(status="active")
    user = UserFactory(role_in=(role, budget.team))

    if role == Role.FINANCE_OFFICER:
        set_it(budget, user)
        return
    with pytest.raises(PermissionDenied, match="Only a finance officer"):
        set_it(budget, user)
    address = reverse("budgets:set-contribution", args=[budget.ref])
    assert signed_in_client(user).get(address).status_code == 403


def test_a_stale_figure_is_not_overwritten_and_both_are_shown(officer):
    budget = PersonalBudgetFactory(status="approved")
    set_it(budget, officer)
    with pytest.raises(StaleVersion):
        set_it(budget, officer, version=1)

    page = signed_in_client(officer).post(
        reverse("budgets:set-contribution", args=[budget.ref]),
        {"contribution": "12.00", "contribution_source": "Letter", "version": "1"},
    )

    assert page.status_code == 409
    text = page.content.decode()
    assert "12.00" in text
    assert "30.00" in text


def test_the_figure_is_set_through_the_pages_and_leaves_the_list(officer):
    budget = nobody_said("active", valid_from=ago(10))
    client = signed_in_client(officer)
    address = client.get(LIST).context["first"]
    text = client.get(address).content.decode()
    assert "Nobody has said where this comes from" in text

    refused = client.post(address, {"contribution": "0", "contribution_source": "", "version": "1"})
    done = client.post(address, {"contribution": "0", "contribution_source": "Light touch", "version": "1"})

    assert refused.status_code == 400
    assert (done.status_code, done.url) == (302, budget.get_absolute_url())
    assert not listed(client, "confirm")
    assert "From: Light touch" in client.get(done.url).content.decode()


def test_a_finance_officer_enters_the_figure_while_the_plan_is_costed_and_comes_back_to_the_budget(officer):
    budget = being_costed()
    client = signed_in_client(officer)
    address = client.get(LIST).context["first"]

    page = client.get(address)
    done = client.post(
        address,
        {
            "contribution": "25",
            "contribution_source": "Financial assessment",
            "variance_reason": "market_rate",
            "variance_note": "No estimate.",
            "version": str(budget.version),
        },
    )

    assert budget.plan.get_absolute_url() not in page.content.decode()
    assert (done.status_code, done.url) == (302, budget.get_absolute_url())
    assert client.get(done.url).status_code == 200
    budget.refresh_from_db()
    assert (budget.person_weekly, budget.contribution_entered_by) == (25, officer)
    assert budget.contribution_entered_at == budget.costed_at


def test_the_api_sets_the_figure_under_the_same_rules(officer):
    budget = PersonalBudgetFactory(status="active", valid_from=ago(100))
    address = f"/api/v1/budgets/{budget.ref}/contribution/"
    facts = {
        "contribution": "30.00",
        "contribution_source": "Financial assessment",
        "applies_from": clock.today().isoformat(),
        "told_on": ago(1).isoformat(),
    }
    client = api_client(officer)

    assert client.post(address, facts).status_code == 428
    answer = client.post(address, facts, headers={"If-Match": '"1"'})
    wrong = client.post(address, {**facts, "contribution": "500"}, headers={"If-Match": '"2"'})
    worker = api_client(UserFactory(worker_in=budget.team))

    assert (answer.status_code, answer.json()["person_weekly"]) == (200, "30.00")
    assert wrong.status_code == 400
    assert worker.post(address, facts, headers={"If-Match": '"2"'}).status_code == 403


# --- The money of a person, as money staff see it ---------------------------------------------------------------------


@pytest.fixture(params=[Role.FINANCE_OFFICER, Role.DIRECT_PAYMENTS_OFFICER])
def money_staff(request):
    return UserFactory(role_in=(request.param, TeamFactory(name="Financial assessments")))


@pytest.fixture
def with_estimate():
    """A budget with the working of its estimate behind it."""
    person, team = PersonFactory(risk="high"), TeamFactory()
    assessment = finished_assessment(person=person, team=team)
    lines = [
        {"domain": "nutrition", "code": "A", "level": 2, "points": "8", "carer_share": "0.5", "counted": "4"}
    ]
    plan = SupportPlanFactory(active=True, person=person, team=team, assessment=assessment)
    estimate = IndicativeBudgetFactory(assessment=assessment, lines=lines)
    return PersonalBudgetFactory(status="active", plan=plan, indicative=estimate)


def test_money_staff_open_a_person_at_their_money_and_the_look_is_written_down(money_staff, with_estimate):
    person = with_estimate.person

    response = signed_in_client(money_staff).get(person.get_absolute_url(), follow=True)

    assert response.redirect_chain == [(reverse("budgets:list-budgets", args=[person.ref]), 302)]
    assert [view.page for view in View.objects.filter(person_id=person.pk)] == ["budgets:list-budgets"]
    text = response.content.decode()
    assert person.name in text
    assert "High risk" not in text
    for name in (
        "people:list-events",
        "support_plans:list-plans",
        "people:show-network",
        "people:show-views",
    ):
        assert reverse(name, args=[person.ref]) not in text


def test_money_staff_see_the_sums_of_an_estimate_and_nothing_of_the_assessment(money_staff, with_estimate):
    address = with_estimate.get_absolute_url()
    worker = UserFactory(worker_in=with_estimate.team)

    for_money = signed_in_client(money_staff).get(address).content.decode()
    for_worker = signed_in_client(worker).get(address).content.decode()

    assert "Half (50%)" in for_worker
    assert with_estimate.plan.get_absolute_url() in for_worker
    assert "Half (50%)" not in for_money
    assert with_estimate.plan.get_absolute_url() not in for_money
    assert "20 points" in for_money
    assert "£95.00 a week" in for_money


def test_the_api_gives_money_staff_the_sums_of_an_estimate_without_its_lines(money_staff, with_estimate):
    address = f"/api/v1/budgets/{with_estimate.ref}/"
    worker = UserFactory(worker_in=with_estimate.team)

    assert len(api_client(worker).get(address).json()["indicative"]["lines"]) == 1
    given = api_client(money_staff).get(address).json()["indicative"]
    assert (given["lines"], given["weekly"]) == ([], "95.00")


def test_money_staff_do_not_open_plans_assessments_or_notes(money_staff, with_estimate):
    client = signed_in_client(money_staff)
    person = with_estimate.person

    for address in (
        with_estimate.plan.get_absolute_url(),
        with_estimate.plan.assessment.get_absolute_url(),
        reverse("people:list-events", args=[person.ref]),
        reverse("people:show-details", args=[person.ref]),
        reverse("people:add-person"),
    ):
        assert client.get(address).status_code == 403, address


def test_money_staff_find_people_and_never_those_they_may_not_know_of(money_staff):
    PersonFactory(given_names="Harold", family_name="Ashdown")
    PersonFactory(
        given_names="Hilda", family_name="Ashdown", external_id="",
        level=Person.Level.SEALED, access_list=AccessListFactory(),
    )  # fmt: skip
    client = signed_in_client(money_staff)

    page = client.post(reverse("people:search"), {"q": "ashdown"}, follow=True)

    text = page.content.decode()
    assert [row["person"].given_names for row in page.context["rows"]] == ["Harold"]
    assert "Hilda" not in text
    assert "Add a new person" not in text
