"""What a person sees of their own care, and what they can say about it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import View
from budgets.models import BudgetReview, PersonalBudget
from budgets.tests.factories import BudgetReviewFactory
from core import form_keys
from people.tests.factories import PersonFactory
from self_service.money import areas_of, plain
from self_service.tests.conftest import give_access
from support_plans.models import Review, SupportPlan

pytestmark = pytest.mark.django_db
DEARER = {"variance_reason": "market_rate", "variance_note": "Evening calls cost more here."}
MONEY = re.compile(r"£([\d,]+\.\d\d)")


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_home_page_says_what_is_happening_who_to_call_and_records_the_view(
    journey, person_user, browser_of_person
):
    journey.drafted()

    page = browser_of_person.get(reverse("self_service:home"))

    assert "We are writing your plan with you." in text_of(page)
    assert "01632" in text_of(page)
    assert "999" in text_of(page)
    view = View.objects.get(person_id=journey.person.pk, by=person_user)
    assert view.page == "self_service:home"


def test_an_account_without_access_sees_no_pages_of_anybody():
    stranger = signed_in_client(UserFactory(audience="public"))

    assert stranger.get(reverse("self_service:home")).status_code == 404


def test_figures_are_not_shown_before_they_are_approved(journey, browser_of_person):
    journey.sent_for_approval()

    page = text_of(browser_of_person.get(reverse("self_service:budget")))

    assert "No money has been agreed yet" in page
    assert not MONEY.search(page)


def test_the_money_page_shows_lines_that_add_up_to_the_printed_totals(journey, browser_of_person):
    # Given the sixth worked example of domain/money.md, approved by the panel's role
    journey.drafted().with_lines().costed(**DEARER).agreed().submitted()
    panel = UserFactory(role_in=("service_manager", journey.team))
    journey.approved(by=panel)

    # When the person reads it
    response = browser_of_person.get(reverse("self_service:budget"))
    page = text_of(response)

    # Then the three steps are there and every sum is right
    assert "37.75 is rounded to 38 points" in page
    assert "£150.00 a week" in page
    assert "£150.00 + £18.40 = £168.40" in page
    assert "we put in £75.00" in page
    assert "you put in £25.00" in page
    shown = response.context
    assert (
        sum((item.cost_weekly for item in shown["buys"]), Decimal(0))
        == shown["buys_total"]
        == Decimal("168.40")
    )
    assert (
        sum(Decimal(points) for _, points, _ in shown["areas"])
        == Decimal(shown["points"])
        == Decimal("37.75")
    )
    budget = shown["budget"]
    assert budget.council_weekly + budget.person_weekly == budget.total_weekly


def test_reading_the_figures_is_recorded_once(journey, browser_of_person):
    journey.sent_for_approval().approved()

    for _ in range(2):
        browser_of_person.post(reverse("self_service:acknowledge-figures"))

    budget = PersonalBudget.objects.get(person=journey.person)
    assert budget.acknowledged_on is not None
    assert "I have read these figures" not in text_of(browser_of_person.get(reverse("self_service:budget")))


def test_this_looks_wrong_opens_one_dated_review_and_leaves_the_budget_alone(
    journey, person_user, browser_of_person
):
    # Given a budget in force
    journey.in_force()
    before = PersonalBudget.objects.get(person=journey.person).total_weekly

    # When the person says twice, by a double click, that it looks wrong
    answer = {"form_key": form_keys.new_key(), "what_looks_wrong": "Ola costs £16 an hour now"}
    first = browser_of_person.post(reverse("self_service:ask-about-budget"), answer)
    second = browser_of_person.post(reverse("self_service:ask-about-budget"), answer)

    # Then one review stands with a promised day, and the money is as it was
    assert first.status_code == second.status_code == 302
    review = BudgetReview.objects.get(person=journey.person)
    assert review.requested_by == person_user
    assert review.answer_by is not None
    assert PersonalBudget.objects.get(person=journey.person).total_weekly == before
    sent = text_of(browser_of_person.get(first.headers["Location"]))
    assert "We have your question" in sent


def test_a_question_without_words_comes_back_with_what_to_do(journey, browser_of_person):
    journey.in_force()

    page = browser_of_person.post(reverse("self_service:ask-about-budget"), {"form_key": form_keys.new_key()})

    assert page.status_code == 400
    assert "Tell us what looks wrong, in your own words" in text_of(page)


def test_the_answer_to_a_question_is_shown_with_its_reasons_and_the_way_to_complain(
    journey, browser_of_person
):
    journey.in_force()
    BudgetReviewFactory(budget=PersonalBudget.objects.get(person=journey.person), notified=True)

    page = text_of(browser_of_person.get(reverse("self_service:budget")))

    assert "The budget stays as it is" in page
    assert "it pays for all visits" in page
    assert "Ombudsman" in page


def test_the_plan_is_shown_once_it_is_with_the_person(journey, browser_of_person):
    journey.drafted().with_lines()
    assert "There is no plan to show yet" in text_of(browser_of_person.get(reverse("self_service:plan")))

    journey.costed(**DEARER).agreed()

    page = text_of(browser_of_person.get(reverse("self_service:plan")))
    assert "Evening calls" in page
    assert "My own kitchen" in page


def test_a_person_asks_for_a_review_of_an_active_plan_once(journey, browser_of_person):
    journey.in_force()
    answer = {"form_key": form_keys.new_key(), "why": "Karen works on Saturdays now"}

    for _ in range(2):
        response = browser_of_person.post(reverse("self_service:ask-for-review"), answer)
        assert response.status_code == 302

    review = Review.objects.get(person=journey.person, kind=Review.Kind.REQUESTED)
    assert review.plan.status == SupportPlan.Status.ACTIVE


@pytest.mark.parametrize("name", ["ask-about-budget", "ask-for-review", "acknowledge-figures"])
def test_somebody_who_may_only_see_is_refused_with_a_reason(journey, name):
    journey.in_force()
    watcher = signed_in_client(give_access(journey, relation="carer", scope="view"))

    assert watcher.get(reverse("self_service:budget")).status_code == 200
    response = watcher.post(reverse(f"self_service:{name}"), {"form_key": form_keys.new_key()})

    assert response.status_code == 403
    assert "right to act" in text_of(response)


@pytest.mark.parametrize(("scope", "asked"), [("act", True), ("view", False)])
def test_only_who_may_tell_us_that_they_read_the_figures_is_asked_to(journey, scope, asked):
    journey.sent_for_approval().approved()
    helper = signed_in_client(give_access(journey, relation="carer", scope=scope))

    assert ("What we need from you" in text_of(helper.get(reverse("self_service:home")))) is asked


def test_someone_with_two_people_chooses_whose_pages_to_see(journey):
    # Given a carer who has pages of their own and sees another's
    user = give_access(journey, relation="carer", scope="view")
    own = PersonFactory(given_names="Karen", family_name="Whitlow")
    access = user.portal_access.create(
        person=own, relation="self", scope="act", valid_from="2026-01-01", granted_by=journey.worker
    )
    client = signed_in_client(user)

    # When they come, they see their own; and after choosing, the other's
    assert "Hello Karen" in text_of(client.get(reverse("self_service:home")))
    other = user.portal_access.exclude(pk=access.pk).get()
    client.post(reverse("self_service:switch"), {"whose": other.ref})

    assert "as carer of" in text_of(client.get(reverse("self_service:home")))


def test_access_that_ended_yesterday_opens_nothing(journey):
    user = give_access(journey)
    user.portal_access.update(valid_to="2026-01-02")

    assert signed_in_client(user).get(reverse("self_service:home")).status_code == 404


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            {"code": "A", "points": "8", "carer_share": "0", "counted": "8.00"},
            ("Eating and drinking", "8", ""),
        ),
        (
            {"code": "D", "points": "5", "carer_share": "0.25", "counted": "3.75"},
            ("Getting dressed", "3.75", "5, and your carer does a quarter"),
        ),
        (
            {"code": "F", "points": "4", "carer_share": "1.00", "counted": "0.00"},
            ("Keeping the home", "0", "4, and your carer does all"),
        ),
        (
            {"code": "J", "points": "0", "carer_share": "0", "counted": "0.00"},
            ("Looking after a child", "0", "No help needed"),
        ),
    ],
)
def test_a_line_of_the_estimate_reads_in_plain_words(line, expected):
    [area] = areas_of([line])

    assert (area.name, plain(area.counted), area.note) == expected


@pytest.mark.parametrize("name", ["home", "budget", "plan"])
def test_a_page_costs_the_same_however_much_there_is(
    journey, browser_of_person, name, django_assert_max_num_queries
):
    journey.in_force()
    browser_of_person.get(reverse(f"self_service:{name}"))

    with django_assert_max_num_queries(14):
        browser_of_person.get(reverse(f"self_service:{name}"))
