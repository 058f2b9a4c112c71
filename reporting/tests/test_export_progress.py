"""How far a file is: seen by everybody while its rows are written, by a job that may be killed or done twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.tests.helpers import signed_in_client
from audit.models import Event
from core import clock, outbox
from reporting import services
from reporting.models import Export
from reporting.services import exporting
from reporting.tests.test_exports import ask, rows_of
from worklist.tests.factories import WorkItemFactory

pytestmark = pytest.mark.django_db


def test_while_it_is_made_the_page_says_how_many_of_its_rows_are_written_and_looks_by_itself(
    team, manager, monkeypatch
):
    # Given a list of 200 rows, and somebody who watches its page
    WorkItemFactory.create_batch(200, team=team)
    client = signed_in_client(manager)
    export = ask(manager)
    waits = client.get(export.get_absolute_url())
    assert waits.headers["Refresh"] == "5"
    assert "waits for its turn" in waits.content.decode()

    # When they look after the first row, after half of them and after the last
    seen = []
    whole = exporting.files.written

    def watched(sheet, kind):
        def rows():
            for number, row in enumerate(sheet.rows, start=1):
                yield row
                if number in (1, 101, 200):
                    seen.append(client.get(export.get_absolute_url()).content.decode())

        return whole(replace(sheet, rows=rows()), kind)

    monkeypatch.setattr(exporting.files, "written", watched)
    outbox.deliver()

    # Then it has gone on, and once the file is there nothing looks any more
    assert "0% is written: 0 rows of 200 rows" in seen[0]
    assert "50% is written: 100 rows of 200 rows" in seen[1]
    assert 'value="50"' in seen[1]
    ready = client.get(export.get_absolute_url())
    assert "Refresh" not in ready.headers
    assert "<progress" not in ready.content.decode()
    export.refresh_from_db()
    assert (export.rows, export.written, export.percent) == (200, 200, 100)


def test_a_file_that_nobody_makes_is_not_watched_for_ever(team, manager):
    export = ask(manager)
    client = signed_in_client(manager)

    clock.move_to(clock.today() + timedelta(days=1))

    assert "Refresh" not in client.get(export.get_absolute_url()).headers


def test_how_far_it_is_is_noted_at_most_twenty_times(team, manager):
    WorkItemFactory.create_batch(30, team=team)
    few = ask(manager)
    with CaptureQueriesContext(connection) as of_few:
        outbox.deliver()
    WorkItemFactory.create_batch(220, team=team)
    many = ask(manager)
    with CaptureQueriesContext(connection) as of_many:
        outbox.deliver()

    def notes(queries):
        return [
            each["sql"] for each in queries if '"written" = ' in each["sql"] and '"rows"' not in each["sql"]
        ]

    assert (len(notes(of_few)), len(notes(of_many))) == (0, 2)
    assert Export.objects.get(pk=many.pk).written == 250
    assert Export.objects.get(pk=few.pk).written == 30


def test_of_two_workers_the_slower_one_leaves_the_file_of_the_faster(team, manager, monkeypatch):
    WorkItemFactory(team=team)
    export = ask(manager)
    whole = exporting.files.written

    def slow(sheet, kind):
        monkeypatch.setattr(exporting.files, "written", whole)
        services.make_export(export_id=export.pk, now=clock.now())  # by the other one, meanwhile
        return whole(sheet, kind)

    monkeypatch.setattr(exporting.files, "written", slow)
    outbox.deliver()

    assert len(rows_of(Export.objects.get(pk=export.pk))) == 2
    assert Event.objects.filter(code="reporting.export.made").count() == 1
