"""ASCOF 2E: people with long-term support who live at home or with family. Higher is better."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from national_returns.ascof.history import LONG_TERM, Event, Person, Year, written
from national_returns.ascof.results import Counted, Standing
from national_returns.cld.derive import OLDER
from national_returns.cld.spec import Code

LEARNING_DISABILITY, YOUNGER, OLDER_PEOPLE = "2E(1)", "2E(2a)", "2E(2b)"
PARTS = (LEARNING_DISABILITY, YOUNGER, OLDER_PEOPLE)
# The order in which services stand in for an unknown status, first before last, where several end together.
SERVICES = (*LONG_TERM, "st_max", "st_ongoing_low", "st_other")
SETTLED_BY_COMPONENT = {
    "shared_lives": "Shared Lives scheme",
    "extra_care": "Sheltered or extra care housing",
    "supported_living": "Supported accommodation",
    "home_support": "presumed at home",
}
BY_SERVICE = {
    "lt_nursing": "Registered nursing home",
    "lt_residential": "Registered care home",
    "lt_prison": "Prison",
}
UNKNOWN = "Unknown"


def judge(people: Iterable[Person], year: Year) -> list[Standing]:
    """Everyone with a long-term service, in each of the three parts."""
    return [
        Standing(part, person.name, why, counted)
        for person in people
        if person.long_term
        for part, (counted, why) in _parts(person, year).items()
    ]


def _parts(person: Person, year: Year) -> dict[str, tuple[Counted, str]]:
    active = [each for each in person.long_term if each.is_active_in(year)]
    if not active:
        return _left_out("No long-term support in the year")
    day = min(max(each.ends for each in active), year.last)
    if why := person.why_in_no_measure(year, day):
        return _left_out(why)
    age = person.age_on(day)
    if age is None:
        return _left_out("No date of birth")
    events = [each for each in person.events if each.start <= year.last]
    settled, status = _lives(person, events, year)
    counted = Counted.NUMERATOR if settled else Counted.DENOMINATOR
    reason = _latest_known(events, lambda each: each.support_reason, {"unknown", "social_unpaid_carer"})
    aged = f"aged {age} on {written(day)}"
    stands = (counted, f"{status}, {'settled' if settled else 'not settled'}; {aged}")
    out = (Counted.LEFT_OUT, aged.capitalize())
    if age >= OLDER:
        return {LEARNING_DISABILITY: out, YOUNGER: out, OLDER_PEOPLE: stands}
    learning = (Counted.LEFT_OUT, "The primary support reason is not learning disability support")
    if reason and reason.code == "learning_disability":
        learning = stands
    return {LEARNING_DISABILITY: learning, YOUNGER: stands, OLDER_PEOPLE: out}


def _left_out(why: str) -> dict[str, tuple[Counted, str]]:
    return dict.fromkeys(PARTS, (Counted.LEFT_OUT, why))


def _latest_known(
    events: Iterable[Event], value_of: Callable[[Event], Code | None], unknown: set[str]
) -> Code | None:
    """The value of the event that is open or ends last, then starts last. Two different values at once: unknown."""
    known = [
        (each.ends, each.start, value)
        for each in events
        if (value := value_of(each)) is not None and value.code not in unknown
    ]
    if not known:
        return None
    last = max(known, key=lambda each: each[:2])[:2]
    values = {value.code: value for *when, value in known if tuple(when) == last}
    return values.popitem()[1] if len(values) == 1 else None


def _lives(person: Person, events: Iterable[Event], year: Year) -> tuple[bool, str]:
    """Whether the person's home is settled, and the status used, with where it was taken from."""
    recorded = _latest_known(events, lambda each: each.accommodation, {"unknown"})
    if recorded:
        return recorded.group == "settled", f"{recorded.label}, as recorded"
    services = [each for each in person.services if each.start <= year.last and each.service in SERVICES]
    latest = max(
        services,
        key=lambda each: (
            each.ends,
            -SERVICES.index(each.service),
            each.component in SETTLED_BY_COMPONENT,
            each.start,
            each.component,
        ),
    )
    return _from_service(latest)


def _from_service(service: Event) -> tuple[bool, str]:
    """What is taken for the home of someone whose status is unknown, from their latest service."""
    taken = "taken from the latest service"
    if status := BY_SERVICE.get(service.service):
        return False, f"{status}, {taken}"
    component = service.component
    if component in SETTLED_BY_COMPONENT and (
        component != "home_support" or service.service == "lt_community"
    ):
        return True, f"{SETTLED_BY_COMPONENT[component]}, {taken}"
    if service.service == "lt_community":
        return False, f"presumed in community, {taken}"
    return False, f"{UNKNOWN}, {taken}"
