"""What is asked when a list is taken out of the portal, and when a second manager decides."""

from __future__ import annotations

from typing import Any

from core.forms import KeyedForm, RadiosField, TextAreaField, TextField, VersionedForm
from reporting.models import Export

APPROVE, REFUSE = "approve", "refuse"


class AskExportForm(KeyedForm):
    purpose = RadiosField(label="What do you need it for?", choices=Export.Purpose)
    purpose_words = TextField(
        label="Say it in a few words",
        max_length=200,
        help_text="For example, “Allocation meeting of Tuesday”. It stands in the register of exports: name nobody.",
        error_messages={"required": "Say in a few words what you need it for"},
    )
    format = RadiosField(label="Which kind of file?", choices=Export.Format)


class DecideExportForm(VersionedForm):
    decision = RadiosField(
        label="May this list leave the portal?",
        choices=[(APPROVE, "Yes"), (REFUSE, "No")],
        error_messages={"required": "Answer whether this list may leave the portal"},
    )
    reason = TextAreaField(
        label="Why not?",
        help_text="Whoever asked reads it.",
        max_length=300,
        rows=3,
        required=False,
    )

    reveals = {"decision": {REFUSE: ["reason"]}}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("decision") == REFUSE and not given.get("reason"):
            self.add_error("reason", "Say why this list may not leave the portal")
        return given
