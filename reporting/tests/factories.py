"""Exports for tests: valid by default, with a trait for each state."""

from __future__ import annotations

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from core import clock
from documents import vault
from reporting.models import Export


class ExportFactory(DjangoModelFactory):
    class Meta:
        model = Export

    code = "assessment"
    title = "Care Act assessment, Riverside"
    format = Export.Format.CSV
    purpose = Export.Purpose.PLANNING
    purpose_words = "Meeting of Tuesday"
    asked_by = factory.LazyFunction(lambda: UserFactory(manager_of=TeamFactory()))
    asked_at = factory.LazyFunction(clock.now)
    stored_name = factory.LazyFunction(vault.new_name)

    class Params:
        asked = factory.Trait(status="asked")
        held = factory.Trait(status="held", rows=700)
        ready = factory.Trait(
            status="ready",
            rows=3,
            digest="0" * 64,
            made_at=factory.LazyFunction(clock.now),
            expires_at=factory.LazyFunction(lambda: clock.now() + timedelta(hours=24)),
        )
        refused = factory.Trait(
            status="refused",
            rows=700,
            stored_name="",
            not_made_because="Choose a team.",
            decided_at=factory.LazyFunction(clock.now),
            decided_by=factory.LazyFunction(lambda: UserFactory(role_in=(Role.DIRECTOR, TeamFactory()))),
        )
        failed = factory.Trait(status="failed", stored_name="", not_made_because="There is no such list.")
        expired = factory.Trait(
            status="expired", rows=3, stored_name="", taken_away_at=factory.LazyFunction(clock.now)
        )
