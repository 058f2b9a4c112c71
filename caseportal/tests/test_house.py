"""How the product starts on a fresh machine: what it says when it cannot, and what it tells commands beside it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from caseportal.evaluation import programs, run, services, setup

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def taken_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


@pytest.fixture
def no_database_named(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


def write_state(folder: Path, *, supervisor: int, **values: str) -> None:
    (folder / "services.json").write_text(json.dumps({"supervisor": supervisor, "environment": values}))


# ------------------------------------------------------------------ the port


def test_a_port_in_use_is_named_with_the_way_to_another(taken_port):
    with pytest.raises(setup.Trouble, match=f"Port {taken_port} is already in use.*PORT="):
        setup.check_port(taken_port)


def test_a_free_port_is_accepted(taken_port):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = str(probe.getsockname()[1])

    assert free != taken_port
    setup.check_port(free)


@pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1", "80 80"])
def test_a_port_that_is_no_port_is_refused_with_the_range(port):
    with pytest.raises(setup.Trouble, match="from 1 to 65535"):
        setup.check_port(port)


def test_a_start_on_a_taken_port_answers_in_one_line_before_anything_is_installed(taken_port):
    done = subprocess.run(
        [sys.executable, ROOT / "caseportal" / "evaluation" / "setup.py", "run"],
        env={**os.environ, "PORT": taken_port},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "already in use" in done.stderr


# ------------------------------------------------------------------ one-line errors of the set-up


@pytest.mark.parametrize(
    ("output", "line"),
    [
        ("error: Failed to fetch: `https://…/django`\n  Caused by: dns error", "No package registry can be reached"),
        ("NewConnectionError: [Errno 101] Network is unreachable", "No package registry can be reached"),
        ("npm error code ENOTFOUND", "No package registry can be reached"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("npm error code ENOSPC", "The disk is full"),
        ("first line\nHash mismatch for django\n\n", "Python packages could not be installed: Hash mismatch for django"),
        ("", "no reason given"),
    ],
)  # fmt: skip
def test_a_failed_installation_becomes_one_line_that_says_what_to_do(output, line):
    trouble = str(setup.explain(output, "Python packages"))

    assert line in trouble
    assert "\n" not in trouble
    assert "var/log/setup.log" in trouble


def test_too_little_room_on_the_disk_is_said_before_anything_is_downloaded():
    with pytest.raises(setup.Trouble, match="The disk is nearly full: set-up needs 1000000000 GB"):
        setup.check_machine(room=10**18)


def test_an_old_python_is_refused_in_one_line(tmp_path):
    # Given a Python that answers as an old one does
    old = tmp_path / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    done = subprocess.run(
        ["make", "-s", "setup", f"PYTHON={old}"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode != 0
    assert "Python 3.11 or newer is needed" in done.stderr.splitlines()[0]


def test_stamps_change_with_the_contents_the_name_and_the_rest_they_depend_on(tmp_path, monkeypatch):
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("one")
    second.write_text("one")

    stamps = {
        setup.digest([first]),
        setup.digest([second]),
        setup.digest([first, second]),
        setup.digest([first], "3.12"),
    }
    first.write_text("two")

    assert len(stamps | {setup.digest([first])}) == 5


def test_every_locked_package_has_a_hash():
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = re.sub(r"\\\n", " ", lock.read_text())
        for line in text.splitlines():
            if line and not line.startswith(("#", " ")):
                assert "--hash=sha256:" in line, f"{lock.name}: {line[:60]}"


def test_locks_name_no_place_to_download_from():
    for lock in [*(ROOT / "requirements").glob("*"), ROOT / "package-lock.json"]:
        assert "://" not in lock.read_text(), lock.name


def test_the_quick_installer_is_the_same_in_both_locks():
    pins = {
        re.search(r"^uv==\S+", (ROOT / "requirements" / name).read_text(), re.MULTILINE)[0]
        for name in ("setup.txt", "dev.txt")
    }
    assert len(pins) == 1


# ------------------------------------------------------------------ settings of commands beside the services


def test_a_command_beside_live_services_gets_their_settings(tmp_path, no_database_named):
    write_state(
        tmp_path, supervisor=os.getpid(), DATABASE_URL="postgres://a@//tmp/x/c", REDIS_URL="redis://r"
    )

    assert services.environment(tmp_path) == {
        "DATABASE_URL": "postgres://a@//tmp/x/c",
        "REDIS_URL": "redis://r",
    }


def test_a_named_database_wins_over_live_services(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://caseportal_app@db.example/caseportal")
    write_state(tmp_path, supervisor=os.getpid(), DATABASE_URL="postgres://a@//tmp/x/c")

    assert services.environment(tmp_path) == {}


def test_services_of_a_dead_process_are_not_believed(tmp_path, no_database_named):
    ended = subprocess.Popen(["true"])
    ended.wait()
    write_state(tmp_path, supervisor=ended.pid, DATABASE_URL="postgres://a@//tmp/x/c")

    assert services.environment(tmp_path) == {}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"supervisor": null}'])
def test_a_broken_or_missing_note_of_services_counts_as_none(tmp_path, no_database_named, text):
    (tmp_path / "services.json").write_text(text)

    assert services.environment(tmp_path) == {}
    assert services.environment(tmp_path / "nowhere") == {}


def test_redis_alone_does_not_make_an_evaluation(tmp_path, no_database_named):
    write_state(tmp_path, supervisor=os.getpid(), REDIS_URL="redis://r")

    assert services.environment(tmp_path) == {}


def test_the_secret_key_is_made_once_and_kept_from_others(tmp_path):
    key = services.secret_key(tmp_path)

    assert len(key) >= 50
    assert services.secret_key(tmp_path) == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


# ------------------------------------------------------------------ services


def test_a_second_start_from_the_same_folder_is_refused_and_names_the_first(tmp_path):
    first, second = services.Services(tmp_path), services.Services(tmp_path)
    first.take_lock()

    with pytest.raises(programs.Trouble, match=f"Already running from this folder .process {os.getpid()}"):
        second.take_lock()

    # And when the first has stopped, the folder is free
    first.stop()
    second.take_lock()
    second.stop()


def test_a_long_or_unusual_path_gets_a_short_plain_folder_for_its_sockets(tmp_path):
    for name in ("with space", "x" * 90, "ümlaut"):
        folder = str(services.Services(tmp_path / name).socket_folder())
        assert len(folder) < 90
        assert re.fullmatch(r"[A-Za-z0-9/._-]+", folder)


def test_the_two_roles_get_two_addresses_that_the_settings_can_read(tmp_path):
    import environ

    at = environ.Env.db_url_config(services.database_url(services.OWNER_ROLE, Path("/run/somewhere")))

    assert (at["HOST"], at["NAME"], at["USER"]) == ("/run/somewhere", "caseportal", "caseportal_owner")


def test_services_start_with_two_roles_answer_and_stop(tmp_path):
    import environ
    import psycopg2
    import redis

    # Given services of a folder of their own
    folder = tmp_path / "var with space"
    own = services.Services(folder, durable=False)
    try:
        settings = own.start()
        at = environ.Env.db_url_config(settings["DATABASE_URL"])
        where = {"host": at["HOST"], "dbname": at["NAME"]}

        # Then the product's role can connect and make no database, and the owner can
        app = psycopg2.connect(user=services.APP_ROLE, **where)
        app.autocommit = True
        with app.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("CREATE DATABASE other")
        app.close()
        owner = psycopg2.connect(user=services.OWNER_ROLE, **where)
        owner.autocommit = True
        with owner.cursor() as cursor:
            cursor.execute("CREATE DATABASE other")
            cursor.execute("SHOW listen_addresses")
            assert cursor.fetchone() == ("",)
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname LIKE 'caseportal%'")
            assert cursor.fetchall() == [(False,), (False,)]
        owner.close()

        # And Valkey answers to its password alone
        client = redis.Redis.from_url(settings["REDIS_URL"])
        assert client.ping()
        client.close()
        stranger = redis.Redis.from_url(re.sub(r":[^:@]*@", "", settings["REDIS_URL"]))
        with pytest.raises(redis.AuthenticationError):
            stranger.ping()
        stranger.close()

        # And the password stands in no process list
        password = re.search(r":([0-9a-f]{64})@", settings["REDIS_URL"])[1]
        for process in own.processes.values():
            assert password not in Path(f"/proc/{process.pid}/cmdline").read_text()
        assert settings["CASEPORTAL_EVALUATION"] == "1"
    finally:
        running = list(own.processes.values())
        own.stop()

    assert len(running) == 2
    assert all(process.poll() is not None for process in running)
    assert not (folder / "services.json").exists()


def test_an_old_data_folder_asks_for_the_version_that_made_it(tmp_path):
    (tmp_path / "PG_VERSION").write_text("9\n")

    with pytest.raises(programs.Trouble, match="made by PostgreSQL 9.*make reset"):
        programs.find_postgres(tmp_path, None)


def test_a_database_that_cannot_be_reached_is_named_without_its_password(monkeypatch):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setenv("DATABASE_URL", f"postgres://someone:geheim@127.0.0.1:{port}/nothing")

    with pytest.raises(programs.Trouble) as refused:
        run.check_database("DATABASE_URL")

    assert str(refused.value).startswith("DATABASE_URL cannot be reached")
    assert "geheim" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_broker_that_cannot_be_reached_is_named(monkeypatch):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{port}/0")

    with pytest.raises(programs.Trouble, match="REDIS_URL cannot be reached"):
        run.check_redis()


def test_every_make_target_has_a_command_behind_it():
    targets = re.search(r"^run services .*?:", (ROOT / "Makefile").read_text(), re.MULTILINE)[0]

    assert set(targets.rstrip(":").split()) - {"setup"} == set(run.COMMANDS)
