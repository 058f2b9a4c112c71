"""Choices that several pages of reablement ask for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django import forms

from accounts.models import Team, User


class TeamChoice(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Team.objects.none(), to_field_name="ref", **{"empty_label": "Choose a team", **kwargs}
        )


class ColleagueChoice(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=User.objects.none(),
            to_field_name="ref",
            **{"empty_label": "Choose a colleague", **kwargs},
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.job_title}" if obj.job_title else obj.name


class HoursField(forms.DecimalField):
    """Hours a week, to two places."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=5, decimal_places=2, min_value=Decimal(0), max_value=Decimal(168), **kwargs
        )


class CountField(forms.IntegerField):
    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=most, **kwargs)


def offer(form: forms.Form, **querysets: Any) -> None:
    """Give each named question its choices."""
    for name, rows in querysets.items():
        if name in form.fields:
            cast(forms.ModelChoiceField, form.fields[name]).queryset = rows
