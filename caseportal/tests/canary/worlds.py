"""One stranger, twice through the whole product: before there is a case about the person, and with it."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from structlog.stdlib import ProcessorFormatter

from accounts.models import Role, User
from accounts.tests.helpers import signed_in_client
from caseportal.tests.canary.hidden import Tokens, hide, openable
from caseportal.tests.canary.walk import Answer, addresses, administration, searches, strangers, walk
from core import clock
from people.models import Person
from people.tests.factories import PersonFactory
from safeguarding.tests.factories import Staff


@dataclass
class Seen:
    """What a walk through both worlds brought to light."""

    requests: int = 0
    different: list[str] = field(default_factory=list)
    leaks: dict[str, list[str]] = field(default_factory=dict)
    logged: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


class _Log(logging.Handler):
    """The lines that every logger writes while it is on, as they are written."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(
            next(
                handler.formatter
                for handler in logging.getLogger().handlers
                if isinstance(handler.formatter, ProcessorFormatter)
            )
        )

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def __enter__(self) -> _Log:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)


@contextmanager
def put_back() -> Iterator[None]:
    """Whatever a walk leaves behind, a trail of views among it, is not there for the next one."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)
        cache.clear()


def _places(user: User, person: Person, refs: dict[str, str], word: str) -> Iterator[str]:
    parts = [addresses(person, refs), searches(word)]
    if user.has_role(Role.ADMINISTRATOR):
        parts.append(administration())
    return itertools.chain(*parts)


def both_worlds(who: str, *, every_row: bool) -> Seen:
    """Walk as one stranger through the world without the case and the world with it; nothing else differs.

    Each address is asked for a row of the case in its own app: with `every_row` for every kind of row, without for the
    concern, a task and a document.
    """
    person = PersonFactory(family_name="Ordinary")
    staff = Staff()
    user = strangers(person)[who]
    with time_machine.travel(clock.real_now(), tick=False):
        with put_back(), _Log() as log:
            case, tokens = hide(person, staff)
            refs = dict(openable(case))
            if not every_row:
                refs = {
                    label: ref
                    for label, ref in refs.items()
                    if label in ("safeguarding.Concern", "worklist.Task", "documents.Document")
                }
            word = next(iter(tokens.places))
            places = list(_places(user, person, refs, word))
            with_case = walk(_client(user), iter(places))
            names = {case.concern.reference: "its reference", **{ref: label for label, ref in refs.items()}}
        with put_back():
            without = walk(_client(user), iter(places))
    seen = _compare(with_case, without, tokens, names)
    seen.logged = [line for line in log.lines if tokens.found_in(line)]
    return seen


def _client(user: User) -> Client:
    return signed_in_client(user) if user.pk else Client()


def _compare(
    with_case: dict[str, Answer], without: dict[str, Answer], tokens: Tokens, names: dict[str, str]
) -> Seen:
    seen = Seen(requests=len(with_case) + len(without))
    for place, now in with_case.items():
        if now.status >= 500:
            seen.failures.append(f"{place}: {now.status}")
        if now != without[place]:
            seen.different.append(f"{place}: {_difference(without[place], now)}")
        text = now.body.decode("utf-8", "replace") + " ".join(value for _, value in now.headers)
        # What the visitor typed comes back to them.
        found = [tokens.places[token] for token in tokens.found_in(text) if token not in place]
        found += [what for ref, what in names.items() if ref in text and ref not in place]
        if found:
            seen.leaks[place] = found
    return seen


def _difference(before: Answer, after: Answer) -> str:
    """Where two answers part, with some words around it."""
    if before.status != after.status:
        return f"{before.status} became {after.status}"
    if before.headers != after.headers:
        return f"{before.headers} became {after.headers}"
    at = next(
        (n for n, (a, b) in enumerate(zip(before.body, after.body, strict=False)) if a != b), len(before.body)
    )
    return f"…{before.body[at - 40 : at + 40]!r} became …{after.body[at - 40 : at + 40]!r}"
