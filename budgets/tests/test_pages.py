"""The way from needs to a reviewed budget through the pages, as the people who walk it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event, View
from budgets import services as budgets
from budgets.models import BudgetReview, PersonalBudget
from budgets.tests.factories import BudgetReviewFactory, PersonalBudgetFactory
from core import clock, form_keys
from people.tests.factories import PersonFactory
from support_plans.models import PlanItem, Review, SupportPlan
from support_plans.tests.factories import (
    PlanItemFactory,
    ProviderFactory,
    ReviewFactory,
    SupportPlanFactory,
)

pytestmark = pytest.mark.django_db


def key() -> dict[str, str]:
    return {"form_key": form_keys.new_key()}


def day(name: str, on) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def went_on(response) -> str:
    assert response.status_code == 302, response.content.decode()[:4000]
    return response.url


def read(client, url: str, *words: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    text = response.content.decode()
    for each in words:
        assert each in text, (url, each)
    return text


def test_a_plan_is_drafted_costed_agreed_approved_and_started_through_the_pages(journey):
    budgets.make_indicative(assessment_id=journey.assessment.pk, by=journey.manager, now=journey.now)
    worker = signed_in_client(journey.worker)
    manager = signed_in_client(journey.manager)
    provider = ProviderFactory(name="Brookside Care at Home")
    today = clock.today()

    read(
        worker,
        reverse("support_plans:list-plans", args=[journey.person.ref]),
        "Draft a plan from the needs assessment",
    )
    draft = reverse("support_plans:draft-plan", args=[journey.assessment.ref])
    read(worker, draft, "Draft a support plan")
    url = went_on(worker.post(draft, key()))
    read(worker, url, "version 1", "£150.00", "Add support", "Missing before it can be approved")
    plan = SupportPlan.objects.get(person=journey.person)

    def version() -> dict[str, str]:
        return {"version": str(SupportPlan.objects.get(pk=plan.pk).version)}

    for part, facts in {
        "what-matters": {"what_matters": "My own kitchen"},
        "advice": {"advice_meeting_needs": "The lunch club", "advice_preventing_needs": "The falls class"},
        "contingency": {"contingency": "Ring Karen"},
        "direct-payment": {"direct_payment_frequency": "Every 4 weeks"},
        "start": day("starts_on", today),
    }.items():
        part_url = f"{url}parts/{part}/"
        read(worker, part_url)
        went_on(worker.post(part_url, {**facts, **version()}))
    read(worker, f"{url}needs/", "help declined because")
    went_on(worker.post(f"{url}needs/", {"declined_A": "", **version()}))

    item = {
        "need_codes": [need["code"] for need in plan.needs],
        "how_met": "Visits in the morning",
        "by": "home_care",
        "provider_name": "brookside",
        "quantity": "10",
        "unit": "hour",
        "unit_cost": "15.00",
        "stream": "asc",
        "mode": "direct_payment",
        **key(),
    }
    read(worker, f"{url}support/add/?need=A", "Add support")
    looked = worker.post(f"{url}support/add/", {**item, "look_up": "1"})
    assert "Brookside Care at Home, home care" in looked.content.decode()
    assert not PlanItem.objects.exists()
    first = went_on(worker.post(f"{url}support/add/", {**item, "provider": provider.ref}))
    again = went_on(worker.post(f"{url}support/add/", {**item, "provider": provider.ref}))
    assert first == again
    line = PlanItem.objects.get()
    assert (line.cost_weekly, line.provider_name) == (150, "Brookside Care at Home")
    change = f"{url}support/{line.ref}/"
    read(worker, change, "Visits in the morning")
    went_on(
        worker.post(
            change,
            {**item, "provider": provider.ref, "how_met": "Visits, mornings", "version": str(line.version)},
        )
    )
    read(worker, f"{change}remove/", "leaves the plan")
    read(worker, url, "Visits, mornings", "Cost the plan")

    read(worker, f"{url}cost/", "£150.00", "A team manager can decide")
    cost = {"contribution": "25", "contribution_source": "Financial assessment", "version": "1"}
    went_on(worker.post(f"{url}cost/", cost))
    read(worker, url, "Give to the person", f"Council £125.00, {plan.person.first_name} £25.00")
    read(worker, f"{url}send/")
    went_on(worker.post(f"{url}send/", version()))
    read(worker, f"{url}agree/")
    went_on(worker.post(f"{url}agree/", {"agreed": "yes", "how": "On a visit", **version()}))
    read(worker, url, "Send for approval")
    read(worker, f"{url}submit/", "£150.00 a week")
    went_on(worker.post(f"{url}submit/", version()))

    read(manager, "/manage/approvals/", "Plans and budgets to approve", "£7,800.00")
    read(manager, "/manage/approvals/?show=all", "Yes")
    read(manager, f"{url}approve/", "Save the decision", "Your limit is £15,600.00 a year")
    budget = PersonalBudget.objects.get(plan=plan)
    went_on(
        manager.post(f"{url}approve/", {"decision": "approve", "reasons": "", "version": str(budget.version)})
    )
    read(worker, url, "Record the copy given", "not yet started")
    read(worker, f"{url}copy/")
    went_on(worker.post(f"{url}copy/", {**day("on", today), "format": "Large print", **version()}))
    read(worker, f"{url}figures/", "£150.00 a week")
    budget.refresh_from_db()
    went_on(worker.post(f"{url}figures/", {"how": "On a visit", "version": str(budget.version)}))

    plan.refresh_from_db()
    assert plan.status == SupportPlan.Status.ACTIVE
    read(worker, url, "Ask for a review", "First review")
    read(
        worker,
        budget.get_absolute_url(),
        "37.75",
        "38 points",
        "£7,800.00 a year",
        "How it is paid, each week",
        "Say what looks wrong",
        "None raised so far",
    )
    read(worker, reverse("budgets:list-budgets", args=[journey.person.ref]), "Version 1", "Estimates")
    read(worker, "/budgets/points-table/1/", "Eating and drinking", "Not confirmed by the council")
    read(worker, reverse("support_plans:list-plans", args=[journey.person.ref]), "Active")
    assert View.objects.filter(person_id=journey.person.pk, by=journey.worker).count() > 20


def test_a_review_is_held_written_up_and_closed_through_the_pages(journey):
    journey.in_force()
    worker = signed_in_client(journey.worker)
    review = journey.plan.reviews.get()
    url = review.get_absolute_url()

    def version() -> dict[str, str]:
        return {"version": str(Review.objects.get(pk=review.pk).version)}

    read(worker, "/reviews/", "First review")
    read(worker, "/reviews/?show=mine&overdue=1", "No review is overdue here")
    read(worker, url, "The plan as it is", "Record that it was held")
    read(worker, f"{url}invite/")
    went_on(worker.post(f"{url}invite/", version()))
    read(worker, f"{url}hold/")
    went_on(worker.post(f"{url}hold/", {**day("held_on", clock.today()), **version()}))
    found = {
        "working": "The mornings go well",
        "not_working": "",
        "changed": "",
        "person_words": "“I can cook again.”",
        "achieved": "fully",
        "budget_still_right": "yes",
    }
    read(worker, url, "Save what was found")
    stale = version()
    went_on(worker.post(url, {**found, **version()}))
    late = worker.post(url, {**found, "working": "Other words", **stale})
    assert late.status_code == 409
    assert "Other words" in late.content.decode()
    assert "The mornings go well" in late.content.decode()
    read(worker, f"{url}close/")
    went_on(worker.post(f"{url}close/", {"outcome": "unchanged", **version()}))

    review.refresh_from_db()
    assert review.status == Review.Status.CLOSED
    read(worker, url, "Support unchanged", "I can cook again")
    ask = reverse("support_plans:request-review", args=[journey.plan.ref])
    read(worker, ask, "Ask for a review")
    asked = went_on(worker.post(ask, {"kind": "requested", "reason": "Came home from hospital", **key()}))
    read(worker, asked, "Came home from hospital", "Decline the review")
    read(worker, f"{asked}decline/")
    other = Review.objects.get(kind="requested")
    went_on(worker.post(f"{asked}decline/", {"because": "Held last week", "version": str(other.version)}))
    read(worker, asked, "Held last week")
    read(worker, reverse("support_plans:new-version", args=[journey.plan.ref]), "Draft a new version")


def test_a_budget_is_challenged_and_the_challenge_decided_through_the_pages(journey):
    journey.in_force()
    worker, manager = signed_in_client(journey.worker), signed_in_client(journey.manager)
    ask = reverse("budgets:ask-for-review", args=[journey.budget.ref])
    read(worker, ask, "stays so while this is looked at")
    content = {"what_looks_wrong": "The evening visits are missing", **key()}
    url = went_on(worker.post(ask, content))
    assert went_on(worker.post(ask, content)) == url
    review = BudgetReview.objects.get()

    def version() -> dict[str, str]:
        review.refresh_from_db()
        return {"version": str(review.version)}

    read(worker, "/budgets/reviews/", "Asked for")
    read(worker, url, "The evening visits are missing", "Acknowledge")
    read(worker, f"{url}acknowledge/")
    went_on(worker.post(f"{url}acknowledge/", version()))
    read(worker, f"{url}meanwhile/")
    went_on(worker.post(f"{url}meanwhile/", {"interim_support": "One more visit on Saturdays", **version()}))
    assert worker.get(f"{url}decide/").status_code == 403
    read(manager, f"{url}decide/", "never lower it")
    refused = manager.post(
        f"{url}decide/", {"decision": "corrected", "new_weekly": "100", "reasons": "Too high", **version()}
    )
    assert refused.status_code == 400
    assert "A review cannot lower a budget" in refused.content.decode()
    went_on(
        manager.post(
            f"{url}decide/", {"decision": "unchanged", "reasons": "All visits are paid", **version()}
        )
    )
    read(worker, f"{url}tell/")
    went_on(worker.post(f"{url}tell/", {**day("on", clock.today()), **version()}))

    review.refresh_from_db()
    assert review.status == BudgetReview.Status.NOTIFIED
    read(worker, url, "All visits are paid", "Person told")
    assert journey.budget.status == PersonalBudget.Status.ACTIVE


def test_a_plan_is_taken_back_returned_and_ended_through_the_pages(journey):
    journey.drafted().with_lines(("Visits", "10", "15.00", "direct_payment")).costed().agreed()
    worker, manager = signed_in_client(journey.worker), signed_in_client(journey.manager)
    url = journey.plan.get_absolute_url()

    def version() -> dict[str, str]:
        return {"version": str(SupportPlan.objects.get(pk=journey.plan.pk).version)}

    read(worker, f"{url}take-back/", "no longer counts")
    went_on(worker.post(f"{url}take-back/", version()))
    journey.agreed().submitted()
    assert worker.get(f"{url}approve/").status_code == 403
    went_on(
        manager.post(
            f"{url}approve/",
            {"decision": "return", "reasons": "Say who stands in", "version": str(journey.budget.version)},
        )
    )
    read(worker, url, "Say who stands in")
    read(worker, journey.budget.get_absolute_url(), "Returned for changes")
    line = journey.plan.items.get()
    went_on(worker.post(f"{url}support/{line.ref}/remove/", {"version": str(line.version)}))
    read(manager, f"{url}end/", "This cannot be undone")
    went_on(manager.post(f"{url}end/", {**day("on", clock.today()), "reason": "Moved away", **version()}))
    read(worker, url, "Moved away")


def test_a_disagreement_is_kept_with_the_steps_taken(journey):
    journey.drafted().with_lines(("Visits", "10", "15.00", "direct_payment")).costed()
    worker = signed_in_client(journey.worker)
    url = journey.plan.get_absolute_url()
    went_on(worker.post(f"{url}send/", {"version": str(SupportPlan.objects.get(pk=journey.plan.pk).version)}))
    version = str(SupportPlan.objects.get(pk=journey.plan.pk).version)

    unsaid = worker.post(f"{url}agree/", {"agreed": "no", "how": "By phone", "version": version})
    assert "the steps taken" in unsaid.content.decode()
    went_on(
        worker.post(
            f"{url}agree/",
            {"agreed": "no", "how": "By phone", "disagreement": "Wants evenings", "version": version},
        )
    )

    read(worker, url, "Wants evenings")


def test_a_stale_part_shows_both_texts_and_keeps_what_was_typed(journey):
    journey.drafted()
    worker = signed_in_client(journey.worker)
    url = f"{journey.plan.get_absolute_url()}parts/what-matters/"
    version = str(SupportPlan.objects.get(pk=journey.plan.pk).version)
    went_on(worker.post(url, {"what_matters": "Saved first", "version": version}))

    late = worker.post(url, {"what_matters": "Typed meanwhile", "version": version})

    assert late.status_code == 409
    assert "Saved first" in late.content.decode()
    assert "Typed meanwhile" in late.content.decode()


@pytest.mark.parametrize(
    "facts,words",
    [
        ({"quantity": "ten"}, "must be a number"),
        ({"quantity": "-1"}, "must be 0 or more"),
        ({"unit_cost": "fifteen"}, "amount of money"),
        ({"how_met": "x" * 10_000}, "too long"),
        ({"how_met": "a\x00b"}, "cannot store"),
        ({"need_codes": []}, "needs does this meet"),
        ({"by": "nobody"}, "from the list"),
        ({"mode": ""}, "Select who holds the money"),
        ({"unit_cost": ""}, "Enter both how much and the cost of one"),
        ({"ends_on_day": "31", "ends_on_month": "2", "ends_on_year": "2027"}, "real date"),
        ({"provider": "no-such-ref"}, "Look the provider up again"),
    ],
)
def test_bad_input_of_a_line_is_refused_in_words_and_kept(journey, facts, words):
    journey.drafted()
    worker = signed_in_client(journey.worker)
    good = {
        "need_codes": ["A"],
        "how_met": "Visits",
        "by": "home_care",
        "quantity": "1",
        "unit_cost": "15",
        "stream": "asc",
        "mode": "direct_payment",
        "outcome_wanted": "سلام and 𝄞 stay",
        **key(),
    }

    response = worker.post(f"{journey.plan.get_absolute_url()}support/add/", {**good, **facts})

    text = response.content.decode()
    assert response.status_code == 400
    assert words in text
    assert "سلام and 𝄞 stay" in text
    assert not PlanItem.objects.exists()


def test_strangers_get_404_for_a_restricted_record_and_insiders_of_other_teams_403_for_acting(journey):
    journey.drafted()
    other = UserFactory(role_in=(Role.PRACTITIONER, TeamFactory()))
    client = signed_in_client(other)

    assert client.get(journey.plan.get_absolute_url()).status_code == 200
    refused = client.get(f"{journey.plan.get_absolute_url()}support/add/")
    assert refused.status_code == 403
    assert "of the team that holds the plan" in refused.content.decode()

    hidden = PersonFactory(sealed=True)
    SupportPlan.objects.filter(pk=journey.plan.pk).update(person=hidden)
    assert client.get(journey.plan.get_absolute_url()).status_code == 404


def test_an_imported_plan_says_that_its_details_are_completed_at_the_next_review(journey):
    plan = SupportPlanFactory(imported=True, person=journey.person, team=journey.team)
    PlanItemFactory(plan=plan, need_codes=[], origin="imported", mode="")
    review = ReviewFactory(plan=plan, held=True)
    worker = signed_in_client(journey.worker)

    read(worker, plan.get_absolute_url(), "Details to complete at the next review")
    read(worker, review.get_absolute_url(), "complete its details at this review")
    assert worker.get(f"{plan.get_absolute_url()}cost/").status_code == 409
    assert worker.post(f"{plan.get_absolute_url()}parts/start/", {}).status_code == 400
    read(worker, f"{plan.get_absolute_url()}new-version/")


@pytest.mark.parametrize(
    "address", ["/reviews/?show=all", "/manage/approvals/?show=all", "/budgets/reviews/?show=all"]
)
def test_a_list_costs_the_same_for_one_row_and_for_six(journey, address):
    def add() -> None:
        ReviewFactory(due_on=clock.today() - timedelta(days=1))
        PersonalBudgetFactory(status="submitted", team=journey.team)
        BudgetReviewFactory()

    reader = UserFactory(role_in=(Role.SERVICE_MANAGER, journey.team))
    client = signed_in_client(reader)
    add()
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(address)
    for _ in range(5):
        add()
    with CaptureQueriesContext(connection) as six:
        response = client.get(address)

    assert response.status_code == 200
    assert len(six) == len(one)
    assert len(six) <= 10


def test_each_step_leaves_one_event_of_its_own(journey):
    journey.in_force()

    codes = list(
        Event.objects.filter(person_id=journey.person.pk, code__regex=r"^(support_plans|budgets)\.")
        .exclude(code__contains=".item.")
        .order_by("pk")
        .values_list("code", flat=True)
    )
    assert sorted(codes) == sorted(
        [
            "budgets.estimate.made",
            "budgets.budget.opened",
            "support_plans.plan.drafted",
            "support_plans.plan.part_saved",
            "budgets.budget.costed",
            "support_plans.plan.sent_to_person",
            "support_plans.plan.agreed",
            "support_plans.plan.submitted",
            "budgets.budget.submitted",
            "support_plans.plan.approved",
            "budgets.budget.approved",
            "support_plans.plan.copy_given",
            "budgets.budget.acknowledged",
            "support_plans.plan.activated",
            "budgets.budget.activated",
        ]
    )
