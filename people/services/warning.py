"""Warnings to whoever visits or rings: made with evidence, at most 12 months, renewed or closed."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from audit import services as audit
from core import clock
from core.permissions import require
from core.workflow import WrongState
from people import events, permissions, timescales
from people.models import Person, Warning


def _check_dates(starts_on: date, ends_on: date, today: date) -> None:
    if ends_on <= today:
        raise ValidationError({"ends_on": "The warning must run to a day in the future"})
    if ends_on <= starts_on:
        raise ValidationError({"ends_on": "The warning must end after it starts"})
    latest = timescales.latest_end_of_warning(max(starts_on, today))
    if ends_on > latest:
        raise ValidationError(
            {
                "ends_on": f"A warning runs for 12 months at most: to {latest.day} {latest:%B} {latest.year} or earlier"
            }
        )


@transaction.atomic
def add_warning(
    *,
    person: Person,
    kind: str,
    headline: str,
    what_to_do: str,
    evidence: str,
    person_told: bool,
    why_not_told: str,
    ends_on: date,
    by: User,
    now: datetime,
    starts_on: date | None = None,
) -> Warning:
    """Warn whoever visits or rings, above the name, until a day. Raises PermissionDenied or ValidationError."""
    person = Person.objects.lock(person.pk)
    require(permissions.can_change(by, person))
    today = clock.london_date(now)
    starts_on = starts_on or today
    _check_dates(starts_on, ends_on, today)
    if not person_told and not why_not_told.strip():
        raise ValidationError({"why_not_told": "Say why the person has not been told"})
    warning = Warning.objects.create(
        person=person,
        kind=Warning.Kind(kind),
        headline=headline,
        what_to_do=what_to_do,
        evidence=evidence,
        person_told=person_told,
        why_not_told="" if person_told else why_not_told,
        starts_on=starts_on,
        ends_on=ends_on,
        created_by=by,
        created_at=now,
        updated_at=now,
    )
    audit.record(
        events.WARNING_ADDED,
        subject=warning,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        kind=warning.get_kind_display().lower(),
    )
    return warning


@transaction.atomic
def renew_warning(
    *, warning: Warning, ends_on: date, evidence: str, version: int | None, by: User, now: datetime
) -> Warning:
    """Let a warning run on, to 12 months from today at most, because it still holds."""
    warning = Warning.objects.lock(warning.pk)
    require(permissions.can_change(by, warning.person))
    warning.expect_version(version)
    if warning.closed_at:
        raise WrongState("This warning is closed. Add a new one.")
    _check_dates(warning.starts_on, ends_on, clock.london_date(now))
    warning.ends_on = ends_on
    warning.evidence = evidence or warning.evidence
    warning.next_version()
    warning.updated_at = now
    warning.save(update_fields=["ends_on", "evidence", "version", "updated_at"])
    audit.record(
        events.WARNING_RENEWED,
        subject=warning,
        person_id=warning.person_id,
        by=by,
        at=now,
        access_list_id=warning.access_list_id or warning.person.access_list_id,
        until=ends_on.isoformat(),
    )
    return warning


@transaction.atomic
def close_warning(*, warning: Warning, by: User, now: datetime, version: int | None = None) -> Warning:
    """Take a warning down because it no longer holds. Closed by someone other than its maker, or by a manager."""
    warning = Warning.objects.lock(warning.pk)
    require(permissions.can_close_warning(by, warning))
    warning.expect_version(version)
    if warning.closed_at:
        raise WrongState("This warning is closed already.")
    warning.closed_at, warning.closed_by = now, by
    warning.next_version()
    warning.updated_at = now
    warning.save(update_fields=["closed_at", "closed_by", "version", "updated_at"])
    audit.record(
        events.WARNING_CLOSED,
        subject=warning,
        person_id=warning.person_id,
        by=by,
        at=now,
        access_list_id=warning.access_list_id or warning.person.access_list_id,
        kind=warning.get_kind_display().lower(),
    )
    return warning
