"""Each kind of `money-cases/1` worked out in whole pence: inputs as text in, results as text out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil, floor

PER_YEAR = {"weekly": 52, "fortnightly": 26, "four_weekly": 13, "monthly": 12, "quarterly": 4, "annual": 1}
IGNORED_ALWAYS = set(
    [
        "pip_mobility",
        "dla_mobility",
        "housing_benefit",
        "council_tax_support",
        "child_benefit",
        "child_tax_credit",
        "christmas_bonus",
        "winter_fuel_payment",
        "social_fund",
        "earnings",
        "self_employment",
        "direct_payment",
        "war_pension",
        "guaranteed_income_payment",
        "charitable",
    ]
)
IGNORED_CAPITAL = {"personal_possessions", "life_policy", "personal_injury_trust", "funeral_plan"}
KEEPS_THE_HOME = {"spouse", "relative_60_plus", "incapacitated_relative", "dependent_child"}
POINTS = dict(
    nutrition=(0, 4, 8, 14), hygiene=(0, 3, 7, 12), toilet=(0, 4, 9, 16), clothed=(0, 2, 5, 8),
    home_safe=(0, 4, 9, 16), habitable=(0, 2, 4, 6), relationships=(0, 2, 4, 6), work=(0, 2, 5, 8),
    community=(0, 2, 5, 8), child=(0, 2, 4, 6),
)  # fmt: skip
POUNDS_OF_BAND = (0, 45, 95, 150, 215, 290, 375, 470, 590, 740)


def pence(text: str) -> int:
    value = Fraction(text) * 100
    assert value.denominator == 1, text
    return value.numerator


def pounds(amount: int) -> str:
    sign, amount = ("-", -amount) if amount < 0 else ("", amount)
    return f"{sign}{amount // 100}.{amount % 100:02d}"


def nearest(value: Fraction) -> int:
    """Halves go away from nought."""
    return floor(value + Fraction(1, 2)) if value >= 0 else -floor(-value + Fraction(1, 2))


def _tariff_pounds(capital: int, rates: dict) -> Fraction | None:
    if capital > pence(rates["upper_capital"]):
        return None
    over = capital - pence(rates["lower_capital"])
    if over <= 0:
        return Fraction(0)
    return ceil(Fraction(over, pence(rates["tariff_step"]))) * Fraction(rates["tariff_per_step"])


def tariff(asked: dict) -> dict:
    found = [_tariff_pounds(pence(each), asked["rates"]) for each in asked["capitals"]]
    return {
        "tariff": [None if each is None else int(each) for each in found],
        "full_cost": [each is None for each in found],
    }


def _counted_income(kind: str, weekly: int, asked: dict, in_a_home: bool) -> int | None:
    """Pence that count; None for an income of which nothing counts."""
    if kind in IGNORED_ALWAYS:
        return None
    if kind == "war_widows_pension":
        return _above(weekly, 1000)
    if kind == "savings_credit":
        return _above(weekly, pence(asked["rates"].get("savings_credit_disregard", "0")))
    if in_a_home and kind in ("occupational_pension", "private_pension") and asked["spouse_at_home"]:
        return _above(weekly, (weekly + 1) // 2)
    return weekly


def _above(weekly: int, spared: int) -> int | None:
    """What is left of an income after so much of it is spared; None where sparing leaves nothing of something."""
    return max(weekly - spared, 0) if weekly > spared or 0 in (weekly, spared) else None


def _home_is_ignored(thing: dict, in_a_home: bool) -> bool:
    return not in_a_home or thing.get("occupied_by") in KEEPS_THE_HOME


def _capital(asked: dict, in_a_home: bool) -> int:
    total = Fraction(0)
    for thing in asked["capital"]:
        ignored = thing["type"] in IGNORED_CAPITAL or (
            thing["type"] == "main_home" and _home_is_ignored(thing, in_a_home)
        )
        if not ignored:
            total += pence(thing["value"]) * Fraction(thing["share"])
    return floor(total)


def _charge(asked: dict, in_a_home: bool) -> dict:
    rates = asked["rates"]
    weekly = [pence(each["amount"]) * PER_YEAR[each["frequency"]] // 52 for each in asked["incomes"]]
    counted = [
        _counted_income(each["type"], amount, asked, in_a_home)
        for each, amount in zip(asked["incomes"], weekly, strict=True)
    ]
    counted = [each for each in counted if each is not None]
    capital, cost = _capital(asked, in_a_home), pence(asked["chargeable_cost_weekly"])
    from_capital = _tariff_pounds(capital, rates)
    mig = 0 if in_a_home else sum(map(pence, rates["mig_components"].values()))
    kept = (
        pence(rates["pea"])
        if in_a_home
        else mig + pence(asked["housing_costs_weekly"]) + pence(asked["dre_weekly"])
    )
    if from_capital is None:
        most, pays, status = None, cost, "FULL_COST"
    else:
        most = max(0, sum(counted) + int(from_capital * 100) - kept)
        pays = min(most, cost)
        if pays < pence(asked.get("de_minimis", "0")):
            pays = 0
        status = "PARTIAL" if pays else "NIL"
    found = {
        "gross_income": pounds(sum(weekly)),
        "weekly_incomes": [pounds(each) for each in weekly],
        "weekly_incomes_counted": [pounds(each) for each in counted],
        "assessed_capital": pounds(capital),
        "assessable_income": pounds(sum(counted)),
        "tariff": None if from_capital is None else pounds(int(from_capital * 100)),
        "mig": pounds(mig),
        "allowances": pounds(kept),
        "max_contribution": None if most is None else pounds(most),
        "contribution": pounds(pays),
        "council_pays": pounds(cost - pays),
        "status": status,
    }
    return {**found, "pea": pounds(kept)} if in_a_home else found


def charge_community(asked: dict) -> dict:
    return _charge(asked, False)


def charge_care_home(asked: dict) -> dict:
    return _charge(asked, True)


def part_week(asked: dict) -> dict:
    """Day by day on the calendar's own count."""
    last_free = (
        date.fromisoformat(asked["episode_start"]).toordinal() + asked["free_days"] + asked["pause_days"] - 1
    )
    first = date.fromisoformat(asked["billing_week_start"]).toordinal()
    days = [day for day in range(first, first + asked["billing_week_days"]) if day > last_free]
    return {
        "last_free_day": date.fromordinal(last_free).isoformat(),
        "first_chargeable_day": date.fromordinal(last_free + 1).isoformat(),
        "chargeable_days_in_week": len(days),
        "charge": pounds(pence(asked["weekly_charge"]) * len(days) // 7),
    }


def dp_surplus(asked: dict) -> dict:
    base = pence(asked["net_weekly"]) + pence(asked["contribution_weekly"])
    keep = asked["reserve_weeks"] * base
    over = pence(asked["balance"]) - keep - pence(asked["unpaid_commitments"]) - pence(asked["ring_fenced"])
    refund = reclaim = 0
    if over > 0:
        refund = pence(asked["contribution_overpaid"])
        if refund >= over:
            refund = over
        else:
            reclaim = over - refund
    figures = {"base": base, "reserve": keep, "surplus": over, "refund": refund, "reclaim": reclaim}
    return {name: pounds(amount) for name, amount in figures.items()}


def ras(asked: dict) -> dict:
    points = asked.get("points", POINTS)
    quarters = 0
    for domain, (level, share) in asked["answers"].items():
        quarters += points[domain][level] * (4 - int(Fraction(share) * 4))
    score = nearest(Fraction(quarters, 4))
    if asked["method"] == "PER_POINT":
        weekly = nearest(score * Fraction(asked["rate_per_point"]) * 100)
    elif "bands" in asked:
        (weekly,) = [pence(each["weekly"]) for each in asked["bands"] if each["from"] <= score <= each["to"]]
    else:
        weekly = POUNDS_OF_BAND[min(score // 10, 9)] * 100
    found = {
        "raw": pounds(quarters * 25),
        "score": score,
        "weekly": pounds(weekly),
        "annual": pounds(weekly * 52),
        "variance_percent": None,
        "route": None,
    }
    if "final_weekly" in asked:
        final = pence(asked["final_weekly"])
        if weekly:
            exact = Fraction(final - weekly, weekly)
            found["variance_percent"] = pounds(nearest(exact * 10_000))
            found["route"] = "TEAM_MANAGER" if abs(exact) <= Fraction(1, 10) else "PANEL"
        else:
            found["route"] = "PANEL" if final else "TEAM_MANAGER"
    return found


def mixed_budget(asked: dict) -> dict:
    gross = {each["mode"]: pence(each["gross"]) for each in asked["allocations"]}
    owed, taken = pence(asked["contribution"]), dict.fromkeys(gross, 0)
    for mode in asked["collection_order"]:
        if mode in gross:
            taken[mode] = owed if owed < gross[mode] else gross[mode]
            owed -= taken[mode]
    assert owed == 0
    return {
        "contribution_by_mode": {mode: pounds(each) for mode, each in taken.items()},
        "council_pays_by_mode": {mode: pounds(gross[mode] - taken[mode]) for mode in gross},
        "council_total": pounds(sum(gross.values()) - sum(taken.values())),
    }


ORACLES = {
    each.__name__: each
    for each in (tariff, charge_community, charge_care_home, part_week, dp_surplus, ras, mixed_budget)
}
