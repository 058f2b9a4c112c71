"""Generated inputs through a calculator and through its oracle: every figure, and every line of the working."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from budgets.estimates.kinds import KINDS
from budgets.tests.oracles.generated import Invented
from budgets.tests.oracles.pence import ORACLES


def same_figures(kind: str, *, cases: int, seed: int) -> int:
    """Compare so many results of a kind with its oracle's, and add up their working. Returns how many results."""
    invented = Invented(seed)
    for number in range(cases):
        asked = invented.of(kind)
        given = result_of(kind, asked)
        wanted = ORACLES[kind](asked)
        found = {key: value for key, value in given.items() if key != "working"}
        assert found == wanted, f"{kind} {number} of seed {seed}: {asked}"
        adds_up(given)
    return cases


def result_of(kind: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is printed for these inputs."""
    of = KINDS[kind]
    found: dict[str, Any] = _plain(of.printed(of.work_out(asked)))
    return found


def adds_up(given: Mapping[str, Any]) -> None:
    """The printed lines of each working add to the printed total, which is the figure of its name."""
    for each in given["working"]:
        total = sum((Decimal(line["amount"]) for line in each["lines"]), Decimal(0))
        assert total == Decimal(each["total"]), each
        figure = given.get(each["of"], given.get("council_pays_by_mode", {}).get(each["of"].upper()))
        if each["of"] == "tariff" and isinstance(figure, list):
            assert int(Decimal(each["total"])) in figure
        elif figure is not None:
            assert Decimal(str(figure)) == total, each


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value
