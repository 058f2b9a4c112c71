"""What happened to an invented person inside the reporting period: requests, assessments, services, reviews."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from national_returns.cld.rows import read_date
from national_returns.cld.synthetic import shares
from national_returns.cld.synthetic.packages import Line, PackageMaker
from national_returns.cld.synthetic.people import MadePerson, pick

DAY = timedelta(days=1)
INITIAL_REVIEW = (timedelta(days=42), timedelta(days=56))  # LAW: six to eight weeks after the start
FIRST_RECORDS = date(1996, 4, 1)  # support older than this is rare enough to leave out


@dataclass
class MadeEvent:
    """One row to be. Values of lists are codes."""

    event_type: str
    start: date
    end: date | None
    outcome: str = ""
    values: dict[str, str] = field(default_factory=dict)
    line: Line | None = None
    reference: str = ""


class Period:
    """The twelve months of the file, and a fair spread of days over them."""

    def __init__(self, end: date, rng: random.Random) -> None:
        self.end = end
        following = end + DAY
        is_leap_day = (following.month, following.day) == (2, 29)
        self.start = following.replace(year=following.year - 1, day=28 if is_leap_day else following.day)
        self.rng = rng
        self._turn: Counter[str] = Counter()
        self._months = list(range(12))
        rng.shuffle(self._months)

    def some_day(self, kind: str) -> date:
        """A day of the period. Months take turns, so that no month of a kind of event stays empty."""
        month = self._months[self._turn[kind] % 12]
        self._turn[kind] += 1
        length = (self.end - self.start).days + 1
        return self.start + timedelta(days=int((month + self.rng.random()) * length / 12))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


class JourneyMaker:
    """Writes the events of one person at a time."""

    def __init__(self, *, rng: random.Random, period: Period) -> None:
        self.rng = rng
        self.period = period
        self.packages = PackageMaker(rng)

    def of_service_user(self, person: MadePerson, pathway: str) -> list[MadeEvent]:
        """Events of somebody drawing on care, inside the period and not after their death."""
        if pathway == "long_term":
            events = list(self._long_term(person))
        elif pathway == "short_term":
            events = list(self._short_term(person))
        else:
            events = list(self._requests_only(person))
        events = [each for each in self._as_they_died(person, events) if self._counts(each)]
        return events or [
            self._request(self.period.some_day("Request"), pick(self.rng, shares.OUTCOME_WITHOUT_SUPPORT))
        ]

    def _counts(self, event: MadeEvent) -> bool:
        """Whether the event belongs in a file for this period (inclusion rules of the specification)."""
        if event.event_type == "Service":
            return event.start <= self.period.end and (event.end is None or event.end >= self.period.start)
        return event.end is not None and event.end in self.period

    def _as_they_died(self, person: MadePerson, events: list[MadeEvent]) -> Iterator[MadeEvent]:
        """Nothing starts after a death, services end on it, and what was unfinished is left out (X01)."""
        for event in events:
            if person.died is None:
                yield event
            elif event.start > person.died:
                continue
            elif event.event_type == "Service" and (event.end is None or event.end > person.died):
                event.end, event.outcome = person.died, "nfa_deceased"
                yield event
            elif event.end is not None and event.end <= person.died:
                yield event

    # Requests, assessments, reviews

    def _request(self, end: date, outcome: str, route: str = "") -> MadeEvent:
        start = end - timedelta(days=self.rng.randint(*shares.DAYS_TO_DECIDE_A_REQUEST))
        return MadeEvent(
            "Request", start, end, outcome, {"Request_Route_of_Access": route or pick(self.rng, shares.ROUTE)}
        )

    def _assessment(
        self, end: date, outcome: str, kind: str, *, eligible: str, method: str = ""
    ) -> MadeEvent:
        start = end - timedelta(days=self.rng.randint(*shares.DAYS_TO_ASSESS))
        return MadeEvent(
            "Assessment",
            start,
            end,
            outcome,
            {
                "Assessment_Type": kind,
                "Eligible_Needs_Identified": eligible,
                "Method_of_Assessment": method or self.rng.choice(("service_user_only", "both")),
            },
        )

    def _review(
        self, end: date, reason: str, outcome: str, *, open_since: date, method: str = ""
    ) -> MadeEvent:
        start = max(open_since, end - timedelta(days=self.rng.randint(0, 7)))
        values = {
            "Review_Reason": reason,
            "Method_of_Review": method or self.rng.choice(("service_user_only", "both")),
        }
        if reason == "planned":
            values["Review_Outcomes_Achieved"] = pick(self.rng, shares.OUTCOMES_ACHIEVED)
        return MadeEvent("Review", start, end, outcome, values)

    # Pathways

    def _requests_only(self, person: MadePerson) -> Iterator[MadeEvent]:
        rng = self.rng
        for day in self._different_days(pick(rng, shares.REQUESTS_WITHOUT_SUPPORT)):
            outcome = pick(rng, shares.OUTCOME_WITHOUT_SUPPORT)
            if rng.random() >= shares.ASSESSED_WITHOUT_SUPPORT:
                yield self._request(day, outcome)
                continue
            assessed = self._assessment(day, outcome, "long_term", eligible="no")
            yield self._request(assessed.start - DAY, "progress_assessment")
            yield assessed

    def _different_days(self, count: int) -> list[date]:
        return sorted({self.period.some_day("Request") for _ in range(count)})

    def _short_term(self, person: MadePerson) -> Iterator[MadeEvent]:
        kind = pick(self.rng, shares.SHORT_TERM_KIND)
        if kind == "st_max":
            yield from self._reablement(person)
        elif kind == "st_ongoing_low":
            yield from self._low_level(person)
        else:
            yield from self._short_stay(person)

    def _reablement(self, person: MadePerson) -> Iterator[MadeEvent]:
        rng = self.rng
        end = self.period.some_day("Service")
        start = end - timedelta(days=rng.randint(*shares.REABLEMENT_DAYS) - 1)
        assessed = self._assessment(start - DAY, "progress_stmax", "short_term", eligible="no")
        yield self._request(
            assessed.start, "progress_stmax", "hospital_discharge" if rng.random() < 0.6 else "community"
        )
        yield assessed
        goes_on = rng.random() >= shares.NO_FURTHER_SUPPORT
        outcome = "progress_support" if goes_on else pick(rng, shares.REABLEMENT_OUTCOME)
        yield MadeEvent("Service", start, end, outcome, line=self.packages.reablement())
        if rng.random() < shares.REABLEMENT_REVIEWED:
            yield self._review(end, "short_term", outcome, open_since=start)
        if goes_on and (follow := end + timedelta(days=rng.randint(1, 6))) <= self.period.end:
            for line in self.packages.long_term("lt_community", person):
                yield MadeEvent("Service", follow, None, line=line)

    def _low_level(self, person: MadePerson) -> Iterator[MadeEvent]:
        """Equipment and small help: assessed, delivered, done."""
        day = self.period.some_day("Service")
        assessed = self._assessment(
            day - timedelta(days=self.rng.randint(1, 10)), "progress_support", "short_term", eligible="no"
        )
        yield self._request(assessed.start, "progress_assessment")
        yield assessed
        yield MadeEvent("Service", day, day, "nfa_ended_planned", line=self.packages.equipment())

    def _short_stay(self, person: MadePerson) -> Iterator[MadeEvent]:
        end = self.period.some_day("Service")
        start = end - timedelta(days=self.rng.randint(6, 27))
        yield self._request(start, "progress_support")
        yield MadeEvent("Service", start, end, "nfa_ended_planned", line=self.packages.short_stay())

    def _long_term(self, person: MadePerson) -> Iterator[MadeEvent]:
        rng, period = self.rng, self.period
        group = self._group(person)
        setting = pick(rng, shares.SETTING[group])
        self._settle(person, setting)
        is_new = rng.random() < shares.NEW_IN_YEAR[setting]
        start = period.some_day("new") if is_new else self._began_before(person, setting)
        ended = self._ending(person, setting, start, group)

        for line in self.packages.long_term(setting, person):
            yield MadeEvent("Service", start, ended[0], ended[1], line=line)
        if is_new:
            yield from self._way_in(person, setting, start)
        if rng.random() < shares.REASSESSED:
            day = period.some_day("Assessment")
            if day > start:
                yield self._assessment(day, "continuation", "long_term", eligible="yes")
        for day in self._different_days(pick(rng, shares.REQUESTS_OF_SUPPORTED)):
            if day > start:
                yield self._request(day, pick(rng, shares.OUTCOME_OF_SUPPORTED))
        yield from self._reviews(start, ended[0], is_new)

    def _group(self, person: MadePerson) -> str:
        if person.reason == "learning_disability":
            return "learning disability"
        return "18 to 64" if self._age_at(person, self.period.end) < 65 else "65 and over"

    def _age_at(self, person: MadePerson, day: date) -> int:
        return day.year - person.born.year - ((day.month, day.day) < (person.born.month, person.born.day))

    def _began_before(self, person: MadePerson, setting: str) -> date:
        mean = (
            shares.YEARS_SO_FAR_LEARNING_DISABILITY
            if person.reason == "learning_disability"
            else shares.YEARS_SO_FAR[setting]
        )
        days = 1 + int(self.rng.expovariate(1 / mean) * 365.25)
        adult = date(person.born.year + 18, person.born.month, 1) + timedelta(days=62)
        return max(self.period.start - timedelta(days=days), adult, FIRST_RECORDS)

    def _settle(self, person: MadePerson, setting: str) -> None:
        """Home and carer follow from the setting."""
        homes = {
            "lt_residential": "registered_care_home",
            "lt_nursing": "registered_nursing_home",
            "lt_prison": "prison",
        }
        person.accommodation = homes.get(setting, person.accommodation)

    def _ending(self, person: MadePerson, setting: str, start: date, group: str) -> tuple[date | None, str]:
        rng, period = self.rng, self.period
        chance = shares.DIED_IN_YEAR[setting] * (1 if group == "65 and over" else 1 / 6)
        end = max(period.some_day("Service"), start)
        if rng.random() < chance:
            person.died = end
            return end, "nfa_deceased"
        if rng.random() < shares.ENDED_OTHERWISE[setting]:
            return end, pick(rng, shares.END_OUTCOME)
        return None, ""

    def _way_in(self, person: MadePerson, setting: str, start: date) -> Iterator[MadeEvent]:
        """How new support came about: a request and an assessment, or care at home that no longer sufficed."""
        rng = self.rng
        assessed = self._assessment(
            start - timedelta(days=rng.randint(*shares.DAYS_TO_START_SUPPORT)),
            "progress_support",
            "long_term",
            eligible="yes",
        )
        yield assessed
        yield self._request(assessed.start - timedelta(days=rng.randint(0, 6)), "progress_assessment")
        if setting in ("lt_residential", "lt_nursing") and rng.random() < 0.5:
            before = start - timedelta(days=rng.randint(60, 900))
            for line in self.packages.long_term("lt_community", person):
                if line.mechanism != "direct_payment":
                    yield MadeEvent("Service", before, start - DAY, "progress_support", line=line)

    def _reviews(self, start: date, end: date | None, is_new: bool) -> Iterator[MadeEvent]:
        rng, period = self.rng, self.period
        if is_new:
            day = start + timedelta(days=rng.randint(INITIAL_REVIEW[0].days, INITIAL_REVIEW[1].days))
            held = rng.random() < shares.INITIAL_REVIEW_HELD
            reason = "planned"
        else:
            day = period.some_day("Review")
            held = rng.random() < shares.REVIEWED_IN_YEAR
            reason = pick(rng, shares.REVIEW_REASON)
        if held and start < day <= period.end and (end is None or day <= end):
            yield self._review(day, reason, pick(rng, shares.REVIEW_OUTCOME), open_since=start)

    # Carers

    def of_carer(self, carer: MadePerson, cared_for: MadePerson) -> list[MadeEvent]:
        """Events of a carer in their own right, each linked to the person they look after."""
        rng, period = self.rng, self.period
        support = pick(rng, shares.CARER_SUPPORT)
        if carer.client_type == "unpaid_carer_by_association":
            support = "information"
        outcome = "nfa_info" if support == "information" else "progress_support"
        assessed = self._assessment(
            period.some_day("carer"),
            outcome,
            "long_term",
            eligible="no" if support == "information" else "yes",
            method="both" if carer.client_type == "unpaid_carer_by_association" else "carer_only",
        )
        events = [
            assessed,
            self._request(
                assessed.start - timedelta(days=rng.randint(0, 9)), "progress_assessment", "community"
            ),
        ]
        if support != "information":
            start = (assessed.end or assessed.start) + timedelta(days=rng.randint(1, 20))
            once = support == "direct payment"
            events.append(
                MadeEvent(
                    "Service",
                    start,
                    start if once else None,
                    "nfa_ended_planned" if once else "",
                    line=self.packages.for_carer(support),
                )
            )
            day = start + timedelta(days=rng.randint(60, 200))
            if rng.random() < shares.CARER_REVIEWED:
                events.append(
                    self._review(day, "planned", "continuation", open_since=start, method="carer_only")
                )
        linked = {"No_of_adults_being_cared_for": "1", "Adult_1_Linked_Person_ID": cared_for.local_id}
        for event in events:
            event.values.update(linked)
        return [each for each in events if self._counts(each)]


def day_given(text: str) -> date:
    """A date from the command line, as 2026-09-30 or 30/09/2026. Raises ValueError otherwise."""
    return date.fromisoformat(text) if "-" in text else read_date(text) or date.fromisoformat(text)
