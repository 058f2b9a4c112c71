"""What follows here from the person's own pages: somebody changed how to get in touch, or was given a right that ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from core import clock
from people.models import Allocation, Person, PortalAccess
from worklist.services.anchors import close_anchor, set_anchor
from worklist.services.notifying import notify

EXPIRY = "AUTHORITY_EXPIRY"
PREFERENCES, GIVEN = "worklist.preferences_set", "worklist.access_given"


@transaction.atomic
def preferences_set(*, person_id: int, by: User, now: datetime, **_: Any) -> None:
    """The named worker hears that somebody else changed how to get in touch."""
    person = Person.objects.select_related("access_list").get(pk=person_id)
    lead = Allocation.objects.lead_of(person, on=clock.london_date(now))
    if lead and lead.worker_id and lead.worker_id != by.pk:
        notify(
            template=PREFERENCES,
            recipient=lead.worker,
            key=f"preferences:{person.ref}:{person.version}",
            now=now,
            person=person,
            url=f"/people/{person.ref}/details/",
            access_list=person.access_list,
        )


@transaction.atomic
def access_given(*, access_id: int, by: User, now: datetime, **_: Any) -> None:
    """Somebody else's right with a last day is looked at again before it ends; they hear that the pages are open."""
    access = PortalAccess.objects.select_related("person__access_list", "user").get(pk=access_id)
    if access.is_own:
        return
    if access.user.has_usable_password():  # whoever has not joined yet is invited by e-mail
        notify(
            template=GIVEN,
            recipient=access.user,
            key=f"access:{access.ref}",
            now=now,
            person=access.person,
            url="/my/switch/",
        )
    if access.valid_to is None:
        return
    lead = Allocation.objects.lead_of(access.person, on=clock.london_date(now))
    set_anchor(
        rule=EXPIRY,
        subject=access,
        on=access.valid_to,
        person=access.person,
        team=lead.team if lead else None,
        owner=lead.worker if lead else None,
        url=f"/people/{access.person.ref}/own-pages/",
        now=now,
        access_list=access.person.access_list,
    )


def access_ended(*, access_id: int, by: User, now: datetime, **_: Any) -> int:
    """The right is over: nobody needs to look at its last day. Returns how many reminders were closed."""
    access = PortalAccess.objects.get(pk=access_id)
    return close_anchor(rule=EXPIRY, subject=access, now=now, because="the right ended", by=by)
