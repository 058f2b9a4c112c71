"""Writes a made file, one person at a time, always the same for the same seed, size and period."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import date
from typing import TextIO

from national_returns.cld.spec import specification
from national_returns.cld.synthetic import shares
from national_returns.cld.synthetic.journeys import JourneyMaker, MadeEvent, Period
from national_returns.cld.synthetic.people import MadePerson, Numbers, PeopleMaker, pick, written

NOBODYS_COUNCIL = "998"  # a code no council has


class FileMaker:
    """A believable file of any size for a council that does not exist."""

    def __init__(self, *, people: int, seed: int, period_end: date, council: str = NOBODYS_COUNCIL) -> None:
        rng = random.Random(f"{seed}/{people}/{period_end.isoformat()}")  # noqa: S311 - not for secrets
        self.people = people
        self.council = council
        self.rng = rng
        self.period = Period(period_end, rng)
        self.numbers = Numbers(seed)
        self.makers = PeopleMaker(rng=rng, numbers=self.numbers, period_end=period_end)
        self.journeys = JourneyMaker(rng=rng, period=self.period)
        spec = specification()
        self.blank = dict.fromkeys(spec.names, "")
        self.labels = {
            each.name: {value.code: value.label for value in spec.list_of(each.name).values}
            for each in spec.fields
            if each.code_list
        }

    def write(self, file: TextIO) -> int:
        """Write headings and rows. Returns the number of rows."""
        out = csv.writer(file, lineterminator="\r\n")
        out.writerow(specification().headers)
        written_rows = 0
        for row in self.rows():
            out.writerow(row)
            written_rows += 1
        return written_rows

    def rows(self) -> Iterator[list[str]]:
        for person, events in self._everybody():
            repeated = self._repeated(person)
            for event in sorted(events, key=lambda each: (each.start, each.event_type)):
                yield list((repeated | self._cells(event)).values())

    def _everybody(self) -> Iterator[tuple[MadePerson, list[MadeEvent]]]:
        rng = self.rng
        for _ in range(self.people):
            pathway = pick(rng, shares.PATHWAY)
            person = self.makers.service_user(pathway)
            events = self.journeys.of_service_user(person, pathway)
            at_home = not person.accommodation.startswith("registered") and pathway == "long_term"
            kind = "lt_community" if at_home else "care home" if pathway == "long_term" else "other"
            person.has_carer = "yes" if rng.random() < shares.HAS_CARER[kind] else "no"
            yield person, events
            if person.has_carer == "yes" and rng.random() < shares.CARER_IN_FILE:
                carer = self.makers.carer(person)
                if own := self.journeys.of_carer(carer, person):
                    yield carer, own

    def _repeated(self, person: MadePerson) -> dict[str, str]:
        submission = {
            "LA_Code": self.council,
            "Reporting_Period_Start_Date": written(self.period.start),
            "Reporting_Period_End_Date": written(self.period.end),
        }
        return self.blank | submission | person.cells()

    def _cells(self, event: MadeEvent) -> dict[str, str]:
        cells = {
            "Event_Type": event.event_type,
            "Event_Reference": self.numbers.event(event.event_type),
            "Event_Start_Date": written(event.start),
            "Event_End_Date": written(event.end),
            "Event_Outcome": self._label("Event_Outcome", event.outcome),
        }
        values = event.values | (event.line.values() if event.line else {})
        cells |= {name: self._label(name, value) for name, value in values.items()}
        return cells | (event.line.texts() if event.line else {})

    def _label(self, name: str, value: str) -> str:
        return self.labels[name][value] if value and name in self.labels else value
