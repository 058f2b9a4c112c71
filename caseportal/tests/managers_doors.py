"""The pages on which managers write: a list taken out of the portal, and the decision of a second manager."""

from __future__ import annotations

from typing import Any

from caseportal.tests.door import Door, user
from reporting.tests.factories import ExportFactory


def held() -> Any:
    """A list of very many people, for which a team manager asked."""
    return ExportFactory(held=True, asked_by=user("Tom Bell"))


DOORS = {
    "reporting:ask-export": Door("Tom Bell", lambda: None, arguments=lambda record: ["assessment"]),
    "reporting:decide-export": Door("Ruth Osborne", held, lambda: {"decision": "refuse"}),
}

WITHOUT_QUESTIONS = {
    "a list or a page to read": {
        "reporting:manage", "reporting:waiting", "reporting:caseload", "reporting:measures", "reporting:orphans",
        "reporting:rows", "reporting:exports", "reporting:show-export", "reporting:runs", "reporting:unverified",
    },
    "one press": {"reporting:fetch-export", "reporting:try-again"},
}  # fmt: skip
