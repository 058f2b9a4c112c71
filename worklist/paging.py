"""Lists cut by a key: the address of a page names the last row's reference, never an offset or a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

PAGE = 50


@dataclass(frozen=True)
class KeyPage:
    """Up to 50 rows, and the addresses before and after them."""

    rows: list[Any]
    previous_url: str
    next_url: str


def key_page(
    request: HttpRequest, rows: QuerySet, *, field: str, descending: bool = False, size: int = PAGE
) -> KeyPage:
    """One page in the order of a field and the key. An unknown place is the beginning."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    backwards = bool(before) and not after
    place = (
        rows.model.objects.filter(ref=(after or before)[:16]).values_list(field, "pk").first()
        if after or before
        else None
    )
    down = descending != backwards
    if place:
        word = "lt" if down else "gt"
        rows = rows.filter(
            Q(**{f"{field}__{word}": place[0]}) | Q(**{field: place[0], f"pk__{word}": place[1]})
        )
    sign = "-" if down else ""
    found = list(rows.order_by(f"{sign}{field}", f"{sign}pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next = more if not backwards else bool(place)
    has_previous = bool(place) if not backwards else more
    return KeyPage(
        found,
        _address(request, before=found[0].ref) if has_previous and found else "",
        _address(request, after=found[-1].ref) if has_next and found else "",
    )


def _address(request: HttpRequest, **place: str) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    query.update(place)
    return f"{request.path}?{query.urlencode()}"
