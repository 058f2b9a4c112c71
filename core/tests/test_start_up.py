"""The product refuses to start in a state that would be unsafe."""

import os
import subprocess
import sys
from unittest import mock

import pytest
from django.conf import settings as real
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from core import checks

EMBEDDED = "/somewhere/var/run"
SAFE = {
    "EVALUATION": True,
    "REDIS_URL": "redis://:secret@127.0.0.1:7001/0",
    "ALLOWED_HOSTS": ["localhost", "127.0.0.1"],
    "TRUSTED_PROXY_COUNT": 0,
}


def problems(settings, *, host=EMBEDDED, **changes):
    for name, value in {**SAFE, **changes}.items():
        setattr(settings, name, value)
    with mock.patch.dict(real.DATABASES["default"], {"HOST": host}):
        return [problem.id for problem in checks.evaluation_stays_at_home()]


def test_evaluation_starts_with_the_embedded_services_on_this_machine(settings):
    assert problems(settings) == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "", "db.council.example", "/var/run/postgresql", "/run/postgresql/"]
)
def test_evaluation_refuses_any_database_but_the_embedded_one(settings, host):
    assert problems(settings, host=host) == ["core.E001"]


@pytest.mark.parametrize(
    "url",
    [
        "redis://redis.council.example:6379/0",
        "redis://127.0.0.1.council.example/0",
        "redis://x:127.0.0.1@10.0.0.5/0",
    ],
)
def test_evaluation_refuses_a_broker_elsewhere(settings, url):
    assert problems(settings, REDIS_URL=url) == ["core.E002"]


@pytest.mark.parametrize("hosts", [["*"], ["portal.council.example"], ["localhost", ".council.example"]])
def test_evaluation_answers_to_no_name_but_localhost(settings, hosts):
    assert problems(settings, ALLOWED_HOSTS=hosts) == ["core.E003"]


def test_evaluation_never_stands_behind_a_proxy(settings):
    assert problems(settings, TRUSTED_PROXY_COUNT=1) == ["core.E005"]


def test_the_rules_of_evaluation_do_not_bind_a_council(settings):
    assert (
        problems(
            settings, EVALUATION=False, host="db.council.example", ALLOWED_HOSTS=["portal.council.example"]
        )
        == []
    )


@pytest.mark.parametrize("key", ["short", "change-me-" * 10])
def test_a_weak_secret_key_stops_the_start(settings, key):
    settings.SECRET_KEY = key

    with pytest.raises(ImproperlyConfigured, match="core.E004"):
        checks.refuse_unsafe_start()


@pytest.mark.parametrize(
    "command",
    [
        ["-c", "import caseportal.wsgi"],
        ["-m", "celery", "-A", "caseportal", "worker", "--pool", "solo"],
        ["-m", "celery", "-A", "caseportal", "beat", "--schedule", "{folder}/beat", "--pidfile", ""],
        ["manage.py", "migrate", "--check"],
    ],
    ids=["web server", "worker", "scheduler", "command"],
)
def test_whatever_is_started_refuses_an_unsafe_evaluation(command, tmp_path):
    environment = {
        **os.environ,
        "CASEPORTAL_EVALUATION": "1",
        "CASEPORTAL_DATABASE_ROLE": "app",
        "ALLOWED_HOSTS": "portal.council.example",
        "DJANGO_SETTINGS_MODULE": "caseportal.settings",
        "SECRET_KEY": "start-up-tests-only-0123456789-0123456789-abcdef",
    }

    done = subprocess.run(
        [sys.executable, *(word.replace("{folder}", str(tmp_path)) for word in command)],
        env=environment,
        cwd=real.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode != 0
    assert "core.E003" in done.stderr


@pytest.mark.django_db
def test_a_database_of_another_version_is_not_migrated():
    assert checks.database_is_not_of_another_version(databases=["default"]) == []
    MigrationRecorder(connection).record_applied("core", "0099_from_the_future")

    (problem,) = checks.database_is_not_of_another_version(databases=["default"])

    assert (problem.id, "core.0099_from_the_future" in problem.msg) == ("core.E006", True)
    with pytest.raises(SystemCheckError, match="make reset"):
        call_command("migrate", "--check", skip_checks=False)
