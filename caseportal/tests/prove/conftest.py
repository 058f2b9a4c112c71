"""Long proofs write what they proved into docs/assurance/proofs.json: date, commit, counts.

A run that was cut off goes on where it stopped: what holds on this very commit is not proved again, unless asked for
(`make prove ARGS=--again`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from caseportal.tests import proofs
from core import clock

ROOT = Path(settings.BASE_DIR)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("CASEPORTAL_PROVE_AGAIN"):
        return
    at, known = proofs.commit(ROOT), proofs.known(ROOT).values()
    for item in items:
        if "proved" in getattr(item, "fixturenames", ()) and proofs.held(known, item.nodeid, at):
            item.add_marker(pytest.mark.skip(reason=f"holds on {at}; ARGS=--again proves it again"))


@pytest.fixture
def proved(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Write down that a proof held: its name, how many trials, and the figures measured."""

    def write(name: str, *, trials: int, **figures: Any) -> None:
        proofs.write_down(
            ROOT,
            name,
            date=clock.london_date(clock.real_now()).isoformat(),
            commit=proofs.commit(ROOT),
            test=request.node.nodeid,
            trials=trials,
            **figures,
        )

    return write
