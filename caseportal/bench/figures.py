"""One figure of the bench, how it is judged, and how the whole is printed."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Figure:
    """A measured number. With a target it passes or fails; a reported one is only shown."""

    name: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False
    gating: bool = True
    spread: float | None = None
    n: int = 1

    @property
    def verdict(self) -> str:
        if self.target is None or not self.gating:
            return "reported"
        good = self.value >= self.target if self.at_least else self.value <= self.target
        return "passed" if good else "failed"


@dataclass
class Report:
    """All figures of one run, with what they were measured on."""

    size: str
    seed: int
    commit: str
    figures: list[Figure] = field(default_factory=list)
    inconclusive: int = 0

    def add(self, figure: Figure) -> None:
        self.figures.append(figure)
        sys.stdout.write(self.line(figure) + "\n")
        sys.stdout.flush()

    def line(self, figure: Figure) -> str:
        facts = asdict(figure) | {
            "verdict": figure.verdict,
            "size": self.size,
            "seed": self.seed,
            "commit": self.commit,
        }
        facts["value"] = round(figure.value, 4)
        return json.dumps(facts)

    def table(self) -> str:
        rows = [("figure", "value", "unit", "target", "verdict")]
        for figure in self.figures:
            bound = "" if figure.target is None else f"{'≥' if figure.at_least else '≤'} {figure.target:g}"
            rows.append(
                (
                    figure.name,
                    f"{figure.value:,.3f}".rstrip("0").rstrip("."),
                    figure.unit,
                    bound,
                    figure.verdict,
                )
            )
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]
        return "\n".join(lines)

    def closing_line(self) -> str:
        verdicts = [figure.verdict for figure in self.figures]
        return f"{verdicts.count('passed')} passed, {verdicts.count('failed')} failed, {self.inconclusive} inconclusive"
