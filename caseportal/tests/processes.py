"""Real processes on real databases: copies of the test database, workers that can be killed, a Redis of one's own."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection, connections

from caseportal.evaluation import programs

ROOT = Path(__file__).resolve().parents[2]
KILLED = -signal.SIGKILL


def wait_until(true: Callable[[], Any], what: str, *, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"waited {seconds} seconds for {what}"
        time.sleep(0.05)


def address(variable: str, database: str) -> str:
    """The address in an environment variable, of another database on the same server."""
    server, _, _ = os.environ[variable].rpartition("/")
    return f"{server}/{database}"


def environment(database: str, **more: str) -> dict[str, str]:
    """Settings of the running product, in the product's own role, for one database."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "caseportal.settings",
        "CASEPORTAL_DATABASE_ROLE": "app" if "DATABASE_URL" in os.environ else "owner",
        "CASEPORTAL_EVALUATION": "0",
        "DATABASE_OWNER_URL": address("DATABASE_OWNER_URL", database),
        **({"DATABASE_URL": address("DATABASE_URL", database)} if "DATABASE_URL" in os.environ else {}),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SECURE_SSL_REDIRECT": "0",
        "PYTHONWARNINGS": "ignore",
        **more,
    }


# --- Copies of the database -------------------------------------------------------------------------------------------


class Copies:
    """Copies of the test database as it stands committed now: each story is told in one of its own."""

    def __init__(self) -> None:
        self.source = connection.settings_dict["NAME"]
        self.made: list[str] = []

    @contextlib.contextmanager
    def _server(self) -> Iterator[Any]:
        """A connection beside the databases concerned: nobody may be connected to what is copied."""
        import psycopg2

        connections.close_all()
        facts = {**connection.get_connection_params(), "dbname": "postgres"}
        facts = {
            name: facts[name] for name in ("user", "password", "host", "port", "dbname") if facts.get(name)
        }
        server = psycopg2.connect(**facts)
        server.autocommit = True
        try:
            yield server.cursor()
        finally:
            server.close()

    def make(self) -> str:
        name = f"{self.source}_{secrets.token_hex(4)}"
        order = f'create database "{name}" template "{self.source}"'
        with self._server() as cursor:
            wait_until(partial(self._done, cursor, order), f"everybody to leave {self.source}", seconds=20)
        self.made.append(name)
        return name

    @staticmethod
    def _done(cursor: Any, order: str) -> bool:
        """The owner may not end sessions of the product's role; a killed process takes a moment to be noticed."""
        import psycopg2

        try:
            cursor.execute(order)
        except psycopg2.errors.ObjectInUse:
            return False
        return True

    def drop_all(self) -> None:
        with self._server() as cursor:
            for name in self.made:
                order = f'drop database if exists "{name}"'
                wait_until(partial(self._done, cursor, order), f"everybody to leave {name}", seconds=20)
        self.made.clear()


@contextlib.contextmanager
def connected_to(database: str) -> Iterator[None]:
    """Let this process's own queries go to a copy."""
    connection.close()
    before, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def end_all_leases(database: str) -> None:
    """Let the minutes pass after which a dead worker's work is given back."""
    with connected_to(database), connection.cursor() as cursor:
        cursor.execute(
            "update core_jobrun set lease_until = now() - interval '1 second' where finished_at is null"
        )
        cursor.execute(
            "update core_outbox set lease_until = now() - interval '1 second' where lease_until is not null"
        )
        cursor.execute("update core_outbox set due_at = now() where done_at is null and failed_at is null")


# --- What a database says, whoever wrote it and when -------------------------------------------------------------------

NOT_COMPARED = ("django_session", "django_migrations", "core_cache", "pghistory_context")
# Keys, moments and counts of tries differ between two true tellings of the same story.
DROPPED = frozenset(
    {
        "id",
        "ref",
        "pgh_id",
        "pgh_context_id",
        "attempts",
        "lease_until",
        "counts",
        "last_error",
        "due_at",
        "pgh_obj_id",
    }
)
# Keys of people and of access lists that stand without a foreign key.
PLAIN_KEYS = {"person_id": "people_person", "access_list_id": "accounts_accesslist"}
ROUNDS = 3
REF = r"[bcdfghjkmnpqrstvwxz23456789]{12}"


def story(
    database: str, *, dropped: frozenset[str] = frozenset(), left_out: tuple[str, ...] = ()
) -> dict[str, Counter[str]]:
    """Every row of every table in words that do not depend on keys: a reference to a row is what that row says.

    Two databases tell the same story when these are equal.
    """
    import hashlib
    import re

    with connected_to(database), connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text, a.attname, confrelid::regclass::text from pg_constraint c "
            "join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] "
            "where contype = 'f' and array_length(conkey, 1) = 1"
        )
        leads = {(table, column): to for table, column, to in cursor.fetchall()}
        cursor.execute(
            "select table_name, column_name, data_type from information_schema.columns "
            "where table_schema = 'public' order by table_name, ordinal_position"
        )
        moments = {
            (table, column) for table, column, kind in cursor.fetchall() if kind.startswith("timestamp")
        }
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if name not in NOT_COMPARED and name not in left_out
        ]
        rows: dict[str, list[dict[str, Any]]] = {}
        for table in tables:
            cursor.execute(f'select to_jsonb(t)::text from "{table}" t')
            rows[table] = [json.loads(text) for (text,) in cursor.fetchall()]

    def own(table: str, row: dict[str, Any]) -> str:
        facts = {}
        for column, value in row.items():
            if column in DROPPED or column in dropped or (table, column) in leads or column in PLAIN_KEYS:
                continue
            facts[column] = value is not None if (table, column) in moments else value
        return re.sub(rf"\b{REF}\b", "•", json.dumps(facts, sort_keys=True, ensure_ascii=False))

    words = {
        table: {row.get("id", number): own(table, row) for number, row in enumerate(rows[table])}
        for table in tables
    }
    said = words
    for _ in range(ROUNDS):
        digests = {
            table: {
                key: hashlib.blake2b(text.encode(), digest_size=6).hexdigest() for key, text in found.items()
            }
            for table, found in said.items()
        }
        said = {}
        for table in tables:
            said[table] = {}
            for number, row in enumerate(rows[table]):
                key = row.get("id", number)
                follows = {
                    column: digests.get(to, {}).get(row[column], "elsewhere")
                    if row[column] is not None
                    else None
                    for column in row
                    if column not in DROPPED
                    and column not in dropped
                    and (to := leads.get((table, column)) or PLAIN_KEYS.get(column))
                }
                said[table][key] = words[table][key] + json.dumps(follows, sort_keys=True)
    return {table: Counter(found.values()) for table, found in said.items()}


def differences(one: dict[str, Counter[str]], other: dict[str, Counter[str]]) -> str:
    """Where two stories part, in the rows that only one of them has. Empty when they are the same."""
    lines = []
    for table in sorted(one.keys() | other.keys()):
        here, there = one.get(table, Counter()), other.get(table, Counter())
        lines += [f"only in the first, {table}: {row}" for row in list((here - there).elements())[:3]]
        lines += [f"only in the second, {table}: {row}" for row in list((there - here).elements())[:3]]
    return "\n".join(lines)


# --- Processes ---------------------------------------------------------------------------------------------------------


class Workshop:
    """The product loaded once; each order is done in processes of its own, which a crash point may kill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = (folder / "workshop.log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "caseportal.tests.forked"],
            cwd=ROOT,
            env=environment(
                "postgres", REDIS_URL="redis://127.0.0.1:1/0", EMAIL_URL=f"filemail:///{folder / 'mail'}"
            ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        assert self._hear() == "ready"

    def _hear(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        assert line, (self.folder / "workshop.log").read_text()[-3000:]
        return line

    def mail(self, database: str) -> Path:
        folder = self.folder / f"mail-{database}"
        folder.mkdir(exist_ok=True)
        return folder

    def mails(self, database: str) -> int:
        """How many messages left the house while this database was worked on."""
        return sum(file.read_text().count("Message-ID:") for file in self.mail(database).iterdir())

    def order(
        self, database: str, *, crash_at: str = "", at_once: int = 1, kill_after: float = 0, **what: Any
    ) -> list[int]:
        connections.close_all()
        order = {
            "database": database,
            "mail": str(self.mail(database)),
            "crash_at": crash_at,
            "at_once": at_once,
            "kill_after": kill_after,
        }
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({**order, **what}) + "\n")
        self.process.stdin.flush()
        return json.loads(self._hear())

    def task(
        self,
        database: str,
        name: str,
        *,
        crash_at: str = "",
        at_once: int = 1,
        kill_after: float = 0,
        **arguments: Any,
    ) -> list[int]:
        return self.order(
            database,
            crash_at=crash_at,
            at_once=at_once,
            kill_after=kill_after,
            task=name,
            arguments=arguments,
        )

    def command(self, database: str, *words: str, crash_at: str = "") -> list[int]:
        return self.order(database, crash_at=crash_at, command=list(words))

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()  # type: ignore[union-attr]
        self.log.close()


class Broker:
    """A Redis or Valkey that belongs to one test, and can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def _answers(self) -> bool:
        import redis

        with contextlib.suppress(redis.RedisError), redis.Redis(port=self.port, socket_timeout=1) as line:
            return bool(line.ping())
        return False

    def start(self) -> None:
        command = [
            *(str(programs.find_valkey()), "--bind", "127.0.0.1", "--port", str(self.port)),
            *("--save", "", "--appendonly", "no", "--dir", str(self.folder)),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(self._answers, "the broker to answer", seconds=20)

    def pause(self) -> None:
        """It takes connections and never answers."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None


@contextlib.contextmanager
def celery_worker(
    database: str, broker: Broker, folder: Path, **more: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker as the product starts it, with one process; killed hard at the end, with what it started."""
    log = folder / f"worker-{secrets.token_hex(3)}.log"
    with log.open("wb") as out:
        worker = subprocess.Popen(
            [
                *(
                    sys.executable,
                    "-m",
                    "celery",
                    "--quiet",
                    "-A",
                    "caseportal",
                    "worker",
                    "--loglevel",
                    "INFO",
                ),
                *("--concurrency", "1", "--without-gossip", "--without-mingle"),
            ],
            cwd=ROOT,
            env=environment(
                database, REDIS_URL=broker.url, EMAIL_URL=f"filemail:///{folder / 'mail'}", **more
            ),
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield worker
    finally:
        kill_group(worker)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End a process and all it started, at once and without a word."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(20)
