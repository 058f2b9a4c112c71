"""A person with a budget on the way, an account for them, and a browser in which they are signed in."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.factories import UserFactory
from accounts.tests.helpers import signed_in_client
from budgets.tests.conftest import Journey, journey
from people.models import PortalAccess

__all__ = ["journey"]


def give_access(journey: Journey, *, relation: str = "self", scope: str = "act") -> User:
    """An account for a journey's person, or for somebody who stands beside them."""
    user = UserFactory(audience="public")
    PortalAccess.objects.create(
        user=user,
        person=journey.person,
        relation=relation,
        scope=scope,
        kind="" if relation == "self" else PortalAccess.Kind.CONSENT,
        valid_from=date(2026, 1, 1),
        granted_by=journey.worker,
    )
    return user


@pytest.fixture
def person_user(journey: Journey) -> User:
    return give_access(journey)


@pytest.fixture
def browser_of_person(person_user: User) -> Client:
    return signed_in_client(person_user)
