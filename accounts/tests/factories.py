"""Accounts for tests: valid by default, with a trait for each state.

``UserFactory(worker_in=team)`` is a practitioner and registered social worker there, ``manager_of=team`` leads it,
``role_in=(Role.BROKER, team)`` holds that one role, ``public=True`` is the person or somebody who acts for them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import (
    AccessList,
    AccessListMember,
    Invitation,
    Membership,
    Registration,
    Role,
    Team,
    User,
)
from core import clock
from core.tests import invented

LONG_AGO = date(2020, 1, 1)
FAR_AHEAD = date(2099, 12, 31)
# Few letters that names are made of, so that no invented name is ever too similar to it.
PASSWORD = "jukebox7-quartz9-vivid4-xylophone2"


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team

    code = factory.Sequence(lambda number: f"team-{number}")
    name = factory.Sequence(lambda number: f"Team {number}")
    phone = "01632 960200"
    service = "Adult social care"

    class Params:
        front_door = factory.Trait(is_front_door=True)
        closed = factory.Trait(is_active=False)


def give_role(user: User, role: str, team: Team, **dates: Any) -> Membership:
    """A role held in a team since long ago."""
    user.__dict__.pop("live_memberships", None)
    return Membership.objects.create(user=user, role=role, team=team, **{"valid_from": LONG_AGO, **dates})


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@council.example")
    name = factory.LazyFunction(invented.full_name)
    audience = User.Audience.STAFF
    password = factory.django.Password(PASSWORD)

    class Params:
        public = factory.Trait(audience=User.Audience.PUBLIC)
        closed = factory.Trait(is_active=False)
        machine = factory.Trait(is_system=True)

    @factory.post_generation
    def worker_in(self, create: bool, team: Team | None, **_: Any) -> None:
        if create and team:
            give_role(self, Role.PRACTITIONER, team, is_main=True)
            give_role(self, Role.SOCIAL_WORKER, team)
            RegistrationFactory(user=self)

    @factory.post_generation
    def manager_of(self, create: bool, team: Team | None, **_: Any) -> None:
        if create and team:
            give_role(self, Role.TEAM_MANAGER, team, is_main=True)

    @factory.post_generation
    def role_in(self, create: bool, held: tuple[str, Team] | None, **_: Any) -> None:
        if create and held:
            role, team = held
            give_role(self, role, team, is_main=True)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    team = factory.SubFactory(TeamFactory)
    role = Role.PRACTITIONER
    valid_from = LONG_AGO

    class Params:
        ended = factory.Trait(valid_to=date(2021, 3, 31))


class RegistrationFactory(DjangoModelFactory):
    class Meta:
        model = Registration

    user = factory.SubFactory(UserFactory)
    body = Registration.Body.SWE
    number = factory.Sequence(lambda number: f"SW{number + 1}")
    valid_from = LONG_AGO
    valid_to = FAR_AHEAD


class AccessListFactory(DjangoModelFactory):
    class Meta:
        model = AccessList

    purpose = "named users"
    created_at = factory.LazyFunction(clock.now)
    created_by = factory.SubFactory(UserFactory)


class AccessListMemberFactory(DjangoModelFactory):
    class Meta:
        model = AccessListMember

    access_list = factory.SubFactory(AccessListFactory)
    user = factory.SubFactory(UserFactory)
    valid_from = LONG_AGO
    reason = "works with the person"


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    user = factory.SubFactory(UserFactory, password=None)
    sent_by = factory.SubFactory(UserFactory)
    token_digest = factory.Sequence(lambda number: f"{number:064x}")
    sent_at = factory.LazyFunction(clock.real_now)
    expires_at = factory.LazyFunction(lambda: clock.real_now() + timedelta(days=7))

    class Params:
        used = factory.Trait(used_at=factory.LazyFunction(clock.real_now))
        expired = factory.Trait(
            sent_at=factory.LazyFunction(lambda: clock.real_now() - timedelta(days=9)),
            expires_at=factory.LazyFunction(lambda: clock.real_now() - timedelta(days=2)),
        )
