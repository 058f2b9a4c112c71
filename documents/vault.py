"""Where files lie: outside everything the web server serves, under names of our own that say nothing."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"^[0-9a-f]{40}$")


class Damaged(Exception):  # noqa: N818
    """What lies on disk is not what was kept."""


def new_name() -> str:
    return secrets.token_hex(20)


def keep(data: bytes) -> str:
    """Write bytes under a fresh name, readable by the product alone. Returns the name."""
    name = new_name()
    _write(name, data, os.O_EXCL)
    return name


def keep_as(name: str, data: bytes) -> None:
    """Write bytes under a name that was chosen before, in place of what a crash may have left there."""
    _write(name, data, os.O_TRUNC)


def _write(name: str, data: bytes, how: int) -> None:
    where = path(name)
    where.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(where, os.O_WRONLY | os.O_CREAT | how, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def read(name: str, *, digest: str) -> bytes:
    """The bytes of a name. Raises Damaged when they are not those of the digest."""
    data = path(name).read_bytes()
    if digest_of(data) != digest:
        raise Damaged(name)
    return data


def remove(name: str) -> None:
    """Take a file away; one that is gone already is no fault."""
    path(name).unlink(missing_ok=True)


def path(name: str) -> Path:
    if not NAME.match(name):
        raise ValueError("not a name of the vault")
    return Path(settings.DOCUMENTS_ROOT) / name[:2] / name


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
