"""Requests taken over from another system, many at a time. Nobody is notified and nothing falls due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from contacts.models import Contact, Outcome
from core import bulk
from core.clock import LONDON
from people.models import Origin

OUTCOMES = {outcome.label: outcome for outcome in Outcome}
ROUTES = {route.label: route for route in Contact.Route}
NOT_RECORDED = "Taken over from the council's return, which holds no account of the conversation."


@dataclass(frozen=True, slots=True)
class ImportedRequest:
    """A finished request, as the return gives it. Outcome and route are in the words of the national lists."""

    person_id: int
    team_id: int
    is_about_a_carer: bool
    started_on: date
    ended_on: date
    outcome: str
    route: str
    description: str


def _moment(day: date) -> datetime:
    """A return knows days only: the first moment of the day in London."""
    return datetime.combine(day, time(0), LONDON)


def _reason(request: ImportedRequest, route: str) -> str:
    if request.is_about_a_carer:
        return Contact.Reason.CARER
    by_route = {
        Contact.Route.HOSPITAL_DISCHARGE: Contact.Reason.DISCHARGE,
        Contact.Route.TRANSITION: Contact.Reason.TRANSITION,
    }
    return by_route.get(Contact.Route(route), Contact.Reason.ASSESSMENT)


def _facts(request: ImportedRequest) -> dict[str, object]:
    outcome = OUTCOMES.get(request.outcome, "")
    went_on = outcome and not str(outcome).startswith("nfa")
    route = ROUTES.get(request.route, Contact.Route.COMMUNITY)
    return {
        "status": Contact.Status.ALLOCATED if went_on else Contact.Status.CLOSED_IA,
        "source": Contact.Source.OTHER,
        "reason": _reason(request, route),
        "route": route,
        "what_is_happening": request.description or NOT_RECORDED,
        "received_at": _moment(request.started_on),
        "closed_at": _moment(request.ended_on),
        "outcome": outcome,
        "imported_started_on": request.started_on,
        "imported_ended_on": request.ended_on,
        "imported_outcome": request.outcome,
        "imported_route": request.route,
    }


def bulk_add_requests(*, requests: Sequence[ImportedRequest], now: datetime) -> list[int]:
    """Record finished requests. Returns their keys in the order given. Consent was not recorded, so it stays empty."""
    return bulk.insert_rows(
        Contact,
        [
            {
                "person_id": each.person_id,
                "team_id": each.team_id,
                "consent": "",
                "origin": Origin.IMPORTED,
                "created_at": now,
                "updated_at": now,
            }
            | _facts(each)
            for each in requests
        ],
    )


def bulk_change_requests(*, changes: Sequence[tuple[int, ImportedRequest]], now: datetime) -> None:
    """Bring requests up to date with a newer return. The team stays as it is now."""
    wanted = dict(changes)
    rows = list(Contact.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    fields: set[str] = {"person_id", "version", "updated_at"}
    for row in rows:
        facts = _facts(wanted[row.pk]) | {"person_id": wanted[row.pk].person_id, "updated_at": now}
        for name, fact in facts.items():
            setattr(row, name, fact)
        row.next_version()
        fields |= facts.keys()
    bulk.update_rows(rows, sorted(fields))
