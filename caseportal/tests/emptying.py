"""The test database as the migrations left it, after a test that commits.

Emptying every table and asking the framework to write its own rows again takes seconds. Here only tables that hold rows
are touched, and what the migrations wrote is put back as it was.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

# Written by the framework after migrating, and by no test.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


class Reference:
    """What the migrations wrote, table by table, as JSON."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            self.tables = sorted(set(connection.introspection.table_names(cursor)) - KEPT)
            self.rows = {table: self._rows(cursor, table) for table in self._filled(cursor)}

    def put_back(self) -> None:
        """Empty every table that holds rows, and write again what the migrations had written. Without triggers: the
        tables that only take new rows refuse to be emptied, and history of this is none."""
        with transaction.atomic(), connection.cursor() as cursor:
            touched = sorted({*self._filled(cursor), *self.rows})
            for table in touched:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            for table in touched:
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 # nosec B608 a table of ours
            for table, rows in self.rows.items():
                cursor.execute(
                    f'INSERT INTO "{table}" SELECT * FROM jsonb_populate_recordset(NULL::"{table}", %s)',  # noqa: S608 # nosec B608
                    [rows],
                )
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in touched:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')

    def _filled(self, cursor: CursorWrapper) -> list[str]:
        asked = " UNION ALL ".join(
            f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")"  # noqa: S608 # nosec B608
            for table in self.tables
        )
        cursor.execute(asked)
        return [name for (name,) in cursor.fetchall()]

    def _rows(self, cursor: CursorWrapper, table: str) -> str:
        cursor.execute(f"SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]')::text FROM \"{table}\" t")  # noqa: S608 # nosec B608
        return str(cursor.fetchone()[0])
