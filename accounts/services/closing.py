"""An account that is there: corrected, closed, and opened again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts import events, letters
from accounts.models import User
from accounts.permissions import can_change_rights, can_open_again
from accounts.services.joining import system_user
from accounts.services.rights import end_membership
from accounts.timescales import UNUSED_DAYS, unused_before
from audit import services as audit
from core import clock, job_runs, policy_settings
from core.permissions import require
from core.workflow import WrongState

CLOSE_UNUSED = "accounts.close_unused_accounts"


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
    _close(user, now=now)
    audit.record(events.DEACTIVATED, subject=user, person_id=None, by=by, at=now, reason=reason)
    return user


def _close(user: User, *, now: datetime) -> None:
    user.is_active = False
    user.save(update_fields=["is_active"])
    for membership in user.memberships.filter(valid_to=None):
        end_membership(membership, on=clock.london_date(now))
    user.invitations.filter(used_at=None).update(expires_at=clock.real_now())


@transaction.atomic
def reactivate(*, user: User, by: User, now: datetime) -> User:
    """Open a closed account again, with the password and the second step it had. Roles do not come back: each is
    given anew. Raises WrongState when it is open."""
    user = User.objects.select_for_update().get(pk=user.pk)
    require(can_open_again(by, user))
    if user.is_active:
        raise WrongState("This account is open already.")
    user.is_active, user.opened_again_at = True, clock.real_now()
    user.save(update_fields=["is_active", "opened_again_at"])
    audit.record(events.REACTIVATED, subject=user, person_id=None, by=by, at=now)
    return user


# --- Accounts that nobody uses ---------------------------------------------------------------------------------------


def close_unused_for_the_day(*, day: date) -> dict[str, Any] | None:
    """The nightly run, once for each true day. Returns its counts; None when the day's run is done or being done."""
    return job_runs.once_per_period(
        job=CLOSE_UNUSED, due=day.isoformat(), work=lambda: close_unused(today=day, now=clock.now())
    )


def close_unused(*, today: date, now: datetime) -> dict[str, int]:
    """Close the accounts that nobody has used for the days that the council has set (quality/security.md S8).

    Safe to run twice, late and beside itself: each account is locked and looked at again in a transaction of its own.
    In an evaluation nothing is closed: its people are invented, and open with one press.
    """
    counts = {"closed": 0, "kept": 0}
    if settings.EVALUATION:
        return counts
    for audience, code in UNUSED_DAYS.items():
        days = int(policy_settings.value(code, on=today))
        if days < 1:
            continue
        before = unused_before(today=today, days=days)
        # The longest unused first, so that of several administrators the one who was here last is kept.
        rows = User.objects.unused(audience=audience, before=before).order_by("last_used_at", "pk")
        for key in list(rows.values_list("pk", flat=True)):
            closed = _close_if_unused(key, audience=audience, before=before, days=days, now=now)
            if closed is not None:
                counts["closed" if closed else "kept"] += 1
    return counts


@transaction.atomic
def _close_if_unused(key: int, *, audience: str, before: datetime, days: int, now: datetime) -> bool | None:
    """Whether the account was closed; False when it belongs to the last administrator; None when it is in use."""
    # In one order, so that two runs never close two administrators who each looked like the last but one.
    administrators = list(
        User.objects.administrators(clock.london_date(now)).order_by("pk").select_for_update()
    )
    user = (
        User.objects.unused(audience=audience, before=before)
        .select_for_update(of=("self",))
        .filter(pk=key)
        .first()
    )
    if user is None:
        return None
    if user in administrators and not any(
        other.last_login for other in administrators if other.pk != user.pk
    ):
        return False
    _close(user, now=now)
    letters.later("closed_unused", user, key=f"closed_unused:{user.ref}:{before.date()}", days=days)
    audit.record(
        events.CLOSED_UNUSED,
        subject=user,
        person_id=None,
        by=system_user(),
        at=now,
        days=days,
        audience=audience,
    )
    return True
