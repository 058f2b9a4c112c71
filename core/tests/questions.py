"""What the tests of forms share: a form of one question, and the controls of a page."""

from __future__ import annotations

from html.parser import HTMLParser

from django import forms

from core.forms import GovukForm


class Controls(HTMLParser):
    """The elements of a page by id, and all controls in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.by_id: dict[str, dict[str, str | None]] = {}
        self.controls: list[dict[str, str | None]] = []
        self.labels: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = {"tag": tag, **dict(attrs)}
        if found.get("id"):
            assert found["id"] not in self.by_id, f"the id {found['id']} stands twice on the page"
            self.by_id[found["id"]] = found
        if tag in ("input", "textarea", "select"):
            self.controls.append(found)
        if tag == "label":
            self.labels.append(found["for"])


def only(field: forms.Field, data: dict | None = None, base: type[GovukForm] = GovukForm) -> GovukForm:
    """A form of one question named `answer`."""
    kind = type("Only", (base,), {"answer": field})
    return kind(data) if data is not None else kind()


def refusal(field: forms.Field, typed: object) -> str:
    form = only(field, typed if isinstance(typed, dict) else {"answer": typed})
    return form.errors["answer"][0] if not form.is_valid() else ""


def answer(field: forms.Field, typed: object):
    form = only(field, typed if isinstance(typed, dict) else {"answer": typed})
    assert form.is_valid(), form.errors
    return form.cleaned_data["answer"]
