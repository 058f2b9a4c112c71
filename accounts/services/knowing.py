"""Who may know of one matter, and nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import events
from accounts.models import AccessList, AccessListMember, User
from accounts.permissions import can_change_access_list, can_make_access_list
from accounts.querysets import live_on
from audit import services as audit
from core import clock
from core.permissions import require


@transaction.atomic
def make_access_list(
    *, purpose: str, members: Iterable[User], by: User, now: datetime, reason: str
) -> AccessList:
    """Say who may know of one matter, from today on, and why each of them. The maker is on it only when named."""
    require(can_make_access_list(by))
    chosen = {user.pk: user for user in members}
    if not chosen:
        raise ValidationError({"members": "Choose at least one person who may know."})
    access_list = AccessList.objects.create(purpose=purpose, created_at=now, created_by=by)
    AccessListMember.objects.bulk_create(
        AccessListMember(access_list=access_list, user=user, valid_from=clock.london_date(now), reason=reason)
        for user in chosen.values()
    )
    audit.record(
        events.LIST_MADE,
        subject=access_list,
        person_id=None,
        by=by,
        at=now,
        access_list_id=access_list.pk,
        members=len(chosen),
    )
    return access_list


@transaction.atomic
def add_to_access_list(
    *, access_list: AccessList, user: User, reason: str, by: User, now: datetime
) -> AccessListMember:
    """Let one more person know. Raises ValidationError when they are on the list already."""
    access_list = AccessList.objects.select_for_update().get(pk=access_list.pk)
    require(can_change_access_list(by, access_list))
    today = clock.london_date(now)
    if access_list.members.filter(live_on(today), user=user).exists():
        raise ValidationError({"user": "They are on the list already."})
    member = AccessListMember.objects.create(
        access_list=access_list, user=user, valid_from=today, reason=reason
    )
    _record_on_list(events.LIST_JOINED, access_list, user, by, now)
    return member


@transaction.atomic
def remove_from_access_list(*, access_list: AccessList, user: User, by: User, now: datetime) -> None:
    """Take somebody off the list; they know nothing more from the next page on."""
    access_list = AccessList.objects.select_for_update().get(pk=access_list.pk)
    require(can_change_access_list(by, access_list))
    today = clock.london_date(now)
    member = access_list.members.filter(live_on(today), user=user).first()
    if member is None:
        raise ValidationError({"user": "They are not on the list."})
    if not access_list.members.filter(live_on(today)).exclude(pk=member.pk).exists():
        raise ValidationError({"user": "Somebody must stay on the list. Add another person first."})
    if member.valid_from >= today:
        member.delete()
    else:
        member.valid_to = today - timedelta(days=1)
        member.save(update_fields=["valid_to"])
    _record_on_list(events.LIST_LEFT, access_list, user, by, now)


def _record_on_list(code: str, access_list: AccessList, user: User, by: User, now: datetime) -> None:
    audit.record(
        code,
        subject=access_list,
        person_id=None,
        by=by,
        at=now,
        access_list_id=access_list.pk,
        member=user.ref,
    )
