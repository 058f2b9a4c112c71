"""Reading the form of a page as a browser does: its questions, what stands in them, and what may be chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

DATE_PART = re.compile(r"_(day|month|year)$")
# Lines of text that hold something of a shape of its own: a free text there is refused for its shape.
OF_A_SHAPE = re.compile(
    r"(email|phone|postcode|nhs_number|members|_time|quantity|cost|^contribution$|weekly|number|hours_|_code)"
)


@dataclass
class Control:
    name: str
    kind: str
    value: str = ""
    checked: bool = False
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """One form of a page that is sent by POST."""

    action: str = ""
    controls: list[Control] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return {control.name for control in self.controls}

    def texts(self) -> list[str]:
        """The questions that are answered in one's own words."""
        return [
            control.name
            for control in self.controls
            if control.kind in ("textarea", "text")
            and not DATE_PART.search(control.name)
            and not OF_A_SHAPE.search(control.name)
        ]

    def dates(self) -> list[str]:
        return sorted({DATE_PART.sub("", name) for name in self.names if DATE_PART.search(name)})

    def answers(self) -> dict[str, Any]:
        """The form as it stands, with an answer to each choice that has none and a word in each empty line."""
        given: dict[str, Any] = {}
        for control in self.controls:
            if control.kind in ("submit", "button"):
                continue
            if control.kind in ("radio", "checkbox"):
                if control.checked:
                    given.setdefault(control.name, []).append(control.value)
            elif control.kind == "select":
                given[control.name] = control.value or next((each for each in control.options if each), "")
            else:
                given[control.name] = control.value
        for control in self.controls:
            if control.kind == "radio":
                given.setdefault(control.name, [control.value])
        for name in self.texts():
            given[name] = given[name] or "Words"
        return given


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.textarea: Control | None = None
        self.select: Control | None = None
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(facts.get("action", "")) if facts.get("method", "").lower() == "post" else None
            if self.form:
                self.forms.append(self.form)
        if self.form is None or "name" not in facts and tag != "option":
            return
        if tag == "input" or tag == "button":
            kind = facts.get("type", "submit" if tag == "button" else "text")
            self.form.controls.append(
                Control(facts["name"], kind, facts.get("value", ""), "checked" in facts)
            )
        elif tag == "textarea":
            self.textarea = Control(facts["name"], "textarea")
            self.form.controls.append(self.textarea)
        elif tag == "select":
            self.select = Control(facts["name"], "select")
            self.form.controls.append(self.select)
        elif tag == "option" and self.select is not None:
            self.select.options.append(facts.get("value", ""))
            if "selected" in facts:
                self.select.value = facts.get("value", "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.textarea is not None:
            self.textarea.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.textarea is not None:
            self.textarea.value = self.textarea.value.removeprefix("\n")
            self.textarea = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.form = None


@dataclass
class Page:
    forms: list[Form]
    text: str

    @property
    def main(self) -> Form:
        """The form that the page is about: the one with the most questions, not the search box or “sign out”."""
        ours = [form for form in self.forms if not re.search(r"search|sign-out|evaluation", form.action)]
        assert ours, "the page has no form"
        return max(ours, key=lambda form: len(form.controls))

    def holds(self, words: str) -> bool:
        """Whether these words stand on the page: in its text or in a control."""
        return words in self.text or any(
            words in control.value for form in self.forms for control in form.controls
        )


def read(content: bytes) -> Page:
    reader = _Reader()
    reader.feed(content.decode())
    reader.close()
    return Page(reader.forms, "".join(reader.words))
