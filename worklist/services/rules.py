"""The rules in force, read once for a run: from code and date to rule, and from rule and date to the days."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from worklist.models import Rule
from worklist.timescales import Dates, dates_of


@dataclass
class RuleBook:
    """Every rule with the days nobody works. A rule counts from its anchor's date: what is under way keeps its rule."""

    rules: dict[str, list[Rule]]
    holidays: Collection[date]
    _dates: dict[tuple[str, date], Dates] = field(default_factory=dict)

    @classmethod
    def load(cls, *, holidays: Collection[date]) -> RuleBook:
        rules: dict[str, list[Rule]] = {}
        for rule in Rule.objects.order_by("code", "-valid_from"):
            rules.setdefault(rule.code, []).append(rule)
        return cls(rules, holidays)

    def find(self, code: str, on: date) -> Rule:
        """The rule in force on a date; for a date before the first one was written, the first one.

        Raises LookupError for a code without rules.
        """
        if code not in self.rules:
            raise LookupError(f"There is no reminder rule “{code}”.")
        newest_first = self.rules[code]
        for rule in newest_first:
            if rule.valid_from <= on:
                return rule
        return newest_first[-1]

    def dates(self, code: str, on: date) -> Dates:
        key = (code, on)
        if key not in self._dates:
            self._dates[key] = dates_of(self.find(code, on), on, self.holidays)
        return self._dates[key]

    def codes_that_survive_death(self) -> list[str]:
        return [code for code, rules in self.rules.items() if rules[0].survives_death]
