"""Which providers and services, found by what somebody remembers of their name or needs."""

from __future__ import annotations

import unicodedata

from django.db import models

MOST_WORDS = 6


class ProviderQuerySet(models.QuerySet):
    def active(self) -> ProviderQuerySet:
        return self.filter(is_active=True)

    def matching(self, text: str) -> ProviderQuerySet:
        """Active providers whose name holds every word, or whose location has this number; the nearest by name."""
        words = text.replace("\x00", "").split()[:MOST_WORDS]
        if not words:
            return self.none()
        named = models.Q()
        for word in words:
            named &= models.Q(name__icontains=word)
        return self.active().filter(named | models.Q(location_id__iexact=text.strip())).order_by("name", "pk")


class ServiceQuerySet(models.QuerySet):
    def published(self) -> ServiceQuerySet:
        """What anyone may read, by name."""
        return self.filter(is_published=True).select_related("provider").order_by("name", "pk")

    def matching(self, text: str) -> ServiceQuerySet:
        """Services that hold every word, whatever its accents and capitals. No words: all of them."""
        rows = self
        for word in search_text_of(text.replace("\x00", "")).split()[:MOST_WORDS]:
            rows = rows.filter(search_text__contains=word)
        return rows

    def narrowed(self, *, category: str = "", for_whom: str = "", free: bool = False) -> ServiceQuerySet:
        """By category; for whom, which keeps what is for everyone; and free of charge."""
        rows = self
        if category:
            rows = rows.filter(category=category)
        if for_whom:
            rows = rows.filter(models.Q(for_whom__contains=[for_whom]) | models.Q(for_whom=[]))
        if free:
            rows = rows.exclude(cost="paid")
        return rows


def search_text_of(*parts: str) -> str:
    """Words as they are searched: small letters without accents."""
    plain = unicodedata.normalize("NFKD", " ".join(part for part in parts if part))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
