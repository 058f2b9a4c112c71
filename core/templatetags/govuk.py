"""Template tags for GOV.UK and MOJ components, so that each one is written once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms, template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.forms import error_items, first_input_id

register = template.Library()

TAG_COLOURS = frozenset(("", "grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"))

RISKS = {
    "high": ("High risk", "red"),
    "medium": ("Medium risk", "orange"),
    "standard": ("Standard risk", "grey"),
}

# GOV.UK's class for each kind of control, and the one it has while its answer is wrong.
CONTROL_CLASSES = {
    "checkbox": ("govuk-checkboxes__input", ""),
    "file": ("govuk-file-upload", "govuk-file-upload--error"),
    "hidden": ("", ""),
    "password": (
        "govuk-input govuk-password-input__input govuk-js-password-input-input",
        "govuk-input--error",
    ),
    "radio": ("govuk-radios__input", ""),
    "select": ("govuk-select", "govuk-select--error"),
    "textarea": ("govuk-textarea", "govuk-textarea--error"),
}

# Browsers cut pasted text at maxlength without a word, so length is checked on the server, which says by how much.
NEVER_RENDERED = frozenset(("class", "maxlength", "minlength"))


@register.simple_tag
def widget_attributes(widget: Mapping[str, Any], kind: str = "") -> SafeString:
    """The attributes of one control: GOV.UK's classes, and the ids of what describes it."""
    attrs = dict(widget["attrs"])
    kind = kind or str(widget.get("type", ""))
    plain, wrong = CONTROL_CLASSES.get(kind, ("govuk-input", "govuk-input--error"))
    classes = [plain, *_own_classes(attrs, kind), wrong if attrs.get("aria-invalid") else ""]
    if kind == "radio":
        attrs.pop("aria-invalid", None)  # not allowed on a radio; the group's error message says it
    named = [("class", " ".join(filter(None, classes)))]
    named += [(name, value) for name, value in attrs.items() if name not in NEVER_RENDERED]
    return format_html_join(
        "",
        " {}{}",
        (
            (name, "" if value is True else format_html('="{}"', value))
            for name, value in named
            if value is not False and value is not None and (name != "class" or value)
        ),
    )


def _own_classes(attrs: Mapping[str, Any], kind: str) -> list[str]:
    """Classes that belong to the group are written on the group, not on each of its controls."""
    classes = str(attrs.get("class") or "").split()
    if kind in ("radio", "checkbox"):
        return [name for name in classes if not name.startswith(("govuk-radios--", "govuk-checkboxes--"))]
    return classes


@register.simple_tag
def group_classes(attrs: Mapping[str, Any]) -> str:
    """The size and direction of a group of radios or checkboxes."""
    classes = str(attrs.get("class") or "").split()
    return "".join(
        f" {name}" for name in classes if name.startswith(("govuk-radios--", "govuk-checkboxes--"))
    )


@register.filter
def first_input(field: forms.BoundField) -> str:
    """The id that an error about this question leads to."""
    return first_input_id(field)


@register.inclusion_tag("govuk/error_summary.html", takes_context=True)
def error_summary(context: template.Context, *forms_shown: forms.BaseForm) -> dict[str, Any]:
    """What is wrong on this page, each line leading to the control it is about. Nothing while nothing is wrong.

    A page that shows one in answer to a form says so in its status too: see `core.middleware.KindErrors`.
    """
    items = list(error_items(form for form in forms_shown if form))
    request = context.get("request")
    if items and request is not None:
        request.shows_errors = True
    return {"items": items}


@register.inclusion_tag("govuk/conflict.html")
def conflict(form: forms.BaseForm) -> dict[str, Any]:
    """What somebody else saved meanwhile beside what is typed here. Nothing while there is no conflict."""
    return {"differences": getattr(form, "differences", [])}


@register.simple_tag
def tag(text: Any, colour: str = "") -> SafeString:
    """A tag. The words carry the meaning; the colour only repeats it."""
    if colour not in TAG_COLOURS:
        raise ValueError(f"{colour} is no colour of a GOV.UK tag")
    return format_html(
        '<strong class="govuk-tag{}">{}</strong>', f" govuk-tag--{colour}" if colour else "", text
    )


@register.simple_tag
def risk_tag(value: Any) -> SafeString | str:
    """How much risk someone is at, in words: high, medium or standard. Nothing when nobody has said."""
    if not value:
        return ""
    words, colour = RISKS.get(str(value), (str(value), "grey"))
    return tag(words, colour)


@register.filter
def money(value: Any) -> str:
    """An amount in pounds: £1,234.50, with a true minus sign before the pound sign."""
    if value is None or value == "":
        return ""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return ""
    if not amount.is_finite():
        return ""
    return f"{'−' if amount < 0 else ''}£{abs(amount):,.2f}"


@register.filter
def difference(amount: Any, other: str) -> str:
    """How two sums differ, in words: ``{{ difference|difference:"the estimate" }}`` is “£3.60 less than the estimate”."""
    if not amount:
        return f"the same as {other}"
    return f"{money(abs(amount))} {'more' if amount > 0 else 'less'} than {other}"


@register.filter
def percent_off(percent: Any, other: str) -> str:
    """How far a sum departs, in words: “1.24% below the estimate”."""
    if not percent:
        return f"the same as {other}"
    return f"{abs(percent)}% {'above' if percent > 0 else 'below'} {other}"


@register.filter
def nhs_number(value: Any) -> str:
    """Ten digits as the NHS writes them: 999 104 2733."""
    digits = str(value or "")
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == 10 and digits.isdigit() else digits


@register.filter
def plural(count: int, words: str) -> str:
    """A number with its noun: ``{{ 1|plural:"person,people" }}`` is “1 person”."""
    one, many = words.split(",")
    return f"{count:,} {one if count == 1 else many}"


@register.filter
def sentence(text: Any) -> str:
    """Words that end as a sentence does, whoever wrote them: a full stop is added where none stands."""
    words = str(text or "").rstrip()
    return words if not words or words[-1] in ".!?…" else f"{words}."


@register.inclusion_tag("govuk/summary_list.html")
def summary_list(rows: Iterable[Any], classes: str = "") -> dict[str, Any]:
    """Facts in two columns. A row is (key, value) or a mapping with key, value and, to change it, href and action."""
    shown = [row if isinstance(row, Mapping) else {"key": row[0], "value": row[1]} for row in rows]
    return {
        "rows": [{"href": "", "action": "Change", **row} for row in shown],
        "classes": classes,
        "changeable": any(row.get("href") for row in shown),
    }


@register.inclusion_tag("govuk/pagination.html")
def pagination(
    page: Any = None,
    *,
    previous: str = "",
    next: str = "",  # noqa: A002
    label: str = "Pages",
    before: str = "Previous",
    after: str = "Next",
) -> dict[str, Any]:
    """Previous and next of a list that is cut by a key. Takes the two addresses, or a page that knows them.

    ``before`` and ``after`` say it better where the list is one of days: “Later” and “Earlier”.
    """
    return {
        "previous": previous or getattr(page, "previous_url", "") or "",
        "next": next or getattr(page, "next_url", "") or "",
        "label": label,
        "before": before,
        "after": after,
    }


@register.simple_block_tag
def page_help(content: str, title: str = "What this page is for") -> SafeString:
    """The last thing on a staff page: what it is for, in a sentence or three."""
    return format_html(
        '<details class="govuk-details app-page-help"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        title,
        content,
    )


@register.inclusion_tag("govuk/alert.html")
def alert(text: Any, variant: str = "information") -> dict[str, Any]:
    """An MOJ alert: information, success, warning or error."""
    variants = {"debug": "information", "info": "information", "": "information"}
    return {"text": text, "variant": variants.get(variant, variant)}
