"""What the whole file says: gathered in a first reading, so that each row can be judged beside all others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from national_returns.cld.identity import digest
from national_returns.cld.record import Record
from national_returns.cld.rows import NotADate, read_date
from national_returns.cld.spec import EVENT_TYPES, Conformance, Specification, specification

SAME_IN_EVERY_ROW = ("LA_Code", "Reporting_Period_Start_Date", "Reporting_Period_End_Date")
SAME_FOR_ONE_PERSON = ("Gender", "Ethnicity", "Date_of_Birth", "Date_of_Death")
LONG_TERM = frozenset({"lt_nursing", "lt_residential", "lt_community", "lt_prison"})
SOMETHING_FOLLOWS = frozenset({"progress", "continuation"})

Month = tuple[int, int]  # year, month


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What a file is judged by. The limit is in pounds a week, and a cost must be above it to be asked about."""

    la_code: str
    period_start: date
    period_end: date
    submission_date: date
    weekly_cost_limit: Decimal = Decimal("10000")


def is_short_term_and_over(record: Record) -> bool:
    """A service user's ST-Max service that ended in its period: its outcome decides what it counts as in 2A."""
    end = record.effective_end
    over = end is not None and end <= record.period_end
    return over and record.is_service_user and record.code("Service_Type") == "st_max"


@dataclass(frozen=True, slots=True)
class Undecided:
    """A short-term service whose outcome says that something follows: row, first and last day."""

    row: int
    start: date
    end: date


class FileFacts:
    """Everything a rule has to know about other rows. Holds a few words for each person and each long-term service."""

    def __init__(self, settings: CheckSettings, spec: Specification) -> None:
        self.settings = settings
        self.position = {each.name: each.order - 1 for each in spec.fields}
        self.headers = {each.name: each.header for each in spec.fields}
        self.lists = {each.name: spec.list_of(each.name) for each in spec.fields if each.code_list}
        self._marked = {
            (mark, event_type): [each.name for each in spec.fields if each.has_mark(mark, event_type)]
            for mark in Conformance
            for event_type in (*EVENT_TYPES, "")
        }
        self.rows = 0
        self.values: dict[str, set[str]] = {name: set() for name in SAME_IN_EVERY_ROW}
        self.types: Counter[str] = Counter()
        self.ended: dict[str, Counter[Month]] = defaultdict(Counter)
        self.service_users: set[str] = set()
        self.services_from_1_april = 0
        self.undecided: dict[str, list[Undecided]] = defaultdict(list)
        self.repeats: dict[int, int] = {}
        self.differing: dict[str, set[str]] = defaultdict(set)
        self.shared_numbers: set[str] = set()
        self.people_with_two_numbers: set[str] = set()
        self._long_term: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
        self._first_with_key: dict[str, int] = {}
        self._said: dict[str, tuple[object, ...]] = {}
        self._number_of: dict[str, str] = {}
        self._person_with: dict[str, str] = {}

    @classmethod
    def gather(
        cls, records: Iterable[Record], settings: CheckSettings, spec: Specification | None = None
    ) -> FileFacts:
        """Read all rows once. What only served to compare them is let go."""
        facts = cls(settings, spec or specification())
        for record in records:
            facts._add(record)
        for seen in (facts._first_with_key, facts._said, facts._number_of, facts._person_with):
            seen.clear()
        return facts

    def _add(self, record: Record) -> None:
        self.rows += 1
        for name, seen in self.values.items():
            if text := record.text[name]:
                seen.add(text)
        self._add_event(record)
        self._add_person(record)
        if (key := record.event_key(within_one_submission=True)) is not None:
            first = self._first_with_key.setdefault(digest(key), record.number)
            if first != record.number:
                self.repeats[record.number] = first

    def _add_event(self, record: Record) -> None:
        if not record.event_type:
            return
        self.types[record.event_type] += 1
        if record.effective_end:
            self.ended[record.event_type][record.effective_end.year, record.effective_end.month] += 1
        if record.is_service and record.start:
            if (record.start.day, record.start.month) == (1, 4):
                self.services_from_1_april += 1
            if record.code("Service_Type") in LONG_TERM and (record.is_open or record.end):
                self._long_term[record.name_in_file].append((record.start, record.effective_end))
        self._add_undecided(record)

    def _add_undecided(self, record: Record) -> None:
        outcome = record.found("Event_Outcome")
        if not (outcome and outcome.group in SOMETHING_FOLLOWS and is_short_term_and_over(record)):
            return
        if record.start and record.effective_end:
            ended = Undecided(record.number, record.start, record.effective_end)
            self.undecided[record.name_in_file].append(ended)

    def _add_person(self, record: Record) -> None:
        local_id, number = record.local_id, record.nhs_number
        if not local_id:
            return
        if record.is_service_user:
            self.service_users.add(local_id)
        said = tuple(map(record.compared, SAME_FOR_ONE_PERSON))
        before = self._said.setdefault(local_id, said)
        if before != said:
            pairs = zip(SAME_FOR_ONE_PERSON, before, said, strict=True)
            self.differing[local_id].update(name for name, one, other in pairs if one != other)
        if number:
            if self._number_of.setdefault(local_id, number) != number:
                self.people_with_two_numbers.add(local_id)
            if self._person_with.setdefault(number, local_id) != local_id:
                self.shared_numbers.add(number)

    def fields_marked(self, mark: Conformance, event_type: str) -> list[str]:
        """Fields with a mark for a type of event; without a type, those with that mark for all four."""
        return self._marked[mark, event_type]

    def long_term_support_open_on(self, person: str, day: date) -> bool:
        """Whether a long-term service of this person was open on the day, both ends counted."""
        return any(
            begun <= day and (ended is None or ended >= day)
            for begun, ended in self._long_term.get(person, ())
        )

    @property
    def period(self) -> tuple[date, date] | None:
        """The period that all rows share, and the settings where no row has a date that can be read.

        None when rows carry different periods, or when it would end before it starts.
        """
        start = self._shared("Reporting_Period_Start_Date", self.settings.period_start)
        end = self._shared("Reporting_Period_End_Date", self.settings.period_end)
        return (start, end) if start and end and start <= end else None

    def _shared(self, name: str, otherwise: date) -> date | None:
        if len(self.values[name]) > 1:
            return None
        for text in self.values[name]:
            try:
                return read_date(text)
            except NotADate:
                return otherwise
        return otherwise
