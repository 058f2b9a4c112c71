"""The names of the people of tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from core.tests import invented

READ = {".py", ".html", ".txt", ".json", ".csv", ".js"}
MADE = {"node_modules", "var", "__pycache__"}
NAMES = [*invented.GIVEN, *invented.FAMILY]


def texts() -> Iterator[str]:
    """Everything written in the product and in its other tests."""
    root = Path(settings.BASE_DIR)
    for path in root.rglob("*"):
        parts = path.relative_to(root).parts
        ours = not MADE & set(parts) and not parts[0].startswith(".") and path.name != "invented.py"
        if ours and path.suffix in READ:
            yield path.read_text(errors="ignore")


def test_no_name_made_up_for_tests_is_a_word_of_the_product_or_of_another_test():
    names = re.compile("|".join(NAMES), re.IGNORECASE)

    assert not {said for text in texts() for said in names.findall(text)}


def test_no_name_made_up_for_tests_begins_with_such_a_word():
    words = {word for text in texts() for word in re.findall(r"(?<![A-Za-z])[A-Z][a-z]{2,}(?![a-z])", text)}

    assert not {name: name[:end] for name in NAMES for end in range(3, len(name) + 1) if name[:end] in words}


def test_no_two_of_the_people_of_a_test_have_a_name_in_common():
    given = [invented.given_name() for _ in invented.GIVEN]
    family = [invented.family_name() for _ in invented.FAMILY]

    assert len({*given, *family}) == len(given) + len(family)
