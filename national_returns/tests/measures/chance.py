"""Histories made by chance: few people, dates close together, so that edges are met often."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from national_returns.cld.spec import specification
from national_returns.tests.measures.made import COMPONENTS, TYPES, Line, event, person, service

FIRST, LAST = date(2025, 4, 1), date(2026, 3, 31)
LISTS = {
    name: ["", *(value.label for value in specification().list_of(name).values)]
    for name in ("Event_Outcome", "Service_Component", "Delivery_Mechanism", "Accommodation_Status")
}
REASONS = [
    "",
    "Unknown",
    "Learning disability support",
    "Mental health support",
    "Social support: Support to unpaid carer",
]
CLIENTS = ["Service user"] * 6 + ["Unpaid carer", "Unpaid carer known by association"]
NEAR = [FIRST, LAST, *(FIRST + timedelta(days=30 * step) for step in range(12))]


def written(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def a_day(rng: random.Random) -> date:
    """Near an edge, or some days from one of a dozen days, where gaps of 6 to 8, 14, 91 and 365 days are common."""
    gap = rng.choice(
        [0, 0, 1, -1, 6, 7, 8, 13, 14, 15, 90, 91, 92, -90, -91, -365, -366, rng.randint(-800, 60)]
    )
    return rng.choice(NEAR) + timedelta(days=gap)


def history(seed: int, number: int = 4) -> list[Line]:
    """Rows about a few people."""
    rng = random.Random(seed)
    return [line for place in range(number) for line in _person(rng, f"P{place}")]


def _person(rng: random.Random, name: str) -> list[Line]:
    born = "" if rng.random() < 0.05 else written(_birth(rng))
    died = written(a_day(rng)) if rng.random() < 0.15 else ""
    who = person(name, born, Date_of_Death=died)
    if rng.random() < 0.1:
        who["NHS_Number"] = "9990000018"
    # Most people have one kind of support, since only then is it decided by what is rare.
    kinds = rng.choice([["st_max"], ["st_max", "low", "community"], ["nursing", "residential"], ["community"], ["direct", "cared_for"], list(TYPES)])  # fmt: skip
    lines: list[Line] = []
    for _ in range(rng.randint(1, 5)):
        lines.append(_line(rng, who, kinds, lines[-1] if lines and rng.random() < 0.6 else None))
    return lines


def _birth(rng: random.Random) -> date:
    day = rng.choice(NEAR) + timedelta(days=rng.randint(-40, 40))
    return day.replace(
        year=day.year - rng.choice([17, 18, 30, 30, 50, 50, 64, 65, 80, 80]), day=min(day.day, 28)
    )


def _line(rng: random.Random, who: Line, kinds: list[str], before: Line | None) -> Line:
    start = a_day(rng)
    if before and before["Event_End_Date"]:  # close to the last one, where most of 2A is decided
        ended = datetime.strptime(before["Event_End_Date"], "%d/%m/%Y").date()
        start = ended + timedelta(days=rng.choice([-15, -1, 0, 1, 6, 7, 8, 90, 91, 364, 365]))
    length = rng.choice([-1, 0, 1, 5, 7, 14, 30, 60, 91, 200, 400])
    end = None if rng.random() < 0.25 else start + timedelta(days=length)
    more = {
        "Client_Type": rng.choice(CLIENTS),
        "Accommodation_Status": rng.choice(LISTS["Accommodation_Status"] + ["", "Unknown"] * 8),
        "Primary_Support_Reason": rng.choice(REASONS),
    }
    outcome = rng.choice(LISTS["Event_Outcome"])
    if rng.random() < 0.35:
        kind = rng.choice(["Request", "Assessment", "Review"])
        return event(who, kind, written(start), written(end), outcome, **more)
    kind = rng.choice(kinds)
    more["Service_Component"] = rng.choice(
        [COMPONENTS[kind], COMPONENTS[kind], rng.choice(LISTS["Service_Component"])]
    )
    more["Delivery_Mechanism"] = rng.choice(LISTS["Delivery_Mechanism"])
    return service(who, kind, written(start), written(end), outcome, **more)
