"""Who may see the person's own pages: the person, or someone with recorded authority, within its limits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.services import invite
from audit import services as audit
from core import clock, knock_ons
from core.permissions import require
from core.workflow import WrongState
from people import events, permissions
from people.authority import POWERS, Part
from people.models import Person, PortalAccess


def account_for(*, email: str, name: str, by: User, now: datetime) -> User:
    """The account of a member of the public behind an address: the one that has joined, or a new one with an invitation.

    Raises ValidationError where the address is that of a colleague, or of an account that is closed.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    if (
        user is not None
        and user.audience == User.Audience.PUBLIC
        and user.has_usable_password()
        and user.is_active
    ):
        return user
    return invite(email=email, name=name, audience=User.Audience.PUBLIC, by=by, now=now).user


@transaction.atomic
def grant_portal_access(
    *,
    user: User,
    person: Person,
    relation: str,
    scope: str,
    by: User,
    now: datetime,
    kind: str = "",
    authority: str = "",
    covers: Collection[str] = (),
    jointly: bool = False,
    evidence_seen_on: date | None = None,
    lacks_capacity_on: date | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> PortalAccess:
    """Let someone with a public account see the person's own pages, or see and act on them.

    For anybody but the person, `kind` says what gives the right; `covers` holds the parts it is given for, by default
    all that the kind reaches to. Raises ValidationError for a member of staff, for a second access, and where the
    right does not reach so far (people.authority).
    """
    person = Person.objects.lock(person.pk)
    require(permissions.can_grant_portal_access(by, person))
    relation, scope = PortalAccess.Relation(relation), PortalAccess.Scope(scope)
    today = clock.london_date(now)
    if user.audience != User.Audience.PUBLIC:
        raise ValidationError({"email": "This address belongs to a member of staff. Use another one"})
    if relation == PortalAccess.Relation.SELF:
        kind, covers, jointly = "", Part.values, False
    else:
        covers = covers or (POWERS[kind].parts if kind in POWERS else ())
        _within(kind, scope, set(covers), jointly, evidence_seen_on, lacks_capacity_on, valid_to, today)
    valid_from = valid_from or today
    if valid_to is not None and valid_to < max(valid_from, today):
        raise ValidationError({"valid_to": "The last day must be today or later, and not before the first"})
    _close_lapsed(user, today, now)
    if PortalAccess.objects.filter(user=user, person=person, ended_at=None).exists():
        raise ValidationError({"email": "They can see this person’s pages already"})
    if relation == PortalAccess.Relation.SELF:
        if PortalAccess.objects.filter(user=user, relation=relation, ended_at=None).exists():
            raise ValidationError(
                {"email": "This address belongs to somebody else’s own pages. Use another one"}
            )
        if PortalAccess.objects.live(today).filter(person=person, relation=relation).exists():
            raise ValidationError({"relation": "The person has an account for their own pages already"})
    access = PortalAccess.objects.create(
        user=user,
        person=person,
        relation=relation,
        scope=scope,
        kind=kind,
        authority=authority,
        covers_care=Part.CARE in covers,
        covers_money=Part.MONEY in covers,
        covers_details=Part.DETAILS in covers,
        jointly=jointly,
        evidence_seen_on=evidence_seen_on,
        lacks_capacity_on=lacks_capacity_on,
        valid_from=valid_from,
        valid_to=valid_to,
        granted_by=by,
    )
    _write(events.PORTAL_ACCESS_GRANTED, access, person, by=by, now=now)
    knock_ons.happened("people.access_given", access_id=access.pk, by=by, now=now)
    return access


def _within(
    kind: str,
    scope: str,
    covers: set[str],
    jointly: bool,
    evidence_seen_on: date | None,
    lacks_capacity_on: date | None,
    valid_to: date | None,
    today: date,
) -> None:
    """Refuse what the right does not reach to, and a right without what must be recorded with it."""
    if kind not in POWERS:
        raise ValidationError({"kind": "Say what gives them the right. Next of kin gives none"})
    power, wrong = POWERS[kind], {}
    beyond = covers - power.parts
    if beyond:
        words = ", ".join(str(Part(part).label).split(":")[0].lower() for part in sorted(beyond))
        wrong["covers"] = f"This right does not reach to: {words} ({power.source})"
    if jointly and scope == PortalAccess.Scope.ACT:
        wrong["scope"] = "Those who hold a power together decide together, so each of them may only see"
    if power.paper and evidence_seen_on is None:
        wrong["evidence_seen_on"] = "Enter the day somebody saw the registered document or the order"
    if power.without_capacity and scope == PortalAccess.Scope.ACT and lacks_capacity_on is None:
        wrong["lacks_capacity_on"] = (
            "They decide only what the person cannot decide: enter the day that was found"
        )
    if power.ends and valid_to is None:
        wrong["valid_to"] = "Enter the last day. It can be given again"
    for name, day in (("evidence_seen_on", evidence_seen_on), ("lacks_capacity_on", lacks_capacity_on)):
        if day is not None and day > today:
            wrong[name] = "The day cannot be in the future"
    if wrong:
        raise ValidationError(wrong)


def _close_lapsed(user: User, today: date, now: datetime) -> None:
    """An access whose last day has passed makes room for a new one."""
    for access in PortalAccess.objects.filter(user=user, ended_at=None, valid_to__lt=today).order_by("pk"):
        access.ended_at, access.end_reason = now, "Its last day had passed"
        access.save(update_fields=["ended_at", "end_reason"])


@transaction.atomic
def end_portal_access(*, access: PortalAccess, by: User, now: datetime, reason: str = "") -> PortalAccess:
    """Close somebody's way to the person's own pages, from this moment on.

    Raises PermissionDenied, or WrongState when it is closed already.
    """
    person = Person.objects.lock(access.person_id)
    access = PortalAccess.objects.lock(access.pk)
    require(permissions.can_end_portal_access(by, access))
    if access.status_on(clock.london_date(now)) not in PortalAccess.OPEN:
        raise WrongState("This access has ended already.")
    access.ended_at, access.ended_by, access.end_reason = now, by, reason.strip()
    access.save(update_fields=["ended_at", "ended_by", "end_reason"])
    _write(events.PORTAL_ACCESS_ENDED, access, person, by=by, now=now)
    knock_ons.happened("people.access_ended", access_id=access.pk, by=by, now=now)
    return access


def _write(code: str, access: PortalAccess, person: Person, *, by: User, now: datetime) -> None:
    audit.record(
        code,
        subject=access,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        relation=access.get_relation_display().lower(),
        kind=access.kind,
        covers=", ".join(part for part in Part.values if access.covers(part)),
        scope=access.scope,
    )
