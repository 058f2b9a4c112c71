"""The number by which the council knows a person: given once, never used again."""

from __future__ import annotations

from django.db import connection

from core import clock, policy_settings

FIRST = 100_000


def next_local_numbers(count: int) -> list[str]:
    """The next so many numbers. A number that is not used in the end is lost, never given to somebody else."""
    prefix = policy_settings.value("people.local_number_prefix", on=clock.today())
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence('people_person', 'id')) from generate_series(1, %s)",
            [count],
        )
        return [f"{prefix} {FIRST + int(row[0])}" for row in cursor.fetchall()]
