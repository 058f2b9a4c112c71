"""Long texts are kept as drafts while they are typed: of a week, and of the end review."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.models import Draft
from worklist import drafts

WEEK, END_REVIEW = "reablement.week", "reablement.end_review"
LONGEST = 6_000


def week_subject(ref: str, number: int) -> str:
    return f"{ref}:{number}"


def _week_address(draft: Draft) -> str:
    ref, _, number = draft.subject.partition(":")
    return reverse("reablement:write-week", args=[ref, int(number)])


def register() -> None:
    """Say what these drafts are called in “My work”, and where they are opened again."""
    drafts.register(WEEK, label="Weekly entry of reablement", address=_week_address)
    drafts.register(
        END_REVIEW,
        label="End review of reablement",
        address=lambda draft: reverse("reablement:end-review", args=[draft.subject]),
    )


def typed(data: Any, names: list[str]) -> dict[str, str]:
    """What has been typed so far, whether or not it could be saved."""
    return {
        name: str(data[name]).replace("\x00", "").encode("utf-8", "ignore").decode()[:LONGEST]
        for name in names
        if data.get(name)
    }
