"""Lists cut by a key: the address of a page names the last row's reference, never an offset or a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.http import HttpRequest

PAGE = 50


@dataclass(frozen=True)
class KeyPage:
    """Up to 50 rows, and the addresses before and after them."""

    rows: list[Any]
    previous_url: str
    next_url: str


def key_page(
    request: HttpRequest,
    rows: QuerySet,
    *,
    field: str,
    descending: bool = False,
    size: int = PAGE,
    first_by: Combinable | None = None,
    keys_first: bool = False,
) -> KeyPage:
    """One page in the order of a field and the key. An unknown place is the beginning.

    ``first_by`` ranks the rows before the field does, the lowest number first (what is urgent, before how long it
    waits). ``keys_first`` finds the keys of the page by themselves and then reads its rows: for lists in an order that no
    index gives, so that what belongs to a row is read for the page alone.
    """
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    backwards = bool(before) and not after
    rank = Value(0) if first_by is None else first_by
    place = (
        rows.model.objects.filter(ref=(after or before)[:16])
        .annotate(rank=rank)
        .values_list("rank", field, "pk")
        .first()
        if after or before
        else None
    )
    down = descending != backwards
    word, rank_word = ("lt" if down else "gt"), ("lt" if backwards else "gt")
    if first_by is not None:
        rows = rows.annotate(rank=rank)
    if place:
        beyond = Q(**{f"{field}__{word}": place[1]}) | Q(**{field: place[1], f"pk__{word}": place[2]})
        if first_by is not None:
            beyond = Q(**{f"rank__{rank_word}": place[0]}) | (Q(rank=place[0]) & beyond)
        rows = rows.filter(beyond)
    sign = "-" if down else ""
    order = [f"{sign}{field}", f"{sign}pk"]
    if first_by is not None:
        order.insert(0, "-rank" if backwards else "rank")
    if keys_first:
        keys = list(rows.order_by(*order).values_list("pk", flat=True)[: size + 1])
        rows = rows.filter(pk__in=keys)
    found = list(rows.order_by(*order)[: size + 1])
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


def page_at_hand(request: HttpRequest, rows: Sequence[Any], size: int = PAGE) -> KeyPage:
    """One page of rows that are all at hand, in their order. An unknown place is the beginning."""
    places = {row.ref: place for place, row in enumerate(rows)}
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    begin = places[after] + 1 if after in places else max(places.get(before, 0) - size, 0)
    found = list(rows[begin : begin + size])
    return KeyPage(
        found,
        _address(request, before=found[0].ref) if begin and found else "",
        _address(request, after=found[-1].ref) if found and begin + size < len(rows) else "",
    )


def _address(request: HttpRequest, **place: str) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    query.update(place)
    return f"{request.path}?{query.urlencode()}"
