"""What came of each row of an import."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from national_returns.cld.events import Refusal
from national_returns.cld.spec import EVENT_TYPES

RESULTS = ("created", "unchanged", "updated", "refused")
UNKNOWN_TYPE = "Unknown"


@dataclass
class Report:
    """Counts of rows by what came of them. Every row is in exactly one."""

    rows: int = 0
    results: Counter[str] = field(default_factory=Counter)
    by_type: dict[str, Counter[str]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    links_without_person: int = 0
    run_ref: str = ""

    def count(self, result: str, event_type: str) -> None:
        self.rows += 1
        self.results[result] += 1
        self.by_type.setdefault(event_type, Counter())[result] += 1

    def refuse(self, refusal: Refusal) -> None:
        self.count("refused", refusal.event_type or UNKNOWN_TYPE)
        self.refused.append(refusal)

    @property
    def took_something(self) -> bool:
        """Whether any row of the file stands in the portal now."""
        return self.rows > self.results["refused"]

    def as_dict(self) -> dict[str, object]:
        return {
            "rows": self.rows,
            "created": self.results["created"],
            "unchanged": self.results["unchanged"],
            "updated": self.results["updated"],
            "refused": [each.as_dict() for each in sorted(self.refused, key=lambda each: each.row)],
            "by_type": {
                name: {"rows": sum(counts.values())} | {result: counts[result] for result in RESULTS}
                for name in (*EVENT_TYPES, UNKNOWN_TYPE)
                if (counts := self.by_type.get(name))
            },
        }
