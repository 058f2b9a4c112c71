"""A made return with faults strewn over it, always the same for the same seed."""

from __future__ import annotations

import csv
import io
import random
from datetime import date

from national_returns.cld.spec import specification
from national_returns.cld.synthetic.file import FileMaker

CELLS = [
    *(
        "",
        " ",
        "NULL",
        "null ",
        "x",
        "F",
        "female",
        "Carer",
        "Request",
        " Service",
        "9990000018",
        "0",
        "-5",
        "12.345",
    ),
    *(
        "01/04/2026",
        "30/09/2026",
        "01/10/2026",
        "30/09/2025",
        "2026-01-01",
        "31/02/2026",
        "01/01/1900",
        "15/06/2010",
    ),
    *(
        "NFA: Deceased",
        "NFA - Deceased",
        "Direct payment",
        "Reablement",
        "Long term nursing care",
        "Hourly",
        "Weekly",
    ),
    *("Long term support: Prison", "Short term support: ST-Max", "Planned", "Unknown", "503", "Unpaid carer"),
]


def spoiled(seed: int, people: int = 25, faults: float = 0.02) -> list[dict[str, str]]:
    """Rows of a made file in which some cells say something else, and some rows stand twice."""
    rng = random.Random(seed)
    text = io.StringIO()
    FileMaker(people=people, seed=seed, period_end=date(2026, 9, 30)).write(text)
    text.seek(0)
    lines = csv.reader(text)
    next(lines)
    rows = [dict(zip(specification().names, line, strict=True)) for line in lines]
    for row in rows:
        for name in row:
            if rng.random() < faults:
                row[name] = rng.choice(CELLS)
    return rows + [dict(rng.choice(rows)) for _ in range(3)]
