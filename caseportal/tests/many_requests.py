"""Very many requests from the website, sent in parallel through the pages."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.test import Client
from django.urls import reverse

from caseportal.tests.public_journey import ME
from contacts.asking import HELP
from core import clock, open_drafts
from core.models import OpenDraft

THREADS = 8


def _answered() -> dict[str, dict[str, list[str]]]:
    """A whole draft, as the pages would have kept it."""
    slugs = {step.slug for step in HELP.steps}
    given = {slug: answers for slug, answers in ME.items() if slug in slugs}
    return {
        slug: {name: value if isinstance(value, list) else [value] for name, value in answers.items()}
        for slug, answers in given.items()
    }


def _send(number: int) -> str:
    """One visitor sends what they have answered, from an address of their own. Returns the reference they are shown."""
    try:
        client = Client(REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")
        draft = OpenDraft.objects.create(kind=HELP.kind, saved_at=clock.real_now())
        open_drafts.save(draft, _answered())
        session = client.session
        session[open_drafts.SESSION] = {HELP.kind: draft.ref}
        session.save()
        answer = client.post(reverse(HELP.check))
        assert answer.status_code == 302, answer.status_code
        page = client.get(answer["Location"]).content.decode()
        shown = page.partition('<strong class="app-num">')[2].partition("</strong>")[0]
        return open_drafts.plain_code(shown)
    finally:
        connections.close_all()


def at_once(number: int) -> list[str]:
    with ThreadPoolExecutor(THREADS) as visitors:
        return list(visitors.map(_send, range(number)))
