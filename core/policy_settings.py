"""The council's own numbers, by code and date."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from core.models import PolicySetting

_defaults: dict[str, Any] = {}


def declare(code: str, default: Any) -> None:
    """Give a setting its default: what holds where the council has entered nothing."""
    _defaults[code] = default


def value(code: str, *, on: date) -> Any:
    """What a setting is on a date. Raises KeyError for a code nobody declared."""
    default = _defaults[code]
    row = (
        PolicySetting.objects.filter(code=code, valid_from__lte=on)
        .filter(Q(valid_to=None) | Q(valid_to__gte=on))
        .order_by("-valid_from", "-pk")
        .values_list("value", flat=True)
        .first()
    )
    return default if row is None else row


def declared() -> dict[str, Any]:
    """Every setting that an app knows, with its default."""
    return dict(_defaults)
