"""What starts low and acts high: each event of a lower app, and the services above it that follow, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import worklist.services as worklist

TABLE: dict[str, Sequence[Callable[..., Any]]] = {
    "people.allocated": (worklist.follow_allocation,),
    "people.death_recorded": (worklist.death_recorded,),
    "people.note_added": (worklist.touch,),
    "accounts.clock_moved": (worklist.run_for_the_day,),
}
