"""Imports for tests."""

from __future__ import annotations

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from accounts.tests.factories import UserFactory
from core import clock
from national_returns.models import ImportedEvent, ImportRun
from people.tests.factories import PersonFactory


class ImportRunFactory(DjangoModelFactory):
    class Meta:
        model = ImportRun

    file_digest = factory.Sequence(lambda number: f"{number:064x}")
    started_at = factory.LazyFunction(lambda: clock.now() - timedelta(minutes=1))
    started_by = factory.SubFactory(UserFactory)

    class Params:
        finished = factory.Trait(finished_at=factory.LazyFunction(clock.now), rows=3, created=2, refused=1)


class ImportedEventFactory(DjangoModelFactory):
    class Meta:
        model = ImportedEvent

    identity = factory.Sequence(lambda number: f"{number:032x}")
    content = "0" * 32
    person_content = "0" * 32
    person = factory.SubFactory(PersonFactory, imported=True)
    target_type = ImportedEvent.Target.REQUEST
    target_id = factory.Sequence(lambda number: number + 1)
    run = factory.SubFactory(ImportRunFactory)
