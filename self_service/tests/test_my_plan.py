"""Agreeing with the plan on one's own pages: what was read, who said so and when, and where a comment lands."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.tests.factories import UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event
from core import clock, form_keys
from core.workflow import WrongState
from people.tests.factories import PortalAccessFactory
from support_plans import services
from support_plans.models import SupportPlan
from worklist.models import Conversation, Notification, Task

pytestmark = pytest.mark.django_db
ADDRESS = "/my/plan/agree/"
TOKEN = "Xylophone"


@pytest.fixture
def with_person(journey):
    """A plan near its estimate that the person reads, with its figures."""
    journey.drafted().with_lines(("Visits", "10", "15.00", "direct_payment")).costed()
    services.send_to_person(plan=journey.plan, version=None, by=journey.worker, now=journey.now)
    journey.plan.refresh_from_db()
    return journey


def answer(plan, view="agree", **more):
    return {
        "form_key": form_keys.new_key(),
        "version": plan.version,
        "view": view,
        "comments": "" if view == "agree" else TOKEN,
        **more,
    }


def test_the_person_agrees_once_and_state_who_when_and_trail_are_written_together(
    with_person, person_user, browser_of_person
):
    plan = with_person.plan
    assert b"tell us what you think" in browser_of_person.get(reverse("self_service:home")).content
    given = answer(plan)

    for _ in range(2):
        response = browser_of_person.post(ADDRESS, given)
        assert response.status_code == 302

    plan.refresh_from_db()
    assert plan.status == SupportPlan.Status.AGREED
    assert (plan.answered_by, plan.agreed_how) == (person_user, "On their own pages")
    assert plan.agreed_on == clock.today()
    event = Event.objects.get(code="support_plans.plan.agreed")
    assert (event.by, event.at) == (person_user, plan.answered_at)
    assert Notification.objects.filter(
        recipient=with_person.worker, template="support_plans.answered"
    ).exists()
    assert not Task.objects.filter(kind="plan_disagreed").exists()


def test_who_acts_for_the_person_signs_with_their_name(with_person, browser_of_person):
    anna = PortalAccessFactory(
        person=with_person.person, acting_for=True, user=UserFactory(public=True, name="Anna Whitlow")
    ).user

    signed_in_client(anna).post(ADDRESS, answer(with_person.plan))

    with_person.plan.refresh_from_db()
    assert with_person.plan.agreed_how == "On their own pages, by Anna Whitlow, who acts for them"
    page = browser_of_person.get(reverse("self_service:plan")).content.decode()
    assert "Anna Whitlow, who acts for you" in page
    staff = signed_in_client(with_person.worker).get(with_person.plan.get_absolute_url()).content.decode()
    assert "Recorded by Anna Whitlow" in staff


def test_who_does_not_agree_makes_a_task_for_the_planner_that_closes_with_the_next_version(
    with_person, browser_of_person
):
    plan = with_person.plan

    browser_of_person.post(ADDRESS, answer(plan, "disagree"))

    plan.refresh_from_db()
    assert (plan.status, plan.disagreement) == (SupportPlan.Status.DISAGREED, TOKEN)
    task = Task.objects.open().get(kind="plan_disagreed")
    assert task.owner == with_person.worker
    assert TOKEN not in f"{task.title}{task.why}"
    services.send_to_person(plan=plan, version=None, by=with_person.worker, now=clock.now())
    assert not Task.objects.open().filter(kind="plan_disagreed").exists()


def test_a_comment_lands_with_the_planner_and_leaves_the_plan_with_the_person(with_person, browser_of_person):
    response = browser_of_person.post(ADDRESS, answer(with_person.plan, "ask"))

    conversation = Conversation.objects.get()
    assert response.headers["Location"] == reverse("self_service:message", args=[conversation.ref])
    assert (conversation.about, conversation.url) == ("plan", with_person.plan.get_absolute_url())
    assert Task.objects.open().get(kind="MESSAGE_REPLY").owner == with_person.worker
    with_person.plan.refresh_from_db()
    assert with_person.plan.status == SupportPlan.Status.WITH_PERSON


def test_an_answer_to_an_older_version_is_refused_with_what_was_typed(with_person, browser_of_person):
    plan = with_person.plan
    SupportPlan.objects.filter(pk=plan.pk).update(version=plan.version + 1)

    response = browser_of_person.post(ADDRESS, answer(plan, "disagree"))

    assert response.status_code == 409
    assert TOKEN.encode() in response.content
    plan.refresh_from_db()
    assert plan.status == SupportPlan.Status.WITH_PERSON


def test_a_plan_without_its_figures_can_be_commented_on_and_not_agreed(journey, browser_of_person):
    journey.drafted().with_lines(("Visits", "10", "15.00", "direct_payment"))
    services.send_to_person(plan=journey.plan, version=None, by=journey.worker, now=journey.now)
    journey.plan.refresh_from_db()

    page = browser_of_person.get(ADDRESS).content
    refused = browser_of_person.post(ADDRESS, answer(journey.plan))

    assert b"still working out the money" in page
    assert b"I agree with it" not in page
    assert refused.status_code == 400
    journey.plan.refresh_from_db()
    assert journey.plan.status == SupportPlan.Status.WITH_PERSON


@pytest.mark.parametrize("view", ["disagree", "ask"])
def test_who_objects_or_asks_says_so_in_words(with_person, browser_of_person, view):
    response = browser_of_person.post(ADDRESS, answer(with_person.plan, view, comments=" "))

    assert response.status_code == 400
    assert b"Tell us in your own words" in response.content


#                         agree  disagree  comment
WHO = {
    "self": (True, True, True),
    "consent": (True, True, True),
    "lpa_health": (True, True, True),
    "deputy_welfare": (True, True, True),
    "advocate": (False, False, True),
    "lpa_property": (False, False, False),
    "appointee": (False, False, False),
    "who may only see": (False, False, False),
    "stranger": (False, False, False),
}


def reader(kind, person):
    if kind == "stranger":
        return UserFactory(public=True)
    if kind == "self":
        return PortalAccessFactory(person=person).user
    if kind == "who may only see":
        return PortalAccessFactory(person=person, viewing_only=True).user
    facts = {
        "lpa_health": {"covers_money": False, "lacks_capacity_on": clock.today()},
        "deputy_welfare": {"covers_money": False},
        "lpa_property": {"covers_care": False, "covers_details": False},
        "appointee": {"covers_care": False, "covers_details": False},
    }.get(kind, {})
    return PortalAccessFactory(person=person, relation="representative", kind=kind, **facts).user


@pytest.mark.parametrize("kind", WHO)
@pytest.mark.parametrize(("place", "does"), [(0, "agree"), (1, "disagree"), (2, "comment")])
def test_who_may_answer_a_plan_and_how(with_person, kind, place, does):
    plan, user = with_person.plan, reader(kind, with_person.person)

    def act():
        if does == "comment":
            return services.comment_on_plan(plan=plan, text="Words", by=user, now=clock.now())
        return services.record_agreement(
            plan=plan, agreed=does == "agree", how="Here", disagreement="Words", version=None, by=user,
            now=clock.now(),
        )  # fmt: skip

    if WHO[kind][place]:
        act()
    else:
        with pytest.raises(PermissionDenied):
            act()


def test_a_plan_that_is_no_longer_with_the_person_is_not_commented_on(with_person, person_user):
    services.take_back(plan=with_person.plan, version=None, by=with_person.worker, now=clock.now())

    with pytest.raises(WrongState):
        services.comment_on_plan(plan=with_person.plan, text="Words", by=person_user, now=clock.now())
