"""The long form of caseportal/tests/test_bad_input.py: every field of every page, in every script of the list."""

from __future__ import annotations

import pytest
from django.db import transaction

from caseportal.tests.doors import DOORS
from caseportal.tests.test_bad_input import WORDS, Visit, check_words, world  # noqa: F401 the world of these tests

pytestmark = pytest.mark.django_db

SCRIPTS = {
    "mixed directions": WORDS,
    "combining marks": "Z\u0351\u036b\u0343\u036aalgo A\u030a n\u0303 o\u0308",
    "hangul in parts": "\u1112\u1161\u11ab\u1100\u1173\u11af",
    "four bytes": "𝔘𝔫𝔦 𠜎𠜱 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    "markup": "<script>x</script> &lt; ' \" \\ `",
    "spreadsheet": "=1+1 @SUM(A1) +44 -1 |x",
    "quotation and lines": "“a” ‘b’ – — … \u00a0 \u2028 end",
}


# Questions that count after one answer only: what is answered along with them.
OPENED_BY: dict[str, dict[str, str]] = {
    "why_not_told": {"person_told": "no"},
}


def fields_of(name: str) -> list[str]:
    with transaction.atomic():
        fields = Visit(name).texts
        transaction.set_rollback(True)
    return fields


@pytest.mark.parametrize("script", sorted(SCRIPTS))
def test_every_field_of_every_page_keeps_a_script(proved, script):
    written = 0
    for name in sorted(DOORS):
        for field in fields_of(name):
            # Each field meets the record as it was before the others.
            with transaction.atomic():
                visit = Visit(name)
                visit.answers |= OPENED_BY.get(field, {})
                check_words(visit, field, SCRIPTS[script])
                transaction.set_rollback(True)
            written += 1
    proved(f"text in every field: {script}", trials=written, pages=len(DOORS))
