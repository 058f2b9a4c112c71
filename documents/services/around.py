"""What goes with every step: the trail, and whose work a person's is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import audit.services as audit
from accounts.models import Team, User
from documents.models import Document, Letter
from people.models import Person
from people.pages import lead_of


def record(code: str, subject: Document | Letter, *, by: User, now: datetime, **detail: Any) -> None:
    audit.record(
        code,
        subject=subject,
        person_id=subject.person_id,
        by=by,
        at=now,
        access_list_id=subject.access_list_id,
        **detail,
    )


def worker_of(person: Person) -> tuple[Team | None, User | None]:
    """The team and the named worker of today; nobody where the person is not allocated."""
    lead = lead_of(person)
    return (lead.team, lead.worker) if lead else (None, None)
