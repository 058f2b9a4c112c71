"""Which files and letters a reader may know of. For the public: what they sent, and what was given to the person."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from core import clock
from documents import kinds
from people.authority import Part
from people.querysets import AboutAPersonQuerySet


def _access_of(user: Any) -> Any:
    """The live right of a member of the public to see the person's own pages."""
    rows = apps.get_model("people", "PortalAccess").objects.live(clock.today())
    return rows.filter(user=user, person=OuterRef("person"))


class DocumentQuerySet(AboutAPersonQuerySet):
    model: Any

    def visible_to(self, user: Any) -> Self:
        """As for everything about a person; the person sees what was sent from their own pages, whoever acts for them
        what they sent themself. Files that staff put on the record may hold things about somebody else."""
        rows = super().visible_to(user)
        if not _is_public(user):
            return rows
        own_pages = Exists(_access_of(user).filter(relation="self"))
        return rows.filter(own_pages | Q(uploaded_by=user), sent_by_the_person=True)

    def for_list(self) -> Self:
        return self.select_related("person", "uploaded_by").order_by("-created_at", "-pk")

    def quarantined(self) -> Self:
        return self.filter(status=self.model.Status.QUARANTINED)


class LetterQuerySet(AboutAPersonQuerySet):
    model: Any

    def visible_to(self, user: Any) -> Self:
        """As for everything about a person; the public see letters once they are given, on the part of the pages that
        their right reaches to, and one that holds the assessment only the person and those who act for them
        (people.PortalAccess.reads_assessments)."""
        rows = super().visible_to(user)
        if not _is_public(user):
            return rows
        access = _access_of(user)
        about_money = Q(kind__in=kinds.of_part(Part.MONEY))
        return rows.filter(
            (about_money & Exists(access.covering(Part.MONEY)))
            | (~about_money & Exists(access.covering(Part.CARE))),
            Q(holds_assessment=False) | Exists(access.closest()),
            status=self.model.Status.GIVEN,
        )

    def for_list(self) -> Self:
        return self.select_related("person", "written_by", "given_by").order_by("-created_at", "-pk")

    def about(self, *, kind: str, subject_ref: str) -> Self:
        return self.filter(kind=kind, subject_ref=subject_ref)


def _is_public(user: Any) -> bool:
    return user.is_authenticated and user.audience == user.Audience.PUBLIC
