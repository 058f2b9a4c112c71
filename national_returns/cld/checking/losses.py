"""What a file would lose on its way to the published figures: how many rows, and whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from national_returns.cld.checking.facts import FileFacts, is_short_term_and_over
from national_returns.cld.checking.findings import Finding
from national_returns.cld.record import Record

FOLLOWS_WITHIN = timedelta(days=7)  # after short-term support ends (ASCOF 2A)
CARE_HOME = frozenset({"lt_nursing", "lt_residential"})
PEOPLE_NAMED = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows do not count, the rules that show it (with the field, where only one is meant), and what comes of it."""

    name: str
    effect: str
    rules: tuple[str, ...] = ()
    field: str = ""


NO_PERSON = Reason("No person", "row dropped", ("P03",))
NOT_FINISHED = Reason("Not finished", "request, assessment or review dropped", ("D03",))
OUTSIDE = Reason("Outside the period", "row dropped", ("D04", "D05", "D06"))
DIED_BEFORE = Reason("Died before the period", "row dropped", ("P11",))
DUPLICATE = Reason("Duplicate", "all but one dropped", ("F07",))
NO_MECHANISM = Reason("No delivery mechanism", "3D numerator lowered", ("S04",))
NO_ACCOMMODATION = Reason(
    "Accommodation unknown", "2E may be filled from services, otherwise counted as not settled"
)
NO_OUTCOME = Reason("Short-term outcome says nothing", "2A episode unclassified and left out")
NO_COMPONENT = Reason(
    "No component on a care home service", "person missing from 2B and 2C as currently coded"
)
NO_BIRTH_DATE = Reason("No date of birth", "person missing from 2B, 2C and 2E", ("M01",), "Date_of_Birth")
REASONS = (
    NO_PERSON,
    NOT_FINISHED,
    OUTSIDE,
    DIED_BEFORE,
    DUPLICATE,
    NO_MECHANISM,
    NO_ACCOMMODATION,
    NO_OUTCOME,
    NO_COMPONENT,
    NO_BIRTH_DATE,
)
_BY_RULE = {(rule, reason.field): reason for reason in REASONS for rule in reason.rules}


@dataclass(frozen=True, slots=True)
class Loss:
    """One reason with the rows it costs and the people they are about."""

    reason: Reason
    rows: int
    people: int
    named: tuple[str, ...]


class Losses:
    """Collects, row by row in the second reading. Keeps one small number for each person concerned."""

    def __init__(self, facts: FileFacts) -> None:
        self._facts = facts
        self._rows: Counter[Reason] = Counter()
        self._people: dict[str, int] = {}  # for each person a bit for each reason
        self._followed: set[int] = set()

    def add(self, record: Record, findings: Iterable[Finding]) -> None:
        reasons = {
            reason
            for each in findings
            for field in ("", each.field)
            if (reason := _BY_RULE.get((each.rule, field)))
        }
        if record.is_service_user:
            reasons |= set(self._of_a_service_user(record))
        for reason in reasons:
            self._count(reason, record.name_in_file)
        for ended in self._facts.undecided.get(record.name_in_file, ()):
            if record.number != ended.row and _follows(record, ended.start, ended.end):
                self._followed.add(ended.row)

    def _of_a_service_user(self, record: Record) -> Iterable[Reason]:
        if record.code("Accommodation_Status") in ("", "unknown"):
            yield NO_ACCOMMODATION
        if record.code("Service_Type") in CARE_HOME and not record.text["Service_Component"]:
            yield NO_COMPONENT
        if is_short_term_and_over(record) and not record.text["Event_Outcome"]:
            yield NO_OUTCOME

    def _count(self, reason: Reason, person: str) -> None:
        self._rows[reason] += 1
        if person:
            self._people[person] = self._people.get(person, 0) | 1 << REASONS.index(reason)

    def finish(self) -> list[Loss]:
        """The reasons that cost anything, in their published order. To be called once, after the last row."""
        for person, services in self._facts.undecided.items():
            for ended in services:
                if ended.row not in self._followed:
                    self._count(NO_OUTCOME, person)
        return [self._loss(place, reason) for place, reason in enumerate(REASONS) if self._rows[reason]]

    def _loss(self, place: int, reason: Reason) -> Loss:
        people = [person for person, bits in self._people.items() if bits >> place & 1]
        return Loss(reason, self._rows[reason], len(people), tuple(people[:PEOPLE_NAMED]))


def _follows(record: Record, start: date, end: date) -> bool:
    """Starts with or after the support, at most 7 days after its end, and goes on beyond that end."""
    if record.start is None or record.start < start or record.start - end > FOLLOWS_WITHIN:
        return False
    return record.is_open or (record.effective_end is not None and record.effective_end > end)
