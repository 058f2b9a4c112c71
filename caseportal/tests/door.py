"""A page on which something is written, and who stands before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.urls import reverse

from accounts.models import User
from core import clock
from people.models import Person


def person(family: str) -> Person:
    return Person.objects.get(family_name=family, is_service_user=True)


def user(name: str) -> User:
    return User.objects.get(name=name)


def day(name: str, *, ahead: int = 0) -> dict[str, str]:
    on = clock.today() + timedelta(days=ahead)
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


@dataclass(frozen=True)
class Door:
    """A page with a form: who stands before it, which record it is about, and answers that a machine cannot guess."""

    who: str
    record: Callable[[], Any]
    answers: Callable[[], Mapping[str, Any]] = dict
    more: tuple[str, ...] = ()
    # Pages of a person's own: whose they are comes from who is signed in.
    own: bool = False
    query: Callable[[], str] = str
    arguments: Callable[[Any], list[str]] = field(default=lambda record: [record.ref])

    def address(self, name: str) -> str:
        record = self.record()
        arguments = [] if self.own else [*self.arguments(record), *self.more]
        return reverse(name.split(" ")[0], args=arguments) + self.query()
