"""Which exports a reader of the register sees."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import Role

# Who reads the whole register, and who of them decides on a large export.
DECIDERS = frozenset({Role.SERVICE_MANAGER, Role.DIRECTOR})
OVERSEERS = DECIDERS | {Role.INFORMATION_OFFICER}


class ExportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own; heads of service and information officers see everybody's."""
        if not user.is_authenticated or not user.is_active or user.audience != user.Audience.STAFF:
            return self.none()
        return self if user.has_role(*OVERSEERS) else self.filter(asked_by=user)

    def to_decide_by(self, user: Any) -> Self:
        """Large exports that wait for a second manager, without one's own."""
        mine = Q(asked_by=user)
        return self.filter(status="held").exclude(mine) if user.has_role(*DECIDERS) else self.none()

    def to_take_away(self, now: datetime) -> Self:
        return self.filter(status="ready", expires_at__lte=now).order_by("expires_at", "pk")

    def for_list(self) -> Self:
        return self.select_related("asked_by", "decided_by")

    def lock(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).select_related("asked_by", "decided_by").get(pk=pk)
