"""What makes a password good enough: long, not among those that everybody tries, and not about its owner or us.

Nothing asks for digits or signs, nothing expires, and pasting works (quality/security.md S9). The list of passwords
known from breaches is Django's, of 20,000; nothing is asked over the network.
"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from accounts import second_factor

# Characters (quality/security.md S9): where the password stands alone until a second step is set up, and beside one.
ALONE, WITH_SECOND_STEP = 15, 8
# How many letters must be left of a password when the words that anybody would guess are taken out. Digits do not
# count: they are mostly a year.
LEFT_OVER = 8
# Our own words; the council's name comes from the settings, the rest from its owner.
OUR_WORDS = ("caseportal", "council", "adultsocialcare", "socialcare")


def least_for(user: Any) -> int:
    """How many characters the user's next password needs."""
    joined = user is not None and user.pk is not None and second_factor.is_set_up(user)
    return WITH_SECOND_STEP if joined else ALONE


def hint_for(user: Any) -> str:
    """What stands under the question for a new password."""
    return f"At least {least_for(user)} characters. Three or four words that do not belong together are good."


class LongEnough:
    """Fifteen characters, or eight for somebody who has a second step set up."""

    def validate(self, password: str, user: Any = None) -> None:
        least = least_for(user)
        if len(password) < least:
            raise ValidationError(
                f"This password is too short. It must contain at least {least} characters.",
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        return f"Your password must contain at least {ALONE} characters."


class NotCommon(CommonPasswordValidator):
    """Not one of those that everybody tries: as it stands, repeated, or with digits and signs around it."""

    def validate(self, password: str, user: Any = None) -> None:
        for guess in _as_guessed(password):
            super().validate(guess, user)


def _as_guessed(password: str) -> set[str]:
    """A password, and the shorter ones that it is made from: “sunshine2026!” and “sunshinesunshine” are “sunshine”."""
    whole = password.lower().strip()
    letters = [place for place, character in enumerate(whole) if character.isalpha()]
    core = whole[letters[0] : letters[-1] + 1] if letters else ""
    guesses = {whole, core} - {""}
    # Where a text first meets itself again in its own double is where it begins to repeat.
    return guesses | {guess[: (guess + guess).index(guess, 1)] for guess in guesses}


class NotAboutYouOrUs:
    """Without the owner's name and address, the council's name and ours, enough letters must be left to guess."""

    def validate(self, password: str, user: Any = None) -> None:
        plain = _letters_and_digits(password)
        left = plain
        for word in sorted(_words_about(user), key=len, reverse=True):
            left = left.replace(word, "")
        if left != plain and sum(character.isalpha() for character in left) < LEFT_OVER:
            raise ValidationError(
                "This password is mostly your name, your e-mail address or the name of the council. "
                "Add words that have nothing to do with them.",
                code="password_about_owner",
            )

    def get_help_text(self) -> str:
        return "Your password must not be your name, your e-mail address or the name of the council."


def _letters_and_digits(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _words_about(user: Any) -> set[str]:
    about = [settings.COUNCIL_NAME, *OUR_WORDS]
    if user is not None:
        about += [user.name, user.email]
    words = {_letters_and_digits(word) for text in about for word in re.split(r"[\W\d_]+", text)}
    return {word for word in words if len(word) > 2}
