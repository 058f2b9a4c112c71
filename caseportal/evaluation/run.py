"""Run the product, its tests or its checks, with the services they need, under one foreground process.

Started by `setup.py` once everything is installed:  python -m caseportal.evaluation.run COMMAND [ARGUMENTS]
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType
from typing import Any

from caseportal.evaluation import programs
from caseportal.evaluation.programs import Trouble
from caseportal.evaluation.services import ROOT, VAR, Services, reset

# Seconds a part of the product has to end in order before it is ended hard.
GRACE = 20
# Seconds the first page has to appear.
FIRST_PAGE = 90

# Root is let in on purpose here, so the worker need not explain each time that it would rather be somebody else.
EXPECTED = "ignore:You're running the worker with superuser privileges"


class Stopped(Exception):
    """Somebody pressed Ctrl-C or asked the process to end."""


def stop_on_signals() -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        # A second signal must not interrupt the orderly end that the first one began.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise Stopped

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


def has_command(name: str) -> bool:
    return any(ROOT.glob(f"*/management/commands/{name}.py"))


# ------------------------------------------------------------------ services given from outside


def check_database(name: str) -> None:
    """One line when a database of one's own cannot be reached, without its password."""
    import environ
    import psycopg2

    try:
        at = environ.Env.db_url_config(os.environ[name])
        psycopg2.connect(
            dbname=at["NAME"],
            user=at["USER"] or None,
            password=at["PASSWORD"] or None,
            host=at["HOST"] or None,
            port=at["PORT"] or None,
            connect_timeout=5,
        ).close()
    except (psycopg2.Error, KeyError, ValueError, environ.ImproperlyConfigured) as error:
        lines = str(error).strip().splitlines()
        raise Trouble(f"{name} cannot be reached: {lines[0] if lines else 'it cannot be read'}") from error


def check_redis() -> None:
    import redis

    try:
        redis.Redis.from_url(os.environ["REDIS_URL"], socket_connect_timeout=5).ping()
    except (redis.RedisError, ValueError) as error:
        raise Trouble(f"REDIS_URL cannot be reached: {error}") from error


@contextlib.contextmanager
def services_for(folder: Path, *, durable: bool, evaluation: bool) -> Iterator[Services]:
    """Start the services that no variable names, put their settings into the environment, stop them at the end."""
    own_database, own_redis = bool(os.environ.get("DATABASE_URL")), bool(os.environ.get("REDIS_URL"))
    if own_database:
        if not os.environ.get("DATABASE_OWNER_URL"):
            raise Trouble(
                "DATABASE_OWNER_URL is needed beside DATABASE_URL: the owner migrates, the product's role may not."
            )
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            check_database(name)
    if own_redis:
        check_redis()
    services = Services(folder, durable=durable)
    try:
        settings = services.start(database=not own_database, redis=not own_redis, evaluation=evaluation)
        os.environ["CASEPORTAL_EVALUATION"] = settings.pop("CASEPORTAL_EVALUATION")
        for name, value in settings.items():
            if not os.environ.get(name):
                os.environ[name] = value
        yield services
    finally:
        services.stop()


# ------------------------------------------------------------------ the product


class Product:
    """Web, worker and beat, with each line of their output under their name."""

    def __init__(self, port: str) -> None:
        celery = [sys.executable, "-m", "celery", "--quiet", "-A", "caseportal"]
        self.commands = {
            "web": [
                sys.executable, "-m", "gunicorn", "caseportal.wsgi:application", "--bind", f"127.0.0.1:{port}",
                "--workers", "2", "--threads", "4", "--graceful-timeout", "5", "--no-control-socket",
            ],
            "worker": [
                *celery, "worker", "--loglevel", "WARNING", "--concurrency", "2", "--without-gossip", "--without-mingle",
            ],
            "beat": [*celery, "beat", "--loglevel", "WARNING", "--schedule", str(VAR / "beat-schedule"), "--pidfile="],
        }  # fmt: skip
        self.port = port
        self.processes: dict[str, subprocess.Popen[str]] = {}
        self.writing = threading.Lock()

    def start(self) -> None:
        for name, command in self.commands.items():
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": EXPECTED},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                # Ctrl-C reaches this process alone, which then ends the parts in order.
                start_new_session=True,
                preexec_fn=programs.end_with_parent(signal.SIGTERM),
            )
            self.processes[name] = process
        for name, process in self.processes.items():
            threading.Thread(target=self.pass_on, args=(name, process), daemon=True).start()

    def pass_on(self, name: str, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            with self.writing, contextlib.suppress(OSError):
                print(f"{name:<7}| {line.rstrip()}", flush=True)

    def fallen(self, services: Services) -> tuple[str, int] | None:
        for name, process in {**services.processes, **self.processes}.items():
            if (code := process.poll()) is not None:
                return name, code
        return None

    def wait_for_first_page(self, services: Services) -> None:
        until = time.monotonic() + FIRST_PAGE
        while time.monotonic() < until:
            if fallen := self.fallen(services):
                raise Trouble(
                    f"The part “{fallen[0]}” ended at once (exit {fallen[1]}); its reason is above."
                )
            with contextlib.suppress(OSError, http.client.HTTPException):
                page = http.client.HTTPConnection("127.0.0.1", int(self.port), timeout=10)
                page.request("GET", "/health/live/", headers={"Host": f"localhost:{self.port}"})
                if page.getresponse().status < 500:
                    return
            time.sleep(0.1)
        raise Trouble(f"No page appeared within {FIRST_PAGE} seconds; the reason is above.")

    def watch(self, services: Services) -> None:
        """Wait until somebody stops the product, or until one part ends by itself, which ends it all."""
        while True:
            if fallen := self.fallen(services):
                raise Trouble(
                    f"The part “{fallen[0]}” ended by itself (exit {fallen[1]}), so all were stopped."
                )
            time.sleep(0.25)

    def stop(self) -> None:
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        until = time.monotonic() + GRACE
        for process in self.processes.values():
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def stage(seconds: dict[str, float], name: str, work: Callable[[], Any]) -> None:
    print(f"==> {name}", flush=True)
    begun = time.monotonic()
    work()
    seconds[name] = round(time.monotonic() - begun, 1)


def must(command: list[str], what: str) -> None:
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise Trouble(f"{what} failed (exit {done.returncode}); the reason is above.")


def serve(_arguments: list[str]) -> int:
    """The whole product on this machine, until Ctrl-C."""
    told = json.loads(os.environ.pop("CASEPORTAL_SETUP_SECONDS", "{}") or "{}")
    begun = told.get("begun", time.monotonic())
    seconds: dict[str, float] = dict(told.get("stages", {}))
    port = os.environ.get("PORT") or "8000"
    os.environ.setdefault("PORTAL_URL", f"http://localhost:{port}")
    # This start answers on loopback without a certificate, whichever database it uses.
    os.environ.setdefault("SECURE_SSL_REDIRECT", "0")
    started = time.monotonic()
    print("==> Services", flush=True)
    with services_for(VAR, durable=True, evaluation=True) as services:
        seconds["Services"] = round(time.monotonic() - started, 1)
        evaluation = os.environ["CASEPORTAL_EVALUATION"] == "1"
        stage(seconds, "Database", lambda: must(manage("migrate", "--noinput", "-v", "0"), "Migrating"))
        if evaluation:
            if has_command("seed_demo"):
                stage(
                    seconds,
                    "Demo council",
                    lambda: must(manage("seed_demo", "--if-empty"), "Making the demo council"),
                )
        else:
            # With a database of one's own, pages use hashed file names, and no demo people are put among real ones.
            stage(
                seconds,
                "Static files",
                lambda: must(manage("collectstatic", "--noinput", "-v", "0"), "Collecting static files"),
            )
        (VAR / "static").mkdir(exist_ok=True)
        product = Product(port)
        try:
            first = time.monotonic()
            print("==> Web, worker and beat", flush=True)
            product.start()
            product.wait_for_first_page(services)
            seconds["Web"] = round(time.monotonic() - first, 1)
            parts = ", ".join(f"{name.lower()} {took:g} s" for name, took in seconds.items())
            with product.writing:
                print(f"\nStarted in {time.monotonic() - begun:.0f} s: {parts}.", flush=True)
                print(f"Caseportal is at http://localhost:{port}/  (Ctrl-C stops it)\n", flush=True)
            product.watch(services)
        finally:
            print("\nStopping web, worker, beat and services …", flush=True)
            product.stop()
    return 0


def serve_services(_arguments: list[str]) -> int:
    """The services alone, so that manage.py works beside them."""
    with services_for(VAR, durable=True, evaluation=True) as services:
        print("Services are running; use .venv/bin/python manage.py in another window. Ctrl-C stops them.")
        while True:
            for name, process in services.processes.items():
                if (code := process.poll()) is not None:
                    raise Trouble(f"{name} ended by itself (exit {code}).")
            time.sleep(0.5)


# ------------------------------------------------------------------ tests and checks


def beside_services(name: str, command: list[str], *, durable: bool = False, **extra: str) -> int:
    """Run one command with services of its own; answer with its exit code."""
    with services_for(VAR / name, durable=durable, evaluation=False):
        os.environ["ALLOWED_HOSTS"] = "localhost,127.0.0.1,testserver"
        os.environ.update(extra)
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL)
        try:
            return process.wait()
        except Stopped:
            process.send_signal(signal.SIGINT)
            process.wait(GRACE)
            raise


def pytest(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pytest", *arguments]


def test(arguments: list[str]) -> int:
    """The suite, two workers; browser journeys run where Chromium is installed."""
    workers = [] if any(argument.startswith("-n") for argument in arguments) else ["-n", "2"]
    return beside_services("test", pytest(*workers, *arguments))


def browser(arguments: list[str]) -> int:
    """The browser journeys alone; a missing browser is a failure."""
    command = pytest("-m", "browser", *(arguments or ["caseportal/tests/browser"]))
    return beside_services("test", command, CASEPORTAL_REQUIRE_BROWSER="1")


def prove(arguments: list[str]) -> int:
    """The long proofs that the suite runs in a short form. What holds on this commit is left out, unless `--again`."""
    again = {"CASEPORTAL_PROVE_AGAIN": "1"} if "--again" in arguments else {}
    chosen = [argument for argument in arguments if argument != "--again"]
    command = pytest(*(chosen or ["caseportal/tests/prove"]))
    return beside_services("test", command, CASEPORTAL_PROVE="1", **again)


def bench(arguments: list[str]) -> int:
    """The performance figures, on a database of their own that keeps its promises, as a council's would."""
    return beside_services("bench", manage("bench", *arguments), durable=True)


def production_like() -> dict[str, str]:
    """Settings as a council would set them, for `check --deploy`."""
    return {
        **os.environ,
        "CASEPORTAL_EVALUATION": "0",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "care.example.gov.uk",
    }


def checks() -> dict[str, tuple[list[str], dict[str, str] | None]]:
    """Every check by name: its command, and the environment where it is not this one."""
    tool = Path(sys.executable).parent
    packages = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))
    schema = VAR / "check" / "schema.yaml"
    return {
        "format": ([str(tool / "ruff"), "format", "--check", "."], None),
        "lint": ([str(tool / "ruff"), "check", "."], None),
        "types": ([str(tool / "mypy"), *packages], None),
        "imports": ([str(tool / "lint-imports")], None),
        "templates": ([str(tool / "djlint"), "templates", "--lint", "--quiet"], None),
        "security": (
            [
                str(tool / "bandit"),
                "--quiet",
                "--severity-level",
                "medium",
                "-c",
                "pyproject.toml",
                "-r",
                *packages,
            ],
            None,
        ),
        "migrations": (manage("makemigrations", "--check", "--dry-run"), None),
        "deployment": (manage("check", "--deploy", "--fail-level", "WARNING"), production_like()),
        "API document": (
            manage("spectacular", "--validate", "--fail-on-warn", "--file", str(schema)),
            None,
        ),
    }


def check(arguments: list[str]) -> int:
    """All static checks, or those named; each failure shows its output."""
    failures = []
    with services_for(VAR / "check", durable=False, evaluation=False):
        wanted = {
            name: spec for name, spec in checks().items() if not arguments or name.split()[0] in arguments
        }

        def one(name: str) -> tuple[str, subprocess.CompletedProcess[str], float]:
            command, env = wanted[name]
            begun = time.monotonic()
            done = subprocess.run(
                command,
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            return name, done, time.monotonic() - begun

        with ThreadPoolExecutor(2) as pool:
            for name, done, took in pool.map(one, wanted):
                print(f"{'ok    ' if done.returncode == 0 else 'FAILED'}  {name} ({took:.0f} s)", flush=True)
                if done.returncode != 0:
                    failures.append(name)
                    print(done.stdout, flush=True)
    print(f"Failed: {', '.join(failures)}" if failures else "All checks passed.")
    return 1 if failures else 0


def reset_all(_arguments: list[str]) -> int:
    reset()
    print("Stopped, and var/ is gone. The next start makes it anew.")
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": serve,
    "services": serve_services,
    "reset": reset_all,
    "test": test,
    "browser": browser,
    "prove": prove,
    "check": check,
    "bench": bench,
}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        print(f"caseportal: say one of {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    stop_on_signals()
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except Stopped:
        print("Stopped.")
        return 0 if arguments[0] in {"run", "services"} else 130
    except Trouble as trouble:
        print(f"caseportal: {trouble}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"caseportal: {error.strerror or error}: {error.filename or ''}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
