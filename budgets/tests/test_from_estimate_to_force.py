"""Estimate, cost, approval, the person's word, in force: plan and money together."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

import budgets.services as budgets
import support_plans.services as support_plans
from accounts.models import Role
from accounts.tests.factories import UserFactory
from audit.models import Event
from budgets.models import IndicativeBudget, PersonalBudget
from core import clock
from core.versions import StaleVersion
from core.workflow import WrongState
from people.tests.factories import PortalAccessFactory
from support_plans.models import Review, SupportPlan
from worklist.models import Anchor, Task, WorkItem

pytestmark = pytest.mark.django_db


def test_the_estimate_is_kept_with_a_line_of_working_for_each_domain(journey):
    estimate = budgets.make_indicative(
        assessment_id=journey.assessment.pk, by=journey.manager, now=journey.now
    )

    assert (estimate.raw_points, estimate.score, estimate.weekly) == (Decimal("37.75"), 38, Decimal("150.00"))
    assert len(estimate.lines) == 10
    assert estimate.lines[1] == {
        "domain": "hygiene",
        "code": "B",
        "level": 3,
        "points": "12",
        "carer_share": "0.5",
        "counted": "6",
    }


def test_an_estimate_made_again_is_a_new_row_and_the_first_stays_as_it_was(journey):
    first = budgets.make_indicative(assessment_id=journey.assessment.pk, by=journey.manager, now=journey.now)
    second = budgets.make_indicative(assessment_id=journey.assessment.pk, by=journey.manager, now=journey.now)

    assert (first.number, second.number) == (1, 2)
    assert IndicativeBudget.objects.count() == 2


def test_a_draft_plan_knows_its_estimate_at_once(journey):
    plan = journey.drafted().plan

    plan.refresh_from_db()
    assert plan.indicative_weekly == Decimal("150.00")
    assert plan.total_weekly is None


def test_the_worked_example_costs_168_40_and_the_person_s_25_pounds_come_off_the_direct_payment(journey):
    journey.drafted().with_lines()
    journey.costed(
        variance_reason="market_rate", variance_note="Evening calls cost more than the table allows"
    )

    budget = journey.budget
    assert (budget.total_weekly, budget.person_weekly, budget.council_weekly) == (
        Decimal("168.40"),
        Decimal("25.00"),
        Decimal("143.40"),
    )
    assert budget.variance_percent == Decimal("12.27")
    assert list(
        budget.allocations.order_by("-gross_weekly").values_list(
            "mode", "gross_weekly", "person_weekly", "net_weekly"
        )
    ) == [
        ("direct_payment", Decimal("100.00"), Decimal("25.00"), Decimal("75.00")),
        ("council_managed", Decimal("68.40"), Decimal("0.00"), Decimal("68.40")),
    ]
    journey.plan.refresh_from_db()
    assert journey.plan.total_weekly == Decimal("168.40")
    assert journey.plan.budget_ref == budget.ref


def test_a_cost_far_from_the_estimate_needs_a_reason_and_goes_to_the_panel(journey):
    journey.drafted().with_lines()
    with pytest.raises(ValidationError, match="departs so far from the estimate"):
        journey.costed()

    journey.costed(variance_reason="market_rate", variance_note="Local prices").agreed().submitted()

    assert journey.budget.route == "panel"
    with pytest.raises(PermissionDenied, match="goes to the panel"):
        journey.approved()
    journey.approved(by=UserFactory(role_in=(Role.SERVICE_MANAGER, journey.team)))
    assert journey.budget.status == PersonalBudget.Status.APPROVED


def test_a_contribution_needs_a_source_and_is_never_above_the_cost(journey):
    journey.drafted().with_lines(("Visits", "10", "15.00", "direct_payment"))

    with pytest.raises(ValidationError) as refused:
        budgets.cost(
            budget=journey.budget,
            contribution=Decimal("150.01"),
            contribution_source="",
            version=None,
            by=journey.worker,
            now=journey.now,
        )
    assert set(refused.value.message_dict) == {"contribution", "contribution_source"}


def test_money_of_others_and_help_that_is_free_are_not_part_of_the_budget(journey):
    journey.drafted().with_lines(("Visits", "10", "15.00", "direct_payment"))
    support_plans.add_item(
        plan=journey.plan,
        facts={
            "need_codes": ["A"],
            "how_met": "Nursing visits",
            "by": "health",
            "quantity": Decimal("2"),
            "unit_cost": Decimal("40"),
            "stream": "nhs_chc",
        },
        by=journey.worker,
        now=journey.now,
    )

    journey.costed()

    assert journey.budget.total_weekly == Decimal("150.00")


def test_a_plan_goes_from_estimate_to_running_and_its_reviews_come_by_themselves(journey):
    journey.in_force()

    plan, budget = journey.plan, journey.budget
    plan.refresh_from_db()
    today = clock.london_date(journey.now)
    assert (plan.status, budget.status) == (SupportPlan.Status.ACTIVE, PersonalBudget.Status.ACTIVE)
    assert plan.next_review_on == today + timedelta(days=42)
    first = plan.reviews.get()
    assert (first.kind, first.due_on, first.latest_on) == (
        Review.Kind.INITIAL,
        today + timedelta(days=42),
        today + timedelta(days=56),
    )
    dates = dict(Anchor.objects.open().filter(subject_ref=plan.ref).values_list("rule_code", "legal_on"))
    assert dates == {
        "REVIEW_INITIAL": today + timedelta(days=42),
        "REVIEW_ANNUAL": today.replace(year=today.year + 1),
    }
    assert (
        WorkItem.objects.open().filter(person=journey.person).values_list("kind", flat=True).get()
        == "monitoring"
    )


def test_sending_a_plan_on_opens_a_dated_task_for_the_approver_and_the_decision_closes_it(journey):
    journey.sent_for_approval()
    anchor = Anchor.objects.open().get(rule_code="PLAN_APPROVE")
    assert anchor.url == f"/support-plans/{journey.plan.ref}/approve/"

    journey.approved()

    anchor.refresh_from_db()
    assert anchor.status == Anchor.Status.CLOSED
    assert not Task.objects.open().filter(anchor=anchor).exists()


@pytest.mark.parametrize(
    "who,why", [("assessor", "you made the assessment"), ("worker", "you entered the costs")]
)
def test_neither_assessor_nor_coster_approves_even_as_a_manager(journey, who, why):
    from accounts.tests.factories import give_role

    journey.sent_for_approval()
    user = getattr(journey, who)
    give_role(user, Role.TEAM_MANAGER, journey.team)

    with pytest.raises(PermissionDenied, match=why):
        journey.approved(by=user)

    assert journey.budget.status == PersonalBudget.Status.SUBMITTED
    journey.plan.refresh_from_db()
    assert journey.plan.status == SupportPlan.Status.SUBMITTED


def test_a_team_manager_is_refused_above_the_limit_and_told_the_limit(journey):
    PersonalBudget.objects.filter(plan=journey.drafted().plan).update(one_off=0)
    IndicativeBudget.objects.all()
    journey.with_lines(("Visits", "10", "15.00", "direct_payment"))
    support_plans.add_item(
        plan=journey.plan,
        facts={
            "need_codes": ["A"],
            "how_met": "A stair lift",
            "by": "adaptation",
            "cost_one_off": Decimal("8000.00"),
            "mode": "council_managed",
        },
        by=journey.worker,
        now=journey.now,
    )
    journey.costed().agreed().submitted()

    with pytest.raises(
        PermissionDenied, match=r"£15,800.00 a year is above your limit: your limit is £15,600.00"
    ):
        journey.approved()


def test_who_comes_second_is_told_who_decided_and_nothing_changes(journey):
    journey.sent_for_approval().approved()
    late = UserFactory(manager_of=journey.team)

    with pytest.raises(WrongState, match=f"{journey.manager.name} has decided already"):
        journey.approved(by=late)

    assert Event.objects.filter(code="budgets.budget.approved").count() == 1


def test_a_stale_approval_is_refused(journey):
    journey.sent_for_approval()

    with pytest.raises(StaleVersion):
        budgets.approve(
            budget=journey.budget,
            reasons="",
            version=journey.budget.version - 1,
            by=journey.manager,
            now=journey.now,
        )


@pytest.mark.parametrize("action,state", [("return_for_changes", "returned"), ("reject", "rejected")])
def test_a_plan_sent_back_can_be_changed_costed_again_and_sent_again(journey, action, state):
    journey.sent_for_approval()

    getattr(budgets, action)(
        budget=journey.budget, reasons="Say who stands in", version=None, by=journey.manager, now=journey.now
    )

    journey.plan.refresh_from_db()
    assert (journey.plan.status, journey.budget.status) == ("returned", state)
    assert Task.objects.open().get(kind="plan_returned").owner == journey.worker
    journey.costed().agreed().submitted().approved()
    assert journey.budget.status == PersonalBudget.Status.APPROVED


def test_sending_back_needs_reasons(journey):
    journey.sent_for_approval()

    with pytest.raises(ValidationError, match="Write the reasons"):
        budgets.return_for_changes(
            budget=journey.budget, reasons=" ", version=None, by=journey.manager, now=journey.now
        )


def test_a_plan_changed_after_costing_must_be_costed_again_before_it_goes_on(journey):
    journey.drafted().with_lines(("Visits", "10", "15.00", "direct_payment")).costed()
    support_plans.add_item(
        plan=journey.plan,
        facts={
            "need_codes": ["A"],
            "how_met": "Meals",
            "by": "meals",
            "quantity": Decimal("1"),
            "unit_cost": Decimal("5"),
            "mode": "council_managed",
        },
        by=journey.worker,
        now=journey.now,
    )
    journey.agreed()

    with pytest.raises(ValidationError, match="cost it again"):
        journey.submitted()


def test_the_person_can_acknowledge_the_figures_on_their_own_pages_only_with_a_right_to_act(journey):
    journey.sent_for_approval().approved()
    viewer = PortalAccessFactory(person=journey.person, scope="view", user=UserFactory(public=True)).user
    actor = PortalAccessFactory(
        person=journey.person, scope="act", relation="representative", user=UserFactory(public=True)
    ).user

    with pytest.raises(PermissionDenied):
        budgets.acknowledge_figures(budget=journey.budget, how="On my own pages", by=viewer, now=journey.now)
    budgets.acknowledge_figures(budget=journey.budget, how="On my own pages", by=actor, now=journey.now)

    assert journey.budget.status == PersonalBudget.Status.AGREED_WITH_PERSON
    journey.plan.refresh_from_db()
    assert journey.plan.figures_acknowledged_on == clock.london_date(journey.now)


def test_a_plan_that_starts_later_starts_by_the_daily_job_and_not_before(journey):
    journey.drafted()
    start = clock.london_date(journey.now) + timedelta(days=5)
    support_plans.save_part(
        plan=journey.plan, facts={"starts_on": start}, version=None, by=journey.worker, now=journey.now
    )
    journey.with_lines(("Visits", "10", "15.00", "direct_payment")).costed().agreed().submitted().approved()
    journey.copied().acknowledged()
    assert journey.budget.status == PersonalBudget.Status.AGREED_WITH_PERSON

    clock.move_to(start)
    assert support_plans.activate_due_plans(today=start) == 1
    assert support_plans.activate_due_plans(today=start) == 0

    assert journey.budget.status == PersonalBudget.Status.ACTIVE


def test_a_new_version_replaces_the_running_plan_and_its_budget(journey):
    journey.in_force()
    old = journey.plan
    first_budget = journey.budget
    journey.plan = support_plans.draft(
        person=journey.person,
        team=journey.team,
        assessment=journey.assessment,
        by=journey.worker,
        now=journey.now,
        copy_from=old,
    )
    support_plans.save_part(
        plan=journey.plan,
        facts={"starts_on": clock.london_date(journey.now)},
        version=None,
        by=journey.worker,
        now=journey.now,
    )

    journey.costed().agreed().submitted().approved().copied().acknowledged()

    old.refresh_from_db()
    first_budget.refresh_from_db()
    assert (old.status, first_budget.status) == ("superseded", "superseded")
    assert journey.plan.number == 2
    assert SupportPlan.objects.active().get(person=journey.person) == journey.plan
    assert not Anchor.objects.open().filter(subject_ref=old.ref).exists()
    assert not old.reviews.open().exists()


def test_a_lower_budget_needs_a_new_assessment(journey):
    journey.in_force()
    old = journey.plan
    journey.plan = support_plans.draft(
        person=journey.person,
        team=journey.team,
        assessment=journey.assessment,
        by=journey.worker,
        now=journey.now,
        copy_from=old,
    )
    item = journey.plan.items.get()
    support_plans.change_item(
        item=item, facts={"quantity": Decimal("9")}, version=None, by=journey.worker, now=journey.now
    )
    support_plans.save_part(
        plan=journey.plan,
        facts={"starts_on": clock.london_date(journey.now)},
        version=None,
        by=journey.worker,
        now=journey.now,
    )
    journey.costed().agreed()

    with pytest.raises(ValidationError, match="may not lower a budget"):
        journey.submitted()


def test_a_death_ends_plan_budget_reviews_and_reminders_on_the_day(journey):
    import people.services as people

    journey.in_force()

    people.record_death(
        person=journey.person,
        date_of_death=clock.london_date(journey.now),
        by=journey.worker,
        now=journey.now,
    )

    journey.plan.refresh_from_db()
    assert (journey.plan.status, journey.budget.status) == ("ended", "ended")
    assert journey.plan.ended_on == clock.london_date(journey.now)
    assert not journey.plan.reviews.open().exists()
    assert not Anchor.objects.open().filter(person=journey.person, rule_code__startswith="REVIEW").exists()
