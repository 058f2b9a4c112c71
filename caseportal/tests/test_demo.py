"""The demo council: each story stands where it was told to stand, in every rule of the product."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import nhs_number
import pytest
from django.core.management import CommandError, call_command

from accounts.models import Team, User
from assessments.models import Assessment
from budgets.models import BudgetReview, PersonalBudget
from budgets.permissions import can_approve
from caseportal.tests.told import stories_told
from contacts.models import Contact, Handover
from core import clock
from core.models import Draft
from people.models import Allocation, Person, PortalAccess, Risk
from reablement.models import Episode
from support_plans.models import SupportPlan
from support_plans.services import waits_for
from worklist.models import Anchor, Conversation, Task, WorkItem


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """A small demo council, made once for these tests and taken away after them."""
    with stories_told(django_db_blocker, people=40):
        yield


pytestmark = pytest.mark.django_db


def person(given, family):
    return Person.objects.get(given_names=given, family_name=family)


def user(name):
    return User.objects.get(name=name)


def test_peggy_has_an_agreed_budget_and_has_not_said_that_she_has_seen_the_figures():
    peggy = person("Margaret Ann", "Whitlow")
    budget = PersonalBudget.objects.get(person=peggy)
    shares = {share.mode: share for share in budget.allocations.all()}

    assert budget.status == PersonalBudget.Status.APPROVED
    assert (budget.indicative.score, budget.indicative.weekly) == (38, Decimal("150.00"))
    assert (budget.total_weekly, budget.person_weekly, budget.council_weekly) == (
        Decimal("168.40"),
        Decimal("25.00"),
        Decimal("143.40"),
    )
    assert shares["direct_payment"].net_weekly == Decimal("75.00")
    assert shares["council_managed"].net_weekly == Decimal("68.40")
    assert waits_for(budget.plan, today=budget.plan.starts_on) == [
        "the person has not acknowledged the figures"
    ]
    assert {access.scope for access in PortalAccess.objects.filter(person=peggy)} == {"act", "view"}
    assert peggy.relationships.get(is_main_carer=True).other_person == person("Karen", "Whitlow")
    assert {need.code for need in peggy.communication_needs.all()} == {"hard_of_hearing", "large_print"}


def test_peggys_message_waits_for_a_reply_and_the_one_before_was_answered():
    peggy = person("Margaret Ann", "Whitlow")
    rows = Conversation.objects.filter(person=peggy).order_by("last_at")
    assert [row.status for row in rows] == ["answered", "waiting"]
    assert Task.objects.open().get(kind="MESSAGE_REPLY", person=peggy).owner == user("Aisha Khan")


def test_harolds_niece_acts_for_him_in_everything_but_money():
    access = PortalAccess.objects.get(user__name="Ruby Ashdown")
    assert (access.may_act, access.covers_care, access.covers_money) == (True, True, False)


def test_dereks_new_assessment_is_half_written_and_has_the_one_before_beside_it():
    derek = person("Derek", "Lomax")
    now_one = Assessment.objects.open().get(person=derek)

    assert now_one.status == Assessment.Status.STARTED
    assert now_one.previous.status == Assessment.Status.ISSUED
    assert now_one.outcome_answers.count() == 2
    assert now_one.previous.outcome_answers.count() == 10


def test_leons_plan_waits_for_his_manager_who_may_decide_it():
    budget = PersonalBudget.objects.get(person=person("Leon", "Fairweather"))

    assert budget.status == PersonalBudget.Status.SUBMITTED
    assert budget.total_weekly == Decimal("286.40")
    assert can_approve(user("Tom Bell"), budget)
    assert not can_approve(user("Aisha Khan"), budget)


def test_junes_yearly_review_is_late_and_stands_in_her_workers_list():
    plan = SupportPlan.objects.active().get(person=person("June", "Pettifer"))
    task = Task.objects.open().get(person=plan.person, kind="REVIEW_ANNUAL")

    assert plan.next_review_on < clock.today()
    assert task.due_on < clock.today()
    assert task.owner == user("Aisha Khan")
    assert task.escalated_to == "service_manager"


def test_harold_says_that_his_budget_is_wrong_and_nothing_is_cut_meanwhile():
    review = BudgetReview.objects.get(person=person("Harold", "Ashdown"))

    assert review.requested_by.name == "Harold Ashdown"
    assert review.old_weekly == Decimal("214.80")
    assert review.budget.plan.status == SupportPlan.Status.ACTIVE


def test_sandra_is_at_high_risk_and_nobody_is_named():
    sandra = person("Sandra", "Okoro")

    assert sandra.risk == Risk.HIGH
    assert not Allocation.objects.filter(person=sandra, worker__isnull=False).exists()
    assert Anchor.objects.open().filter(person=sandra, rule_code="UNALLOCATED").exists()


def test_last_nights_contact_waits_to_be_looked_at_and_a_hand_over_to_be_answered():
    contact = Contact.objects.get(person=person("Vera", "Lindqvist"))
    handover = Handover.objects.get(person=person("Iris", "Calloway"))

    assert contact.status == Contact.Status.RECEIVED
    assert clock.london_date(contact.received_at) == clock.today() - timedelta(days=1)
    assert handover.status == Handover.Status.OPEN
    assert handover.to_team.code == "riverside"


def test_nothing_has_happened_with_maureen_for_23_days():
    item = WorkItem.objects.open().get(person=person("Maureen", "Tait"))

    assert item.owner == user("Aisha Khan")
    assert item.last_activity_on == clock.today() - timedelta(days=23)


def test_harrys_reablement_ends_this_week_and_a_referral_waits_to_be_looked_at():
    episode = Episode.objects.get(person=person("Harold Kwame", "Osei"))
    waiting = Episode.objects.get(person=person("Winifred", "Archer"))

    assert episode.day_number(clock.today()) == 39
    assert episode.last_free_on == clock.today() + timedelta(days=3)
    assert episode.goals.count() == 4
    assert set(episode.weeks.values_list("number", flat=True)) == {1, 2, 3, 4, 5}
    assert Task.objects.open().filter(person=episode.person, kind="REAB_END").exists()
    assert waiting.status == Episode.Status.REFERRED
    assert WorkItem.objects.open().filter(kind="reablement").count() == 2


def test_drafts_of_a_worker_wait_in_their_list():
    assert Draft.objects.filter(owner=user("Aisha Khan"), kind="people.note").count() == 2


def test_everybody_told_of_has_a_number_that_was_never_issued_and_a_place_that_does_not_exist():
    told = Person.objects.filter(origin="portal")

    assert told.count() == 13
    assert all(each.nhs_number.startswith("999") and nhs_number.is_valid(each.nhs_number) for each in told)
    assert all(address.postcode.startswith("ZZ") for each in told for address in each.addresses.all())
    assert all(each.phone.startswith("01632 960") for each in told)


def test_people_came_from_the_return_and_some_of_them_have_a_worker():
    imported = Person.objects.filter(origin="imported")

    assert imported.count() >= 40
    assert Allocation.objects.filter(person__in=imported, worker__isnull=False).exists()


def test_a_second_start_adds_nothing_and_a_second_making_is_refused():
    before = (Person.objects.count(), Team.objects.count(), Task.objects.count())

    call_command("seed_demo", if_empty=True, stdout=StringIO())
    with pytest.raises(CommandError, match="empty database only"):
        call_command("seed_demo")

    assert (Person.objects.count(), Team.objects.count(), Task.objects.count()) == before
