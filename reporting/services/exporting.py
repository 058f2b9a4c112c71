"""A list is taken out of the portal: asked for with its purpose, decided, made, fetched, taken away. The register stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import audit.services as audit
from accounts.models import Membership, User
from accounts.querysets import live_on
from accounts.services import system_user
from core import clock, outbox, policy_settings
from core.crash import crash_point
from core.models import Outbox
from core.permissions import require
from documents import vault
from reporting import events, scope, timescales, workflow
from reporting.exporting import files, sheets
from reporting.models import Export
from reporting.permissions import can_ask
from reporting.querysets import DECIDERS
from worklist import services as worklist

MAKE_EXPORT = "reporting.make_export"
# What those whose record was in a file read on the page of who looked.
PAGE = "reporting:export"


def _record(code: str, export: Export, *, by: User | None, now: datetime, **facts: Any) -> None:
    audit.record(code, subject=export, person_id=None, by=by, at=now, title=export.title, **facts)


def _ask_machine(export: Export) -> None:
    key = f"{MAKE_EXPORT}:{export.ref}:{export.version}"
    outbox.emit(MAKE_EXPORT, key=key, payload={"export": export.pk})


def _tell(template: str, export: Export, recipient: User, now: datetime) -> None:
    worklist.notify(
        template=template,
        recipient=recipient,
        key=f"{template}:{export.ref}",
        now=now,
        url=export.get_absolute_url(),
    )


@transaction.atomic
def ask_for_export(
    *,
    code: str,
    query: Mapping[str, str],
    format: str,
    purpose: str,
    purpose_words: str,
    by: User,
    now: datetime,
) -> Export:
    """Write down who wants which list and why, and have it made after the commit.

    Raises PermissionDenied; ValidationError for a list that there is not or that stays in the portal, and for a team that is not
    one's own.
    """
    require(can_ask(by, code))
    query = sheets.kept_query(query)
    chosen = scope.of(by, query.get("team", ""))
    if query.get("team") and chosen.team is None:
        raise ValidationError({"team": "This is not one of your teams."})
    title = sheets.title_of(code, chosen, clock.london_date(now), query)
    if title is None:
        raise ValidationError({"code": "There is no such list, or it stays in the portal."})
    export = Export.objects.create(
        code=code,
        query=query,
        title=f"{title}: {chosen.name}"[:150],
        format=Export.Format(format),
        purpose=Export.Purpose(purpose),
        purpose_words=purpose_words.strip(),
        asked_by=by,
        asked_at=now,
        stored_name=vault.new_name(),
    )
    _ask_machine(export)
    _record(events.ASKED, export, by=by, now=now, purpose=export.purpose)
    return export


def make_export_from_outbox(row: Outbox) -> None:
    """Make the file that the outbox names. Safe to call twice."""
    make_export(export_id=row.payload["export"], now=clock.now())


def make_export(*, export_id: int, now: datetime) -> Export:
    """Write the file, with the rights that whoever asked has now. A large list of people waits for a second manager; one
    that is larger than any file, or that may no longer be seen, is not made. Whose record is in it can read that.

    Three steps, each with transactions of its own, so that all see how far it is: whether it may be made, its rows in
    memory, and the file with all that goes with it. Killed at any of them it begins anew.
    """
    export, begun = _begin(export_id, now)
    if begun is None:
        return export
    crash_point("export.while_written")
    data, number = files.written(_sheet(export, begun.found, now), export.format)
    return _finish(export_id, begun, data, number, now)


@dataclass(frozen=True)
class _Begun:
    """What is being written, and over which teams."""

    found: sheets.Leaving
    chosen: scope.Scope


@transaction.atomic
def _begin(export_id: int, now: datetime) -> tuple[Export, _Begun | None]:
    """The export, and what its file will hold; nothing where it is not made, or not yet."""
    export: Export = Export.objects.lock(export_id)
    if export.status != Export.Status.ASKED:
        return export, None
    machine, asker, today = system_user(), export.asked_by, clock.london_date(now)
    may = can_ask(asker, export.code) if asker.is_active else None
    if not may:
        return _give_up(export, "Whoever asked may no longer see this list.", by=machine, now=now), None
    chosen = scope.of(asker, export.query.get("team", ""))
    if export.query.get("team") and chosen.team is None:
        return _give_up(export, "Whoever asked no longer has this team.", by=machine, now=now), None
    try:
        found = sheets.leaving(export.code, chosen, today, export.query)
    except LookupError:
        return _give_up(export, "There is no such list any more.", by=machine, now=now), None
    most = int(policy_settings.value(timescales.EXPORT_MOST_ROWS, on=today))
    if found.number > most:
        words = f"The list has {found.number:,} rows, and a file holds at most {most:,}. Choose a team."
        return _give_up(export, words, by=machine, now=now), None
    above = int(policy_settings.value(timescales.EXPORT_SECOND_MANAGER_ABOVE, on=today))
    if found.number > above and export.code not in sheets.TABLES and export.decided_by is None:
        return _hold(export, found.number, by=machine, now=now), None
    export.rows, export.written = found.number, 0
    export.save(update_fields=["rows", "written"])
    return export, _Begun(found, chosen)


def _noted(rows: Iterable[Sequence[files.Cell]], export: Export) -> Iterator[Sequence[files.Cell]]:
    """The rows as they are written. How many they are is noted at most twenty times."""
    step = max((export.rows or 0) // 20, 100)
    for number, row in enumerate(rows, start=1):
        yield row
        if number % step == 0:
            Export.objects.filter(pk=export.pk, status=Export.Status.ASKED).update(written=number)


@transaction.atomic
def _finish(export_id: int, begun: _Begun, data: bytes, number: int, now: datetime) -> Export:
    """Keep the file and say so. Where another worker was faster, its file stays."""
    export: Export = Export.objects.lock(export_id)
    if export.status != Export.Status.ASKED:
        return export
    machine, asker, today, chosen = system_user(), export.asked_by, clock.london_date(now), begun.chosen
    workflow.FINISH.apply(export, by=machine)
    export.rows = export.written = number
    export.digest = vault.digest_of(data)
    vault.keep_as(export.stored_name, data)
    crash_point("export.after_file")
    hours = int(policy_settings.value(timescales.EXPORT_HOURS, on=today))
    export.made_at, export.expires_at = now, timescales.taken_away_at(made_at=now, hours=hours)
    everywhere = chosen.everywhere and chosen.team is None
    export.teams = [] if everywhere else [team.pk for team in chosen.shown]
    export.next_version()
    export.save()
    audit.record_views(
        person_ids=begun.found.people, by=asker, page=PAGE, reason=export.get_purpose_display().lower()
    )
    _tell("reporting.export_ready", export, asker, now)
    _record(events.MADE, export, by=machine, now=now, rows=export.rows)
    return export


def _sheet(export: Export, found: sheets.Leaving, now: datetime) -> files.Sheet:
    about = [
        ("As at", f"{clock.london_date(now):%d %B %Y}, {now.astimezone(clock.LONDON):%H:%M}"),
        ("Asked for by", export.asked_by.name),
        ("Purpose", f"{export.get_purpose_display()}: {export.purpose_words}"),
        ("Reference in the register", export.ref),
        *found.notes,
    ]
    return files.Sheet(export.title, found.head, _noted(found.rows, export), about)


def _give_up(export: Export, because: str, *, by: User, now: datetime) -> Export:
    workflow.GIVE_UP.apply(export, by=by)
    return _not_made(export, because, by=by, now=now, code=events.FAILED)


def _not_made(export: Export, because: str, *, by: User, now: datetime, code: str) -> Export:
    export.not_made_because = because
    vault.remove(export.stored_name)
    export.stored_name = ""
    export.next_version()
    export.save()
    _tell("reporting.export_refused", export, export.asked_by, now)
    _record(code, export, by=by, now=now, because=because)
    return export


def _hold(export: Export, number: int, *, by: User, now: datetime) -> Export:
    workflow.HOLD.apply(export, by=by)
    export.rows = number
    export.next_version()
    export.save()
    at_work = Membership.objects.filter(live_on(clock.london_date(now)), role__in=DECIDERS)
    for user in User.objects.staff().filter(pk__in=at_work.values("user")).exclude(pk=export.asked_by_id):
        _tell("reporting.export_held", export, user, now)
    _record(events.HELD, export, by=by, now=now, rows=number)
    return export


def _decide(export: Export, action: Any, *, version: int | None, by: User, now: datetime) -> Export:
    export = Export.objects.lock(export.pk)
    action.apply(export, by=by)
    export.expect_version(version)
    export.decided_by, export.decided_at = by, now
    return export


@transaction.atomic
def approve_export(*, export: Export, version: int | None, by: User, now: datetime) -> Export:
    """A second manager lets a large list leave; the file is made after the commit.

    Raises PermissionDenied, WrongState or StaleVersion; in each case nothing is changed.
    """
    export = _decide(export, workflow.APPROVE, version=version, by=by, now=now)
    export.next_version()
    export.save()
    _ask_machine(export)
    _record(events.APPROVED, export, by=by, now=now)
    return export


@transaction.atomic
def refuse_export(*, export: Export, reason: str, version: int | None, by: User, now: datetime) -> Export:
    """A second manager keeps a large list in the portal, with the reason. Whoever asked is told.

    Raises PermissionDenied, WrongState or StaleVersion; in each case nothing is changed.
    """
    export = _decide(export, workflow.REFUSE, version=version, by=by, now=now)
    return _not_made(export, reason.strip(), by=by, now=now, code=events.REFUSED)


@transaction.atomic
def fetch_export(*, export: Export, by: User, now: datetime) -> bytes:
    """The file, for whoever asked, while they have the right to it and until it is taken away. Each time is recorded.

    Raises PermissionDenied, WrongState, or vault.Damaged when it is not what was kept.
    """
    export = Export.objects.lock(export.pk)
    workflow.FETCH.apply(export, by=by)
    data = vault.read(export.stored_name, digest=export.digest)
    export.fetched += 1
    export.save(update_fields=["fetched"])
    _record(events.FETCHED, export, by=by, now=now)
    return data


def take_files_away(*, now: datetime) -> dict[str, int]:
    """Every file whose time is over goes; its row in the register stays. Safe to run twice."""
    due = Export.objects.to_take_away(now).values_list("pk", flat=True)
    return {"taken_away": sum(_take_away(pk, now=now) for pk in due)}


@transaction.atomic
def _take_away(pk: int, *, now: datetime) -> bool:
    export: Export = Export.objects.lock(pk)
    machine = system_user()
    if not workflow.TAKE_AWAY.is_open_to(machine, export) or not export.expires_at or export.expires_at > now:
        return False
    workflow.TAKE_AWAY.apply(export, by=machine)
    vault.remove(export.stored_name)
    export.stored_name, export.taken_away_at = "", now
    export.next_version()
    export.save()
    _record(events.EXPIRED, export, by=machine, now=now)
    return True
