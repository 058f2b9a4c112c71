"""Which files and letters a reader may know of. For the public: what they sent, and what was given to the person."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from core import clock
from people.querysets import AboutAPersonQuerySet


def _access_of(user: Any, **more: Any) -> Any:
    """The live right of a member of the public to see the person's own pages."""
    rows = apps.get_model("people", "PortalAccess").objects.live(clock.today())
    return rows.filter(user=user, person=OuterRef("person"), **more)


class DocumentQuerySet(AboutAPersonQuerySet):
    model: Any

    def visible_to(self, user: Any) -> Self:
        """As for everything about a person; the public see what was sent from the person's own pages, and no file
        that staff put on the record, which may hold things about somebody else."""
        rows = super().visible_to(user)
        return rows.filter(sent_by_the_person=True) if _is_public(user) else rows

    def for_list(self) -> Self:
        return self.select_related("person", "uploaded_by").order_by("-created_at", "-pk")

    def quarantined(self) -> Self:
        return self.filter(status=self.model.Status.QUARANTINED)


class LetterQuerySet(AboutAPersonQuerySet):
    model: Any

    def visible_to(self, user: Any) -> Self:
        """As for everything about a person; the public see letters once they are given, and one that holds the
        assessment only the person and those who act for them (people.PortalAccess.reads_assessments)."""
        rows = super().visible_to(user)
        if not _is_public(user):
            return rows
        closest = _access_of(user).filter(Q(relation="self") | Q(scope="act"))
        return rows.filter(status=self.model.Status.GIVEN).filter(Q(holds_assessment=False) | Exists(closest))

    def for_list(self) -> Self:
        return self.select_related("person", "written_by", "given_by").order_by("-created_at", "-pk")

    def about(self, *, kind: str, subject_ref: str) -> Self:
        return self.filter(kind=kind, subject_ref=subject_ref)


def _is_public(user: Any) -> bool:
    return user.is_authenticated and user.audience == user.Audience.PUBLIC
