"""Which users, teams and lists."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Greatest


def live_on(day: date) -> Q:
    """Rows whose dates include a day (last day inclusive, empty while open)."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))


class DatedQuerySet(models.QuerySet):
    def live_on(self, day: date) -> DatedQuerySet:
        """Rows in force on a day."""
        return self.filter(live_on(day))


class UserQuerySet(models.QuerySet):
    def staff(self) -> UserQuerySet:
        return self.filter(audience="staff", is_active=True)

    def unused(self, *, audience: str, before: datetime) -> UserQuerySet:
        """Open accounts of an audience that nobody has used since a moment.

        Use is the last sign-in and as long as its session may have lasted, the making of the account, its opening
        again, and an invitation that was sent, whichever is latest.
        """
        _, hours = settings.SESSION_LIMITS[audience]
        invitations = apps.get_model("accounts", "Invitation").objects.filter(user=OuterRef("pk"))
        return (
            self.filter(audience=audience, is_active=True, is_system=False)
            .annotate(
                last_used_at=Greatest(
                    "created_at",
                    "opened_again_at",
                    F("last_login") + timedelta(hours=hours),
                    Subquery(invitations.order_by("-sent_at").values("sent_at")[:1]),
                    output_field=models.DateTimeField(),
                )
            )
            .filter(last_used_at__lt=before)
        )

    def administrators(self, day: date) -> UserQuerySet:
        """Staff who hold the role of administrator on a day, in any team."""
        held = apps.get_model("accounts", "Membership").objects.filter(live_on(day), role="administrator")
        return self.staff().filter(is_system=False, pk__in=held.values("user"))

    def in_team(self, team: Any, day: date) -> UserQuerySet:
        """Staff who belong to a team on a day, by name."""
        members = apps.get_model("accounts", "Membership").objects.filter(live_on(day), team=team)
        return self.staff().filter(pk__in=members.values("user")).order_by("name", "pk")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = False

    def create_user(self, email: str, password: str | None = None, **facts: Any) -> Any:
        user = self.model(email=self.normalize_email(email).lower(), **facts)
        user.set_password(password) if password else user.set_unusable_password()
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> Any:
        return self.get(email__iexact=username)
