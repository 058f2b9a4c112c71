"""Questions for a team or a colleague: asked by their reference, answered with the record."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from accounts.models import Team, User


class TeamChoice(forms.ModelChoiceField):
    """A team. `offer` says which."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Team.objects.none(), to_field_name="ref", **{"empty_label": "Choose a team", **kwargs}
        )


class ColleagueChoice(forms.ModelChoiceField):
    """A colleague, by name and job. `offer` says which."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=User.objects.none(),
            to_field_name="ref",
            **{"empty_label": "Choose a colleague", **kwargs},
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.job_title}" if obj.job_title else obj.name


def offer(form: forms.Form, **querysets: Any) -> None:
    """Give each named question its choices."""
    for name, rows in querysets.items():
        if name in form.fields:
            cast(forms.ModelChoiceField, form.fields[name]).queryset = rows
