"""Very many rows at once."""

import pytest

from core import bulk, clock
from core.models import Draft, PolicySetting

pytestmark = pytest.mark.django_db


def settings(*values):
    return [
        {"code": f"a.b{number}", "value": value, "valid_from": clock.today(), "meaning": "m", "source": "s"}
        for number, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    "text", ["", "tab\there", "line\nbreak", "back\\slash", "\\N", "\\.", "Zoë 𝒵 ‮rtl", "'; --"]
)
def test_any_text_is_kept_as_it_is(text):
    (key,) = bulk.insert_rows(PolicySetting, [settings({"say": text})[0] | {"meaning": text}])

    row = PolicySetting.objects.get(pk=key)
    assert (row.meaning, row.value) == (text, {"say": text})


def test_keys_come_back_in_the_order_given_and_defaults_are_filled_in():
    keys = bulk.insert_rows(PolicySetting, settings(1, 2, 3))

    rows = PolicySetting.objects.in_bulk(keys)
    assert [rows[key].value for key in keys] == [1, 2, 3]
    assert rows[keys[0]].valid_to is None
    assert rows[keys[0]].verified is False


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert bulk.insert_rows(Draft, []) == []
        bulk.update_rows([], ["code"])


def test_many_rows_change_in_one_statement_and_only_the_fields_named(django_assert_num_queries):
    rows = list(
        PolicySetting.objects.filter(pk__in=bulk.insert_rows(PolicySetting, settings(1, 2))).order_by("pk")
    )
    for row in rows:
        row.value, row.valid_to, row.meaning = [row.pk], clock.today(), "not saved"

    with django_assert_num_queries(1):
        bulk.update_rows(rows, ["value", "valid_to"])

    again = list(PolicySetting.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))
    assert [(row.value, row.valid_to, row.meaning) for row in again] == [
        ([row.pk], clock.today(), "m") for row in rows
    ]


def test_a_text_that_is_too_long_is_refused_and_not_cut_short():
    from django.db import DataError, transaction

    (key,) = bulk.insert_rows(PolicySetting, settings(1))
    row = PolicySetting.objects.get(pk=key)
    row.code = "x" * 61

    with pytest.raises(DataError), transaction.atomic():
        bulk.update_rows([row], ["code"])
