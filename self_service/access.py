"""Whose pages these are: the signed-in person's own, or those of somebody they act for, within the limits of the right."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.requests import SignedInRequest
from audit import services as audit
from core import clock
from people.models import Person, PortalAccess

CHOSEN = "acting_for"


def all_access(request: SignedInRequest) -> list[PortalAccess]:
    """Everyone whose pages the user may open today, themself first."""
    rows = PortalAccess.objects.live(clock.today()).filter(user=request.user).select_related("person")
    return sorted(rows, key=lambda row: (not row.is_own, row.pk))


def access_in_use(request: SignedInRequest) -> PortalAccess:
    """The person chosen in this session, else the user's own pages, else the first. 404 for an account without access."""
    rows = all_access(request)
    chosen = request.session.get(CHOSEN)
    access = next((row for row in rows if row.ref == chosen), rows[0] if rows else None)
    if access is None:
        raise Http404
    access.others = len(rows) - 1  # type: ignore[attr-defined]
    return access


def open_pages(request: SignedInRequest, *, page: str, part: str | None = None) -> PortalAccess:
    """The access in use, with the view recorded before anything is shown.

    404 for an account without access; PermissionDenied, and no view, for a part of the pages that the right does not
    reach to.
    """
    access = access_in_use(request)
    if part is not None and not access.covers(part):
        raise PermissionDenied(
            f"Your right to act for {access.person.first_name} does not reach to this page. "
            f"It is for: {'; '.join(access.covered)}."
        )
    reason = "" if access.is_own else f"as {access.get_relation_display().lower()}"
    audit.record_view(person_id=access.person_id, by=request.user, page=page, reason=reason)
    return access


def must_act(access: PortalAccess) -> None:
    """Refuse who may only see. The services ask again, with the part of the pages."""
    if not access.may_act:
        raise PermissionDenied(
            "You may see these pages. To do this you need the right to act for the person."
        )


def must_decide(access: PortalAccess) -> None:
    """Refuse whoever speaks up beside the person and agrees to nothing in their place."""
    must_act(access)
    if not access.may_decide:
        raise PermissionDenied(
            "An advocate helps the person to say what they think. The person agrees themself."
        )


def signatures(access: PortalAccess, reader: Any) -> dict[int, str]:
    """How each account of these pages signs, for the reader: “you”, the person by name, “Anna Whitlow, who acts for
    you”. Staff are not among them: they sign with their own name."""
    found = {}
    for row in PortalAccess.objects.filter(person=access.person_id).select_related("user").order_by("pk"):
        whom = "you" if access.is_own else access.person.first_name
        found[row.user_id] = access.person.name if row.is_own else f"{row.user.name}, who acts for {whom}"
    return {**found, reader.pk: "You"}


def signed(user: Any, person: Person) -> str:
    """How an answer given on the person's own pages is signed on the record."""
    own = PortalAccess.objects.filter(user=user, person=person, relation=PortalAccess.Relation.SELF)
    return "On their own pages" + ("" if own.exists() else f", by {user.name}, who acts for them")
