"""An account that is there: corrected, closed, and opened again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import events
from accounts.models import User
from accounts.permissions import can_change_rights
from accounts.services.rights import end_membership
from audit import services as audit
from core import clock
from core.permissions import require


@transaction.atomic
def change_details(*, user: User, name: str, phone: str, job_title: str, by: User, now: datetime) -> User:
    """Correct how a colleague is named and reached."""
    user = User.objects.select_for_update().get(pk=user.pk)
    require(can_change_rights(by, user))
    user.name, user.phone, user.job_title = name, phone, job_title
    user.save(update_fields=["name", "phone", "job_title"])
    audit.record(events.CHANGED, subject=user, person_id=None, by=by, at=now)
    return user


@transaction.atomic
def deactivate(*, user: User, by: User, now: datetime, reason: str = "") -> User:
    """Close an account: its sessions end with their next request, its roles end, its invitations stop working.
    `reason` is a short code, for example "left" or "lost_device"."""
    user = User.objects.select_for_update().get(pk=user.pk)
    require(can_change_rights(by, user))
    user.is_active = False
    user.save(update_fields=["is_active"])
    for membership in user.memberships.filter(valid_to=None):
        end_membership(membership, on=clock.london_date(now))
    user.invitations.filter(used_at=None).update(expires_at=clock.real_now())
    audit.record(events.DEACTIVATED, subject=user, person_id=None, by=by, at=now, reason=reason)
    return user


@transaction.atomic
def reactivate(*, user: User, by: User, now: datetime) -> User:
    """Open a closed account again. Its roles do not come back: each is given anew."""
    user = User.objects.select_for_update().get(pk=user.pk)
    require(can_change_rights(by, user))
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(events.REACTIVATED, subject=user, person_id=None, by=by, at=now)
    return user
