"""PostgreSQL and Valkey for evaluation, tests and checks: the machine's own programs, or those from wheels.

Never used in production. PostgreSQL listens on a Unix socket in a folder of mode 0700 and on nothing else, Valkey on
loopback with a random password. They live exactly as long as the process that started them, which holds a lock on
the folder. Nothing but the standard library is imported here, because manage.py asks for `environment()`.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from caseportal.evaluation import programs
from caseportal.evaluation.programs import Trouble

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
OWNER_ROLE = "caseportal_owner"
APP_ROLE = "caseportal_app"
DATABASE = "caseportal"
# Longest wait, in seconds, for a server to answer or to stop. A crash recovery of a demo council takes under 5.
PATIENCE = 30


def secret_key(var: Path = VAR) -> str:
    """The signing key of this evaluation, made once and kept readable by its owner only."""
    path = var / "secret_key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def is_alive(pid: int | None) -> bool:
    if not pid:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def read_state(var: Path = VAR) -> dict[str, Any]:
    """What the running services wrote about themselves, or nothing when none run (or they are somebody else's)."""
    try:
        state = json.loads((var / "services.json").read_text())
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) and is_alive(state.get("supervisor")) else {}


def environment(var: Path = VAR) -> dict[str, str]:
    """Settings for a command run beside live evaluation services; empty when there are none or a database is named."""
    if os.environ.get("DATABASE_URL"):
        return {}
    found = read_state(var).get("environment", {})
    return dict(found) if "DATABASE_URL" in found else {}


def database_url(role: str, folder: Path, database: str = DATABASE) -> str:
    """Address of a database behind a Unix socket, in the form django-environ reads (two slashes, then the folder)."""
    return f"postgres://{role}@/{folder}/{database}"


class Services:
    """The evaluation services of one folder."""

    def __init__(self, var: Path = VAR, *, durable: bool = True) -> None:
        self.var = var
        self.durable = durable
        self.account = programs.service_account()
        self.processes: dict[str, subprocess.Popen[Any]] = {}
        self.lock: Any = None
        self.environment: dict[str, str] = {}

    # -------------------------------------------------------------- life

    def start(self, *, database: bool = True, redis: bool = True, evaluation: bool = True) -> dict[str, str]:
        """Start what is wanted and return the settings that lead to it."""
        self.take_lock()
        self.stop_leftovers()
        if database:
            socket_folder = self.start_postgres()
            self.environment["DATABASE_URL"] = database_url(APP_ROLE, socket_folder)
            self.environment["DATABASE_OWNER_URL"] = database_url(OWNER_ROLE, socket_folder)
        if redis:
            self.environment["REDIS_URL"] = self.start_valkey()
        self.environment["SECRET_KEY"] = secret_key(self.var)
        self.environment["ALLOWED_HOSTS"] = "localhost,127.0.0.1"
        # Evaluation mode belongs to these services alone: with a database of one's own it stays off.
        self.environment["CASEPORTAL_EVALUATION"] = "1" if evaluation and database and redis else "0"
        self.write_state()
        return dict(self.environment)

    def stop(self) -> None:
        """Stop both servers in order and let go of the folder."""
        for name, how in (("valkey", signal.SIGTERM), ("postgres", signal.SIGINT)):
            process = self.processes.get(name)
            if process is None or process.poll() is not None:
                continue
            process.send_signal(how)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()
        if self.lock is not None:
            (self.var / "services.json").unlink(missing_ok=True)
            self.lock.close()
            self.lock = None

    def take_lock(self) -> None:
        """One process at a time may run services in a folder; the system lets go when it dies."""
        self.var.mkdir(parents=True, exist_ok=True)
        (self.var / "log").mkdir(exist_ok=True)
        lock = (self.var / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            raise Trouble(
                f"Already running from this folder (process {lock.read().strip() or 'unknown'}): stop it first, or use make reset."
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self.lock = lock

    def write_state(self) -> None:
        path = self.var / "services.json"
        state = {
            "supervisor": os.getpid(),
            "environment": self.environment,
            "processes": {name: process.pid for name, process in self.processes.items()},
        }
        handle = os.open(path.with_suffix(".new"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump(state, file, indent=1)
        path.with_suffix(".new").replace(path)

    def stop_leftovers(self) -> None:
        """End servers that outlived a supervisor killed hard (where the system does not end them with it)."""
        with contextlib.suppress(OSError, ValueError):
            left = json.loads((self.var / "services.json").read_text()).get("processes", {})
            for name in ("valkey", "postgres"):
                if programs.is_program(left.get(name), ("postgres", "valkey-server", "redis-server")):
                    os.kill(left[name], signal.SIGINT)
                    self.wait(lambda pid=left[name]: not is_alive(pid), "an earlier server to stop")
        (self.var / "services.json").unlink(missing_ok=True)

    def wait(self, ready: Callable[[], bool], what: str, process: str | None = None) -> None:
        until = time.monotonic() + PATIENCE
        while not ready():
            if process is not None and self.processes[process].poll() is not None:
                raise Trouble(self.last_words(process))
            if time.monotonic() > until:
                raise Trouble(f"Waited {PATIENCE} seconds for {what}: see {self.var / 'log'}.")
            time.sleep(0.05)

    def last_words(self, name: str) -> str:
        log = self.var / "log" / f"{name}.log"
        lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
        return programs.failed(name, "\n".join(lines[-15:]))

    def spawn(self, name: str, command: list[str], *, standard_input: str | None = None) -> None:
        """Start a server that ends when this process does, with its output in `var/log`."""
        identity = programs.run_as(self.account) if name == "postgres" else {}
        with (self.var / "log" / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE if standard_input is not None else subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                start_new_session=True,
                preexec_fn=programs.end_with_parent(signal.SIGINT),
                **identity,
            )
        if standard_input is not None:
            assert process.stdin is not None
            process.stdin.write(standard_input.encode())
            process.stdin.close()
        self.processes[name] = process

    # -------------------------------------------------------------- PostgreSQL

    def database_home(self) -> Path:
        """The folder for data: `var`, or one outside where the account of the server cannot reach `var`."""
        if self.account is None or programs.can_reach(self.var, self.account):
            return self.var
        name = hashlib.sha256(str(self.var).encode()).hexdigest()[:12]
        return Path("/var/lib/caseportal-evaluation") / name

    def socket_folder(self) -> Path:
        """A short plain path: the system allows about 107 bytes, and an address should need no escapes."""
        inside = self.database_home() / "run"
        if len(str(inside)) <= 80 and all(sign.isalnum() or sign in "/._-" for sign in str(inside)):
            return inside
        name = hashlib.sha256(f"{os.geteuid()}:{self.var}".encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"caseportal-{name}"

    def own_folder(self, folder: Path) -> None:
        """Make a folder that only the account of the server can enter; refuse one that somebody else prepared."""
        owner = os.geteuid() if self.account is None else self.account.pw_uid
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if folder.is_symlink() or found.st_uid not in {os.geteuid(), owner}:
            raise Trouble(f"{folder} belongs to somebody else: remove it and start again.")
        if self.account is not None:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        folder.chmod(0o700)

    def start_postgres(self) -> Path:
        home = self.database_home()
        home.mkdir(parents=True, exist_ok=True)
        data, sockets = home / "pgdata", self.socket_folder()
        binaries = programs.find_postgres(data, self.account)
        self.own_folder(sockets)
        if not (data / "PG_VERSION").exists():
            self.make_cluster(binaries, data)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "200",
            "shared_buffers": "128MB",
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not self.durable:
            # Thrown away with the tests, so nothing has to survive a power cut; and counted while it is empty, a table
            # would be taken for empty ever after: queries of a second took minutes.
            settings |= {
                "fsync": "off",
                "synchronous_commit": "off",
                "full_page_writes": "off",
                "autovacuum": "off",
            }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.spawn("postgres", [str(binaries / "postgres"), "-D", str(data), *options])
        self.wait(lambda: self.answers(sockets), "PostgreSQL to answer", "postgres")
        self.make_roles(sockets)
        return sockets

    def make_cluster(self, binaries: Path, data: Path) -> None:
        """Create the data folder beside its place and move it there, so that half of one is never mistaken for it."""
        fresh = data.with_name("pgdata.new")
        shutil.rmtree(fresh, ignore_errors=True)
        self.own_folder(fresh)
        command = [
            str(binaries / "initdb"), "-D", str(fresh), "-U", "postgres", "--auth-local=trust", "--auth-host=reject",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--data-checksums",
        ]  # fmt: skip
        made = subprocess.run(
            command, capture_output=True, text=True, cwd="/", check=False, **programs.run_as(self.account)
        )
        if made.returncode != 0:
            raise Trouble(programs.failed("postgres", made.stdout + made.stderr))
        fresh.replace(data)

    def connect(self, sockets: Path) -> Any:
        import psycopg2

        connection = psycopg2.connect(
            host=str(sockets), user="postgres", dbname="postgres", connect_timeout=5
        )
        connection.autocommit = True
        return connection

    def answers(self, sockets: Path) -> bool:
        import psycopg2

        try:
            self.connect(sockets).close()
        except psycopg2.OperationalError:
            return False
        return True

    def make_roles(self, sockets: Path) -> None:
        """An owner that migrates and makes test databases, and the product's own role, which may do neither."""
        connection = self.connect(sockets)
        with connection.cursor() as cursor:
            for role, rights in ((OWNER_ROLE, "CREATEDB"), (APP_ROLE, "NOCREATEDB")):
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                if cursor.fetchone() is None:
                    cursor.execute(f"CREATE ROLE {role} LOGIN NOSUPERUSER {rights}")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}")
        connection.close()

    # -------------------------------------------------------------- Valkey

    def start_valkey(self) -> str:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        folder = self.var / "valkey"
        folder.mkdir(mode=0o700, exist_ok=True)
        password = secrets.token_hex(32)
        keep = "yes" if self.durable else "no"
        lines = [
            "bind 127.0.0.1", f"port {port}", "protected-mode yes", f"requirepass {password}", f'dir "{folder}"',
            'save ""', f"appendonly {keep}", "appendfsync everysec", "maxmemory-policy noeviction", "daemonize no",
        ]  # fmt: skip
        # The configuration goes in by standard input: an argument would show the password in the process list.
        command = [str(programs.find_valkey()), "-"]
        self.spawn("valkey", command, standard_input="\n".join([*lines, ""]))
        self.wait(lambda: valkey_answers(port, password), "Valkey to answer", "valkey")
        return f"redis://:{password}@127.0.0.1:{port}/0"


def valkey_answers(port: int, password: str) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as line:
        line.sendall(f"AUTH {password}\r\nPING\r\n".encode())
        heard = b""
        while b"PONG" not in heard:
            part = line.recv(256)
            if not part or b"-" in part[:1]:
                return False
            heard += part
        return True
    return False


def reset(var: Path = VAR) -> None:
    """Stop whatever runs from the folder and delete its state: data, keys, logs."""
    folders = [var, *(child for child in var.glob("*") if (child / "lock").exists())]
    for folder in folders:
        supervisor = read_state(folder).get("supervisor")
        if supervisor and supervisor != os.getpid():
            os.kill(supervisor, signal.SIGTERM)
            until = time.monotonic() + PATIENCE + 10
            while is_alive(supervisor) and time.monotonic() < until:
                time.sleep(0.1)
            if is_alive(supervisor):
                raise Trouble(f"Process {supervisor} does not stop: end it and start again.")
    for folder in folders:
        services = Services(folder)
        for place in (services.database_home(), services.socket_folder()):
            if place not in {folder, folder / "run"}:
                shutil.rmtree(place, ignore_errors=True)
    shutil.rmtree(var, ignore_errors=True)
    if var.exists():
        raise Trouble(f"{var} could not be removed completely: is it somebody else's?")
