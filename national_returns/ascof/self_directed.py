"""ASCOF 3D: self-directed support and direct payments. Higher is better.

Parts (1a) and (2a) are about service users on the last day of the year, (1b) and (2b) about carers over the whole year.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from national_returns.ascof.history import Event, Person, Year, written
from national_returns.ascof.results import Counted, Standing

SELF_DIRECTED, DIRECT_PAYMENT = "3D(1a)", "3D(2a)"
CARERS_SELF_DIRECTED, CARERS_DIRECT_PAYMENT = "3D(1b)", "3D(2b)"
PARTS = (SELF_DIRECTED, DIRECT_PAYMENT, CARERS_SELF_DIRECTED, CARERS_DIRECT_PAYMENT)

# Settings of a service user, first that fits any of their services.
NURSING, RESIDENTIAL, PAYMENT, MANAGED, COMMISSIONED, BLANK, PRISON = range(1, 8)
SETTINGS = {
    NURSING: "nursing care",
    RESIDENTIAL: "residential care",
    PAYMENT: "community support by direct payment",
    MANAGED: "community support from a managed personal budget",
    COMMISSIONED: "community support commissioned by the council",
    BLANK: "community support without a delivery mechanism",
    PRISON: "support in prison",
}
COUNTS = frozenset({PAYMENT, MANAGED, COMMISSIONED, BLANK})
BY_MECHANISM = {"managed_budget": MANAGED, "commissioned": COMMISSIONED}
BY_SERVICE = {"lt_nursing": NURSING, "lt_residential": RESIDENTIAL, "lt_prison": PRISON}

# Settings of a carer.
DIRECT, DIRECT_MANAGED, DIRECT_COMMISSIONED, DIRECT_BLANK, ADVICE, NONE = range(1, 7)
CARER_SETTINGS = {
    DIRECT: "direct support by direct payment",
    DIRECT_MANAGED: "direct support from a managed personal budget",
    DIRECT_COMMISSIONED: "direct support commissioned by the council",
    DIRECT_BLANK: "direct support without a delivery mechanism",
    ADVICE: "information and advice only",
    NONE: "no direct support",
}
CARER_COUNTS = frozenset({DIRECT, DIRECT_MANAGED, DIRECT_COMMISSIONED})
CARER_BY_MECHANISM = {"managed_budget": DIRECT_MANAGED, "commissioned": DIRECT_COMMISSIONED}
INFORMATION = "nfa_info"


def judge(people: Iterable[Person], year: Year) -> list[Standing]:
    """Everyone with a long-term service, and every carer, in the parts that are about them."""
    standings = []
    for person in people:
        if person.long_term:
            standings += _service_user(person, year)
        if any(each.of_carer for each in person.events):
            standings += _carer(person, year)
    return standings


def _service_user(person: Person, year: Year) -> list[Standing]:
    """A snapshot: services open on the last day, of people alive on it. Death on that day is after it."""
    day = year.last
    services = [each for each in person.long_term if each.start <= day <= each.ends]
    setting = None
    if why := person.why_in_no_measure(year, day):
        pass
    elif person.died and person.died < day:
        why = f"Died on {written(person.died)}, before the last day"
    elif not services:
        why = f"No long-term support open on {written(day)}"
    else:
        setting = min(map(_setting, services))
        why = f"{SETTINGS[setting]} on {written(day)}".capitalize()
    return [
        Standing(SELF_DIRECTED, person.name, why, _counted(setting, COUNTS, {PAYMENT, MANAGED})),
        Standing(DIRECT_PAYMENT, person.name, why, _counted(setting, COUNTS, {PAYMENT})),
    ]


def _setting(service: Event) -> int:
    if service.service in BY_SERVICE:
        return BY_SERVICE[service.service]
    return PAYMENT if _is_direct_payment(service) else BY_MECHANISM.get(service.mechanism, BLANK)


def _is_direct_payment(service: Event) -> bool:
    """The component Direct payment means a direct payment whatever the mechanism says."""
    return "direct_payment" in (service.component, service.mechanism)


def _counted(setting: int | None, denominator: Container[int], numerator: Container[int]) -> Counted:
    if setting in numerator:
        return Counted.NUMERATOR
    return Counted.DENOMINATOR if setting in denominator else Counted.LEFT_OUT


def _carer(person: Person, year: Year) -> list[Standing]:
    """What a carer had in the whole year, at the best."""
    events = [each for each in person.events if each.of_carer and _falls_in(each, year)]
    found = [(kind, each.component_is_blank) for each in events if (kind := _carer_setting(each))]
    setting = None
    if why := person.why_in_no_measure(year, min(person.died or year.last, year.last)):
        pass
    elif not found:
        why = "No support, assessment or review as a carer in the year"
    else:
        setting = min(kind for kind, _blank in found)
        why = CARER_SETTINGS[setting].capitalize()
        if setting in CARER_COUNTS and all(blank for kind, blank in found if kind == setting):
            why += "; the component is blank"
    return [
        Standing(
            CARERS_SELF_DIRECTED, person.name, why, _counted(setting, CARER_COUNTS, {DIRECT, DIRECT_MANAGED})
        ),
        Standing(CARERS_DIRECT_PAYMENT, person.name, why, _counted(setting, CARER_COUNTS, {DIRECT})),
    ]


def _falls_in(event: Event, year: Year) -> bool:
    """A service active in the year, or another event that ended in it."""
    return event.is_active_in(year) if event.type == "Service" else year.holds(event.end)


def _carer_setting(event: Event) -> int:
    """0 for what shows nothing, such as a request that led to something else."""
    if event.service == "carer_direct":
        return DIRECT if _is_direct_payment(event) else CARER_BY_MECHANISM.get(event.mechanism, DIRECT_BLANK)
    if event.type != "Service" and event.outcome_code == INFORMATION:
        return ADVICE
    if event.service == "carer_cared_for" or event.type in ("Assessment", "Review"):
        return NONE
    return 0
