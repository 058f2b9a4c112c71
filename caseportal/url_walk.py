"""Every address of the product, walked from the resolver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

SAMPLES = {"ref": "zzzzzzzzzzzz", "pk": 999999999, "token": "nobody", "number": 999, "code": "A", "slug": "x"}


@dataclass(frozen=True)
class Route:
    name: str
    view: Any
    parameters: tuple[str, ...]

    def address(self) -> str:
        """An address of this route that leads to no record: a reference nobody has."""
        values = {name: SAMPLES.get(name, "zzzzzzzzzzzz") for name in self.parameters}
        return reverse(self.name, kwargs=values)


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern, space)
        elif isinstance(pattern, URLPattern):
            yield Route(
                f"{prefix}{pattern.name}",
                pattern.callback,
                tuple(pattern.pattern.converters) or _groups(pattern),
            )


def _groups(pattern: URLPattern) -> tuple[str, ...]:
    regex = getattr(pattern.pattern, "regex", None)
    return tuple(regex.groupindex) if regex is not None else ()


def routes() -> dict[str, Route]:
    """All routes but the Django admin's own, which share one policy."""
    return {route.name: route for route in _walk(get_resolver(), "") if not route.name.startswith("admin:")}
