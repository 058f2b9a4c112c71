"""Pages measured in one process: statements exactly, bytes as sent, and time against a bare page, interleaved."""

from __future__ import annotations

import gc
import gzip
import statistics
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.urls import reverse

import assessments.services as assessments
from accounts.models import Role, User
from assessments.models import Assessment
from caseportal.bench.figures import Figure, Report
from caseportal.bench.making import BUSY, QUIET
from core import clock
from people.models import Person

BLOCKS, ROUNDS = 9, 15


@dataclass(frozen=True)
class Page:
    """A page, how to ask for it, and its bounds (quality/performance.md 5.1)."""

    name: str
    ask: Callable[[Client], Any]
    most_queries: int
    most_kib: float | None
    ratio: float
    status: int = 200
    by_manager: bool = False


def client_of(user: User) -> Client:
    """A test client signed in as this user, with a second factor done."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session["account_authentication_methods_user"] = str(user.pk)
    session["began"] = session["seen"] = int(time.time())
    session.save()
    client = Client(HTTP_HOST="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client


def get(address: str) -> Callable[[Client], Any]:
    return lambda client: client.get(address, secure=True)


def _search(words: str) -> Callable[[Client], Any]:
    """The page of results: the search itself goes by POST and leads to it."""

    def ask(client: Client) -> Any:
        return client.get(
            client.post(reverse("people:search"), {"q": words}, secure=True).headers["Location"], secure=True
        )

    return ask


def _save_note(person: Person) -> Callable[[Client], Any]:
    def ask(client: Client) -> Any:
        return client.post(
            reverse("people:add-note", kwargs={"ref": person.ref}),
            {
                "form_key": uuid.uuid4().hex,
                "kind": "call",
                "occurred_on_day": "24",
                "occurred_on_month": "11",
                "occurred_on_year": "2025",
                "occurred_at_time": "10:30am",
                "text": "Rang. All is well.",
            },
            secure=True,
        )

    return ask


def an_assessment(worker: User, person: Person) -> Assessment:
    """One open assessment of the busy caseworker, to measure a section of its form."""
    now = clock.now()
    team = worker.live_memberships[0].team
    assessment = assessments.request_assessment(person=person, team=team, kind="needs", by=worker, now=now)
    return assessments.start(
        assessment=assessment, assessor=worker, method="face_to_face", by=worker, now=now
    )


def pages(size_people: int) -> list[Page]:
    worker, person = User.objects.get(pk=BUSY), Person.objects.get(pk=1)
    section = reverse(
        "assessments:show-section",
        kwargs={"ref": an_assessment(worker, person).ref, "slug": "personal-hygiene"},
    )
    return [
        Page("search", _search(f"Zephyrine{size_people}"), 16, 20, 7),
        Page("overview", get(reverse("people:show-person", kwargs={"ref": person.ref})), 14, 30, 9),
        Page("worklist", get(reverse("worklist:my-work")), 9, 30, 7),
        Page("team_list", get(reverse("worklist:my-team") + "?show=active"), 12, 60, 12, by_manager=True),
        Page("form_section", get(section), 10, 25, 8),
        Page("save_note", _save_note(person), 14, None, 6, status=302),
        Page("api_list", get(reverse("api-worklist-tasks")), 8, 25, 5),
        Page("manage", get(reverse("reporting:manage")), 13, 40, 8, by_manager=True),
        Page("waiting_lists", get(reverse("reporting:waiting")), 15, 40, 10, by_manager=True),
        Page(
            "waiting_rows",
            get(reverse("reporting:rows", kwargs={"code": "assessment"})),
            7,
            40,
            8,
            by_manager=True,
        ),
        Page("caseload", get(reverse("reporting:caseload")), 10, 40, 10, by_manager=True),
    ]


class Count:
    """Counts every statement sent to the database, savepoints included."""

    def __init__(self) -> None:
        self.statements = 0
        self.slowest_ms = 0.0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements += 1
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.slowest_ms = max(self.slowest_ms, (time.perf_counter() - began) * 1000)


def counted(client: Client, page: Page) -> tuple[int, float, Any]:
    page.ask(client)
    count = Count()
    with connection.execute_wrapper(count):
        response = page.ask(client)
    assert response.status_code == page.status, f"{page.name} answered {response.status_code}"
    return count.statements, count.slowest_ms, response


def _timed(ask: Callable[[Client], Any], client: Client) -> float:
    began = time.perf_counter()
    ask(client)
    return (time.perf_counter() - began) * 1000


def ratios(clients: dict[bool, Client], measured: list[Page], report: Report) -> None:
    """Median of each page over median of the bare page, block by block; blocks disturbed from outside are dropped."""
    floor = get("/bench/floor/")
    blocks: list[tuple[float, dict[str, float]]] = []
    gc.disable()
    try:
        for _ in range(BLOCKS):
            times: dict[str, list[float]] = {page.name: [] for page in measured}
            floors: list[float] = []
            for _ in range(ROUNDS):
                for page in measured:
                    times[page.name].append(_timed(page.ask, clients[page.by_manager]))
                    floors.append(_timed(floor, clients[False]))
            gc.collect()
            base = statistics.median(floors)
            blocks.append((base, {name: statistics.median(values) / base for name, values in times.items()}))
    finally:
        gc.enable()
    best = min(base for base, _ in blocks)
    kept = [values for base, values in blocks if base <= 1.5 * best]
    report.add(Figure("floor.f1_ms", best, "ms", gating=False, n=len(blocks)))
    if len(kept) < 5:
        report.inconclusive += len(measured)
        return
    for page in measured:
        values = [block[page.name] for block in kept]
        middle = statistics.median(values)
        spread = (max(values) - min(values)) / middle
        report.add(
            Figure(
                f"page.{page.name}.ratio",
                middle,
                "× F1",
                page.ratio,
                gating=False,
                spread=round(spread, 3),
                n=len(kept),
            )
        )


def floors(client: Client, report: Report) -> None:
    """F0: full middleware and no query. F1: session and user loaded, an empty answer."""
    stranger = Client(HTTP_HOST="localhost")
    f0 = statistics.median(_timed(get("/health/live/"), stranger) for _ in range(200))
    f1 = statistics.median(_timed(get("/bench/floor/"), client) for _ in range(200))
    count, _, _ = counted(client, Page("floor", get("/bench/floor/"), 3, None, 1))
    report.add(Figure("floor.f0_ms", f0, "ms", gating=False, n=200))
    report.add(Figure("floor.f1_over_f0", f1 / f0, "×", 12, gating=False, n=200))
    report.add(Figure("floor.f1_queries", count, "statements", 3))


def measure(size_people: int, report: Report) -> None:
    """All page figures, as a caseworker with 30 people and as a manager; slopes against one with a single row."""
    busy, quiet = client_of(User.objects.get(pk=BUSY)), client_of(User.objects.get(pk=QUIET))
    manager = User.objects.filter(memberships__role=Role.SERVICE_MANAGER).order_by("-pk").first()
    assert manager is not None
    clients = {False: busy, True: client_of(manager)}
    floors(busy, report)
    measured = pages(size_people)
    for page in measured:
        queries, slowest, response = counted(clients[page.by_manager], page)
        report.add(Figure(f"page.{page.name}.queries", queries, "statements", page.most_queries))
        report.add(Figure(f"page.{page.name}.slowest_sql_ms", slowest, "ms", 50, gating=False))
        if page.most_kib:
            size = len(gzip.compress(response.content, 6)) / 1024
            report.add(Figure(f"page.{page.name}.bytes_gz", size, "KiB", page.most_kib))
        if page.name in ("worklist", "api_list"):
            fewer, _, _ = counted(quiet, page)
            report.add(Figure(f"page.{page.name}.query_slope", (queries - fewer) / 49, "statements a row", 0))
    ratios(clients, measured, report)
