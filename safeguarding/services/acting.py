"""What every action on a concern begins and ends with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from audit import services as audit
from core.workflow import Action
from safeguarding.models import Concern


def lock(concern: Concern, *, version: int | None, action: Action, by: User) -> Concern:
    """The concern under a lock, its version and state checked, and moved on. Saving is the caller's business.

    Raises StaleVersion, PermissionDenied or WrongState.
    """
    locked: Concern = Concern.objects.lock(concern.pk)
    locked.expect_version(version)
    action.apply(locked, by=by)
    return locked


def save(concern: Concern, *, now: datetime, fields: tuple[str, ...] = ()) -> None:
    concern.updated_at = now
    concern.next_version()
    concern.save(update_fields=["status", "rule", "due_on", "version", "updated_at", *fields])


def record(code: str, concern: Concern, *, by: User | None, now: datetime, **detail: Any) -> None:
    """The line in the trail, for those on the list alone."""
    audit.record(
        code,
        subject=concern,
        person_id=concern.person_id,
        by=by,
        at=now,
        access_list_id=concern.access_list_id,
        **detail,
    )


def need(**said: tuple[Any, str]) -> None:
    """Refuse answers that are missing: name of the question to (answer, what to do)."""
    missing = {name: words for name, (answer, words) in said.items() if not _is_given(answer)}
    if missing:
        raise ValidationError(missing)


def _is_given(answer: Any) -> bool:
    return bool(answer.strip()) if isinstance(answer, str) else bool(answer)


def require_review_considered(concern: Concern) -> None:
    """A case about somebody who has died stays open until a safeguarding adults review was considered (invariant 10)."""
    if concern.person is not None and concern.person.is_deceased and not concern.sar_considered:
        raise ValidationError(
            "The person has died. Say first whether a safeguarding adults review must be arranged (section 44)."
        )
