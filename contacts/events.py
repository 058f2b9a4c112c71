"""What can be written in the trail about contacts and hand-overs."""

from audit.catalogue import EventCode

RECEIVED = "contacts.contact.received"
MARKED_URGENT = "contacts.contact.marked_urgent"
SCREENED = "contacts.contact.screened"
PASSED_ON = "contacts.contact.passed_on"
CLOSED = "contacts.contact.closed"
HANDOVER_ACCEPTED = "contacts.handover.accepted"
HANDOVER_RETURNED = "contacts.handover.returned"

CODES = [
    EventCode(RECEIVED, "Contact received from {source}: {reason}", significant=True),
    EventCode(MARKED_URGENT, "Contact marked urgent"),
    EventCode(SCREENED, "Contact screened: {risk} risk, safeguarding sign {safeguarding}"),
    EventCode(PASSED_ON, "Contact passed on to {team}: {kind}", significant=True),
    EventCode(CLOSED, "Contact closed: {outcome}", significant=True),
    EventCode(HANDOVER_ACCEPTED, "Hand-over accepted by {team}: {kind}", significant=True),
    EventCode(HANDOVER_RETURNED, "Hand-over returned by {team}: {kind}"),
]
