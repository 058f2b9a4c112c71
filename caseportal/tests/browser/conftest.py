"""A real Chromium on a live server: each page is checked for accessibility, sideways overflow and CSP reports."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

# Playwright drives the browser from an event loop in this thread; the tests' own queries are made beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
# The back link stands before <main>, as the GOV.UK Design System has it; all other rules of axe apply.
AXE = {"rules": {"region": {"enabled": False}}, "resultTypes": ["violations"]}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM or os.environ.get("CASEPORTAL_REQUIRE_BROWSER") == "1":
        return
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    assert CHROMIUM, "Chromium is not installed, and CASEPORTAL_REQUIRE_BROWSER=1 asks for it"
    return {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
        ],
    }


@pytest.fixture(scope="session")
def no_connection_left_behind() -> None:
    """Connections belong to a thread or to an event loop: what was opened before the loop would stay open to the end."""
    connections.close_all()


@pytest.fixture(scope="session")
def playwright(no_connection_left_behind: None, playwright: Playwright) -> Playwright:
    return playwright


@dataclass
class Visitor:
    """One person at one browser: goes to pages, and checks each one it stops at."""

    page: Page
    base: str
    scripts: bool
    reports: list[str] = field(default_factory=list)
    checked: set[str] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)

    def go(self, address: str) -> None:
        response = self.page.goto(self.base + address)
        assert response is not None
        assert response.status == 200, f"{address} answered {response.status}"
        self.check()

    def press(self, name: str, *, exact: bool = True) -> None:
        """Press a button by its name and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=exact).first.click()
        self.check()

    def follow(self, name: str, *, exact: bool = True) -> None:
        """Follow a link by its words."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=exact).first.click()
        self.check()

    def check(self) -> None:
        """No CSP report; no sideways overflow; with scripts, no finding of axe, at both widths.

        What axe and the ruler find is collected and fails the test at its end, so that one run shows all of it.
        """
        assert not self.reports, self.reports
        widths = (WIDE, NARROW) if self.scripts else (NARROW,)
        for width in widths:
            self.page.set_viewport_size(width)  # type: ignore[arg-type]
            if self.scripts:
                over = self.page.evaluate(OVERFLOW)
                if over > 0:
                    self.findings.append(f"{self.page.url} is {over} px too wide at {width['width']}")
                self._no_findings_of_axe(width["width"])
            else:
                box = self.page.locator("body").bounding_box()
                assert box is not None
                assert box["width"] <= width["width"], f"{self.page.url} is too wide at {width['width']}"

    def _no_findings_of_axe(self, width: int) -> None:
        where = f"{self.page.url.split('?')[0]} {self.page.title()} {width}"
        if where in self.checked:
            return
        self.checked.add(where)
        found = Axe().run(self.page, options=AXE)
        rules = {
            finding["id"]: [node["html"][:160] for node in finding["nodes"][:3]]
            for finding in found.response["violations"]
        }
        if rules:
            self.findings.append(f"{where}: {rules}")


def signed_in_cookie(user: Any) -> dict[str, str]:
    """A session of this user with a second factor done, as the sign-in pages would leave it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["account_authentication_methods"] = [
        {"method": "password", "at": 0},
        {"method": "mfa", "at": 0, "type": "totp"},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}


@pytest.fixture
def visitor(browser: Browser, live_server: Any) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors: each has a browser of their own; staff and people come signed in."""
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def make(user: Any = None, *, scripts: bool = True) -> Visitor:
        context = browser.new_context(
            java_script_enabled=scripts,
            viewport=WIDE if scripts else NARROW,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(15000)
        contexts.append(context)
        if user is not None:
            context.add_cookies([{**signed_in_cookie(user), "url": live_server.url}])  # type: ignore[list-item]
        page = context.new_page()
        someone = Visitor(page=page, base=live_server.url, scripts=scripts)
        visitors.append(someone)

        def listen(message: ConsoleMessage) -> None:
            if message.type == "error" and "Content Security Policy" in message.text:
                someone.reports.append(message.text)

        page.on("console", listen)
        page.on("pageerror", lambda error: someone.reports.append(f"script error: {error}"))
        return someone

    yield make
    for context in contexts:
        context.close()
    findings = sorted({finding for someone in visitors for finding in someone.findings})
    assert not findings, "\n".join(findings)
