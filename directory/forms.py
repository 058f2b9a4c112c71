"""The search of the public pages: anything may stand in its address, so nothing is refused."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from directory.models import ServiceEntry

LONGEST = 100


@dataclass(frozen=True)
class Wish:
    """What somebody looks for. What is not on a list counts as not said."""

    words: str = ""
    category: str = ""
    for_whom: str = ""
    free: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> Wish:
        category, for_whom = query.get("category", ""), query.get("for", "")
        return cls(
            words=query.get("q", "").replace("\x00", "")[:LONGEST].strip(),
            category=category if category in ServiceEntry.Category.values else "",
            for_whom=for_whom if for_whom in ServiceEntry.ForWhom.values else "",
            free=query.get("free") == "yes",
        )

    @property
    def is_anything(self) -> bool:
        return bool(self.words or self.category or self.for_whom or self.free)
