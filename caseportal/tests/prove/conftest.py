"""Long proofs write what they proved into docs/assurance/proofs.json: date, commit, counts."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from core import clock

PROOFS = Path(settings.BASE_DIR) / "docs" / "assurance" / "proofs.json"


def commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or "unknown"


@pytest.fixture
def proved() -> Callable[..., None]:
    """Write down that a proof held: its name, how many trials, and the figures measured."""

    def write(name: str, *, trials: int, **figures: Any) -> None:
        known = json.loads(PROOFS.read_text()) if PROOFS.exists() else {}
        known[name] = {
            "date": clock.london_date(clock.real_now()).isoformat(),
            "commit": commit(),
            "trials": trials,
            **figures,
        }
        PROOFS.parent.mkdir(parents=True, exist_ok=True)
        PROOFS.write_text(json.dumps(known, indent=2, sort_keys=True, ensure_ascii=False) + "\n")

    return write
