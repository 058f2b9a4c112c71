"""The long form of caseportal/tests/test_bad_input.py: every field of every page, in every script of the list."""

from __future__ import annotations

import pytest

from caseportal.tests.doors import DOORS
from caseportal.tests.test_bad_input import WORDS, Visit, check_words, world  # noqa: F401 the world of these tests

pytestmark = pytest.mark.django_db

SCRIPTS = {
    "mixed directions": WORDS,
    "combining marks": "Z\u0351\u036b\u0343\u036aalgo A\u030a n\u0303 o\u0308",
    "hangul in parts": "\u1112\u1161\u11ab\u1100\u1173\u11af",
    "four bytes": "𝔘𝔫𝔦 𠜎𠜱 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    "markup": "<script>x</script> {{ 7*7 }} {% now %} &lt; ' \" \\ `",
    "spreadsheet": "=1+1 @SUM(A1) +44 -1 |x",
    "quotation and lines": "“a” ‘b’ – — … \u00a0 \u2028 end",
}


@pytest.mark.parametrize("script", sorted(SCRIPTS))
@pytest.mark.parametrize("name", sorted(DOORS))
def test_every_field_keeps_every_script(name, script):
    for field in Visit(name).texts:
        check_words(Visit(name), field, SCRIPTS[script])


def test_the_list_is_whole(proved):
    proved("text in every field", trials=len(DOORS) * len(SCRIPTS), pages=len(DOORS), scripts=len(SCRIPTS))
