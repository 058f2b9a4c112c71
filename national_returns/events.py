"""What can be written in the trail about returns."""

from audit.catalogue import EventCode

IMPORTED = "returns.import.finished"

CODES = [
    EventCode(
        IMPORTED,
        "Return taken over: {rows} rows, {created} new, {updated} changed, {refused} refused",
        erasure="keep_fact",
    ),
]
