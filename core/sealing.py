"""Sealing with keys drawn from the secret key: what a copy of the database or an address must not give away."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# A sealed place is well below this; an address that is longer was not made by us.
LONGEST = 400


def box(purpose: str) -> MultiFernet:
    """A box for one purpose. It seals with the secret key, and opens what was sealed with those before it."""
    return MultiFernet(
        [
            Fernet(
                base64.urlsafe_b64encode(
                    HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(
                        secret.encode()
                    )
                )
            )
            for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        ]
    )


def _place_box(of: str) -> MultiFernet:
    return box(f"caseportal place in {of}")


def sealed_place(of: str, moment: datetime, *numbers: int) -> str:
    """Where a row stands in a list that is ordered by time, for the address of the next page. The numbers that
    settle the order of one moment are keys, so nobody can read or make them."""
    content = json.dumps([(moment - _EPOCH) // _MICROSECOND, *numbers])
    return _place_box(of).encrypt(content.encode()).decode()


def opened_place(of: str, text: str, *, numbers: int) -> tuple[datetime, tuple[int, ...]] | None:
    """The place behind an address: its moment, and so many numbers. None for anything that was not sealed here."""
    if not text or len(text) > LONGEST:
        return None
    try:
        moment, *rest = json.loads(_place_box(of).decrypt(text))
    except (InvalidToken, ValueError):
        return None
    return (_EPOCH + moment * _MICROSECOND, tuple(rest)) if len(rest) == numbers else None
