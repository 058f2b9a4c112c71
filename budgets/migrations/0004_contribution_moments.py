from django.db import migrations
from django.db.models import F


def take_from_the_costing(apps, schema_editor):
    """Until now a contribution was entered with the cost, and at no other time."""
    budgets = apps.get_model("budgets", "PersonalBudget").objects
    budgets.filter(contribution_entered_at=None, costed_at__isnull=False).update(
        contribution_entered_at=F("costed_at")
    )


class Migration(migrations.Migration):
    dependencies = [("budgets", "0003_contribution_dates")]
    operations = [migrations.RunPython(take_from_the_costing, migrations.RunPython.noop)]
