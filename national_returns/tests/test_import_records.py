"""What the database refuses about imports."""

import pytest
from django.db import IntegrityError

from national_returns.tests.factories import ImportedEventFactory, ImportRunFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("trait", [{}, {"finished": True}])
def test_an_import_is_valid_in_every_state(trait):
    ImportRunFactory(**trait).full_clean()
    ImportedEventFactory(run__finished=bool(trait)).full_clean()


def test_a_run_in_which_a_row_is_not_accounted_for_is_refused():
    with pytest.raises(IntegrityError, match="national_returns_every_row_accounted_for"):
        ImportRunFactory(rows=3, created=1, refused=1)


def test_an_event_is_taken_over_once():
    first = ImportedEventFactory()

    with pytest.raises(IntegrityError, match="identity"):
        ImportedEventFactory(identity=first.identity)


def test_two_events_do_not_become_one_record():
    first = ImportedEventFactory()

    with pytest.raises(IntegrityError, match="national_returns_one_event_per_record"):
        ImportedEventFactory(target_type=first.target_type, target_id=first.target_id)
