"""Every state that other tests start from is one that the database and the models allow."""

import pytest

from contacts.tests.factories import ContactFactory, HandoverFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("trait", ["urgent", "screened", "waiting", "allocated", "closed", "about_a_carer"])
def test_a_contact_of_each_state_is_whole(trait):
    ContactFactory(**{trait: True}).full_clean()


def test_an_imported_contact_lacks_only_what_the_return_does_not_hold():
    contact = ContactFactory(imported=True)

    contact.full_clean()
    assert contact.screened_at is None


@pytest.mark.parametrize(
    "trait", ["accepted", "returned", "to_reablement", "to_safeguarding", "about_a_carer"]
)
def test_a_handover_of_each_state_is_whole(trait):
    HandoverFactory(**{trait: True}).full_clean()
