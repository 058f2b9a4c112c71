"""The reminder rules of the reviews and front door journeys (domain/reviews-and-reminders.md 2), written out as data."""

from datetime import date

from django.db import migrations

START = date(2015, 4, 1)  # the Care Act 2014 came into force


def step(after, unit, to, **more):
    return {"after": after, "unit": unit, "to": to, **more}


TEAM_MANAGER_AT_DUE = [step(0, "days", "team_manager"), step(5, "working_days", "service_manager")]
DESIGN = "Local target; confirm with the council"

RULES = [
    {
        "number": 1,
        "code": "CONTACT_SCREEN",
        "title": "Screen a contact",
        "why": "Received, and to be screened by the end of the next working day",
        "offset": 1,
        "unit": "working_days",
        "shift": "wd",
        "opens_at_once": True,
        "audience": ["duty"],
        "escalation": TEAM_MANAGER_AT_DUE,
        "stops_when": "The contact is passed on, or closed with advice",
        "source": DESIGN,
    },
    {
        "number": 12,
        "code": "PLAN_APPROVE",
        "title": "Approve a plan and its budget",
        "why": "Submitted, and to be answered within 5 working days",
        "offset": 5,
        "unit": "working_days",
        "shift": "wd",
        "opens_at_once": True,
        "audience": ["team_manager"],
        "escalation": [step(0, "days", "service_manager")],
        "stops_when": "The plan is approved, returned or rejected",
        "source": DESIGN,
    },
    {
        "number": 14,
        "code": "REVIEW_INITIAL",
        "title": "Hold the first review",
        "why": "The plan began, or a service changed: a first look at 6 to 8 weeks",
        "offset": 42,
        "unit": "days",
        "shift": "back",
        "lead_days": [-14, -5],
        "audience": ["owner", "person"],
        "escalation": [
            step(0, "days", "team_manager"),
            step(5, "working_days", "service_manager"),
            step(14, "days", "red", **{"from": "legal"}),
        ],
        "stops_when": "The review is closed, or the plan ends",
        "source": "Care and Support Statutory Guidance 13.19",
    },
    {
        "number": 15,
        "code": "REVIEW_ANNUAL",
        "title": "Hold the annual review",
        "why": "12 months since the last review or since the plan began",
        "offset": 12,
        "unit": "months",
        "shift": "back",
        "lead_days": [-56, -28, -7],
        "audience": ["owner", "person", "carer"],
        "escalation": [
            step(0, "days", "team_manager"),
            step(0, "days", "red", **{"from": "legal"}),
            step(5, "working_days", "service_manager"),
        ],
        "stops_when": "A review is closed, or the plan ends",
        "source": "Care Act 2014 s27; Care and Support Statutory Guidance 13.32",
    },
    {
        "number": 16,
        "code": "REVIEW_REQUESTED",
        "title": "Answer a request for a review",
        "why": "A review was asked for: a reply within 5 working days",
        "offset": 5,
        "unit": "working_days",
        "shift": "wd",
        "opens_at_once": True,
        "audience": ["owner"],
        "escalation": TEAM_MANAGER_AT_DUE,
        "stops_when": "The person has a reply with a date, or the reasons for none",
        "source": "Care Act 2014 s27(1)(b) for the duty; the days are a local target",
    },
    {
        "number": 38,
        "code": "BUDGET_REVIEW_ACK",
        "title": "Acknowledge “this looks wrong”",
        "why": "Somebody says a budget is wrong: an answer within 5 working days",
        "offset": 5,
        "unit": "working_days",
        "shift": "wd",
        "opens_at_once": True,
        "audience": ["owner"],
        "escalation": TEAM_MANAGER_AT_DUE,
        "stops_when": "The request is acknowledged",
        "survives_death": True,
        "source": DESIGN,
    },
    {
        "number": 61,
        "code": "UNALLOCATED",
        "title": "Find a named worker",
        "why": "Open work, and nobody is allocated",
        "offset": 1,
        "unit": "working_days",
        "shift": "wd",
        "opens_at_once": True,
        "audience": ["team_manager"],
        "escalation": [step(0, "days", "service_manager")],
        "stops_when": "A named worker is allocated",
        "source": DESIGN,
    },
    {
        "number": 69,
        "code": "DECEASED_CLOSE",
        "title": "End services after a death",
        "why": "A death was recorded: services, payments and equipment to be ended within 10 working days",
        "offset": 10,
        "unit": "working_days",
        "shift": "wd",
        "opens_at_once": True,
        "audience": ["owner"],
        "escalation": TEAM_MANAGER_AT_DUE,
        "stops_when": "The record is closed",
        "survives_death": True,
        "source": DESIGN,
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
    dependencies = [("worklist", "0001_initial")]

    operations = [migrations.RunPython(write, remove)]
