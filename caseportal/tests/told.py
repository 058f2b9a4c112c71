"""The stories of the demo council as a world for tests, made once for a module and taken away after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import transaction


@contextmanager
def stories_told(blocker: Any, *, people: int = 0) -> Iterator[None]:
    with blocker.unblock():
        kept = transaction.atomic()
        kept.__enter__()
        try:
            call_command("seed_demo", people=people, verbosity=0, stdout=StringIO())
            yield
        finally:
            transaction.set_rollback(True)
            kept.__exit__(None, None, None)
