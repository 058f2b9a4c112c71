"""The names of the people of tests."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from core.tests import invented

READ = {".py", ".html", ".txt", ".json", ".csv", ".js"}
MADE = {"node_modules", "var", "__pycache__"}


def test_no_name_made_up_for_tests_is_a_word_of_the_product_or_of_another_test():
    root = Path(settings.BASE_DIR)
    names = re.compile("|".join([*invented.GIVEN, *invented.FAMILY]), re.IGNORECASE)
    found = {}
    for path in root.rglob("*"):
        parts = path.relative_to(root).parts
        if path.suffix not in READ or MADE & set(parts) or parts[0].startswith("."):
            continue
        if path.name != "invented.py" and (said := names.findall(path.read_text(errors="ignore"))):
            found[str(path.relative_to(root))] = said
    assert not found


def test_no_two_of_the_people_of_a_test_have_a_name_in_common():
    given = [invented.given_name() for _ in invented.GIVEN]
    family = [invented.family_name() for _ in invented.FAMILY]

    assert len({*given, *family}) == len(given) + len(family)
