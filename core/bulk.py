"""Very many rows at once: in by COPY, changed in one statement. For imports, where a save for each is too slow.

Defaults, constraints and triggers hold as for any other row; no signal is sent and no model instance is made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from django.db import connection, models

ROWS_IN_A_STATEMENT = 500

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def next_keys(model: type[models.Model], count: int) -> list[int]:
    """Keys for new rows, from the table's own sequence, in rising order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return sorted(int(key) for (key,) in cursor.fetchall())


def insert_rows(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Write rows, given by column attribute (`person_id`, not `person`). Returns their keys in the order given.

    What a row leaves out takes the field's default; a default that is a function is called for each row.
    """
    if not rows:
        return []
    fields = model._meta.concrete_fields
    keys = next_keys(model, len(rows))
    left_out = [None if callable(field.default) else _written(field.get_default(), field) for field in fields]
    text = StringIO()
    for key, row in zip(keys, rows, strict=True):
        values = {model._meta.pk.attname: key} | dict(row)
        cells = []
        for field, default in zip(fields, left_out, strict=True):
            if field.attname in values:
                cells.append(_written(values[field.attname], field))
            else:
                cells.append(_written(field.get_default(), field) if default is None else default)
        text.write("\t".join(cells))
        text.write("\n")
    text.seek(0)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN", text)
    return [int(row.get(model._meta.pk.attname, key)) for key, row in zip(keys, rows, strict=True)]


def _written(value: Any, field: models.Field) -> str:
    """A value in COPY's text format."""
    if value is None:
        return "\\N"
    if type(value) is str and not isinstance(field, models.JSONField):
        return value.translate(_ESCAPES)
    if isinstance(field, models.JSONField):
        return json.dumps(value).translate(_ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, date):  # a moment too
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ("{" + ",".join(json.dumps(str(each), ensure_ascii=False) for each in value) + "}").translate(
            _ESCAPES
        )
    return str(value).translate(_ESCAPES)


def update_rows(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Save some fields of many rows of one model, a few hundred rows to a statement. Foreign keys go by either name."""
    if not rows:
        return
    model = type(rows[0])
    key, wanted = model._meta.pk, set(fields)
    columns = [each for each in model._meta.concrete_fields if wanted & {each.name, each.attname}]
    if len(columns) != len(wanted):
        raise ValueError(f"Not all of these are columns of {model._meta.label}: {', '.join(fields)}")
    quote = connection.ops.quote_name
    table, key_name = quote(model._meta.db_table), quote(str(key.column))
    one = "(" + ", ".join(f"%s::{_type(column)}" for column in (key, *columns)) + ")"
    names = ", ".join(quote(str(column.column)) for column in (key, *columns))
    changes = ", ".join(f"{name} = new.{name}" for name in names.split(", ")[1:])
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS_IN_A_STATEMENT):
            batch = rows[start : start + ROWS_IN_A_STATEMENT]
            values = ", ".join([one] * len(batch))
            parameters = [
                column.get_db_prep_save(getattr(row, column.attname), connection)
                for row in batch
                for column in (key, *columns)
            ]
            cursor.execute(
                f"UPDATE {table} SET {changes} FROM (VALUES {values}) AS new ({names})"  # noqa: S608 # nosec B608 names of columns
                f" WHERE {table}.{key_name} = new.{key_name}",
                parameters,
            )


def _type(column: models.Field) -> str:
    """The type of a column without its length: a cast to a length would cut a text short without a word."""
    full = column.rel_db_type(connection) if column.is_relation else column.db_type(connection)
    return str(full).split("(")[0]
