"""Whoever configures the portal adds a bank holiday: the dates of open reminders move at once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event
from worklist import events, services
from worklist.models import Anchor

pytestmark = pytest.mark.django_db


def test_a_bank_holiday_added_in_the_admin_moves_reminders_in_the_administrators_name(person, team, worker):
    services.set_anchor(
        rule="REVIEW_INITIAL",
        subject=person,
        on=date(2026, 10, 12),
        person=person,
        team=team,
        owner=worker,
        url=person.get_absolute_url(),
        now=datetime(2026, 10, 12, 9, tzinfo=UTC),
    )
    administrator = UserFactory(role_in=(Role.ADMINISTRATOR, TeamFactory()))

    response = signed_in_client(administrator).post(
        reverse("admin:core_bankholiday_add"),
        {"day": "2026-11-23", "name": "A royal occasion", "source": "Proclamation"},
        follow=True,
    )

    assert "1 open reminders have new dates" in response.content.decode()
    assert Anchor.objects.get().due_on == date(2026, 11, 20)
    assert Event.objects.get(code=events.REMINDER_MOVED).by == administrator


def test_the_rules_stand_in_the_admin_and_are_never_deleted(person):
    administrator = UserFactory(role_in=(Role.ADMINISTRATOR, TeamFactory()))

    response = signed_in_client(administrator).get(reverse("admin:worklist_rule_changelist"))

    assert "REVIEW_ANNUAL" in response.content.decode()
    assert "Delete selected" not in response.content.decode()
