"""A form half filled in, as a draft holds it, and a draft as the first answers of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms

from core.form_dates import DateParts

LONGEST = 25_000  # characters kept of one answer, more than any question takes
MOST = 50  # ticks kept of one question


def _kept(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, DateParts):
        return {name: _kept(part) for name, part in asdict(value).items()} if value else ""
    if isinstance(value, list | tuple):
        return [_kept(each) for each in value[:MOST]]
    return str(value or "").replace("\x00", "").encode("utf-8", "ignore").decode()[:LONGEST]


def typed(form: forms.Form, data: Any) -> dict[str, Any]:
    """What stands in each question of a form that was sent, right or wrong; the unanswered are left out."""
    found = {}
    for name, field in form.fields.items():
        if isinstance(field.widget, forms.HiddenInput):
            continue
        value = _kept(field.widget.value_from_datadict(data, {}, form.add_prefix(name)))
        if value not in ("", [], False):
            found[name] = value
    return found


def first_answers(form: forms.Form | type[forms.Form], kept: Mapping[str, Any]) -> dict[str, Any]:
    """A draft as the first answers of the form: only of questions that it still asks."""
    fields = form.fields if isinstance(form, forms.Form) else form.base_fields  # type: ignore[attr-defined]
    return {
        name: DateParts(**value) if isinstance(value, dict) else value
        for name, value in kept.items()
        if name in fields
    }
