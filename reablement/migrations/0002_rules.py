"""The reminder rules of reablement (domain/reviews-and-reminders.md 2, numbers 39 to 44), written out as data."""

from datetime import date

from django.db import migrations

START = date(2015, 4, 1)  # the Care Act 2014 came into force


def step(after, unit, to):
    return {"after": after, "unit": unit, "to": to}


DESIGN = "Local target; confirm with the council"

RULES = [
    {
        "number": 39,
        "code": "REAB_GOALS",
        "title": "Agree the first goal of reablement",
        "why": "Reablement began: at least one goal is agreed within 72 hours",
        "offset": 3,
        "unit": "days",
        "shift": "none",
        "opens_at_once": True,
        "audience": ["owner"],
        "escalation": [step(0, "days", "reablement_lead")],
        "stops_when": "A goal is agreed",
        "source": "NICE QS173 statement 3; the hours are a local target",
    },
    {
        "number": 40,
        "code": "REAB_WEEKLY",
        "title": "Write up the week of reablement",
        "why": "Each seven days of reablement are written up",
        "offset": 6,
        "unit": "days",
        "shift": "none",
        "audience": ["owner"],
        "escalation": [step(1, "days", "reablement_lead")],
        "stops_when": "The week is written up",
        "source": "NICE NG74; the seven days are a local target",
    },
    {
        "number": 41,
        "code": "REAB_WEEK5",
        "title": "Book the end review of reablement",
        "why": "Week 5 begins: what follows is planned with the person",
        "offset": 28,
        "unit": "days",
        "shift": "back",
        "audience": ["owner"],
        "escalation": [],
        "stops_when": "The end review is booked or held",
        "source": "NICE QS173 statement 4; the week is a local target",
    },
    {
        "number": 42,
        "code": "REAB_END",
        "title": "End reablement, or decide on more time",
        "why": "The last day of the planned weeks",
        "offset": 41,
        "unit": "days",
        "shift": "back",
        "lead_days": [-7, -2],
        "audience": ["owner", "person"],
        "escalation": [step(0, "days", "team_manager")],
        "stops_when": "The episode ends, or a new end is agreed",
        "source": "SI 2014/2672 reg 3(2)(b)",
    },
    {
        "number": 42,
        "code": "REAB_CHARGE",
        "title": "Decide who pays for reablement from now on",
        "why": "The free weeks are over and the service still runs",
        "offset": 42,
        "unit": "days",
        "shift": "none",
        "audience": ["owner"],
        "escalation": [step(0, "days", "team_manager")],
        "stops_when": "The episode ends, or more time is given with a basis of charge",
        "source": "SI 2014/2672 reg 3(2)(b)",
    },
    {
        "number": 43,
        "code": "REAB_PAUSE",
        "title": "End reablement, or take it up again",
        "why": "Away for a week: a longer pause ends the episode",
        "offset": 7,
        "unit": "days",
        "shift": "none",
        "lead_days": [-4],
        "audience": ["owner"],
        "escalation": [step(0, "days", "reablement_lead")],
        "stops_when": "The episode is taken up again, or ends",
        "source": "National statistics merge spells with a gap of at most 7 days; local design",
    },
    {
        "number": 44,
        "code": "REAB_84",
        "title": "Find out where the person is 12 weeks after hospital",
        "why": "12 weeks since they left hospital",
        "offset": 84,
        "unit": "days",
        "shift": "fwd",
        "audience": ["reablement_lead", "analyst"],
        "escalation": [],
        "stops_when": "Where the person is has been recorded",
        "source": "ASCOF 2D",
    },
    {
        "number": 44,
        "code": "REAB_91",
        "title": "Find out where the person is 91 days after hospital",
        "why": "91 days since they left hospital",
        "offset": 91,
        "unit": "days",
        "shift": "fwd",
        "audience": ["reablement_lead", "analyst"],
        "escalation": [],
        "stops_when": "Where the person is has been recorded",
        "source": "The former measure of the SALT return, kept as a local check",
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
    dependencies = [("reablement", "0001_initial"), ("worklist", "0002_rules")]

    operations = [migrations.RunPython(write, remove)]
