"""Random references for addresses and the API: they say nothing, count nothing, and cannot be guessed."""

from __future__ import annotations

import secrets

# No vowels, so no words; no letters or digits that read alike.
ALPHABET = "bcdfghjkmnpqrstvwxz23456789"
LENGTH = 12


def new_ref() -> str:
    """A fresh reference: 12 characters of 27, about 57 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
