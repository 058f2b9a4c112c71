"""The front door's list of contacts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import CASE_ROLES, Team
from accounts.requests import SignedInRequest
from contacts import front_door
from contacts.forms import ListForm
from core import policy
from worklist.paging import key_page

ALL = "all"


def front_doors() -> list[Team]:
    return list(Team.objects.filter(is_active=True, is_front_door=True).order_by("name", "pk"))


def _shown_teams(doors: list[Team], chosen: str, mine: list[int]) -> tuple[list[Team], str]:
    """The teams whose contacts are shown, and the choice as it stands: by default the reader's own front doors."""
    one = [team for team in doors if team.ref == chosen]
    if one:
        return one, chosen
    own = [team for team in doors if team.pk in mine]
    if chosen == ALL or not own:
        return doors, ALL
    return own, ""


@require_GET
@policy.staff(*CASE_ROLES)
def list_contacts(request: SignedInRequest) -> HttpResponse:
    """Contacts that wait for somebody: the urgent ones first, then whoever has waited longest."""
    chosen = ListForm(request.GET).chosen()
    show = chosen["show"] if chosen["show"] in front_door.SHOWS else front_door.TO_DO
    doors = front_doors()
    teams, team = _shown_teams(doors, chosen["team"], request.user.team_ids)
    contacts = front_door.contacts_of(request.user, teams)
    counts = front_door.counts(contacts)
    # The address of the next page also says which list and which team it belongs to.
    page = key_page(
        request,
        front_door.rows(contacts, show),
        field="received_at",
        descending=show == front_door.FINISHED,
    )
    context = {
        "page": page,
        "urgent": front_door.urgent(contacts) if show == front_door.TO_DO and counts["urgent"] else [],
        "online": front_door.online_of(request.user, teams) if show == front_door.TO_DO else [],
        "show": show,
        "label": front_door.SHOWS[show],
        "counts": counts,
        "doors": doors,
        "team": team,
        "has_own": any(door.pk in request.user.team_ids for door in doors),
    }
    return render(request, "contacts/list_contacts.html", context)
