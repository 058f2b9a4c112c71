"""A broker finds who gives approved support: what is listed, what may be recorded, and what stays as it was approved."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import AccessListFactory, TeamFactory, UserFactory
from accounts.tests.helpers import api_client, signed_in_client
from audit.models import Event
from core import clock
from core.versions import StaleVersion
from core.workflow import WrongState
from people.models import Person
from people.tests.factories import PersonFactory
from support_plans import permissions, services
from support_plans.models import Mode, PlanItem, SupportPlan
from support_plans.tests.factories import PlanItemFactory, ProviderFactory, SupportPlanFactory

pytestmark = pytest.mark.django_db

LIST = reverse("support_plans:list-to-source")


def arranged(plan=None, **facts):
    """Home care that the council arranges and nobody gives yet."""
    plan = plan or SupportPlanFactory(approved=True)
    return PlanItemFactory(
        plan=plan, mode=Mode.COUNCIL_MANAGED, by=PlanItem.By.HOME_CARE, how_met="Help each morning", **facts
    )


@pytest.fixture
def broker():
    return UserFactory(role_in=(Role.BROKER, TeamFactory(name="Brokerage")))


def source(item, by, **facts):
    return services.source_item(
        item=item,
        by=by,
        now=clock.now(),
        **{"provider": None, "provider_name": "Quarry Home Care", "starts_on": clock.today(), "version": 1}
        | facts,
    )


def listed(client, show: str) -> set[str]:
    return {item.ref for item in client.get(f"{LIST}?show={show}").context["page"].rows}


# --- What is listed ---------------------------------------------------------------------------------------------------


def test_the_list_holds_approved_support_without_a_provider_or_without_a_first_day(broker):
    nobody = arranged()
    running = arranged(SupportPlanFactory(active=True))
    no_day = arranged(provider_name="Quarry Home Care")
    client = signed_in_client(broker)

    assert listed(client, "provider") == {nobody.ref, running.ref}
    assert listed(client, "start") == {no_day.ref}
    counts = {code: count for code, _, count in client.get(LIST).context["tabs"]}
    assert counts == {"provider": 2, "start": 1}


@pytest.mark.parametrize(
    "facts",
    [
        {"plan": {"draft": True}},
        {"plan": {"submitted": True}},
        {"plan": {"ended": True}},
        {"plan": {"imported": True}},
        {"item": {"mode": Mode.DIRECT_PAYMENT}},
        {"item": {"mode": ""}, "free": True},
        {"item": {"removed": True}},
        {"item": {"provider_name": "Quarry Home Care", "starts_on": clock.today()}},
        {"plan": {"active": True}, "item": {"provider_name": "Quarry Home Care"}},
    ],
)
def test_what_needs_no_broker_is_not_listed(broker, facts):
    plan = SupportPlanFactory(**facts.get("plan", {"approved": True}))
    free = {"cost_weekly": Decimal("0.00")} if facts.get("free") else {}
    PlanItemFactory(plan=plan, **{"mode": Mode.COUNCIL_MANAGED, **free, **facts.get("item", {})})
    client = signed_in_client(broker)

    assert not listed(client, "provider") | listed(client, "start")


def test_support_of_somebody_the_broker_may_not_know_of_is_not_listed_and_not_found(broker):
    secret = PersonFactory(external_id="", level=Person.Level.SEALED, access_list=AccessListFactory())
    of_a_secret_person = arranged(SupportPlanFactory(approved=True, person=secret))
    of_a_secret_plan = arranged(SupportPlanFactory(approved=True, access_list=AccessListFactory()))
    client = signed_in_client(broker)

    assert not listed(client, "provider")
    assert {code: count for code, _, count in client.get(LIST).context["tabs"]}["provider"] == 0
    for item in (of_a_secret_person, of_a_secret_plan):
        address = reverse("support_plans:source-item", args=[item.ref])
        assert client.get(address).status_code == 404
        assert client.post(address, {"provider_name": "x", "version": "1"}).status_code == 404


@pytest.mark.parametrize("show", ["provider", "start"])
def test_the_list_costs_the_same_for_one_line_and_for_fifty(broker, show):
    client = signed_in_client(broker)
    facts = {"provider_name": "Quarry Home Care"} if show == "start" else {}

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{LIST}?show={show}")
        return len(queries)

    arranged(**facts)
    cost()
    one = cost()
    for _ in range(49):
        arranged(**facts)
    assert cost() == one
    assert one <= 10


# --- What is recorded -------------------------------------------------------------------------------------------------


def test_a_broker_records_the_provider_and_the_first_day_through_the_pages(broker):
    item = arranged()
    provider = ProviderFactory(name="Quarry Home Care")
    client = signed_in_client(broker)
    address = reverse("support_plans:source-item", args=[item.ref])

    assert address in client.get(LIST).content.decode()
    looked = client.post(address, {"provider_name": "quarry", "look_up": "1", "version": "1"})
    assert "Quarry Home Care, home care" in looked.content.decode()
    day = clock.today() + timedelta(days=3)
    answer = client.post(
        address,
        {
            "provider_name": "quarry",
            "provider": provider.ref,
            "starts_on_day": day.day,
            "starts_on_month": day.month,
            "starts_on_year": day.year,
            "version": "1",
        },
    )

    assert (answer.status_code, answer.url) == (302, LIST)
    item.refresh_from_db()
    assert (item.provider, item.provider_name, item.starts_on) == (provider, "Quarry Home Care", day)
    assert not listed(client, "provider") | listed(client, "start")
    event = Event.objects.get(code="support_plans.item.sourced")
    assert (event.by, event.person_id) == (broker, item.person_id)


def test_what_was_approved_stays_as_it_was(broker):
    item = arranged()
    before = {
        name: getattr(item, name)
        for name in ("how_met", "quantity", "unit_cost", "cost_weekly", "costed_by_id", "mode", "need_codes")
    }

    item = source(item, broker)

    item.refresh_from_db()
    assert {name: getattr(item, name) for name in before} == before
    assert item.version == 2


def test_a_stale_line_is_not_overwritten(broker):
    item = arranged()
    source(item, broker)

    with pytest.raises(StaleVersion):
        source(item, broker, provider_name="Another")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"provider_name": "  "}, "provider_name"),
        ({"starts_on": None}, "starts_on"),
        ({"starts_on": clock.today() - timedelta(days=1)}, "starts_on"),
        ({"starts_on": clock.today() + timedelta(days=40)}, "starts_on"),
    ],
)
def test_a_provider_and_a_day_that_fits_are_needed(broker, facts, field):
    item = arranged(ends_on=clock.today() + timedelta(days=30))

    with pytest.raises(ValidationError) as refusal:
        source(item, broker, **facts)

    assert set(refusal.value.message_dict) == {field}


def test_support_that_runs_already_needs_no_day_of_its_own(broker):
    item = source(arranged(SupportPlanFactory(active=True)), broker, starts_on=None)

    assert (item.provider_name, item.starts_on) == ("Quarry Home Care", None)


@pytest.mark.parametrize("state", SupportPlan.Status.values)
def test_only_approved_and_running_plans_are_sourced(broker, state):
    item = arranged(SupportPlanFactory(**{state: True}))

    if state in ("approved", "active"):
        source(item, broker)
        return
    with pytest.raises(WrongState, match="approved and running"):
        source(item, broker)
    page = signed_in_client(broker).get(reverse("support_plans:source-item", args=[item.ref]))
    assert page.status_code == 409


@pytest.mark.parametrize(
    "facts", [{"mode": Mode.DIRECT_PAYMENT}, {"removed": True}, {"plan": {"imported": True}}]
)
def test_support_that_is_not_ours_to_arrange_is_not_sourced(broker, facts):
    plan = SupportPlanFactory(**facts.pop("plan", {"approved": True}))
    item = PlanItemFactory(plan=plan, **{"mode": Mode.COUNCIL_MANAGED, **facts})

    with pytest.raises(WrongState):
        source(item, broker)


MAY = {
    Role.BROKER: "anywhere",
    Role.PRACTITIONER: "in the team",
    Role.SOCIAL_WORKER: "in the team",
    Role.OCCUPATIONAL_THERAPIST: "in the team",
}


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("where", ["in the team", "elsewhere"])
def test_who_may_record_who_gives_support(role, where):
    item = arranged()
    user = UserFactory(role_in=(role, item.plan.team if where == "in the team" else TeamFactory()))

    may = MAY.get(role) in ("anywhere", where)

    assert bool(permissions.can_source(user, item.plan)) is may
    if not may:
        with pytest.raises(PermissionDenied, match="Only a broker"):
            source(item, user)


def test_a_worker_of_the_team_finds_the_way_from_the_plan_and_back(broker):
    item = arranged()
    address = reverse("support_plans:source-item", args=[item.ref])
    worker = UserFactory(worker_in=item.plan.team)
    client = signed_in_client(worker)

    assert address in client.get(item.plan.get_absolute_url()).content.decode()
    assert item.plan.get_absolute_url() in client.get(address).content.decode()
    assert client.get(LIST).status_code == 403
    elsewhere = signed_in_client(UserFactory(worker_in=TeamFactory()))
    assert address not in elsewhere.get(item.plan.get_absolute_url()).content.decode()
    assert elsewhere.get(address).status_code == 403


def test_the_api_records_a_provider_under_the_same_rules(broker):
    item = arranged()
    address = f"/api/v1/support-plans/{item.plan.ref}/items/{item.ref}/source/"
    facts = {"provider_name": "Quarry Home Care", "starts_on": clock.today().isoformat()}
    client = api_client(broker)

    assert client.post(address, facts).status_code == 428
    answer = client.post(address, facts, headers={"If-Match": '"1"'})

    assert answer.status_code == 200, answer.content
    assert answer.json()["provider_name"] == "Quarry Home Care"
    stranger = api_client(UserFactory(manager_of=item.plan.team))
    assert stranger.post(address, facts, headers={"If-Match": '"2"'}).status_code == 403
