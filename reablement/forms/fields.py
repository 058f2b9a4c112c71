"""Figures that several pages of reablement ask for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms


class HoursField(forms.DecimalField):
    """Hours a week, to two places."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=5, decimal_places=2, min_value=Decimal(0), max_value=Decimal(168), **kwargs
        )


class CountField(forms.IntegerField):
    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=most, **kwargs)
