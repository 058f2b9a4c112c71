"""Providers as another system names them: found again by location number, else by name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from directory.models import Provider


@dataclass(frozen=True, slots=True)
class NamedProvider:
    """A provider on a line of a return. The location number counts; without it, the name."""

    name: str
    location_id: str
    kind: str

    @property
    def key(self) -> tuple[str, str]:
        return (self.location_id, "") if self.location_id else ("", self.name)


def find_or_add_providers(
    *, named: Collection[NamedProvider], now: datetime
) -> dict[tuple[str, str], Provider]:
    """The providers of a batch by key; those not known yet are added. A known one keeps its name and kind.

    A location without a name is known by its number until somebody names it.
    """
    wanted = {each.key: each for each in named if each.location_id or each.name}
    if not wanted:
        return {}
    found = _known(wanted)
    missing = [each for key, each in wanted.items() if key not in found]
    if missing:
        Provider.objects.bulk_create(
            [
                Provider(
                    name=each.name or f"Location {each.location_id}",
                    location_id=each.location_id,
                    kind=each.kind,
                    created_at=now,
                    updated_at=now,
                )
                for each in missing
            ],
            ignore_conflicts=True,  # somebody else may have added it a moment ago
        )
        found = _known(wanted)
    return found


def _known(wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], Provider]:
    locations = {location for location, _name in wanted if location}
    names = {name for location, name in wanted if not location}
    rows = Provider.objects.filter(Q(location_id__in=locations) | Q(location_id="", name__in=names)).order_by(
        "pk"
    )
    return {(row.location_id, "") if row.location_id else ("", row.name): row for row in rows}
