"""Submit twice, happen once: a creating form carries a key, and the same key leads to what the first one made."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from core import clock
from core.models import FormKey


class FormKeyReused(Exception):  # noqa: N818
    """The same key came again with other content."""


def new_key() -> str:
    return secrets.token_urlsafe(24)


def digest(content: Mapping[str, Any]) -> str:
    text = json.dumps(dict(content), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def once(
    *, actor: str, key: str, purpose: str, content: Mapping[str, Any], make: Callable[[], str]
) -> tuple[str, bool]:
    """Call `make` the first time a key comes, and answer what it answered every time after.

    `make` returns what leads to the thing made (an address or a reference). Returns (result, made now).
    A second sender waits for the first one's transaction. Raises FormKeyReused when the content differs.
    """
    row, first = FormKey.objects.get_or_create(
        actor=actor,
        key=key,
        defaults={"purpose": purpose, "digest": digest(content), "at": clock.real_now()},
    )
    if first:
        row.result = make()
        row.save(update_fields=["result"])
        return row.result, True
    if row.purpose != purpose or row.digest != digest(content):
        raise FormKeyReused("This form was already sent with other answers. Open it again to send a new one.")
    return row.result, False


def actor_of(request: Any) -> str:
    """Who sends the form: the signed-in user, or a visitor's session."""
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    if not request.session.session_key:
        request.session.save()
    return f"session:{request.session.session_key}"
