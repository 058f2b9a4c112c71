"""Writing down that a letter about an account is to be sent. Sending it is `accounts/mail.py`, from the outbox."""

from __future__ import annotations

import secrets

from accounts.models import User
from core import outbox

KIND = "accounts.mail"


def later(template: str, user: User, *, key: str = "", **facts: int | str) -> None:
    """Write down that a letter is to be sent, in the caller's transaction. The secret in it is made when it is sent;
    facts are numbers and codes, never anything about a person. With a key it is sent once, however often asked."""
    outbox.emit(
        KIND,
        key=f"{KIND}:{key or secrets.token_hex(12)}",
        payload={"template": template, "user": user.pk, **({"facts": facts} if facts else {})},
    )
