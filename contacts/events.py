"""What can be written in the trail about contacts and hand-overs."""

from audit.catalogue import EventCode

RECEIVED = "contacts.contact.received"
MARKED_URGENT = "contacts.contact.marked_urgent"
SCREENED = "contacts.contact.screened"
PASSED_ON = "contacts.contact.passed_on"
CLOSED = "contacts.contact.closed"
ONLINE_RECEIVED = "contacts.online.received"
ONLINE_MATCHED = "contacts.online.matched"
ONLINE_SET_ASIDE = "contacts.online.set_aside"
ONLINE_ACKNOWLEDGED = "contacts.online.acknowledged"
LEFT_UNTOUCHED = "contacts.contact.left_untouched"
ENDED_BY_DEATH = "contacts.contact.ended_by_death"
KEPT_AFTER_DEATH = "contacts.contact.kept_after_death"
HANDOVER_ACCEPTED = "contacts.handover.accepted"
HANDOVER_RETURNED = "contacts.handover.returned"

CODES = [
    EventCode(RECEIVED, "Contact received from {source}: {reason}", significant=True),
    EventCode(MARKED_URGENT, "Contact marked urgent"),
    EventCode(SCREENED, "Contact screened: {risk} risk, safeguarding sign {safeguarding}"),
    EventCode(PASSED_ON, "Contact passed on to {team}: {kind}", significant=True),
    EventCode(CLOSED, "Contact closed: {outcome}", significant=True),
    EventCode(ONLINE_RECEIVED, "Request received from the website: {kind}"),
    EventCode(ONLINE_MATCHED, "Request from the website matched to a person: {how}"),
    EventCode(ONLINE_SET_ASIDE, "Request from the website set aside"),
    EventCode(ONLINE_ACKNOWLEDGED, "Whoever sent the request was told that it has come in"),
    EventCode(LEFT_UNTOUCHED, "Not looked at in time: told to {to}"),
    EventCode(ENDED_BY_DEATH, "Contact ended, for the person has died: {outcome}", significant=True),
    EventCode(KEPT_AFTER_DEATH, "Contact goes on after the death: {because}"),
    EventCode(HANDOVER_ACCEPTED, "Hand-over accepted by {team}: {kind}", significant=True),
    EventCode(HANDOVER_RETURNED, "Hand-over returned by {team}: {kind}"),
]
