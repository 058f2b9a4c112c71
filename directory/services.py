"""What is written with a service: its words as they are searched."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from directory.models import ServiceEntry
from directory.querysets import search_text_of

LONGEST = 800


def fill_search_text(service: ServiceEntry) -> None:
    """Put together what a search looks through: name, provider, sentence, category, place."""
    service.search_text = search_text_of(
        service.name,
        service.provider.name if service.provider else "",
        service.summary,
        service.get_category_display(),
        service.area,
        service.for_whom_words,
    )[:LONGEST]


def publish(*, facts: dict[str, Any], now: datetime) -> ServiceEntry:
    """Add a service that anyone can find."""
    service = ServiceEntry(**facts, is_published=True, created_at=now, updated_at=now)
    fill_search_text(service)
    service.save()
    return service
