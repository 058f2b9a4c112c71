"""The page of figures that the council has still to confirm."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from budgets.models import ChargingRateSet
from core import clock
from core.models import PolicySetting
from reporting.unverified import unverified
from worklist.models import Rule

pytestmark = pytest.mark.django_db


def test_a_figure_leaves_the_page_once_it_is_confirmed():
    today = clock.today()
    rule = Rule.objects.filter(verified=False, valid_to=None).order_by("number").first()
    name = f"{rule.number} {rule.title}"
    assert name in [figure.name for figure in unverified(today)]

    Rule.objects.filter(pk=rule.pk).update(verified=True)

    assert name not in [figure.name for figure in unverified(today)]


def test_a_setting_that_nobody_entered_is_listed_with_our_default():
    today = clock.today()
    before = [figure for figure in unverified(today) if figure.group == "Settings"]
    assert any(figure.value == "28" for figure in before)

    PolicySetting.objects.create(
        code="budgets.variance_percent",
        value=10,
        valid_from=today,
        meaning="How far a cost may depart from the estimate before the panel decides",
        source="Cabinet decision",
        verified=True,
    )

    assert len([figure for figure in unverified(today) if figure.group == "Settings"]) == len(before) - 1


def test_the_rates_of_the_year_are_listed_one_by_one_until_they_are_confirmed():
    day = date(2026, 11, 25)
    listed = {each.name: each.value for each in unverified(day) if each.group == "Charging rates"}
    assert listed["2026-27: Single, 25 to pension credit age"] == "£120.40 a week"
    assert listed["2026-27: Carer premium"] == "not known"
    assert "2026-27: Single, 18 to 24" not in listed

    ChargingRateSet.objects.filter(year="2026-27").update(status="verified", to_confirm=[])

    assert not [each for each in unverified(day) if each.group == "Charging rates"]


def test_rules_about_income_and_capital_that_nobody_checked_are_listed():
    listed = {
        each.name: each.value for each in unverified(clock.today()) if each.group.endswith("in a charge")
    }

    assert listed["Earnings"] == "left out in full"
    assert listed["Main home"] == "left out at home; in a care home while lived in"
    assert "PIP, mobility" not in listed


def test_an_administrator_finds_the_way_to_change_a_figure_and_a_manager_does_not():
    team = TeamFactory()
    administrator = signed_in_client(UserFactory(role_in=(Role.ADMINISTRATOR, team)))
    manager = signed_in_client(UserFactory(manager_of=team))

    assert b"/admin/worklist/rule/" in administrator.get(reverse("reporting:unverified")).content
    page = manager.get(reverse("reporting:unverified"))
    assert page.status_code == 200
    assert b"/admin/worklist/rule/" not in page.content
