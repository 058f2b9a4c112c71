"""What can be done to a record, by whom and when: written as data, not as code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.permissions import Decision, require


class WrongState(Exception):  # noqa: N818
    """The record has moved on, so the action asked for no longer fits."""


@dataclass(frozen=True)
class Action:
    """One thing a person does to a record: from which states, to which state, and who may."""

    label: str
    sources: frozenset[str]
    target: str
    allowed: Callable[[Any, Any], Decision]
    field: str = "status"

    def fits(self, record: Any) -> bool:
        return getattr(record, self.field) in self.sources

    def is_open_to(self, user: Any, record: Any) -> bool:
        """Whether to offer the button. The service checks again, under a lock."""
        return self.fits(record) and bool(self.allowed(user, record))

    def apply(self, record: Any, *, by: Any) -> None:
        """Check the person, check the state, then move. Saving is the caller's business."""
        require(self.allowed(by, record))
        if not self.fits(record):
            label = getattr(record, f"get_{self.field}_display")()
            raise WrongState(f"“{self.label}” is no longer possible: the record is now “{label}”.")
        setattr(record, self.field, self.target)


def action(
    label: str,
    sources: tuple[str, ...],
    target: str,
    allowed: Callable[[Any, Any], Decision],
    field: str = "status",
) -> Action:
    return Action(label, frozenset(sources), target, allowed, field)
