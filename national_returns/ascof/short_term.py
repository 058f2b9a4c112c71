"""ASCOF 2A: short-term support after which no further support is needed. Counted in episodes; higher is better."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from national_returns.ascof.history import LONG_TERM, OPEN, Event, Person, Year, written
from national_returns.ascof.results import Counted, Standing
from national_returns.cld.spec import Code

MEASURE = "2A"
NEW_CLIENT_DAYS = 91  # since the last long-term service; the published note says three months
FOLLOWS_WITHIN = timedelta(days=7)  # joins services into an episode, and events to what followed it
LAST_REVIEW_WITHIN = timedelta(days=14)  # before the end; fewer days than this

# What followed, first before last, where several services did.
AFTERWARDS = (*LONG_TERM, "st_ongoing_low", "st_stay", "st_other")
NAMES = {
    "lt_nursing": "nursing care",
    "lt_residential": "residential care",
    "lt_community": "community support",
    "lt_prison": "support in prison",
    "st_ongoing_low": "ongoing low level support",
    "st_stay": "short-term residential or nursing care",
    "st_other": "other short-term support",
}
NEEDS_MORE = frozenset({*LONG_TERM, "st_stay"})
STAYS = frozenset({"st_residential", "st_nursing"})
NO_FURTHER_SUPPORT = frozenset(
    {
        "nfa_info",
        "nfa_ended_planned",
        "nfa_ended_other",
        "nfa_moved",
        "nfa_other_la_service",
        "nfa_no_services",
        "nfa_other",
    }
)
HOSPITAL = "hospital"
ENDED_AS_PLANNED = "nfa_ended_planned"


@dataclass(frozen=True, slots=True)
class Episode:
    """ST-Max services of one person with no more than 7 days between them."""

    start: date
    end: date | None
    outcome: Code | None

    def is_followed_by(self, event: Event) -> bool:
        """Starts on or after the start, at most 7 days after the end, and ends after the end or is open."""
        last = self.end or OPEN
        return self.start <= event.start and event.start - last <= FOLLOWS_WITHIN and event.ends > last


def episodes(person: Person) -> Iterator[Episode]:
    """The person's episodes in order of time."""
    joined: list[Event] = []
    latest = date.min
    for service in person.services:
        if service.service != "st_max":
            continue
        if joined and service.start - latest > FOLLOWS_WITHIN:
            yield _episode(joined)
            joined = []
        joined.append(service)
        latest = max(each.ends for each in joined)
    if joined:
        yield _episode(joined)


def _episode(services: Sequence[Event]) -> Episode:
    last = max(services, key=lambda each: each.ends)
    return Episode(
        start=services[0].start,
        end=last.end,
        outcome=highest(each.outcome for each in services if each.ends == last.ends),
    )


def highest(outcomes: Iterable[Code | None]) -> Code | None:
    """The outcome highest in the official hierarchy, where 1 wins; a blank never does."""
    return min((each for each in outcomes if each), key=lambda each: each.hierarchy or 0, default=None)


def judge(people: Iterable[Person], year: Year, *, new_client_days: int = NEW_CLIENT_DAYS) -> list[Standing]:
    """Every episode of every person, with what it counts as and why."""
    return [
        Standing(
            MEASURE, person.name, f"Episode {written(each.start)} to {written(each.end)}: {why}", counted
        )
        for person in people
        for each in episodes(person)
        for counted, why in [_counted(each, person, year, new_client_days)]
    ]


def _counted(episode: Episode, person: Person, year: Year, new_client_days: int) -> tuple[Counted, str]:
    end = episode.end
    if end is None or not year.holds(end):
        return Counted.LEFT_OUT, "did not end in the year"
    if why := person.why_in_no_measure(year, end):
        return Counted.LEFT_OUT, why[0].lower() + why[1:]
    if person.died and person.died < episode.start:
        return Counted.LEFT_OUT, f"died on {written(person.died)}, before it began"
    for service in person.long_term:
        if service.start < episode.start and service.is_open_after(episode.start, within=new_client_days):
            return Counted.LEFT_OUT, (
                f"not a new client: long-term support from {written(service.start)} to {written(service.end)}"
            )
    return _outcome(episode, end, person)


def _outcome(episode: Episode, end: date, person: Person) -> tuple[Counted, str]:
    """What followed: the first of six steps that applies."""
    if person.died and person.died - end <= FOLLOWS_WITHIN:
        return Counted.LEFT_OUT, f"died on {written(person.died)} (step 1)"
    if episode.outcome and episode.outcome.code == HOSPITAL:
        return Counted.LEFT_OUT, "admitted to hospital (step 2)"
    if followed := _service_after(episode, person):
        counted = Counted.DENOMINATOR if followed in NEEDS_MORE else Counted.NUMERATOR
        return counted, f"followed by {NAMES[followed]} (step 3)"
    if outcome := _outcome_after(episode, end, person):
        counted = Counted.NUMERATOR if outcome.code in NO_FURTHER_SUPPORT else Counted.LEFT_OUT
        return counted, f"{outcome.label} (step 4)"
    if _equipment_within(episode, end, person):
        return Counted.NUMERATOR, "equipment delivered, counted as ongoing low level support (step 5)"
    own = episode.outcome.label if episode.outcome else "no outcome"
    return Counted.LEFT_OUT, f"unclassified, {own} (step 6)"


def _service_after(episode: Episode, person: Person) -> str:
    """Step 3: the kind of service that followed, the first of the order if several did."""
    kinds = {
        "st_stay" if each.service == "st_other" and each.component in STAYS else each.service
        for each in person.services
        if episode.is_followed_by(each)
    }
    return next((kind for kind in AFTERWARDS if kind in kinds), "")


def _outcome_after(episode: Episode, end: date, person: Person) -> Code | None:
    """Step 4: the highest NFA outcome, or hospital, of the episode, of what followed, and of its last review."""
    others = [each for each in person.events if each.type != "Service" and each.of_service_user]
    after = [each for each in others if episode.is_followed_by(each)]
    usable = [
        each.outcome for each in after if _closes(each.outcome) and each.outcome_code != ENDED_AS_PLANNED
    ]
    candidates = [*usable, _last_review(others, episode, end)]
    if usable or not after:
        candidates.append(episode.outcome)
    return highest(each for each in candidates if _closes(each))


def _closes(outcome: Code | None) -> bool:
    return outcome is not None and outcome.group in ("nfa", HOSPITAL)


def _last_review(others: Sequence[Event], episode: Episode, end: date) -> Code | None:
    """The outcome of the latest assessment or review that ended inside the episode, fewer than 14 days before its end."""
    inside = [
        each
        for each in others
        if each.type in ("Assessment", "Review")
        and each.end is not None
        and episode.start <= each.end <= end
        and end - each.end < LAST_REVIEW_WITHIN
    ]
    if not inside:
        return None
    latest = max((each.ends, each.start) for each in inside)
    return highest(each.outcome for each in inside if (each.ends, each.start) == latest)


def _equipment_within(episode: Episode, end: date, person: Person) -> bool:
    """Step 5: equipment delivered and finished during the episode."""
    return any(
        each.component == "equipment"
        and each.service != "st_max"
        and episode.start <= each.start
        and each.ends <= end
        for each in person.services
    )
