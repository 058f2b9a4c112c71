"""What is sealed opens here and nowhere else, and for what it was sealed."""

from datetime import UTC, datetime

import pytest

from core import sealing

MOMENT = datetime(2026, 11, 25, 10, 0, 0, 123456, tzinfo=UTC)


def test_a_place_in_a_list_opens_as_it_was_sealed():
    assert sealing.opened_place("looks", sealing.sealed_place("looks", MOMENT, 41, 7), numbers=2) == (
        MOMENT,
        (41, 7),
    )


def test_a_sealed_place_shows_nothing_of_its_numbers():
    import base64

    sealed = sealing.sealed_place("looks", MOMENT, 987654321)

    assert "987654321" not in sealed
    assert b"987654321" not in base64.urlsafe_b64decode(sealed)


@pytest.mark.parametrize(
    "text",
    ["", "41", "1764064800000000-1-41", "x" * 100, "x" * 100_000, "gAAAAA==", "é", "a\x00b", "‮abc"],
)
def test_what_was_not_sealed_here_is_no_place(text):
    assert sealing.opened_place("looks", text, numbers=1) is None


def test_a_place_in_one_list_is_none_in_another_and_none_of_another_length():
    sealed = sealing.sealed_place("looks", MOMENT, 41)

    assert sealing.opened_place("chronology", sealed, numbers=1) is None
    assert sealing.opened_place("looks", sealed, numbers=2) is None


def test_what_was_sealed_before_the_secret_key_changed_still_opens(settings):
    sealed = sealing.sealed_place("looks", MOMENT, 41)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key that is long enough"
    assert sealing.opened_place("looks", sealed, numbers=1) == (MOMENT, (41,))

    settings.SECRET_KEY_FALLBACKS = []
    assert sealing.opened_place("looks", sealed, numbers=1) is None
