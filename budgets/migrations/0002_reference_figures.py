"""The demonstration points table and the default approval limits (domain/money.md 2.1 and 3), as data.

Every council loads its own figures before it works with real people; these are marked as not verified.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import migrations

from core.refs import new_ref

START = date(2015, 4, 1)  # the Care Act 2014 came into force
PUBLISHED = datetime(2015, 4, 1, 9, 0, tzinfo=UTC)

# Points for help needed at level 0 to 3.
POINTS = {
    "nutrition": [0, 4, 8, 14],
    "hygiene": [0, 3, 7, 12],
    "toilet": [0, 4, 9, 16],
    "clothed": [0, 2, 5, 8],
    "home_safe": [0, 4, 9, 16],
    "habitable": [0, 2, 4, 6],
    "relationships": [0, 2, 4, 6],
    "work": [0, 2, 5, 8],
    "community": [0, 2, 5, 8],
    "child": [0, 2, 4, 6],
}
# Pounds per week.
BANDS = [
    (0, 9, "0.00"),
    (10, 19, "45.00"),
    (20, 29, "95.00"),
    (30, 39, "150.00"),
    (40, 49, "215.00"),
    (50, 59, "290.00"),
    (60, 69, "375.00"),
    (70, 79, "470.00"),
    (80, 89, "590.00"),
    (90, 100, "740.00"),
]
# Gross pounds a year; None is no limit.
LIMITS = {"team_manager": Decimal("15600"), "service_manager": Decimal("39000"), "director": None}


def load(apps, schema_editor):
    table = apps.get_model("budgets", "AllocationTable")
    table.objects.create(
        ref=new_ref(),
        number=1,
        valid_from=START,
        method="band",
        points=POINTS,
        bands=[{"from": low, "to": high, "weekly": weekly} for low, high, weekly in BANDS],
        source="Design; demonstration numbers",
        verified=False,
        published_at=PUBLISHED,
    )
    limit = apps.get_model("budgets", "ApprovalLimit")
    limit.objects.bulk_create(
        limit(role=role, yearly=yearly, valid_from=START, source="Design; confirm with the council")
        for role, yearly in LIMITS.items()
    )


def unload(apps, schema_editor):
    apps.get_model("budgets", "AllocationTable").objects.filter(number=1).delete()
    apps.get_model("budgets", "ApprovalLimit").objects.filter(valid_from=START).delete()


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
