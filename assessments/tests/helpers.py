"""What the tests of assessments share: addresses, and a hand-over as the front door makes one."""

from __future__ import annotations

from django.urls import reverse

from accounts.tests.factories import TeamFactory, UserFactory
from assessments.models import Assessment
from contacts import services as contacts
from contacts.models import Handover
from people.tests.factories import PersonFactory


def address(name: str, assessment: Assessment, *more: str) -> str:
    return reverse(f"assessments:{name}", args=[assessment.ref, *more])


def make_handover(now, *, kind="assessment", to_team=None) -> Handover:
    """A contact taken down, screened and passed on at the front door."""
    door = TeamFactory(front_door=True)
    duty = UserFactory(worker_in=door)
    contact = contacts.receive(
        person=PersonFactory(),
        team=door,
        source="gp",
        reason="assessment",
        what_is_happening="Two falls in October.",
        consent="yes",
        by=duty,
        now=now,
    )
    contacts.screen(
        contact=contact,
        safeguarding_considered="no",
        screening_summary="Falls, lives alone.",
        risk="high",
        version=None,
        by=duty,
        now=now,
    )
    return contacts.pass_on(
        contact=contact,
        kind=kind,
        to_team=to_team or TeamFactory(),
        summary="Please see her soon.",
        version=None,
        by=duty,
        now=now,
    )
