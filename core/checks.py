"""System checks: the product refuses to start in a state that would be unsafe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}
# Sockets of a database server that the machine itself runs: not the embedded one.
SYSTEM_SOCKETS = {"/var/run/postgresql", "/run/postgresql", "/tmp"}  # noqa: S108 # nosec B108 compared, never written


@register()
def evaluation_stays_at_home(**_: Any) -> list[CheckMessage]:
    """Evaluation mode, with its one-click sign-in and movable clock, only with embedded services on this machine."""
    if not settings.EVALUATION:
        return []
    host = str(settings.DATABASES["default"].get("HOST", ""))
    problems: list[CheckMessage] = []
    # The embedded server answers on a socket in a folder of its own. A server with an address, even this machine's,
    # may hold real people.
    if not host.startswith("/") or host.rstrip("/") in SYSTEM_SOCKETS:
        problems.append(Error("Evaluation mode needs the embedded database on this machine.", id="core.E001"))
    if urlsplit(settings.REDIS_URL).hostname not in LOCAL_HOSTS:
        problems.append(Error("Evaluation mode needs the embedded broker on this machine.", id="core.E002"))
    if set(settings.ALLOWED_HOSTS) - {"localhost", "127.0.0.1", "[::1]"}:
        problems.append(Error("Evaluation mode answers on localhost only.", id="core.E003"))
    if settings.TRUSTED_PROXY_COUNT:
        problems.append(Error("Evaluation mode never stands behind a proxy.", id="core.E005"))
    return problems


@register()
def keys_are_long(**_: Any) -> list[CheckMessage]:
    if len(settings.SECRET_KEY) < 40 or "change-me" in settings.SECRET_KEY:
        return [Error("SECRET_KEY must be a secret of at least 40 characters.", id="core.E004")]
    return []


@register(Tags.database)
def database_is_not_of_another_version(
    databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Before migrating: a database that holds migrations unknown here is newer, or older than the first release."""
    problems: list[CheckMessage] = []
    for alias in databases or ():
        loader = MigrationLoader(connections[alias], load=False)
        loader.load_disk()
        strange = sorted(
            f"{app}.{name}"
            for app, name in MigrationRecorder(connections[alias]).applied_migrations()
            if app in loader.migrated_apps and (app, name) not in loader.disk_migrations
        )
        if strange:
            problems.append(
                Error(
                    f"The database holds migrations that this version does not know: {', '.join(strange)}.",
                    hint="An evaluation: make reset. Otherwise install the version that made the database, or a newer one.",
                    id="core.E006",
                )
            )
    return problems


def refuse_unsafe_start() -> None:
    """Stop the web server, worker or scheduler with the reasons: they do not run Django's checks by themselves."""
    problems = [*evaluation_stays_at_home(), *keys_are_long()]
    if problems:
        raise ImproperlyConfigured(" ".join(f"{problem.id}: {problem.msg}" for problem in problems))
