"""What somebody is typing, kept on the server until it becomes a record."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from core import clock
from core.models import Draft


def save(*, owner: Any, kind: str, subject: str, data: dict[str, Any], person_id: int | None = None) -> Draft:
    """Keep what is typed so far; the newest save wins, for a draft has one author."""
    draft, _ = Draft.objects.update_or_create(
        owner=owner,
        kind=kind,
        subject=subject,
        defaults={"data": data, "saved_at": clock.now(), "person_id": person_id},
        create_defaults={"data": data, "saved_at": clock.now(), "person_id": person_id},
    )
    Draft.objects.filter(pk=draft.pk).update(version=F("version") + 1)
    return draft


def find(*, owner: Any, kind: str, subject: str) -> Draft | None:
    return Draft.objects.filter(owner=owner, kind=kind, subject=subject).first()


def discard(*, owner: Any, kind: str, subject: str) -> None:
    """The draft has become a record, or its author threw it away."""
    Draft.objects.filter(owner=owner, kind=kind, subject=subject).delete()


def of(owner: Any) -> QuerySet[Draft]:
    return Draft.objects.filter(owner=owner).order_by("-saved_at", "-pk")
