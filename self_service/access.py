"""Whose pages these are: the signed-in person's own, or those of somebody they act for."""

from __future__ import annotations

from django.http import Http404

from accounts.requests import SignedInRequest
from audit import services as audit
from core import clock
from people.models import PortalAccess

CHOSEN = "acting_for"


def all_access(request: SignedInRequest) -> list[PortalAccess]:
    """Everyone whose pages the user may open today, themself first."""
    rows = PortalAccess.objects.live(clock.today()).filter(user=request.user).select_related("person")
    return sorted(rows, key=lambda row: (row.relation != PortalAccess.Relation.SELF, row.pk))


def open_pages(request: SignedInRequest, *, page: str) -> PortalAccess:
    """The access in use, with the view recorded before anything is shown.

    The person chosen in this session, else the user's own pages, else the first. 404 for an account without access.
    """
    rows = all_access(request)
    chosen = request.session.get(CHOSEN)
    access = next((row for row in rows if row.ref == chosen), rows[0] if rows else None)
    if access is None:
        raise Http404
    access.others = len(rows) - 1  # type: ignore[attr-defined]
    reason = (
        "" if access.relation == PortalAccess.Relation.SELF else f"as {access.get_relation_display().lower()}"
    )
    audit.record_view(person_id=access.person_id, by=request.user, page=page, reason=reason)
    return access
