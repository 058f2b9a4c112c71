"""Rows into tables by COPY, with each model's own defaults for what is not given."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

CHUNK = 20_000
NULL = "\\N"


def _default(field: models.Field) -> Any:
    if field.has_default():
        return field.get_default()
    if field.null:
        return None
    return "" if isinstance(field, models.CharField | models.TextField) else None


def _text(field: models.Field, value: Any) -> Any:
    if value is None:
        return NULL
    if isinstance(field, models.JSONField):
        return json.dumps(value)
    if isinstance(field, ArrayField):
        return "{" + ",".join(map(str, value)) + "}"
    return value


def copy(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> int:
    """Write rows of a model by COPY. Keys are column attributes; a callable default is called for each row."""
    fields = list(model._meta.concrete_fields)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    statement = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({columns}) FROM STDIN WITH (FORMAT csv, NULL '{NULL}')"
    fixed = {f.attname: _default(f) for f in fields if not callable(f.default)}
    count = 0
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def flush() -> None:
        buffer.seek(0)
        with connection.cursor() as cursor:
            cursor.cursor.copy_expert(statement, buffer)
        buffer.seek(0)
        buffer.truncate()

    for row in rows:
        writer.writerow(
            [
                _text(
                    f,
                    row[f.attname]
                    if f.attname in row
                    else fixed[f.attname]
                    if f.attname in fixed
                    else _default(f),
                )
                for f in fields
            ]
        )
        count += 1
        if count % CHUNK == 0:
            flush()
    flush()
    if any(field.attname == "id" for field in fields):
        with connection.cursor() as cursor:
            table = model._meta.db_table
            highest = f"SELECT coalesce(max(id), 1) FROM {table}"  # noqa: S608 # nosec B608 a name of ours
            cursor.execute(f"SELECT setval(pg_get_serial_sequence(%s, 'id'), ({highest}))", [table])
    return count
