"""People for tests: valid by default, with a trait for each state. Every number and address is invented."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
import nhs_number
from factory.django import DjangoModelFactory

from accounts.models import AccessList
from accounts.tests.factories import (
    AccessListFactory,
    AccessListMemberFactory,
    TeamFactory,
    UserFactory,
)
from core import clock
from core.tests import invented
from people import names
from people.models import (
    Address,
    Allocation,
    CaseNote,
    CommunicationNeed,
    Origin,
    Person,
    PortalAccess,
    Relationship,
    Warning,
)

_stems = itertools.count(999_104_000)


def next_nhs_number(*_: Any) -> str:
    """The next number of the range kept for tests whose last digit checks the others."""
    while True:
        stem = f"{next(_stems):09}"
        for digit in "0123456789":
            if nhs_number.is_valid(stem + digit):
                return stem + digit


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    local_number = factory.Sequence(lambda number: f"P {700000 + number}")
    given_names = factory.LazyFunction(invented.given_name)
    family_name = factory.LazyFunction(invented.family_name)
    preferred_name = ""
    external_id = ""
    date_of_birth = date(1944, 3, 14)
    nhs_number = factory.LazyFunction(next_nhs_number)
    nhs_number_status = Person.NhsNumberStatus.VERIFIED
    gender = "Female"
    ethnicity = "White: English, Welsh, Scottish, Northern Irish or British"
    first_language = "English"
    phone = "01632 960123"
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)
    name_sort = factory.LazyAttribute(
        lambda person: names.name_sort(family_name=person.family_name, given_names=person.given_names)
    )
    search_text = factory.LazyAttribute(
        lambda person: names.search_text(
            names=[person.given_names, person.family_name, person.preferred_name],
            numbers=[person.local_number, person.external_id],
        )
    )

    class Params:
        carer = factory.Trait(is_carer=True, is_service_user=False)
        restricted = factory.Trait(
            level=Person.Level.NAMED_USERS, access_list=factory.SubFactory(AccessListFactory)
        )
        sealed = factory.Trait(level=Person.Level.SEALED, access_list=factory.SubFactory(AccessListFactory))
        team_only = factory.Trait(level=Person.Level.TEAM_ONLY)
        deceased = factory.Trait(
            is_deceased=True, date_of_death=factory.LazyFunction(lambda: clock.today() - timedelta(days=3))
        )
        imported = factory.Trait(
            origin=Origin.IMPORTED,
            external_id=factory.Sequence(lambda number: f"OLD{number}"),
            given_names="Not",
            family_name="Recorded",
        )
        unknown_birth = factory.Trait(date_of_birth=None, date_of_birth_accuracy="UUU")
        without_nhs_number = factory.Trait(nhs_number="", nhs_number_status=Person.NhsNumberStatus.NOT_KNOWN)


def put_on_list(access_list: AccessList, *users: Any) -> None:
    """Let these users know of what the list guards."""
    for user in users:
        AccessListMemberFactory(access_list=access_list, user=user)


class AddressFactory(DjangoModelFactory):
    class Meta:
        model = Address

    person = factory.SubFactory(PersonFactory)
    lines = factory.Sequence(lambda number: f"{number + 1} Alder Row")
    postcode = "ZZ1 4QT"
    valid_from = date(2020, 1, 1)
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        confidential = factory.Trait(is_confidential=True)
        ended = factory.Trait(valid_to=date(2021, 3, 31))
        homeless = factory.Trait(lines="", postcode="ZZ99 3VZ", no_fixed_abode=True)


class CommunicationNeedFactory(DjangoModelFactory):
    class Meta:
        model = CommunicationNeed

    person = factory.SubFactory(PersonFactory)
    category = CommunicationNeed.Category.FORMAT
    code = "large_print"
    detail = "18 point"
    reviewed_on = factory.LazyFunction(clock.today)

    class Params:
        ended = factory.Trait(ended_on=factory.LazyFunction(clock.today))


class WarningFactory(DjangoModelFactory):
    class Meta:
        model = Warning

    person = factory.SubFactory(PersonFactory)
    kind = Warning.Kind.ANIMAL
    headline = "Large dog at home"
    what_to_do = "Ring before you visit so that he can be shut in the kitchen."
    evidence = "Seen on a home visit."
    person_told = True
    starts_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=10))
    ends_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=80))
    created_by = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        expired = factory.Trait(
            starts_on=factory.LazyFunction(lambda: clock.today() - timedelta(days=100)),
            ends_on=factory.LazyFunction(lambda: clock.today() - timedelta(days=1)),
        )
        closed = factory.Trait(
            closed_at=factory.LazyFunction(clock.now), closed_by=factory.SubFactory(UserFactory)
        )


class RelationshipFactory(DjangoModelFactory):
    class Meta:
        model = Relationship

    person = factory.SubFactory(PersonFactory)
    other_name = factory.LazyFunction(invented.full_name)
    other_phone = "01632 960187"
    kind = Relationship.Kind.NEIGHBOUR
    what_they_do = "Holds a spare key"
    may_talk = Relationship.MayTalk.EMERGENCY
    valid_from = date(2021, 1, 1)
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        main_carer = factory.Trait(
            kind=Relationship.Kind.DAUGHTER,
            is_carer=True,
            is_main_carer=True,
            hours_caring_weekly=10,
            may_talk=Relationship.MayTalk.YES,
        )
        linked = factory.Trait(other_name="", other_person=factory.SubFactory(PersonFactory, carer=True))
        ended = factory.Trait(valid_to=date(2022, 1, 1))


class AllocationFactory(DjangoModelFactory):
    class Meta:
        model = Allocation

    person = factory.SubFactory(PersonFactory)
    team = factory.SubFactory(TeamFactory)
    worker = factory.LazyAttribute(lambda allocation: UserFactory(worker_in=allocation.team))
    valid_from = factory.LazyFunction(lambda: clock.today() - timedelta(days=30))
    created_at = factory.LazyFunction(clock.now)
    created_by = factory.SubFactory(UserFactory)

    class Params:
        ended = factory.Trait(valid_to=factory.LazyFunction(lambda: clock.today() - timedelta(days=1)))
        team_alone = factory.Trait(worker=None)


class CaseNoteFactory(DjangoModelFactory):
    class Meta:
        model = CaseNote

    person = factory.SubFactory(PersonFactory)
    kind = CaseNote.Kind.CALL
    occurred_at = factory.LazyFunction(lambda: clock.now() - timedelta(hours=2))
    recorded_at = factory.LazyFunction(clock.now)
    author = factory.SubFactory(UserFactory)
    text = "Rang to ask who covers Saturday evenings."

    class Params:
        significant = factory.Trait(is_significant=True)
        restricted = factory.Trait(access_list=factory.SubFactory(AccessListFactory))


class PortalAccessFactory(DjangoModelFactory):
    class Meta:
        model = PortalAccess

    user = factory.SubFactory(UserFactory, public=True)
    person = factory.SubFactory(PersonFactory)
    relation = PortalAccess.Relation.SELF
    scope = PortalAccess.Scope.ACT
    valid_from = date(2021, 1, 1)
    granted_by = factory.SubFactory(UserFactory)

    class Params:
        viewing_only = factory.Trait(
            relation=PortalAccess.Relation.CARER,
            scope=PortalAccess.Scope.VIEW,
            kind=PortalAccess.Kind.CONSENT,
            authority="Permission recorded",
        )
        acting_for = factory.Trait(
            relation=PortalAccess.Relation.REPRESENTATIVE, kind=PortalAccess.Kind.CONSENT
        )
        ended = factory.Trait(valid_to=date(2022, 1, 1), ended_at=datetime(2022, 1, 1, 12, tzinfo=UTC))
