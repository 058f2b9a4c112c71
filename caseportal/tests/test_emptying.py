"""Each test that commits leaves the database as the migrations left it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from accounts.tests.factories import TeamFactory, UserFactory
from audit.models import Event
from caseportal.tests.emptying import Reference
from core import clock
from core.models import BankHoliday
from people.models import Person
from people.services import register
from people.tests.factories import PersonFactory
from worklist.models import Rule

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_a_test_wrote_goes_and_what_it_changed_or_deleted_comes_back():
    rules, holidays = list(Rule.objects.order_by("pk").values()), BankHoliday.objects.count()
    reference = Reference()
    PersonFactory()
    Rule.objects.update(title="Something else")
    BankHoliday.objects.all().delete()

    reference.put_back()

    assert not Person.objects.exists()
    assert list(Rule.objects.order_by("pk").values()) == rules
    assert BankHoliday.objects.count() == holidays > 0


def test_the_guards_of_the_tables_stand_again():
    reference = Reference()
    worker = UserFactory(worker_in=TeamFactory())
    facts = {"given_names": "Ida", "family_name": "Grey", "date_of_birth": clock.today().replace(year=1950)}
    register(facts=facts, by=worker, now=clock.now())

    reference.put_back()

    register(facts=facts, by=UserFactory(worker_in=TeamFactory()), now=clock.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.all().delete()
    assert Event.objects.exists()
