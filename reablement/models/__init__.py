"""A spell of reablement for one person: from the referral to its one outcome, with pauses, goals and weeks."""

from reablement.models.episodes import ChargeBasis, Episode, PausePolicy
from reablement.models.parts import Extension, Goal, GoalScore, Part, Pause, Score, Week, WeekComment

__all__ = [
    "ChargeBasis",
    "Episode",
    "Extension",
    "Goal",
    "GoalScore",
    "Part",
    "Pause",
    "PausePolicy",
    "Score",
    "Week",
    "WeekComment",
]
