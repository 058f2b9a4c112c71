"""Who a page is for. Every view states one policy beside it; a view without one is refused by the middleware."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Audience(StrEnum):
    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    STAFF = "staff"
    PUBLIC = "the person or who acts for them"


@dataclass(frozen=True)
class Policy:
    """An audience, the roles of which one is needed (none: any of the audience), and why when it is open."""

    audience: Audience
    roles: frozenset[str] = frozenset()
    reason: str = ""
    second_factor: bool = True


def _stated(policy: Policy) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.policy = policy  # type: ignore[attr-defined]
        return view

    return mark


def anyone(reason: str) -> Callable[[View], View]:
    """Open to the world, with the reason why."""
    return _stated(Policy(Audience.ANYONE, reason=reason, second_factor=False))


def signed_in(reason: str = "", *, second_factor: bool = True) -> Callable[[View], View]:
    """Anyone with an account."""
    return _stated(Policy(Audience.SIGNED_IN, reason=reason, second_factor=second_factor))


def staff(*roles: str) -> Callable[[View], View]:
    """Staff of the council; with roles named, those who hold one of them in any team."""
    return _stated(Policy(Audience.STAFF, frozenset(str(role) for role in roles)))


def staff_of(roles: Iterable[str]) -> Callable[[View], View]:
    return staff(*roles)


def person() -> Callable[[View], View]:
    """The person themself, or someone with recorded authority to act for them."""
    return _stated(Policy(Audience.PUBLIC))


def stated_by(view: Any) -> Policy | None:
    """The policy a view states: beside a function, or on the class behind `as_view()`."""
    for holder in (view, getattr(view, "view_class", None), getattr(view, "cls", None)):
        found = getattr(holder, "policy", None)
        if isinstance(found, Policy):
            return found
    return None
