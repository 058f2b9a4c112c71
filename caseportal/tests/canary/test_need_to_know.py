"""To whoever is not on its list, a case leaves no trace: nothing of it is shown, and nothing else changes by it."""

from __future__ import annotations

import pytest

from caseportal.tests.canary.hidden import free_fields, guarded_models, hide, protected_models
from caseportal.tests.canary.worlds import both_worlds
from people.tests.factories import PersonFactory
from safeguarding.tests.factories import Staff

pytestmark = pytest.mark.django_db

# One for each way of being near: by the work, by the machine, and by the person themself. The long form walks as all.
STRANGERS = (
    "the named worker",
    "an administrator",
    "the alleged person as carer",
    "the alleged person as representative",
)


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_finds_the_same_world_with_the_case_and_without(who, record_property):
    seen = both_worlds(who, every_row=False)

    record_property("requests", seen.requests)
    assert not seen.failures, "\n".join(seen.failures)
    assert not seen.leaks, "\n".join(f"{place}: {what}" for place, what in seen.leaks.items())
    assert not seen.logged, "\n".join(seen.logged[:20])
    assert not seen.different, "\n".join(seen.different)
    assert seen.requests > 2 * 300


def test_every_free_field_of_every_table_of_safeguarding_holds_a_token(db):
    _, tokens = hide(PersonFactory(), Staff())
    held = set(tokens.places.values())

    for model in protected_models():
        rows = model._base_manager.all()
        assert rows.exists(), f"the case has no {model.__name__}"
        for field in free_fields(model):
            value = str(rows.order_by("pk").values_list(field.name, flat=True).last())
            assert tokens.found_in(value), f"{model.__name__}.{field.name} holds no token"
    assert {"worklist.Task.title", "documents.Document.title", "core.Draft.data"} <= held
    assert guarded_models()
