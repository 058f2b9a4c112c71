"""Every figure in use that the council has not confirmed yet: rules, settings, points tables, rates and lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from budgets.calculators import disregards, rates
from budgets.models import AllocationTable, ChargingRateSet
from budgets.money import written
from core import policy_settings
from core.models import PolicySetting
from national_returns.cld import spec
from worklist.models import Rule


@dataclass(frozen=True)
class Unverified:
    """One figure to confirm: what it is, what it says now, where it comes from, and where to change it."""

    group: str
    name: str
    value: str
    source: str
    address: str = ""


def _live(today: date, rows: Iterable[Any]) -> list[Any]:
    """Of dated rows, those in force on a day."""
    return [
        row for row in rows if row.valid_from <= today and (row.valid_to is None or row.valid_to >= today)
    ]


def unverified(today: date) -> list[Unverified]:
    """The figures in force on a day that nobody has confirmed, grouped and in the order of their names."""
    found = [
        Unverified(
            "Reminder rules",
            f"{rule.number} {rule.title}",
            f"{rule.offset} {rule.get_unit_display()}",
            rule.source,
            reverse("admin:worklist_rule_change", args=[rule.pk]),
        )
        for rule in _live(today, Rule.objects.filter(verified=False).order_by("number", "pk"))
    ]
    found += [
        Unverified(
            "Points tables",
            str(table),
            f"from {table.valid_from.day} {table.valid_from:%B %Y}, {table.get_method_display().lower()}",
            table.source,
            reverse("admin:budgets_allocationtable_change", args=[table.pk]),
        )
        for table in _live(today, AllocationTable.objects.filter(verified=False).order_by("number"))
    ]
    entered = {
        row.code: row for row in _live(today, PolicySetting.objects.order_by("code", "valid_from", "pk"))
    }
    for code, default in sorted(policy_settings.declared().items()):
        row = entered.get(code)
        if row is not None and row.verified:
            continue
        found.append(
            Unverified(
                "Settings",
                row.meaning if row else code.split(".")[-1].replace("_", " ").capitalize(),
                str(row.value if row else default),
                row.source if row else "Our default; no outside source",
                reverse("admin:core_policysetting_change", args=[row.pk])
                if row
                else reverse("admin:core_policysetting_add"),
            )
        )
    return found + _rates(today) + _disregards(today) + _lists()


def _rates(today: date) -> list[Unverified]:
    """Each weekly amount that the newest charging rates in force leave to be confirmed."""
    newest = ChargingRateSet.objects.in_force(today).first()
    if newest is None or newest.status == ChargingRateSet.Status.VERIFIED:
        return []
    address = reverse("admin:budgets_chargingrateset_change", args=[newest.pk])
    return [
        Unverified(
            "Charging rates",
            f"{newest.year}: {label}",
            f"{written(Decimal(newest.amounts[code]))} a week" if code in newest.amounts else "not known",
            newest.source,
            address,
        )
        for code, label in rates.LABELS.items()
        if code in newest.to_confirm or code not in newest.amounts
    ]


def _disregards(today: date) -> list[Unverified]:
    """Rules about income and capital that were not checked against their source."""
    rules = disregards.on(today)
    return [
        Unverified(
            "Income in a charge",
            rule.label,
            _in_both(rule.community.value, rule.care_home.value),
            rule.source,
        )
        for rule in rules.incomes.values()
        if rule.source == disregards.TO_VERIFY
    ] + [
        Unverified("Capital in a charge", rule.label, _capital(rule), rule.source)
        for rule in rules.capital.values()
        if rule.source == disregards.TO_VERIFY
    ]


def _in_both(community: str, care_home: str) -> str:
    return community if community == care_home else f"at home {community}, in a care home {care_home}"


def _capital(rule: disregards.CapitalRule) -> str:
    return "left out at home; in a care home while lived in" if rule.only_if_occupied else "left out in full"


def _lists() -> list[Unverified]:
    """Fields, lists and values of the national return that rest on public sources and not on the official workbook."""
    release = spec.specification()
    return [
        Unverified("National return", f"{name} ({kind})", f"graded {grade}", release.release)
        for kind, name, grade in release.to_confirm()
    ]
