"""Answers as the case format writes them: amounts as text, whole numbers as numbers, nothing that is not asked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from rest_framework import serializers

AMOUNT = re.compile(r"-?[0-9]+(\.[0-9]+)?")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EARLIEST, LATEST = date(1948, 7, 5), date(2199, 12, 31)  # the National Assistance Act; far enough
MOST_DAYS = 3660
MOST_ITEMS = 1000


class Amount(serializers.DecimalField):
    """Pounds as text, to the penny unless said otherwise: “180.10”. A number of JSON is refused, for it is no decimal."""

    default_error_messages = {"not_text": "Give a decimal as text, for example “180.10”."}

    def __init__(self, *, below_nothing: bool = False, places: int = 2, **options: Any) -> None:
        options.setdefault("min_value", None if below_nothing else Decimal(0))
        super().__init__(max_digits=10 + places, decimal_places=places, **options)

    def to_internal_value(self, data: Any) -> Decimal:
        if not isinstance(data, str) or not AMOUNT.fullmatch(data):
            self.fail("not_text")
        return super().to_internal_value(data)


class Figure(Amount):
    """An amount of a result: of any size, and below nought where it takes away."""

    def __init__(self, **options: Any) -> None:
        super().__init__(below_nothing=True, **options)
        self.max_digits = self.max_whole_digits = None


class Whole(serializers.IntegerField):
    """A whole number, written as one."""

    default_error_messages = {"not_whole": "Give a whole number, without quotation marks."}

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            self.fail("not_whole")
        return super().to_internal_value(data)


class YesNo(serializers.BooleanField):
    default_error_messages = {"not_yes_no": "Give true or false."}

    def to_internal_value(self, data: Any) -> bool:
        if type(data) is not bool:
            self.fail("not_yes_no")
        return data


class Choice(serializers.ChoiceField):
    """One of a list, which is told to whoever gives something else."""

    def __init__(self, choices: Sequence[str], **options: Any) -> None:
        super().__init__(choices, **options)
        self.error_messages["invalid_choice"] = f"Give one of: {', '.join(choices)}."


class Day(serializers.DateField):
    """A day as YYYY-MM-DD."""

    default_error_messages = {"not_day": "Give a day between 1948 and 2199 as YYYY-MM-DD."}

    def to_internal_value(self, data: Any) -> date:
        if not isinstance(data, str) or not ISO_DAY.fullmatch(data):
            self.fail("not_day")
        day: date = super().to_internal_value(data)
        if not EARLIEST <= day <= LATEST:
            self.fail("not_day")
        return day


class Strict(serializers.Serializer):
    """Questions, and no others. Every fault is told, and not only those of the first kind."""

    def more_faults(self, data: Mapping[Any, Any]) -> dict[str, list[str]]:
        """What is missing or too much because of another answer."""
        return {}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        faults: dict[str, Any] = {}
        if isinstance(data, Mapping):
            asked = {name for name, field in self.fields.items() if not field.read_only}
            faults = {str(name): ["Not a key of this format."] for name in data if name not in asked}
            faults |= self.more_faults(data)
        try:
            given = super().to_internal_value(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError(_together(faults, _by_name(error))) from error
        if faults:
            raise serializers.ValidationError(faults)
        return dict(given)


def whole_characters(data: Any) -> None:
    """Refuse halves of characters, which JSON can hold and nobody can print. Raises serializers.ValidationError."""
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise serializers.ValidationError({"detail": ["There is half a character in it."]}) from None


def _together(faults: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Both, and what both say of the parts of one answer."""
    inside = {
        name: {**faults[name], **more[name]} for name in faults if _are_parts(faults[name], more.get(name))
    }
    return {**faults, **more, **inside}


def _are_parts(*details: Any) -> bool:
    return all(isinstance(detail, dict) for detail in details)


def _by_name(error: serializers.ValidationError) -> dict[str, Any]:
    return error.detail if isinstance(error.detail, dict) else {"detail": error.detail}
