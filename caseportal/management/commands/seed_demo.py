"""`manage.py seed_demo`: an invented council from a made return and hand-told stories, dated from today."""

from __future__ import annotations

import tempfile
import time
from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.test.utils import override_settings

import people.services as people
from accounts.models import Team, User
from accounts.services import system_user
from caseportal.demo import papers
from caseportal.demo.council import make_council
from caseportal.demo.stories import tell_all
from caseportal.demo.telling import Teller
from core import clock
from national_returns.cld.synthetic.file import FileMaker
from national_returns.services import import_file
from people.models import Person
from reporting.services import keep_figures
from support_plans.models import SupportPlan
from worklist.services import raise_due_tasks

SEED = 20_260
TEAMS = ("riverside", "hillside")
# Who takes over people from the return, and how many of them.
CASELOADS = (("Aisha Khan", 12), ("Ben Hollis", 14), ("Sunita Rao", 16))


class Command(BaseCommand):
    help = "Make the demo council: teams, staff, people from a made return, and stories dated from today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=1500, help="people in the made return (1,500)")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there are teams or people already"
        )
        parser.add_argument("--bare", action="store_true", help="teams and staff only, nobody who needs care")

    def handle(self, *, people: int, if_empty: bool, bare: bool, **_options: Any) -> None:
        clock.sync()
        if Team.objects.exists() or Person.objects.exists():
            if if_empty:
                self.stdout.write("There is a council here already; nothing is added.")
                return
            raise CommandError("The demo council is made in an empty database only. Nothing is changed.")
        self.began = time.monotonic()
        # All or nothing: what is cut off in the middle is made anew by the next start. The messages of the past months
        # wait for the sweep: no worker is told of each.
        with override_settings(OUTBOX_NUDGE=False), transaction.atomic():
            self._make(people=people, bare=bare)

    def _make(self, *, people: int, bare: bool) -> None:
        now, today = clock.now(), clock.today()
        teams, users = make_council(today=today)
        self._say(f"{len(teams)} teams, {len(users)} accounts")
        if bare:
            return
        if people:
            self._import(people, teams, now)
            self._hand_out(teams, users, now)
        teller = Teller(teams=teams, users=users, now=now)
        self._say(f"{tell_all(teller)} stories told")
        self._say(f"{papers.tell(teller)} services, letters and files")
        counts = raise_due_tasks(today=today, now=now)
        self._say(f"{counts['tasks']:,} reminders raised for today")
        # Today can be counted. What stood on the days before cannot, so those days have no figures.
        keep_figures(today=today, now=now)

    def _say(self, what: str) -> None:
        self.stdout.write(f"{time.monotonic() - self.began:5.1f} s  {what}")

    def _import(self, number: int, teams: dict[str, Team], now: Any) -> None:
        """The council's own return of the last whole quarter, read in as any council's would be."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "client_level_data.csv"
            with file.open("w", encoding="utf-8", newline="") as out:
                rows = FileMaker(
                    people=number, seed=SEED, period_end=last_quarter_end(clock.london_date(now))
                ).write(out)
            self._say(f"a return of {rows:,} rows about {number:,} people made")
            report = import_file(path=file, by=system_user(), now=now, teams=[teams[code] for code in TEAMS])
        self._say(
            f"{report.results['created']:,} records taken over from it, {len(report.refused):,} refused"
        )

    def _hand_out(self, teams: dict[str, Team], users: dict[str, User], now: Any) -> None:
        """Some of the people with support in place get a named worker; the others wait with their team."""
        given = 0
        for name, number in CASELOADS:
            worker = users[name]
            team = worker.live_memberships[0].team
            running = SupportPlan.objects.active().filter(team=team, person__is_deceased=False)
            free = running.exclude(person__allocations__valid_to=None, person__allocations__isnull=False)
            for plan in free.select_related("person").order_by("next_review_on", "pk")[number : number * 2]:
                people.allocate(
                    person=plan.person,
                    team=team,
                    worker=worker,
                    handover_summary="",
                    by=system_user(),
                    now=now,
                    reason="Taken over from the earlier system",
                )
                given += 1
        self._say(f"{given} of them given to a worker")


def last_quarter_end(today: date) -> date:
    """The last day of the quarter before today's: 31 March, 30 June, 30 September or 31 December."""
    first_month = (today.month - 1) // 3 * 3 + 1
    return date(today.year, first_month, 1) - timedelta(days=1)
