"""What is changed in the configuration stands in the trail: who, when, and each field before and after."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import Membership, Registration, Role, Team, User
from accounts.tests.factories import RegistrationFactory, TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit import catalogue, events
from audit.models import Event
from budgets.models import AllocationTable, ApprovalLimit, ChargingRateSet
from core import clock
from core.admin import WritesTrail
from core.models import BankHoliday, Outbox, PolicySetting
from directory.models import Provider, ServiceEntry
from worklist.models import Rule

pytestmark = pytest.mark.django_db

# What each page is given to add. A kind that is not in this table fails the test below it.
NEW = {
    Team: {"code": "north", "name": "North team"},
    Registration: {"body": "swe", "number": "SW123", "valid_from": "2026-01-01", "valid_to": "2030-01-01"},
    AllocationTable: {
        "number": "902", "valid_from": "2027-04-01", "method": "per_point", "rate_per_point": "4.00",
        "points": '{"nutrition": [0, 4, 8, 14]}', "bands": "[]", "source": "a test",
    },
    ApprovalLimit: {"role": "team_manager", "yearly": "9000.00", "valid_from": "2027-04-01", "source": "a test"},
    ChargingRateSet: {
        "year": "2027-28", "valid_from": "2027-04-12", "status": "unverified", "lower_capital": "14250.00",
        "upper_capital": "23250.00", "tariff_step": "250.00", "tariff_per_step": "1.00",
        "amounts": '{"single_25": "125.00"}', "to_confirm": '["single_25"]', "source": "a test",
    },
    BankHoliday: {"day": "2031-06-02", "name": "A day off", "source": "a test"},
    PolicySetting: {"value": "5", "valid_from": "2026-04-01", "meaning": "m", "source": "s"},
    Provider: {"name": "Green Lane Care", "kind": "home_care", "is_active": "on"},
    ServiceEntry: {
        "name": "Lunch club", "category": "meals", "cost": "paid", "summary": "A hot meal in company.",
        "for_whom": ["older"], "website": "lunch.example", "checked_on": "2026-11-01",
    },
    Rule: {
        "number": "99", "code": "TEST", "title": "T", "why": "W", "offset": "1", "unit": "days", "shift": "none",
        "lead_days": "[]", "lead_unit": "days", "audience": '["owner"]', "escalation": "[]", "stops_when": "S",
        "source": "a test", "valid_from": "2026-01-01",
    },
}  # fmt: skip
# Written by the services behind the pages; rows that only the machine writes.
BY_SERVICES = {User, Membership}
BY_THE_MACHINE = {"core.JobRun", "core.Outbox"}


@pytest.fixture
def administrator():
    return UserFactory(role_in=(Role.ADMINISTRATOR, TeamFactory(code="administration")))


@pytest.fixture
def desk(administrator):
    return signed_in_client(administrator)


def page(kind, model, *keys):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{kind}", args=keys)


def answers(model):
    more = {}
    if model is Registration:
        more = {"user": UserFactory().pk}
    elif model is PolicySetting:
        more = {"code": "worklist.nothing_happening_days"}
    return {**NEW[model], **more}


def test_every_page_of_the_admin_writes_to_the_trail():
    for model, model_admin in admin.site._registry.items():
        assert isinstance(model_admin, WritesTrail), model
        assert model_admin.services_write == (model in BY_SERVICES), model


def test_every_kind_that_can_be_added_is_proved_below():
    kinds = {model for model in admin.site._registry if model._meta.label not in BY_THE_MACHINE}
    assert kinds - BY_SERVICES == set(NEW)


@pytest.mark.parametrize("model", NEW, ids=lambda model: model.__name__)
def test_a_row_that_is_added_stands_in_the_trail(desk, administrator, model):
    assert desk.post(page("add", model), answers(model)).status_code == 302

    row = model.objects.order_by("-pk").first()
    event = Event.objects.get(code=events.CONFIGURATION_CHANGED)
    assert event.by == administrator
    assert event.subject_type == model._meta.label_lower
    assert event.subject_ref == str(getattr(row, "ref", row.pk))
    assert event.detail["done"] == "added"
    for name in NEW[model]:
        assert f"{name}_before" not in event.detail
    assert [name for name in event.detail if name.endswith("_after")]


def test_a_change_says_what_each_field_was_and_is(desk, administrator):
    rule = Rule.objects.get(code="REVIEW_ANNUAL")
    form = desk.get(page("change", Rule, rule.pk)).context["adminform"].form
    given = {field.html_name: field.value() for field in form}
    given["lead_days"], given["offset"] = "[-70, -28, -7]", "11"

    assert desk.post(page("change", Rule, rule.pk), {k: v for k, v in given.items() if v}).status_code == 302

    event = Event.objects.get(code=events.CONFIGURATION_CHANGED)
    assert event.by == administrator
    assert (event.detail["offset_before"], event.detail["offset_after"]) == (12, 11)
    assert (event.detail["lead_days_before"], event.detail["lead_days_after"]) == (
        "[-56, -28, -7]",
        "[-70, -28, -7]",
    )
    assert "title_before" not in event.detail
    assert catalogue.sentence(event.code, event.detail) == "Configuration: rule changed"


def test_saving_without_a_change_writes_nothing(desk):
    team = TeamFactory(name="North team")

    given = {"name": "North team", "service": team.service, "phone": team.phone, "is_active": "on"}
    assert desk.post(page("change", Team, team.pk), given).status_code == 302

    assert not Event.objects.exists()


def test_a_change_that_cannot_be_written_down_is_not_made(desk, monkeypatch):
    monkeypatch.delitem(catalogue._catalogue, events.CONFIGURATION_CHANGED)

    with pytest.raises(KeyError):
        desk.post(page("add", Team), NEW[Team])

    assert not Team.objects.filter(code="north").exists()


def test_publishing_a_points_table_and_trying_a_message_again_stand_there_too(desk):
    desk.post(page("add", AllocationTable), NEW[AllocationTable])
    table = AllocationTable.objects.get(number=902)
    row = Outbox.objects.create(
        kind="x", key="k", created_at=clock.now(), due_at=clock.now(), failed_at=clock.now(), attempts=5
    )

    for model, action, chosen in ((AllocationTable, "publish", table), (Outbox, "try_again", row)):
        for _ in range(2):
            desk.post(page("changelist", model), {"action": action, "_selected_action": [chosen.pk]})

    done = [event.detail["done"] for event in Event.objects.order_by("pk")]
    assert done == ["added", "published", "asked for again"]


def test_accounts_and_roles_are_written_down_once_by_their_services(desk, administrator):
    team = TeamFactory()
    RegistrationFactory()

    given = {"email": "joan@council.example", "name": "Joan Barley", "team": team.pk, "role": Role.BROKER}
    desk.post(page("add", User), given)
    joan = User.objects.get(email="joan@council.example")
    desk.post(page("change", User, joan.pk), {"name": "Joan Barlow"})
    desk.post(page("add", Membership), {"user": joan.pk, "team": team.pk, "role": Role.DIRECTOR})

    assert list(Event.objects.order_by("pk").values_list("code", flat=True)) == [
        "accounts.user.invited",
        "accounts.user.changed",
        "accounts.role.granted",
    ]
