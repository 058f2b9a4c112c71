"""Invented inputs for each kind of `money-cases/1`: any figures, and often those at the edge of a rule."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from budgets.tests.oracles.pence import PER_YEAR, POINTS, pounds

INCOMES = [
    "state_pension",
    "occupational_pension",
    "private_pension",
    "pension_credit_guarantee",
    "savings_credit",
    "universal_credit",
    "attendance_allowance",
    "pip_daily_living",
    "pip_mobility",
    "dla_care",
    "dla_mobility",
    "esa",
    "carers_allowance",
    "housing_benefit",
    "child_benefit",
    "earnings",
    "self_employment",
    "direct_payment",
    "war_widows_pension",
    "guaranteed_income_payment",
    "annuity",
    "rental",
    "trust_income",
    "charitable",
    "other",
    "council_tax_support",
    "child_tax_credit",
    "christmas_bonus",
    "winter_fuel_payment",
    "social_fund",
    "war_pension",
    "constant_attendance_allowance",
]
CAPITAL = [
    "savings",
    "investments",
    "property",
    "main_home",
    "personal_possessions",
    "life_policy",
    "personal_injury_trust",
    "notional",
    "funeral_plan",
]
OCCUPIERS = ["spouse", "relative_60_plus", "incapacitated_relative", "dependent_child", "nobody"]
MODES = ["DIRECT_PAYMENT", "ISF", "COUNCIL_MANAGED"]
SHARES = ("0", "0.25", "0.5", "0.50", "0.75", "1")


class Invented:
    """A source of inputs; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def money(self, most: int, *edges: int) -> str:
        """An amount up to so many pence; one in four at an edge, or a penny beside it."""
        if edges and self.chance.random() < 0.25:
            return pounds(max(self.chance.choice(edges) + self.chance.choice((-1, 0, 0, 1)), 0))
        return pounds(0 if self.chance.random() < 0.05 else self.chance.randrange(most))

    def maybe(self, name: str, value: object) -> dict:
        return {name: value} if self.chance.random() < 0.5 else {}

    def rates(self) -> dict:
        usual = self.chance.random() < 0.7
        lower = 14_250_00 if usual else self.chance.randrange(30_000_00)
        upper = 23_250_00 if usual else lower + self.chance.randrange(20_000_00)
        step = 250_00 if usual else self.chance.choice((100_00, 33_33, 500_00))
        self.edges = (lower, upper, lower + step, lower + 3 * step)
        return {
            "lower_capital": pounds(lower),
            "upper_capital": pounds(upper),
            "tariff_step": pounds(step),
            "tariff_per_step": "1.00" if usual else self.chance.choice(("2.00", "1", "5.00")),
            "pea": self.money(50_00),
        }

    def tariff(self) -> dict:
        rates = self.rates()
        return {
            "rates": rates,
            "capitals": [self.money(30_000_00, *self.edges) for _ in range(self.chance.randrange(6))],
        }

    def means(self) -> dict:
        rates = self.rates() | self.maybe("savings_credit_disregard", self.money(12_00))
        incomes = [
            {
                "type": self.chance.choice(INCOMES),
                "amount": self.money(1_200_00, 10_00, 100, 6_95),
                "frequency": self.chance.choice(list(PER_YEAR)),
            }
            for _ in range(self.chance.randrange(6))
        ]
        capital = [
            {
                "type": self.chance.choice(CAPITAL),
                "value": self.money(25_000_00, *self.edges),
                "share": self.chance.choice(("1", "1", "0.5", "0.25", "0", "0.333333")),
                **self.maybe("occupied_by", self.chance.choice(OCCUPIERS)),
            }
            for _ in range(self.chance.randrange(4))
        ]
        return {
            "rates": rates,
            "capital": capital,
            "incomes": incomes,
            "chargeable_cost_weekly": self.money(1_200_00),
            **self.maybe("de_minimis", self.money(20_00, 5_00)),
        }

    def charge_community(self) -> dict:
        asked = self.means()
        parts = self.chance.randrange(4)
        asked["rates"]["mig_components"] = {f"part_{place}": self.money(150_00) for place in range(parts)}
        return asked | {"housing_costs_weekly": self.money(120_00), "dre_weekly": self.money(40_00)}

    def charge_care_home(self) -> dict:
        return self.means() | {"spouse_at_home": self.chance.random() < 0.5}

    def part_week(self) -> dict:
        start = date(2026, 1, 1) + timedelta(days=self.chance.randrange(700))
        free, pause = self.chance.choice((42, 42, 0, 1, 7, 50)), self.chance.choice((0, 0, 3, 7))
        near = self.chance.randrange(-10, 10)
        return {
            "weekly_charge": self.money(300_00, 7_00),
            "episode_start": start.isoformat(),
            "free_days": free,
            "pause_days": pause,
            "billing_week_start": (start + timedelta(days=free + pause + near)).isoformat(),
            "billing_week_days": self.chance.choice((7, 7, 7, 1, 3, 6)),
        }

    def dp_surplus(self) -> dict:
        net, paid_in, weeks = (
            self.chance.randrange(40_000),
            self.chance.randrange(9_000),
            self.chance.randrange(13),
        )
        unpaid, aside = self.chance.randrange(30_000), self.chance.choice((0, 25_000))
        keep = weeks * (net + paid_in) + unpaid + aside
        near = self.chance.choice((0, 1, -1, 5_000, -5_000, self.chance.randrange(-100_000, 200_000)))
        return {
            "net_weekly": pounds(net),
            "contribution_weekly": pounds(paid_in),
            "reserve_weeks": weeks,
            "balance": pounds(keep + near),
            "unpaid_commitments": pounds(unpaid),
            "ring_fenced": pounds(aside),
            "contribution_overpaid": self.money(10_000, abs(near)),
        }

    def ras(self) -> dict:
        most = self.chance.random() < 0.3
        answers = {
            domain: [
                self.chance.choice((2, 3) if most else (0, 1, 2, 3)),
                "0" if most else self.chance.choice(SHARES),
            ]
            for domain in POINTS
        }
        asked: dict = {"method": self.chance.choice(("BAND", "PER_POINT")), "answers": answers}
        if asked["method"] == "PER_POINT":
            asked["rate_per_point"] = self.chance.choice(("4.10", "0", "3.3333", "4.105", self.money(9_00)))
        if self.chance.random() < 0.3:
            asked["points"] = {
                domain: sorted(self.chance.randrange(30) for _ in range(4)) for domain in POINTS
            }
            edges = [0, 20, 51, 90, 100_000]
            asked["bands"] = [
                {"from": low, "to": high - 1, "weekly": self.money(800_00)}
                for low, high in zip(edges, edges[1:], strict=False)
            ]
        return asked | self.maybe(
            "final_weekly", self.money(800_00, 165_00, 135_00, 49_50, 40_50, 236_50, 193_50)
        )

    def mixed_budget(self) -> dict:
        modes = self.chance.sample(MODES, self.chance.randrange(1, 4))
        gross = {mode: self.chance.choice((0, self.chance.randrange(60_000))) for mode in modes}
        total = sum(gross.values())
        return {
            "total_weekly": pounds(total),
            "contribution": pounds(self.chance.choice((0, total, self.chance.randrange(total + 1)))),
            "allocations": [{"mode": mode, "gross": pounds(each)} for mode, each in gross.items()],
            "collection_order": self.chance.sample(MODES, 3),
        }

    def of(self, kind: str) -> dict:
        found: dict = getattr(self, kind)()
        return found
