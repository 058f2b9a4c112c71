"""Who a return is about and what happened to them: rows gathered by person, with dates as the department takes them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from national_returns.cld import derive
from national_returns.cld.record import Record
from national_returns.cld.spec import Code

CARE_HOME = ("lt_nursing", "lt_residential")
LONG_TERM = (*CARE_HOME, "lt_community", "lt_prison")
OPEN = date.max  # sorts an open event after every end


@dataclass(frozen=True, slots=True)
class Year:
    """The twelve months that are measured; both days count."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Event:
    """One request, assessment, service or review. The end is the effective one (D-02)."""

    type: str
    of_service_user: bool
    of_carer: bool
    start: date
    end: date | None
    outcome: Code | None
    service: str
    component: str
    component_is_blank: bool
    mechanism: str
    accommodation: Code | None
    support_reason: Code | None

    @property
    def ends(self) -> date:
        """The end, or the last of days for what is open."""
        return self.end or OPEN

    @property
    def outcome_code(self) -> str:
        return self.outcome.code if self.outcome else ""

    def is_active_in(self, year: Year) -> bool:
        """Started by the last day, and open or ended on or after the first."""
        return self.start <= year.last and self.ends >= year.first

    def is_open_after(self, day: date, *, within: int) -> bool:
        """Open on a day, or ended fewer than so many days before it."""
        return self.end is None or (day - self.end) < timedelta(days=within)


@dataclass(slots=True)
class Person:
    """Everything a return says about one person (D-01), with events in the order in which they began and ended."""

    name: str
    born: date | None
    died: date | None
    events: list[Event]

    def age_on(self, day: date) -> int | None:
        """D-04, in whole years; None where no row has a date of birth."""
        return derive.age(born=self.born, on=day) if self.born else None

    @property
    def services(self) -> list[Event]:
        """Services as a service user. Those of carers never count with them."""
        return [each for each in self.events if each.type == "Service" and each.of_service_user]

    @property
    def long_term(self) -> list[Event]:
        return [each for each in self.services if each.service in LONG_TERM]

    def why_in_no_measure(self, year: Year, day: date) -> str:
        """Why a person is left out of every measure: died before the year, or under 18 on the day that counts."""
        if derive.died_before(died=self.died, period_start=year.first):
            return f"Died on {written(self.died)}, before the year"
        age = self.age_on(day)
        return f"Aged {age} on {written(day)}, under 18" if age is not None and age < derive.ADULT else ""


@dataclass
class _Rows:
    """What has been read about one person so far."""

    names: Counter[str] = field(default_factory=Counter)
    births: Counter[date] = field(default_factory=Counter)
    deaths: set[date] = field(default_factory=set)
    events: list[Event] = field(default_factory=list)

    def add(self, record: Record) -> None:
        self.names[record.name_in_file] += 1
        if record.born:
            self.births[record.born] += 1
        if record.died:
            self.deaths.add(record.died)
        self.events.append(_event(record))

    def join(self, other: _Rows) -> None:
        self.names.update(other.names)
        self.births.update(other.births)
        self.deaths |= other.deaths
        self.events += other.events

    def person(self) -> Person:
        """Where rows differ, the date of birth most of them have counts, and the latest date of death."""
        died = max(self.deaths, default=None)
        born = min(self.births, key=lambda day: (-self.births[day], day), default=None)
        events = sorted((_ended_by_death(event, died) for event in self.events), key=_order)
        return Person(
            name=min(self.names, key=lambda name: (-self.names[name], name)),
            born=born,
            died=died,
            events=[each for each in events if each.type != "Service" or each.ends >= each.start],
        )


class History:
    """Gathers rows by person. Rows that cannot be placed are counted and left out."""

    def __init__(self) -> None:
        self.unread = 0
        self._rows: dict[str, _Rows] = defaultdict(_Rows)
        self._numbers: dict[str, set[str]] = defaultdict(set)

    def add(self, record: Record) -> None:
        key = record.person_key
        if not key or not record.event_type or record.start is None or "Event_End_Date" in record.unreadable:
            self.unread += 1
            return
        if record.nhs_number and record.local_id:
            self._numbers[_local_key(record)].add(record.nhs_number)
        self._rows[key].add(record)

    def people(self) -> list[Person]:
        """Everyone, by name. A row without an NHS number belongs with its council identifier's only number, if any."""
        for local_key, numbers in self._numbers.items():
            if len(numbers) == 1 and local_key in self._rows:
                (number,) = numbers
                self._rows[number].join(self._rows.pop(local_key))
        return sorted((rows.person() for rows in self._rows.values()), key=lambda person: person.name)


def people_in(records: Iterable[Record]) -> list[Person]:
    history = History()
    for record in records:
        history.add(record)
    return history.people()


def _local_key(record: Record) -> str:
    return derive.person_key(nhs_number="", council=record.text["LA_Code"], local_id=record.local_id)


def _event(record: Record) -> Event:
    if record.start is None:
        raise ValueError("An event has a start.")
    return Event(
        type=record.event_type,
        of_service_user=record.is_service_user,
        of_carer=record.is_carer,
        start=record.start,
        end=record.end,
        outcome=record.found("Event_Outcome"),
        service=record.code("Service_Type"),
        component=record.code("Service_Component"),
        component_is_blank=not record.text["Service_Component"],
        mechanism=record.code("Delivery_Mechanism"),
        accommodation=record.found("Accommodation_Status"),
        support_reason=record.found("Primary_Support_Reason"),
    )


def _order(event: Event) -> tuple[object, ...]:
    """By time, and then by anything else, so that the order of rows never shows."""
    codes = (event.type, event.service, event.component, event.mechanism, event.outcome_code)
    return event.start, event.ends, *codes


def _ended_by_death(event: Event, died: date | None) -> Event:
    end = derive.effective_end(start=event.start, end=event.end, died=died)
    return event if end == event.end else replace(event, end=end)


def written(day: date | None) -> str:
    """dd/mm/yyyy, or “open”."""
    return f"{day:%d/%m/%Y}" if day else "open"
