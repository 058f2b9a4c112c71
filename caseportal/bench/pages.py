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
from caseportal.bench import fronts
from caseportal.bench.figures import Figure, Report
from caseportal.bench.making import BUSY, QUIET, Size
from contacts.asking import HELP
from core import clock
from people.models import Person
from reablement.models import Episode

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
    by: str = "worker"


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


def _public_step(client: Client) -> Any:
    """The first question of asking for help answered, and so kept, by somebody without an account."""
    return client.post(HELP.address(HELP.steps[0]), {"who": "me"}, secure=True)


def pages(size: Size) -> list[Page]:
    worker, person = User.objects.get(pk=BUSY), Person.objects.get(pk=1)
    section = reverse(
        "assessments:show-section",
        kwargs={"ref": an_assessment(worker, person).ref, "slug": "personal-hygiene"},
    )
    # Nearly six weeks in, with five entries written.
    episode = reverse("reablement:show-episode", args=[Episode.objects.get(pk=fronts.DAYS - 1).ref])
    return [
        Page("search", _search(f"Zephyrine{size.people}"), 16, 20, 7),
        Page("overview", get(reverse("people:show-person", kwargs={"ref": person.ref})), 14, 30, 9),
        Page("worklist", get(reverse("worklist:my-work")), 9, 30, 7),
        Page("team_list", get(reverse("worklist:my-team") + "?show=active"), 12, 60, 12, by="manager"),
        Page("form_section", get(section), 10, 25, 8),
        Page("save_note", _save_note(person), 14, None, 6, status=302),
        Page("api_list", get(reverse("api-worklist-tasks")), 8, 25, 5),
        Page("front_door", get(reverse("contacts:list-contacts")), 12, 40, 12, by="duty"),
        Page("concerns", get(reverse("safeguarding:list-concerns")), 12, 40, 12, by="safeguarding"),
        Page("episodes", get(reverse("reablement:list-episodes") + "?show=active"), 12, 40, 12, by="lead"),
        Page("episode", get(episode), 20, 40, 12, by="lead"),
        Page("public_step", _public_step, 12, None, 6, status=302, by="public"),
        Page("manage", get(reverse("reporting:manage")), 13, 40, 8, by="manager"),
        Page("waiting_lists", get(reverse("reporting:waiting")), 15, 40, 10, by="manager"),
        Page("waiting_rows", get(reverse("reporting:rows", args=["assessment"])), 7, 40, 8, by="manager"),
        Page("caseload", get(reverse("reporting:caseload")), 11, 40, 10, by="manager"),
    ]


def everyone(size: Size) -> dict[str, Client]:
    """Each visitor by whom pages are asked for: a caseworker with 30 people, the manager of every service, the worker
    of each front, and somebody without an account."""
    here = fronts.staffed(size)
    manager = User.objects.get(memberships__role=Role.SERVICE_MANAGER)
    keys = {
        "worker": BUSY,
        "manager": manager.pk,
        "duty": here.duty,
        "safeguarding": here.manager,
        "lead": here.lead,
    }
    return {
        **{name: client_of(User.objects.get(pk=key)) for name, key in keys.items()},
        "public": Client(HTTP_HOST="localhost"),
    }


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


def timed(ask: Callable[[Client], Any], client: Client) -> float:
    began = time.perf_counter()
    ask(client)
    return (time.perf_counter() - began) * 1000


def ratios(clients: dict[str, Client], measured: list[Page], report: Report) -> None:
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
                    times[page.name].append(timed(page.ask, clients[page.by]))
                    floors.append(timed(floor, clients["worker"]))
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
    f0 = statistics.median(timed(get("/health/live/"), stranger) for _ in range(200))
    f1 = statistics.median(timed(get("/bench/floor/"), client) for _ in range(200))
    count, _, _ = counted(client, Page("floor", get("/bench/floor/"), 3, None, 1))
    report.add(Figure("floor.f0_ms", f0, "ms", gating=False, n=200))
    report.add(Figure("floor.f1_over_f0", f1 / f0, "×", 12, gating=False, n=200))
    report.add(Figure("floor.f1_queries", count, "statements", 3))


def measure(size: Size, clients: dict[str, Client], measured: list[Page], report: Report) -> None:
    """All page figures, and slopes against a worker with a single row."""
    quiet = client_of(User.objects.get(pk=QUIET))
    floors(clients["worker"], report)
    for page in measured:
        queries, slowest, response = counted(clients[page.by], page)
        report.add(Figure(f"page.{page.name}.queries", queries, "statements", page.most_queries))
        report.add(Figure(f"page.{page.name}.slowest_sql_ms", slowest, "ms", 50, gating=False))
        if page.most_kib:
            bytes_sent = len(gzip.compress(response.content, 6)) / 1024
            report.add(Figure(f"page.{page.name}.bytes_gz", bytes_sent, "KiB", page.most_kib))
        if page.name in ("worklist", "api_list"):
            fewer, _, _ = counted(quiet, page)
            report.add(Figure(f"page.{page.name}.query_slope", (queries - fewer) / 49, "statements a row", 0))
    ratios(clients, measured, report)
