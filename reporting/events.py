"""What can be written in the trail about exports."""

from audit.catalogue import EventCode

ASKED = "reporting.export.asked"
HELD = "reporting.export.held"
APPROVED = "reporting.export.approved"
REFUSED = "reporting.export.refused"
MADE = "reporting.export.made"
FAILED = "reporting.export.failed"
FETCHED = "reporting.export.fetched"
EXPIRED = "reporting.export.expired"

CODES = [
    EventCode(ASKED, "Export asked for: {title}", erasure="keep_fact"),
    EventCode(HELD, "Export waits for a second manager: {rows} rows", erasure="keep_fact"),
    EventCode(APPROVED, "Export approved by a second manager", significant=True, erasure="keep_fact"),
    EventCode(REFUSED, "Export refused by a second manager", significant=True, erasure="keep_fact"),
    EventCode(MADE, "Export made: {title}, {rows} rows", significant=True, erasure="keep_fact"),
    EventCode(FAILED, "Export not made: {because}", erasure="keep_fact"),
    EventCode(FETCHED, "Export fetched: {title}", significant=True, erasure="keep_fact"),
    EventCode(EXPIRED, "File of an export taken away", erasure="keep_fact"),
]
