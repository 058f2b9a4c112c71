"""For which teams a manager sees numbers: those they manage; service managers and directors see every team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import Role, Team, User


@dataclass(frozen=True)
class Scope:
    """A user, and the teams counted; `team` is the one chosen, None while all of theirs are."""

    user: User
    teams: tuple[Team, ...]
    team: Team | None
    everywhere: bool

    @property
    def name(self) -> str:
        if self.team:
            return self.team.name
        return "All teams" if self.everywhere else ", ".join(team.name for team in self.teams)

    def narrow(self, rows: Any) -> Any:
        """The rows of the chosen team, or of all the user's teams."""
        if self.team:
            return rows.filter(team=self.team.pk)
        return rows if self.everywhere else rows.filter(team__in=[team.pk for team in self.teams])


def of(user: User, team_ref: str = "") -> Scope:
    """The scope of a manager. A team that is not theirs is no choice."""
    everywhere = user.has_role(Role.SERVICE_MANAGER, Role.DIRECTOR)
    if everywhere:
        teams = tuple(Team.objects.filter(is_active=True).order_by("name", "pk"))
    else:
        teams = tuple(
            membership.team for membership in user.live_memberships if membership.role == Role.TEAM_MANAGER
        )
    chosen = next((team for team in teams if team.ref == team_ref), None)
    return Scope(user, teams, chosen, everywhere)
