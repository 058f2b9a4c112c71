"""Very many requests or concerns from the website, sent in parallel through the pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.db import connections
from django.test import Client
from django.urls import reverse

from caseportal.tests.public_journey import ME
from contacts.asking import HELP
from core import clock, open_drafts
from core.journeys import Journey
from core.models import OpenDraft

THREADS = 8
Answers = Mapping[str, Mapping[str, Any]]


def _answered(journey: Journey, answers: Answers) -> dict[str, dict[str, list[str]]]:
    """A whole draft, as the pages would have kept it."""
    slugs = {step.slug for step in journey.steps}
    given = {slug: facts for slug, facts in answers.items() if slug in slugs}
    return {
        slug: {name: value if isinstance(value, list) else [value] for name, value in facts.items()}
        for slug, facts in given.items()
    }


def visitor_who_answered(journey: Journey, answers: Answers, number: int = 1) -> Client:
    """A visitor at an address of their own, who has answered every question and not sent it yet."""
    client = Client(REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")
    draft = OpenDraft.objects.create(kind=journey.kind, saved_at=clock.real_now())
    open_drafts.save(draft, _answered(journey, answers))
    session = client.session
    session[open_drafts.SESSION] = {journey.kind: draft.ref}
    session.save()
    return client


def _send(number: int, *, journey: Journey, answers: Answers) -> str:
    """One visitor sends. Returns the reference that they are shown."""
    try:
        client = visitor_who_answered(journey, answers, number)
        answer = client.post(reverse(journey.check))
        assert answer.status_code == 302, answer.status_code
        page = client.get(answer["Location"]).content.decode()
        shown = re.search(r"Your reference<br><strong[^>]*>([^<]+)<", page)
        assert shown is not None
        return open_drafts.plain_code(shown[1])
    finally:
        connections.close_all()


def at_once(number: int, journey: Journey = HELP, answers: Answers = ME) -> list[str]:
    with ThreadPoolExecutor(THREADS) as visitors:
        return list(visitors.map(partial(_send, journey=journey, answers=answers), range(number)))
