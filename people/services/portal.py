"""Who may see the person's own pages: the person, or someone with recorded authority."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from audit import services as audit
from core import calendar, clock
from core.permissions import require
from core.workflow import WrongState
from people import events, permissions
from people.models import Person, PortalAccess


@transaction.atomic
def grant_portal_access(
    *, user: User, person: Person, relation: str, scope: str, authority: str, by: User, now: datetime
) -> PortalAccess:
    """Let someone with a public account see the person's own pages, or see and act on them.

    Raises ValidationError for a member of staff, for a second access, or for someone else than the person without
    what gives them the right (a permission, a power of attorney).
    """
    person = Person.objects.lock(person.pk)
    require(permissions.can_grant_portal_access(by, person))
    relation, scope = PortalAccess.Relation(relation), PortalAccess.Scope(scope)
    if user.audience != User.Audience.PUBLIC:
        raise ValidationError({"email": "This address belongs to a member of staff. Use another one"})
    if relation != PortalAccess.Relation.SELF and not authority.strip():
        raise ValidationError(
            {"authority": "Say what gives them the right: the person’s permission, or a power"}
        )
    if PortalAccess.objects.filter(user=user, person=person, valid_to=None).exists():
        raise ValidationError({"email": "They can see this person’s pages already"})
    if relation == PortalAccess.Relation.SELF:
        if PortalAccess.objects.filter(user=user, relation=relation, valid_to=None).exists():
            raise ValidationError(
                {"email": "This address belongs to somebody else’s own pages. Use another one"}
            )
        if PortalAccess.objects.filter(person=person, relation=relation, valid_to=None).exists():
            raise ValidationError({"relation": "The person has an account for their own pages already"})
    access = PortalAccess.objects.create(
        user=user,
        person=person,
        relation=relation,
        scope=scope,
        authority=authority,
        valid_from=clock.london_date(now),
        granted_by=by,
    )
    audit.record(
        events.PORTAL_ACCESS_GRANTED,
        subject=access,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        relation=access.get_relation_display().lower(),
    )
    return access


@transaction.atomic
def end_portal_access(*, access: PortalAccess, by: User, now: datetime) -> PortalAccess:
    """Close somebody's way to the person's own pages, from now on. Raises WrongState when it is closed already."""
    person = Person.objects.lock(access.person_id)
    require(permissions.can_grant_portal_access(by, person))
    access = PortalAccess.objects.lock(access.pk)
    if access.valid_to is not None:
        raise WrongState("This access has ended already.")
    # The last day is inclusive: what ends today must not open the pages today.
    access.valid_to = clock.london_date(now) - calendar.ONE_DAY
    access.save(update_fields=["valid_to"])
    audit.record(
        events.PORTAL_ACCESS_ENDED,
        subject=access,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        relation=access.get_relation_display().lower(),
    )
    return access
