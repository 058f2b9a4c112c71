"""Who has looked at a record, for the person: by day and by what they are. Staff are never named.

What is known to a list alone never shows, nor does any page of safeguarding, whatever its list (quality/security.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models.functions import TruncDate

from accounts.models import Membership, Role, User
from audit.models import View
from core import clock
from people.models import PortalAccess
from self_service.access import signatures

WINDOW = timedelta(days=90)
# The first that somebody holds says what they are. Whoever manages is a manager, of whatever.
ROLES = {
    Role.SOCIAL_WORKER: "Social worker",
    Role.OCCUPATIONAL_THERAPIST: "Occupational therapist",
    Role.REABLEMENT_WORKER: "Reablement worker",
    Role.REABLEMENT_LEAD: "Reablement worker",
    Role.PRACTITIONER: "Care practitioner",
    Role.BROKER: "Somebody who finds support",
    Role.FINANCE_OFFICER: "Finance officer",
    Role.DIRECT_PAYMENTS_OFFICER: "Finance officer",
    Role.TEAM_MANAGER: "Manager",
    Role.SERVICE_MANAGER: "Manager",
    Role.DIRECTOR: "Manager",
    Role.SAFEGUARDING_MANAGER: "Manager",
}
OTHERS = "Council staff"


@dataclass(frozen=True)
class Day:
    """One day, and who looked on it: each kind of staff once, and helpers by name."""

    on: date
    who: list[str]


def of(access: PortalAccess, reader: User, *, until: date) -> tuple[list[Day], date | None]:
    """The looks of 90 days up to a day, the newest first, and the day from which to go on, if there were any before."""
    person = access.person
    views = View.objects.of_ordinary_pages(person.pk, person.access_list_id)
    since = until - WINDOW
    rows = set(
        views.annotate(day=TruncDate("at", tzinfo=clock.LONDON))
        .filter(day__gt=since, day__lte=until)
        .order_by()
        .values_list("day", "by")
        .distinct()
    )
    users = User.objects.filter(pk__in={user for _, user in rows}, is_system=False).exclude(pk=reader.pk)
    known = {user.pk: user for user in users.order_by("pk")}
    held = list(Membership.objects.filter(user__in=known, role__in=ROLES).order_by("pk"))
    named = signatures(access, reader)
    found: dict[date, set[str]] = {}
    for day, key in rows:
        if key in known:
            user = known[key]
            words = (
                _role_on(day, (each for each in held if each.user_id == key))
                if user.audience == User.Audience.STAFF
                else named.get(key, user.name)
            )
            found.setdefault(day, set()).add(words)
    days = [Day(day, sorted(who)) for day, who in sorted(found.items(), reverse=True)]
    earlier = views.annotate(day=TruncDate("at", tzinfo=clock.LONDON)).filter(day__lte=since)
    return days, since if earlier.exists() else None


def _role_on(day: date, held: Iterable[Membership]) -> str:
    roles = {
        each.role
        for each in held
        if each.valid_from <= day and (each.valid_to is None or each.valid_to >= day)
    }
    return next((words for role, words in ROLES.items() if role in roles), OTHERS)
