"""Two more reminder rules: rule 24 of domain/reviews-and-reminders.md 2, and one of ours for messages."""

from datetime import date

from django.db import migrations

START = date(2015, 4, 1)  # as the rules before

RULES = [
    {
        "number": 24,
        "code": "AUTHORITY_EXPIRY",
        "title": "Look at a right to act that ends",
        "why": "Somebody’s right to act for the person has a last day",
        "offset": 0,
        "unit": "days",
        "shift": "back",
        "lead_days": [-28],
        "audience": ["owner"],
        "stops_when": "The right is given again, or ends",
        "source": "domain/reviews-and-reminders.md 2, rule 24 (design)",
    },
    {
        "number": 70,
        "code": "MESSAGE_REPLY",
        "title": "Answer a message from the person’s own pages",
        "why": "Somebody wrote, and an answer is promised within 5 working days",
        "offset": 5,
        "unit": "working_days",
        "shift": "wd",
        "opens_at_once": True,
        "audience": ["owner", "duty"],
        "escalation": [
            {"after": 0, "unit": "days", "to": "team_manager"},
            {"after": 5, "unit": "working_days", "to": "service_manager"},
        ],
        "stops_when": "The message is answered",
        "source": "Local target; confirm with the council",
    },
]


def write(apps, schema_editor):
    rule_model = apps.get_model("worklist", "Rule")
    rule_model.objects.bulk_create([rule_model(valid_from=START, **rule) for rule in RULES])


def remove(apps, schema_editor):
    apps.get_model("worklist", "Rule").objects.filter(
        code__in=[rule["code"] for rule in RULES], valid_from=START
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("worklist", "0002_rules")]

    operations = [migrations.RunPython(write, remove)]
