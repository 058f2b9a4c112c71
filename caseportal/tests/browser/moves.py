"""What a person does on our pages: fill in, choose, send, follow. By the names of the questions, as they are asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from playwright.sync_api import Locator

from caseportal.tests.browser.conftest import Visitor


class Moves:
    """A visitor who works through forms."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page

    def go(self, address: str) -> None:
        self.visitor.go(address)

    def path(self) -> str:
        return self.page.url.removeprefix(self.visitor.base)

    def text(self) -> str:
        return " ".join(self.page.locator("main").inner_text().split())

    # Answers

    def fill(self, **answers: Any) -> None:
        """Answer questions by name: text, a date, a list of ticks, or one choice."""
        for name, answer in answers.items():
            if isinstance(answer, date):
                for part, value in (("day", answer.day), ("month", answer.month), ("year", answer.year)):
                    self._main(f'[name="{name}_{part}"]').fill(str(value))
            elif isinstance(answer, list):
                for value in answer:
                    self._main(f'input[name="{name}"][value="{value}"]').check()
            else:
                self._one(name, str(answer))

    def _one(self, name: str, answer: str) -> None:
        choice = self._main(f'input[name="{name}"][value="{answer}"]:not([type="text"]):not([type="hidden"])')
        if choice.count():
            choice.first.check()
            return
        box = self._main(f'[name="{name}"]:not([type="hidden"])')
        if box.evaluate("element => element.tagName") == "SELECT":
            try:
                box.select_option(value=answer, timeout=500)
            except Exception:  # noqa: BLE001 the words of the option, where its value is a reference
                box.select_option(label=answer)
        else:
            box.fill(answer)

    def _main(self, selector: str) -> Locator:
        return self.page.locator(f"main {selector}")

    # Going on

    def send(self) -> None:
        """Press the one green button of the form on this page."""
        self._leave(self._main('form[method="post"] button.govuk-button:not(.govuk-button--secondary)').first)

    def next(self) -> str:
        """Follow the one green link of this page, and say what it said."""
        link = self._main("a.govuk-button:not(.govuk-button--secondary)").first
        words = link.inner_text().strip()
        self._leave(link)
        return words

    def follow(self, words: str) -> None:
        self._leave(self.page.get_by_role("link", name=words).first)

    def follow_to(self, address: str) -> None:
        self._leave(self.page.locator(f'main a[href*="{address}"]').first)

    def _leave(self, what: Locator) -> None:
        before = self.page.url
        with self.page.expect_navigation(wait_until="load"):
            what.click()
        errors = self.page.locator(".govuk-error-summary")
        assert errors.count() == 0, f"{before}: {errors.first.inner_text()}"
        self.visitor.check()
