"""The product as it runs: web server and worker as processes, as the product's own database role, signing in with
password and one-time code. Run by its path alone, against the services that DATABASE_URL and REDIS_URL name."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, expect

from accounts.hashers import CappedArgon2
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import app_code, set_up_app
from caseportal.celery import app
from contacts.models import Contact
from core.models import JobRun
from people.tests.factories import PersonFactory
from worklist.models import Task

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(settings.BASE_DIR)
PASSWORD = "three blue herons on the weir"


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _until(true: Callable[[], Any], what: str, seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.2)
    raise AssertionError(f"after {seconds:.0f} seconds: {what}")


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[str]:
    """Web server and worker on the test database, as the product's role. Yields the address."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    port = _free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}")),
        "DJANGO_SETTINGS_MODULE": "caseportal.settings",
        "CASEPORTAL_DATABASE_ROLE": "app",
        "CASEPORTAL_EVALUATION": "0",
        "SECRET_KEY": settings.SECRET_KEY,
        "SECURE_SSL_REDIRECT": "0",
        "ALLOWED_HOSTS": "localhost",
        "EMAIL_URL": f"filemail:///{tmp_path}",
        "PORTAL_URL": f"http://localhost:{port}",
        "C_FORCE_ROOT": "1",
    }
    environment.pop("PYTHONWARNINGS", None)
    python = [sys.executable, "-m"]
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"],
        cwd=ROOT,
        env=environment,
        check=True,
    )
    web = ["gunicorn", "caseportal.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"]
    worker = [
        "celery",
        "-A",
        "caseportal",
        "worker",
        "--concurrency",
        "1",
        "--without-gossip",
        "--without-mingle",
    ]
    with (tmp_path / "log").open("w") as log, contextlib.ExitStack() as stack:
        for command in ([*python, *web, "--no-control-socket"], [*python, *worker, "--loglevel", "WARNING"]):
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
            stack.callback(process.wait, timeout=30)
            stack.callback(process.terminate)
        address = f"http://localhost:{port}"

        def ready() -> bool:
            with contextlib.suppress(OSError):
                return urllib.request.urlopen(f"{address}/health/ready/", timeout=2).status == 200
            return False

        try:
            _until(ready, "the portal is not ready")
            yield address
        except AssertionError:
            print((tmp_path / "log").read_text()[-4000:])
            raise


def test_a_duty_worker_signs_in_with_two_steps_records_a_contact_and_the_worker_raises_its_date(
    portal: str, browser: Browser
):
    # Given a duty worker with a password and an authenticator app, and a person on record
    door = TeamFactory(name="Front door", is_front_door=True)
    duty = UserFactory(worker_in=door, name="Priya Nair")
    duty.password = CappedArgon2().encode(PASSWORD, secrets.token_hex(8))
    duty.save(update_fields=["password"])
    secret = set_up_app(duty)
    person = PersonFactory()

    # When they sign in with both, and take down a contact
    page = browser.new_context(locale="en-GB").new_page()
    page.goto(f"{portal}/worklist/")
    page.fill('input[name="login"]', duty.email)
    page.fill('input[name="password"]', PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("main")).to_contain_text("code")
    page.locator('input[name="code"]').fill(app_code(secret))
    page.locator('main form:has(input[name="code"]) button.govuk-button').first.click()
    expect(page.locator("h1")).to_have_text("My work")
    page.goto(f"{portal}/contacts/add/?person={person.ref}")
    page.select_option('select[name="source"]', "gp")
    page.select_option('select[name="reason"]', "assessment")
    page.fill('textarea[name="what_is_happening"]', "Two falls since September.")
    for name, value in (("consent", "yes"), ("safeguarding_considered", "no"), ("can_wait", "yes")):
        page.check(f'input[name="{name}"][value="{value}"]')
    page.select_option('select[name="team"]', label="Front door")
    page.get_by_role("button", name="Record the contact").click()
    expect(page.locator("main")).to_contain_text("Two falls since September.")

    # Then it is kept, the worker does the day's run over the real broker, and the date stands in the team's list
    contact = Contact.objects.get(person=person)
    app.send_task("worklist.jobs.raise_due_tasks")
    _until(
        lambda: JobRun.objects.filter(job="worklist.raise_due_tasks", finished_at__isnull=False),
        "no run finished",
    )
    task = Task.objects.get(anchor__rule_code="CONTACT_SCREEN", person=person)
    assert task.url == contact.get_absolute_url()
    page.goto(f"{portal}/worklist/team/")
    expect(page.locator("main")).to_contain_text(person.local_number)
