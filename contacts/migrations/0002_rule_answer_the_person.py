"""Rule 2: whoever asked hears within five working days what happens next (domain/reviews-and-reminders.md 2)."""

from datetime import date

from django.db import migrations

START = date(2015, 4, 1)  # the Care Act 2014 came into force
RULE = {
    "number": 2,
    "code": "CONTACT_ACK",
    "title": "Tell the person what happens next",
    "why": "They got in touch, and are to hear within 5 working days what happens next",
    "offset": 5,
    "unit": "working_days",
    "shift": "wd",
    "audience": ["duty"],
    "escalation": [{"after": 0, "unit": "days", "to": "team_manager"}],
    "stops_when": "The contact is passed on, or closed with advice",
    "source": "Local target; confirm with the council",
}


def write(apps, schema_editor):
    apps.get_model("worklist", "Rule").objects.get_or_create(
        code=RULE["code"], valid_from=START, defaults=RULE
    )


def remove(apps, schema_editor):
    apps.get_model("worklist", "Rule").objects.filter(code=RULE["code"], valid_from=START).delete()


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial"), ("worklist", "0002_rules")]

    operations = [migrations.RunPython(write, remove)]
