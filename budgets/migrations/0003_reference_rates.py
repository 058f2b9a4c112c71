"""The rates of charging of five years (domain/money.md 6.1), as data. All are to be confirmed before live use.

An amount marked with a star is background or derived, and stands among those to confirm. The first day of a year is the
first Monday on or after 6 April, when benefits go up (background, verify).
"""

from datetime import date
from decimal import Decimal

from django.db import migrations

from core.refs import new_ref

CODES = (
    "single_18_24", "single_25", "single_pension_age", "lone_parent", "couple_18", "couple_pension_age",
    "dependent_child", "disability_single", "disability_couple", "enhanced_disability_single",
    "enhanced_disability_couple", "carer", "pea", "savings_credit_single", "savings_credit_couple",
)
# Year, first day, last day, amounts in the order of the codes ("-": not known), source.
SETS = (
    ("2021-22", date(2021, 4, 12), date(2022, 4, 10),
     "72.40 91.40 189.00 91.40 71.80 144.30 83.65 40.35 28.75 19.70 14.15* 43.25* 24.90* 5.75 8.60*",
     "SI 2014/2672 reg 7 as revised and LAC(DHSC)(2021)1, quoted at rightsnet.org.uk"),
    ("2023-24", date(2023, 4, 10), date(2024, 4, 7),
     "82.15 103.65 214.35 103.65* 81.40* 163.65* 94.90 45.75* 32.60* 22.35* 16.05* 49.05 28.25 6.50 9.75",
     "SI 2023/277; Reading Appendix B 2023-24"),
    ("2024-25", date(2024, 4, 8), date(2025, 4, 6),
     "87.65* 110.60* 228.70* 110.60* 86.85* 174.60* 101.25 48.80* 34.80* 23.85* 17.15* 52.35 30.15 6.95 10.40",
     "DHSC circular of 9 February 2024; Reading Appendix B 2024-25"),
    ("2025-26", date(2025, 4, 7), date(2026, 4, 5),
     "89.15 112.50 232.60* 112.50* 88.35* 177.55* 102.95* 49.65 35.40* 24.25 17.45* 53.25* 30.65 - -",
     "ruils.co.uk, 19 May 2025"),
    ("2026-27", date(2026, 4, 6), date(2027, 4, 11),
     "95.40 120.40* 241.45* 120.40* 94.55* 184.30* - 51.55* 36.75* 25.15* 18.10* - 31.80* - -",
     "Government announcement of 12 February 2026; the rest derived: load the circular before live use"),
)


def load(apps, schema_editor):
    rates = apps.get_model("budgets", "ChargingRateSet")
    for year, first, last, amounts, source in SETS:
        found = {code: each for code, each in zip(CODES, amounts.split(), strict=True) if each != "-"}
        rates.objects.create(
            ref=new_ref(),
            year=year,
            valid_from=first,
            valid_to=last,
            status="unverified",
            lower_capital=Decimal("14250.00"),
            upper_capital=Decimal("23250.00"),
            amounts={code: each.rstrip("*") for code, each in found.items()},
            to_confirm=[code for code, each in found.items() if each.endswith("*")],
            source=source,
        )


def unload(apps, schema_editor):
    apps.get_model("budgets", "ChargingRateSet").objects.filter(year__in=[each[0] for each in SETS]).delete()


class Migration(migrations.Migration):
    dependencies = [("budgets", "0002_reference_figures")]
    operations = [migrations.RunPython(load, unload)]
