"""Answering the questions about an access to somebody's own pages, as a worker does."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from people.models import Person


def day_typed(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def answer_access(client: Client, person: Person, **steps: dict[str, Any]) -> str:
    """Answer each step; returns the address at which all answers are checked."""
    for step, answers in steps.items():
        answer = client.post(reverse("people:ask-portal-access", args=[person.ref, step]), answers)
        assert answer.status_code == 302, answer.content.decode()
    checked = reverse("people:grant-portal-access", args=[person.ref])
    assert answer["Location"] == checked
    return checked
