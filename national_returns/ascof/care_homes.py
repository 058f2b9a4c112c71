"""ASCOF 2B and 2C: new admissions to care homes, 18 to 64 and 65 and over. Per 100,000 people; lower is better."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from national_returns.ascof.history import CARE_HOME, Event, Person, Year, written
from national_returns.ascof.results import Counted, Standing
from national_returns.cld.derive import OLDER

YOUNGER_PART, OLDER_PART = "2B", "2C"
NEW_AFTER_DAYS = 365  # without such a service
COMPONENTS = frozenset({"lt_nursing", "lt_residential"})
SELF_FUNDED = "nfa_self_funded"


@dataclass(frozen=True, slots=True)
class Admission:
    """What became of a person: the part they count in, if any, and why."""

    part: str
    why: str


def judge(
    part: str, people: Iterable[Person], year: Year, *, blank_component_counts: bool = False
) -> list[Standing]:
    """Everyone with a long-term nursing or residential service, in one of the two parts."""
    standings = []
    for person in people:
        services = [each for each in person.services if each.service in CARE_HOME]
        if services:
            found = _admission(person, services, year, blank_component_counts=blank_component_counts)
            counted = Counted.NUMERATOR if found.part == part else Counted.LEFT_OUT
            standings.append(Standing(part, person.name, found.why, counted))
    return standings


def _admission(
    person: Person, services: list[Event], year: Year, *, blank_component_counts: bool
) -> Admission:
    """Each person once, by their first admission: with admissions in both ages that is 2B."""
    reasons = []
    for service in services:
        why = _why_not(service, services, year, blank_component_counts=blank_component_counts)
        if why := why or person.why_in_no_measure(year, service.start):
            reasons.append(why)
            continue
        age = person.age_on(service.start)
        if age is None:
            reasons.append("No date of birth")
            continue
        part = OLDER_PART if age >= OLDER else YOUNGER_PART
        return Admission(part, f"Admitted on {written(service.start)} aged {age}, counted in {part}")
    return Admission("", "; ".join(dict.fromkeys(reasons)))


def _why_not(service: Event, services: list[Event], year: Year, *, blank_component_counts: bool) -> str:
    """Why a service is no new admission; empty if it is one."""
    begun = written(service.start)
    if service.start < year.first:
        return f"Began on {begun}, before the year"
    if service.start > year.last:
        return f"Begins on {begun}, after the year"
    if service.component_is_blank and not blank_component_counts:
        return f"The service from {begun} has no component"
    if service.component not in COMPONENTS and not service.component_is_blank:
        return f"The component of the service from {begun} is not long-term nursing or residential care"
    if service.outcome_code == SELF_FUNDED:
        return f"The service from {begun} ended as self-funded or under the 12-week disregard"
    for other in services:
        if other.start < service.start and other.is_open_after(service.start, within=NEW_AFTER_DAYS):
            return f"A transfer on {begun}: in such a service from {written(other.start)} to {written(other.end)}"
    return ""
