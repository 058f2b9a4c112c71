"""Two database roles: the owner migrates; the product reads and writes, and can only add to the trail."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections


def append_only_tables() -> list[str]:
    """The trail and the kept history: tables to which rows are added and never changed."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if getattr(model, "APPEND_ONLY", False) or hasattr(model, "pgh_tracked_model")
    )


def grant(using: str = "default", **_: Any) -> None:
    """After migrating, give the product's role its rights and no more. Does nothing without a second role."""
    role = settings.DATABASE_APP_ROLE
    connection = connections[using]
    if not role:
        return
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        if cursor.fetchone()[0] == role:
            return
        quoted = connection.ops.quote_name(role)
        present = set(connection.introspection.table_names(cursor))
        cursor.execute(f"grant usage on schema public to {quoted}")
        cursor.execute(f"grant select, insert, update, delete on all tables in schema public to {quoted}")
        cursor.execute(f"grant usage, select on all sequences in schema public to {quoted}")
        for table in append_only_tables():
            if table in present:
                name = connection.ops.quote_name(table)
                cursor.execute(f"revoke update, delete, truncate on {name} from {quoted}")
        if "pghistory_context" in present:
            cursor.execute(f"revoke delete, truncate on pghistory_context from {quoted}")
        if "django_migrations" in present:
            cursor.execute(f"revoke insert, update, delete on django_migrations from {quoted}")
