"""Northbridge Council's teams and staff. Everyone is invented; phone numbers are of the range kept for drama."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import Membership, Registration, Role, Team, User

TEAMS = [
    # code, name, front door?, phone
    ("front-door", "Front door", True, "01632 960110"),
    ("riverside", "Riverside team", False, "01632 960118"),
    ("hillside", "Hillside team", False, "01632 960119"),
    ("brokerage", "Brokerage", False, "01632 960120"),
    ("finance", "Financial assessments", False, "01632 960121"),
    ("safeguarding", "Safeguarding", False, "01632 960129"),
    ("reablement", "Reablement", False, "01632 960122"),
    ("performance", "Performance", False, "01632 960123"),
]


@dataclass(frozen=True)
class Someone:
    """One member of staff: name, what the page of one-click sign-in says of them, team, roles, job title."""

    name: str
    team: str
    roles: tuple[Role, ...]
    job_title: str
    phone: str = "01632 960100"

    @property
    def email(self) -> str:
        return self.name.lower().replace(" ", ".").replace("’", "") + "@northbridge.example"


STAFF = [
    Someone("Priya Nair", "front-door", (Role.PRACTITIONER,), "Duty worker", "01632 960111"),
    Someone("Martin Okafor", "front-door", (Role.TEAM_MANAGER,), "Front door manager", "01632 960112"),
    Someone(
        "Aisha Khan", "riverside", (Role.PRACTITIONER, Role.SOCIAL_WORKER), "Social worker", "01632 960118"
    ),
    Someone(
        "Ben Hollis", "riverside", (Role.OCCUPATIONAL_THERAPIST,), "Occupational therapist", "01632 960117"
    ),
    Someone("Tom Bell", "riverside", (Role.TEAM_MANAGER,), "Team manager", "01632 960116"),
    Someone(
        "Sunita Rao", "hillside", (Role.PRACTITIONER, Role.SOCIAL_WORKER), "Social worker", "01632 960131"
    ),
    Someone("Dorothy Grant", "hillside", (Role.TEAM_MANAGER,), "Team manager", "01632 960130"),
    Someone("Ruth Osborne", "riverside", (Role.SERVICE_MANAGER,), "Service manager", "01632 960102"),
    Someone(
        "Helen Marsh", "riverside", (Role.DIRECTOR,), "Director of adult social services", "01632 960101"
    ),
    Someone("Paul Whitlock", "brokerage", (Role.BROKER,), "Broker", "01632 960124"),
    Someone("Farah Aziz", "finance", (Role.FINANCE_OFFICER,), "Finance officer", "01632 960125"),
    Someone(
        "Leila Haddad", "finance", (Role.DIRECT_PAYMENTS_OFFICER,), "Direct payments officer", "01632 960132"
    ),
    Someone("Grace Adeyemi", "reablement", (Role.REABLEMENT_LEAD,), "Reablement lead", "01632 960126"),
    Someone("Joyce Mensah", "reablement", (Role.REABLEMENT_WORKER,), "Reablement worker", "01632 960129"),
    Someone("Neil Foster", "reablement", (Role.TEAM_MANAGER,), "Reablement manager", "01632 960132"),
    Someone(
        "Nadia Rahman",
        "safeguarding",
        (Role.SAFEGUARDING_MANAGER, Role.SOCIAL_WORKER),
        "Safeguarding adults manager",
        "01632 960129",
    ),
    Someone(
        "Joel Adams", "safeguarding", (Role.SOCIAL_WORKER,), "Safeguarding social worker", "01632 960133"
    ),
    Someone("Owen Price", "performance", (Role.ANALYST,), "Analyst", "01632 960127"),
    Someone("Colin Frost", "performance", (Role.INFORMATION_OFFICER,), "Information officer", "01632 960129"),
    Someone("Ada Lin", "performance", (Role.ADMINISTRATOR,), "System administrator", "01632 960128"),
]
PUBLIC = [
    ("Peggy Whitlow", "peggy.whitlow@people.example"),
    ("Karen Whitlow", "karen.whitlow@people.example"),
]


def make_council(*, today: date) -> tuple[dict[str, Team], dict[str, User]]:
    """Make the teams and the staff, or find them. Returns both by code and by name."""
    teams = {
        code: Team.objects.get_or_create(
            code=code,
            defaults={"name": name, "is_front_door": front, "phone": phone, "service": "Adult social care"},
        )[0]
        for code, name, front, phone in TEAMS
    }
    users: dict[str, User] = {}
    since = today.replace(year=today.year - 2, day=1)
    for someone in STAFF:
        user = User.objects.filter(email=someone.email).first()
        if user is None:
            user = User.objects.create_user(
                someone.email,
                name=someone.name,
                audience=User.Audience.STAFF,
                job_title=someone.job_title,
                phone=someone.phone,
            )
            for place, role in enumerate(someone.roles):
                Membership.objects.create(
                    user=user, team=teams[someone.team], role=role, is_main=place == 0, valid_from=since
                )
            if Role.SOCIAL_WORKER in someone.roles:
                Registration.objects.create(
                    user=user,
                    body=Registration.Body.SWE,
                    number=f"SW{100000 + user.pk % 900000}",
                    valid_from=since,
                    valid_to=today.replace(year=today.year + 1, month=11, day=30),
                )
        users[someone.name] = user
    for name, email in PUBLIC:
        users[name] = User.objects.filter(email=email).first() or User.objects.create_user(
            email, name=name, audience=User.Audience.PUBLIC
        )
    return teams, users
