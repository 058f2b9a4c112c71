"""Dates, times and waiting in words: “Overdue by 3 days”, “Wednesday 18 November”, “4:52pm”."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import clock

register = template.Library()

# A date is shown as close from this many days ahead (design notes, “brown words within 4 days”).
SOON_DAYS = 4


def as_date(value: Any) -> datetime.date | None:
    """The London date of a date or a moment; nothing for nothing."""
    if isinstance(value, datetime.datetime):
        return clock.london_date(value) if value.tzinfo else value.date()
    return value if isinstance(value, datetime.date) else None


def long_date(value: Any, *, today: datetime.date | None = None, always_year: bool = False) -> str:
    """“Wednesday 18 November”, with the year when it is not this year's or when the law wants it in full."""
    day = as_date(value)
    if day is None:
        return ""
    words = f"{day:%A} {day.day} {day:%B}"
    if always_year or day.year != (today or clock.today()).year:
        words += f" {day.year}"
    return words


def clock_time(value: Any) -> str:
    """“10:30am”, “2pm”, “midday”, “midnight”, in London time."""
    if isinstance(value, datetime.datetime):
        value = value.astimezone(clock.LONDON).time() if value.tzinfo else value.time()
    if not isinstance(value, datetime.time):
        return ""
    if value.minute == 0 and value.hour in (0, 12):
        return "midday" if value.hour else "midnight"
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def count_days(days: int) -> str:
    """“12 days”; from two years on “2 years”, because nobody can picture 11,140 days."""
    if days > 2 * 365:
        return f"{days * 4 // 1461} years"
    return f"{days:,} day{'' if days == 1 else 's'}"


@register.filter
def days_since(value: Any, today: Any = None) -> str:
    """How long ago a day was: “330 days”."""
    day, to = as_date(value), as_date(today) or clock.today()
    return count_days(max((to - day).days, 0)) if day else ""


@register.filter
def longdate(value: Any, year: str = "") -> str:
    """A date in words; ``|longdate:"year"`` always adds the year."""
    return long_date(value, always_year=bool(year))


@register.filter
def shortdate(value: Any) -> str:
    """“18 November 2026”: a date of birth, or a date in a sentence."""
    day = as_date(value)
    return f"{day.day} {day:%B} {day.year}" if day else ""


@register.filter
def moment(value: Any, year: str = "") -> str:
    """A moment in London: “Friday 20 November, 4:52pm”. A date alone is shown as a date."""
    words = long_date(value, always_year=bool(year))
    return f"{words}, {clock_time(value)}" if words and isinstance(value, datetime.datetime) else words


@register.filter
def clocktime(value: Any) -> str:
    """The time of a moment in London: “4:52pm”."""
    return clock_time(value)


@register.filter
def age_on(born_on: Any, day: Any = None) -> str:
    """Whole years of age on a day, or today. Someone born on 29 February has a birthday on 1 March in other years."""
    born, on = as_date(born_on), as_date(day) or clock.today()
    if born is None or born > on:
        return ""
    return str(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def _when(words: str, tone: str, under: str) -> SafeString:
    tone_class = f" app-when--{tone}" if tone else ""
    return format_html(
        '<span class="app-when{}">{}</span>{}',
        tone_class,
        words,
        format_html('<span class="app-meta">{}</span>', under) if under else "",
    )


@register.simple_tag
def contextual_date(
    date: Any,
    today: datetime.date | None = None,
    *,
    due: str = "Due",
    overdue: str = "Overdue by",
    at: Any = None,
) -> SafeString | str:
    """What a date means today, and the date under it: “Overdue by 3 days / Wednesday 18 November”.

    ``due`` and ``overdue`` change the words (“Starts”, “Promised date passed by”); ``at`` adds a time of day.
    """
    day, today = as_date(date), as_date(today) or clock.today()
    if day is None:
        return format_html('<span class="app-when">{}</span>', "No date")
    ahead = (day - today).days
    under = long_date(day, today=today)
    time = clock_time(at if at is not None else (date if isinstance(date, datetime.datetime) else None))
    under = f"{under}, {time}" if time else under
    if ahead < 0:
        return _when(f"{overdue} {count_days(-ahead)}", "late", under)
    if ahead == 0:
        return _when(f"{due} today", "soon", under)
    words = f"{due} tomorrow" if ahead == 1 else f"{due} in {count_days(ahead)}"
    return _when(words, "soon" if ahead <= SOON_DAYS else "", under)


@register.simple_tag
def days_ago(moment_of: Any, today: datetime.date | None = None, *, words: str = "Saved") -> SafeString | str:
    """When something was done, as one remembers it: “Saved yesterday / Friday 20 November, 4:52pm”."""
    day, today = as_date(moment_of), as_date(today) or clock.today()
    if day is None:
        return ""
    days = (today - day).days
    when = "today" if days <= 0 else "yesterday" if days == 1 else f"{count_days(days)} ago"
    return _when(f"{words} {when}", "", moment(moment_of))


@register.simple_tag
def waiting_since(
    date: Any,
    today: datetime.date | None = None,
    *,
    words: str = "Waiting",
    soon: int | None = None,
    late: int | None = None,
    under: str = "",
) -> SafeString | str:
    """How long something has stood still: “Waiting 12 days”, “Nothing for 23 days”.

    From ``soon`` days on the words are brown, from ``late`` days on red; ``under`` is the small line below.
    """
    day, today = as_date(date), as_date(today) or clock.today()
    if day is None:
        return ""
    days = max((today - day).days, 0)
    tone = (
        "late" if late is not None and days >= late else "soon" if soon is not None and days >= soon else ""
    )
    how_long = count_days(days) if days else "since today" if words == "Waiting" else "less than a day"
    return _when(f"{words} {how_long}", tone, under or f"Since {long_date(day, today=today)}")
