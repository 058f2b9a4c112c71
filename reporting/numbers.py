"""The six numbers of the managers' page: what is counted, in words, from where, and the address of the rows.

Six are planned (README of the shelf, 16). How many safeguarding decisions are late is said to those on the list of a
concern, and to nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import MANAGING_ROLES, User
from core import clock
from core.templatetags.dates import long_date
from reporting import queries, scope, waiting
from reporting.history import Compared, History
from reporting.queries import APPROVALS, REABLEMENT_ENDING, SAFEGUARDING
from reporting.scope import Scope
from reporting.waiting import days_since

SAFEGUARDING_LATE = "safeguarding_late"
TO_DECIDE = "Sent for approval and not decided."


@dataclass(frozen=True)
class Words:
    """What a number is called, what it counts, and from where."""

    label: str
    definition: str
    source: str


WORDS: dict[str, Words] = {
    APPROVALS: Words(
        "Plans and budgets to approve",
        "Sent for approval, within your limit, and neither assessed, prepared nor costed by you.",
        "Personal budgets in the state “Sent for approval”",
    ),
    "high_risk_no_worker": Words(
        "High risk with no worker", "Open pieces of work at high risk that no worker holds.", "Work items"
    ),
    "past_contact": Words(
        "Past their next contact date",
        "Open pieces of work whose promised call or letter lies before today.",
        "Work items, next contact",
    ),
    SAFEGUARDING_LATE: Words(
        "Safeguarding decisions past target",
        "Concerns on whose list you are that are not screened, or not decided under section 42, by their target.",
        "Concerns, target of the stage",
    ),
    REABLEMENT_ENDING: Words(
        "Reablement ending, no decision",
        "Episodes whose planned end is at most 7 days away, or past, without an end review. While a pause stops the "
        "clock an episode is not counted.",
        "Episodes of reablement, planned end",
    ),
    "quiet": Words(
        "Allocated, nothing happening",
        "Held by a worker, with no note or step for as many days as the council has set, and no task open.",
        "Work items, last activity, and tasks",
    ),
}


@dataclass(frozen=True)
class Number:
    """One number with its definition and source, the list it opens, and what it was seven days ago.

    A reader who may open no rows has no address. `compared` is counted over standard records; for approvals, over all
    that wait, whoever may decide them. Without a value the number is not for this reader.
    """

    code: str
    label: str
    value: int | None
    hint: str
    definition: str
    source: str
    url: str
    compared: Compared | None = None

    @property
    def change(self) -> str:
        """The change in words, saying what is compared where that is not the number itself."""
        if self.compared is None:
            return ""
        words = self.compared.words
        if self.compared.before is None or self.compared.now == self.value:
            return f"{words}."
        whose = "Waiting for anybody" if self.code == APPROVALS else "Standard records"
        return f"{whose}: {self.compared.now:,}, {words[0].lower()}{words[1:]}."


def _counted(days: int | None, words: str = "Longest {}.") -> str:
    return words.format(f"{days} day{'' if days == 1 else 's'}") if days is not None else "None."


def numbers_of(
    chosen: Scope,
    today: date,
    work: Mapping[str, Any],
    found: Mapping[str, Mapping[str, Any]],
    history: History | None = None,
) -> list[Number]:
    """The six, each a decision that only a manager can make."""
    row = found.get(APPROVALS, waiting.NOTHING)
    to_approve, oldest = mine(chosen, today) if chosen.opens_rows else (row["number"], row["oldest"])
    inside = " All inside your limit." if chosen.opens_rows else ""
    concerns, ending = found.get(SAFEGUARDING, waiting.NOTHING), found.get(REABLEMENT_ENDING, waiting.NOTHING)
    facts: dict[str, tuple[int | None, str]] = {
        APPROVALS: (
            to_approve,
            f"{_counted(days_since(oldest, today))}{inside}" if to_approve else "Nothing waits.",
        ),
        "high_risk_no_worker": (work["no_worker"], _counted(days_since(work["no_worker_since"], today))),
        "past_contact": (work["past"], _counted(days_since(work["past_since"], today), "Longest by {}.")),
        SAFEGUARDING_LATE: (
            (concerns["past"], _counted(days_since(concerns["past_oldest"], today), "Longest by {}."))
            if SAFEGUARDING in found
            else (None, "Only those on the list of a concern are told how many there are.")
        ),
        REABLEMENT_ENDING: (
            ending["number"],
            f"The first ends {long_date(ending['oldest'], today=today)}." if ending["number"] else "None.",
        ),
        "quiet": (
            work["quiet"],
            f"{work['quiet_days']} days or more. {_counted(days_since(work['quiet_since'], today))}",
        ),
    }
    return [
        Number(
            code,
            WORDS[code].label,
            value,
            hint,
            WORDS[code].definition if chosen.opens_rows or code != APPROVALS else TO_DECIDE,
            WORDS[code].source,
            url=chosen.rows(code) if value is not None else "",
            compared=history.compared(code) if history and code in queries.FIGURES else None,
        )
        for code, (value, hint) in facts.items()
    ]


def mine(chosen: Scope, today: date) -> tuple[int, date | None]:
    """How many decisions this reader may take, and since when the oldest waits."""
    rows = queries.approvals(chosen, today)
    return len(rows), min(
        (clock.london_date(row.submitted_at) for row in rows if row.submitted_at), default=None
    )


def six_numbers(user: User) -> list[Number]:
    """The numbers for a manager, over all their teams; none for anybody else."""
    if not user.has_role(*MANAGING_ROLES):
        return []
    today = clock.today()
    chosen = scope.of(user)
    return numbers_of(
        chosen, today, waiting.work_in_one_query(chosen, today), waiting.lists_in_one_query(chosen, today)
    )
