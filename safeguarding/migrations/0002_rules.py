"""The reminder rules of safeguarding (domain/reviews-and-reminders.md 2, 46 to 53), written out as data.

Each is a target, not a limit. Whoever is told must be on the access list of the case; the head of service is whoever
is a service manager or director on it.
"""

from datetime import date

from django.db import migrations

START = date(2015, 4, 1)  # the Care Act 2014 came into force
DESIGN = "Local target; confirm with the council"
LONDON = "London multi-agency policy targets (background, verify)"


def step(after, unit, to):
    return {"after": after, "unit": unit, "to": to}


HEAD_OF_SERVICE = [step(1, "working_days", "service_manager"), step(1, "working_days", "director")]
MANAGER_THEN_HEAD = [step(0, "days", "safeguarding_manager"), *HEAD_OF_SERVICE]


def rule(number, code, title, why, offset, unit, shift, **more):
    return {
        "number": number,
        "code": code,
        "title": title,
        "why": why,
        "offset": offset,
        "unit": unit,
        "shift": shift,
        "opens_at_once": True,
        "audience": ["lead"],
        "escalation": MANAGER_THEN_HEAD,
        "survives_death": True,
        "source": DESIGN,
        **more,
    }


RULES = [
    rule(
        46, "SG_SCREEN", "Screen a concern", "Came in, and to be looked at on the day or the next working day",
        1, "working_days", "wd", audience=["duty", "safeguarding_manager"], source=LONDON,
        stops_when="The concern is screened",
    ),
    rule(
        46, "SG_SCREEN_NOW", "Screen a concern now", "Somebody may be in danger",
        0, "days", "none", audience=["duty", "safeguarding_manager"], source=LONDON,
        stops_when="The concern is screened",
    ),
    rule(
        47, "SG_DECISION", "Decide on a concern", "Came in, and to be decided within 2 working days",
        2, "working_days", "wd", lead_days=[-1], lead_unit="working_days", opens_at_once=False,
        audience=["safeguarding_manager"], escalation=HEAD_OF_SERVICE, stops_when="The three parts are answered",
    ),
    rule(
        48, "SG_PLANNING", "Plan an enquiry", "Decided, and to be planned within 5 working days",
        5, "working_days", "wd", lead_days=[-2], lead_unit="working_days", source=LONDON,
        audience=["safeguarding_manager"], escalation=HEAD_OF_SERVICE, stops_when="The enquiry starts",
    ),
    rule(
        48, "SG_PLANNING_URGENT", "Plan an urgent enquiry", "High risk: to be planned within 1 working day",
        1, "working_days", "wd", audience=["safeguarding_manager"], escalation=HEAD_OF_SERVICE,
        stops_when="The enquiry starts",
    ),
    rule(
        49, "SG_CAUSED", "Chase what an agency was asked", "An agency was asked to enquire by this day",
        0, "days", "back", lead_days=[-3], opens_at_once=False,
        stops_when="What they sent is assured",
    ),
    rule(
        50, "SG_ENQUIRY", "Finish an enquiry", "Started, with a target of 20 working days",
        20, "working_days", "wd", lead_days=[-5], lead_unit="working_days", opens_at_once=False, source=LONDON,
        stops_when="The outcomes are recorded",
    ),
    rule(
        51, "SG_OUTCOMES", "Agree a protection plan or close",
        "Outcomes are recorded: a plan, or the closing, within 5 working days",
        5, "working_days", "wd", source=LONDON, stops_when="A protection plan is in force, or the case is closed",
    ),
    rule(
        52, "SG_PLAN_REVIEW", "Review a protection plan", "The plan is to be looked at again by this day",
        0, "days", "back", lead_days=[-14], opens_at_once=False, source=LONDON,
        stops_when="The review is recorded",
    ),
    rule(
        53, "SG_FEEDBACK", "Tell the person and whoever reported it",
        "The case has ended: they hear how within 5 working days",
        5, "working_days", "wd", audience=["duty", "lead"], stops_when="It is recorded who was told",
    ),
]  # fmt: skip


def write(apps, schema_editor):
    rule_model = apps.get_model("worklist", "Rule")
    rule_model.objects.bulk_create([rule_model(valid_from=START, **row) for row in RULES])


def remove(apps, schema_editor):
    apps.get_model("worklist", "Rule").objects.filter(
        code__in=[row["code"] for row in RULES], valid_from=START
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0001_initial"), ("worklist", "0002_rules")]

    operations = [migrations.RunPython(write, remove)]
