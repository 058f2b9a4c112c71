"""Every figure in use that the council has not confirmed yet: rules, settings, points tables and lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from budgets.models import AllocationTable
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
    return found + _lists()


def _lists() -> list[Unverified]:
    """Fields, lists and values of the national return that rest on public sources and not on the official workbook."""
    release = spec.specification()
    return [
        Unverified("National return", f"{name} ({kind})", f"graded {grade}", release.release)
        for kind, name, grade in release.to_confirm()
    ]
