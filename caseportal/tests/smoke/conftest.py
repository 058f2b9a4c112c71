"""The browser of the smoke journey is that of the browser journeys."""

from caseportal.tests.browser.conftest import CHROMIUM, browser_type_launch_args

__all__ = ["CHROMIUM", "browser_type_launch_args"]
