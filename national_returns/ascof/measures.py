"""Each measure by its name: the parts it has and how they are worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from national_returns.ascof import care_homes, living_at_home, self_directed, short_term
from national_returns.ascof.history import Person, Year
from national_returns.ascof.results import Result, Standing, rate, share

MEASURES = ("2A", "2B", "2C", "2E", "3D")


@dataclass(frozen=True, slots=True)
class MeasureSettings:
    """What the source leaves in doubt, and populations, which no return holds."""

    new_client_days: int = short_term.NEW_CLIENT_DAYS
    blank_component_is_admission: bool = False
    populations: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """The results of a measure, one for each part, and the people behind them."""

    results: list[Result]
    people: list[Standing]

    def as_dict(self) -> dict[str, object]:
        return {
            "results": [each.as_dict() for each in self.results],
            "people": [each.as_dict() for each in self.people],
        }


def measure(name: str, people: Sequence[Person], year: Year, settings: MeasureSettings) -> Measured:
    """Work out a measure. The order in which people or their rows are given makes no difference."""
    if name == "2A":
        standings = short_term.judge(people, year, new_client_days=settings.new_client_days)
        results = [share(short_term.MEASURE, standings)]
    elif name in (care_homes.YOUNGER_PART, care_homes.OLDER_PART):
        standings = care_homes.judge(
            name, people, year, blank_component_counts=settings.blank_component_is_admission
        )
        results = [rate(name, standings, settings.populations)]
    elif name == "2E":
        standings = living_at_home.judge(people, year)
        results = [share(part, standings) for part in living_at_home.PARTS]
    elif name == "3D":
        standings = self_directed.judge(people, year)
        results = [share(part, standings) for part in self_directed.PARTS]
    else:
        raise ValueError(f"There is no measure {name}.")
    return Measured(results, sorted(standings))
