"""For which teams a reader sees numbers, and of which records.

Managers see the teams they manage, service managers and directors every team, each with the rows behind a number.
Analysts and information officers see the numbers of every team, counted over standard records, and no row: who a
person is, is not theirs to know (README of the shelf, 9).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from accounts.models import MANAGING_ROLES, Role, Team, User

NAMELESS_ROLES = frozenset({Role.ANALYST, Role.INFORMATION_OFFICER})
READERS = MANAGING_ROLES | NAMELESS_ROLES


@dataclass(frozen=True)
class Scope:
    """A user, and the teams counted; `team` is the one chosen, None while all of theirs are. `opens_rows`: whether
    the reader may see who is counted."""

    user: User
    teams: tuple[Team, ...]
    team: Team | None
    everywhere: bool
    opens_rows: bool = True

    @property
    def name(self) -> str:
        if self.team:
            return self.team.name
        return "All teams" if self.everywhere else ", ".join(team.name for team in self.teams)

    @property
    def shown(self) -> tuple[Team, ...]:
        """The team chosen, or all of the reader's teams."""
        return (self.team,) if self.team else self.teams

    def known(self, rows: Any) -> Any:
        """The rows that count for this reader, in the teams chosen."""
        return self.narrow(rows.visible_to(self.user) if self.opens_rows else rows.standard())

    def narrow(self, rows: Any) -> Any:
        """The rows of the chosen team, or of all the user's teams."""
        return rows.filter(self.of_my_teams)

    @property
    def of_my_teams(self) -> Q:
        """The chosen team, or all the user's teams; no rule for whoever sees every team."""
        if self.team:
            return Q(team=self.team.pk)
        return Q() if self.everywhere else Q(team__in=[team.pk for team in self.teams])

    def of_each(self, counted: Mapping[tuple[int | None, str], int], code: str) -> dict[int | None, int]:
        """Of what was counted by team, the figures of the teams chosen; without a team, too, for whoever sees all."""
        mine = {team.pk for team in self.shown}
        every = self.everywhere and self.team is None
        return {
            team: number
            for (team, what), number in counted.items()
            if what == code and (every or team in mine)
        }

    def address(self, name: str, *args: str, **query: str) -> str:
        """The address of a page of managers, with the team that is chosen."""
        words = urlencode({**({"team": self.team.ref} if self.team else {}), **query})
        return f"{reverse(f'reporting:{name}', args=args)}{'?' if words else ''}{words}"

    def rows(self, code: str, **query: str) -> str:
        """The address of the rows behind a number; nothing for a reader who may open none."""
        return self.address("rows", code, **query) if self.opens_rows else ""


def of(user: User, team_ref: str = "") -> Scope:
    """The scope of a reader. A team that is not theirs is no choice."""
    manages = user.has_role(*MANAGING_ROLES)
    everywhere = user.has_role(Role.SERVICE_MANAGER, Role.DIRECTOR) or not manages
    if everywhere:
        teams = tuple(Team.objects.filter(is_active=True).order_by("name", "pk"))
    else:
        teams = tuple(
            membership.team for membership in user.live_memberships if membership.role == Role.TEAM_MANAGER
        )
    chosen = next((team for team in teams if team.ref == team_ref), None)
    return Scope(user, teams, chosen, everywhere, opens_rows=manages)
