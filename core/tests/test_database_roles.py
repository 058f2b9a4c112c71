"""What the running product may do in the database: everything but change or empty the trail."""

import os

import environ
import psycopg2
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection

from core import roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    """A second connection, as the role with which the product runs. Nothing done on it is kept."""
    owner = connection.settings_dict["USER"]
    if not settings.DATABASE_APP_ROLE or owner == settings.DATABASE_APP_ROLE:
        pytest.skip("needs a database with the product's own role beside the owner's")
    url = environ.Env.db_url_config(os.environ["DATABASE_URL"])
    second = psycopg2.connect(
        dbname=connection.settings_dict["NAME"],
        user=url["USER"],
        password=url["PASSWORD"] or None,
        host=url["HOST"] or None,
        port=url["PORT"] or None,
    )
    second.autocommit = True
    yield second.cursor()
    second.close()


def refused(cursor, words):
    try:
        cursor.execute(words)
    except psycopg2.errors.InsufficientPrivilege:
        return True
    return False


def test_every_table_of_the_trail_and_of_history_is_append_only():
    tables = roles.append_only_tables()

    assert {"audit_event", "audit_view"} <= set(tables)
    assert {model._meta.db_table for model in get_user_model().pgh_event_models.values()} <= set(tables)
    assert "people_person" not in tables
    assert "accounts_user" not in tables


def test_the_product_adds_to_the_trail_and_cannot_change_delete_or_empty_it(product):
    for table in roles.append_only_tables():
        product.execute("select has_table_privilege(current_user, %s, 'insert, select')", [table])
        assert product.fetchone()[0], table
        product.execute(
            "select column_name from information_schema.columns where table_name = %s limit 1", [table]
        )
        column = product.fetchone()[0]
        for words in (f"update {table} set {column} = {column}", f"delete from {table}", f"truncate {table}"):
            assert refused(product, words), words


def test_the_product_cannot_take_a_guard_away(product):
    for words in (
        "alter table audit_event disable trigger all",
        "drop table audit_event",
        "create table somewhere_to_hide (id int)",
        "set session_replication_role = replica",
    ):
        assert refused(product, words), words


def test_the_product_works_with_every_other_table_and_owns_none(product):
    product.execute(
        "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        "where n.nspname = 'public' and c.relkind = 'r' "
        "and (not has_table_privilege(current_user, c.oid, 'select') "
        "or pg_get_userbyid(c.relowner) = current_user)"
    )
    assert product.fetchall() == []
    assert refused(product, "delete from django_migrations")
