"""Stories of reablement: an episode that ends this week, and a referral that nobody has looked at yet."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import people.services as people
import reablement.services as reablement
from accounts.models import User
from caseportal.demo.telling import Teller
from people.models import PortalAccess, Risk
from reablement.models import Episode

GRACE, JOYCE = "Grace Adeyemi", "Joyce Mensah"

# Statement, part of life, where he was, target, how we see it, and his scores in weeks 1 to 5.
GOALS = [
    ("Wash and dress on my own by half past nine", "B", 1, 4, "Five mornings of seven", (1, 2, 2, 3, 4)),
    ("Make my own lunch and a hot drink", "A", 1, 4, "Lunch made on five days", (1, 2, 3, 3, 4)),
    ("Walk to the corner shop and back", "I", 0, 3, "There and back twice a week", (0, 1, 1, 2, 2)),
    ("Get in and out of the bath safely", "B", 0, 3, "Twice a week with the board", (0, 0, 1, 2, 3)),
]
# Visits planned and made, minutes, help, hours needed.
WEEKS = [
    (21, 21, 630, "one", "10.50"),
    (16, 15, 450, "prompt", "8.00"),
    (14, 14, 420, "prompt", "7.00"),
    (10, 10, 280, "prompt", "5.00"),
    (7, 7, 180, "none", "3.00"),
]
NOTES = [
    "Washed his top half alone, reminded about feet. Tired by ten.",
    "Makes tea while Sam watches. Dresses with the long-handled aid on four mornings.",
    "Walked to the gate and back twice. Two mornings without prompting.",
    "The bath board came. Bathed with one person beside him.",
    "Lunch alone on five days. To the shop with a stick, and back with a rest.",
]


def harry(teller: Teller) -> None:
    """Home from hospital with a new hip, in his last free week; the end review is booked and he has an account."""
    grace, joyce = teller.users[GRACE], teller.users[JOYCE]
    person = teller.person(
        "Harold Kwame", "Osei", date(1950, 1, 19), days_ago=42, by="Priya Nair", preferred_name="Harry",
        gender="Male", phone="01632 960155", address_lines="Flat 3, Weir Court", postcode="ZZ2 6HB",
    )  # fmt: skip
    people.set_risk(
        person=person,
        risk=Risk.MEDIUM,
        version=None,
        by=teller.users["Priya Nair"],
        now=teller.worked(42, 10),
    )
    person.refresh_from_db()
    teller.given_to(person, GRACE, by="Neil Foster", days_ago=41)
    first = teller.today - timedelta(days=38)
    episode = reablement.refer(
        person=person,
        team=teller.teams["reablement"],
        source=Episode.Source.HOSPITAL,
        reason="A new hip after a fall. Walks with a frame, cannot manage stairs, dressing or lunch yet.",
        discharge_on=first - timedelta(days=1),
        ward="Infirmary, ward 6",
        by=grace,
        now=teller.exactly(41, 10),
    )
    reablement.triage(
        episode=episode,
        facts={
            "consent": Episode.Consent.YES,
            "goal_idea": "To be on my feet for the domino league.",
            "risks": "A loose carpet in the hall; his neighbour has it fixed.",
            "key_safe": "Key safe by the door; the number is with the team.",
        },
        version=None,
        by=grace,
        now=teller.exactly(41, 11),
    )
    reablement.accept(
        episode=episode,
        lead_worker=grace,
        can_benefit="Managed everything before the fall and wants to again.",
        in_area=True,
        limits_discussed=True,
        version=None,
        by=grace,
        now=teller.exactly(41, 12),
    )
    reablement.start(
        episode=episode,
        started_on=first,
        information_given_on=first,
        information_format="Large print",
        hours_at_start=Decimal("10.50"),
        who_visits="Joyce and Sam, mornings and teatimes",
        version=None,
        by=grace,
        now=teller.exactly(38, 11),
    )
    goals = [
        reablement.add_goal(
            episode=episode,
            facts={
                "statement": statement,
                "area": area,
                "baseline": baseline,
                "target": target,
                "measure": measure,
                "target_on": first + timedelta(days=34),
                "agreed_on": first,
                "owner": joyce,
            },
            by=grace,
            now=teller.exactly(38, 12),
        )
        for statement, area, baseline, target, measure, _ in GOALS
    ]
    for place, (planned, made, minutes, help_level, hours) in enumerate(WEEKS):
        reablement.write_week(
            episode=episode,
            number=place + 1,
            facts={
                "visits_planned": planned,
                "visits_delivered": made,
                "minutes": minutes,
                "help_level": help_level,
                "hours_needed": Decimal(hours),
                "notes": NOTES[place],
                "next_week": "Stand back a little more; he says when to help.",
            },
            scores={goal.ref: row[5][place] for goal, row in zip(goals, GOALS, strict=True)},
            version=None,
            by=joyce,
            now=teller.exactly(38 - 7 * place - 6, 16),
        )
    reablement.book_end_review(
        episode=episode,
        on=teller.today + timedelta(days=1),
        reviewer=teller.users["Ben Hollis"],
        version=None,
        by=grace,
        now=teller.exactly(9, 15),
    )
    himself = User.objects.create_user(
        "harry.osei@people.example", name="Harry Osei", audience=User.Audience.PUBLIC
    )
    teller.users = {**teller.users, "Harry Osei": himself}
    people.grant_portal_access(
        user=himself,
        person=person,
        relation=PortalAccess.Relation.SELF,
        scope=PortalAccess.Scope.ACT,
        authority="",
        by=grace,
        now=teller.exactly(30, 10),
    )
    reablement.comment(
        episode=episode,
        text="Made jollof on Sunday, sitting down for half of it. Nobody helped.",
        by=himself,
        now=teller.exactly(2, 18),
    )


def winifred(teller: Teller) -> None:
    """Referred yesterday by her social worker; nobody has looked at it yet."""
    person = teller.person(
        "Winifred", "Archer", date(1938, 6, 2), days_ago=8, by="Priya Nair", gender="Female",
        phone="01632 960156", address_lines="27 Orchard Way", postcode="ZZ2 4CD",
    )  # fmt: skip
    reablement.refer(
        person=person,
        team=teller.teams["reablement"],
        source=Episode.Source.STAFF,
        reason="In bed for three weeks with pneumonia. Has lost her strength, and her confidence on the stairs.",
        goal_idea="To sleep upstairs again.",
        consent=Episode.Consent.YES,
        by=teller.users["Aisha Khan"],
        now=teller.exactly(1, 15),
    )
