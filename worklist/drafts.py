"""What a draft is called in “My work”, and where it is opened again. Each app says so for its own kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from core.models import Draft
from people.models import Person


@dataclass(frozen=True)
class DraftKind:
    """A kind of draft: its words, and its address from the draft."""

    label: str
    address: Callable[[Draft], str]


# People stands below and cannot say so itself.
_kinds: dict[str, DraftKind] = {
    "people.note": DraftKind("Case note", lambda draft: reverse("people:add-note", args=[draft.subject])),
    "people.portal_access": DraftKind(
        "Access to their own pages",
        lambda draft: reverse("people:list-portal-access", args=[draft.subject]),
    ),
}


def register(kind: str, *, label: str, address: Callable[[Draft], str]) -> None:
    """Called from `ready()` of the app that keeps drafts of this kind."""
    _kinds[kind] = DraftKind(label, address)


def described(draft: Draft, person: Person | None) -> tuple[str, str]:
    """The words and the address of a draft; the person's record where nobody said, or where the address is gone."""
    known = _kinds.get(draft.kind)
    if known is None:
        words = draft.kind.rpartition(":")[2].replace("_", " ").replace("-", " ").strip() or "Draft"
        return f"Draft: {words}", person.get_absolute_url() if person else reverse("worklist:my-work")
    try:
        return known.label, known.address(draft)
    except NoReverseMatch:
        return known.label, person.get_absolute_url() if person else reverse("worklist:my-work")
