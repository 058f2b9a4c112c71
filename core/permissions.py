"""A yes, or a no with a sentence for the reader."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class Decision:
    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Decision(True)


def no(reason: str) -> Decision:
    """A refusal; the reason is shown to the person who asked."""
    return Decision(False, reason)


def require(decision: Decision) -> None:
    """Turn a no into PermissionDenied with its reason."""
    if not decision:
        raise PermissionDenied(decision.reason)
