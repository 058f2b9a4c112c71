"""A letter as a tagged PDF (PDF/UA-1), printed offline: the text goes in as data, and comes out as text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import typst

from core.templatetags.dates import long_date
from documents import formats
from documents.models import Letter

TEMPLATES = Path(__file__).parent / "typst"
DRAFT = "Draft, not given yet"


def printed(letter: Letter, *, on: date | None) -> bytes:
    """The letter with its date, in the size of its format. The compiler refuses what is not accessible.

    The template names no package, so nothing is fetched; it can read no file outside its own folder.
    """
    data = {
        **letter.content,
        "date": long_date(on, always_year=True) if on else DRAFT,
        "points": formats.points(letter.format),
        "is_draft": on is None,
    }
    made = typst.compile(
        str(TEMPLATES / "letter.typ"),
        root=str(TEMPLATES),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"letter": json.dumps(data, ensure_ascii=False)},
    )
    assert isinstance(made, bytes)
    return made
