"""Which providers, found by what somebody remembers of their name."""

from __future__ import annotations

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
