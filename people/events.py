"""What can be written in the trail about people."""

from audit.catalogue import EventCode

REGISTERED = "people.person.registered"
CORRECTED = "people.person.corrected"
MOVED = "people.address.changed"
DEATH_RECORDED = "people.person.death_recorded"
DEATH_WITHDRAWN = "people.person.death_withdrawn"
WHAT_MATTERS_SET = "people.person.what_matters_set"
RISK_SET = "people.person.risk_set"
LEVEL_SET = "people.person.level_set"
SEARCHED = "people.person.searched"
NOTE_ADDED = "people.note.added"
NOTE_CORRECTED = "people.note.corrected"
ALLOCATED = "people.allocation.made"
ALLOCATION_ENDED = "people.allocation.ended"
RELATIONSHIP_ADDED = "people.relationship.added"
RELATIONSHIP_CHANGED = "people.relationship.changed"
RELATIONSHIP_ENDED = "people.relationship.ended"
WARNING_ADDED = "people.warning.added"
WARNING_RENEWED = "people.warning.renewed"
WARNING_CLOSED = "people.warning.closed"
NEED_ADDED = "people.communication_need.added"
NEED_ENDED = "people.communication_need.ended"
PREFERENCES_SET = "people.preferences.set"
PORTAL_ACCESS_GRANTED = "people.portal_access.granted"
PORTAL_ACCESS_ENDED = "people.portal_access.ended"

CODES = [
    EventCode(REGISTERED, "Record made", significant=True),
    EventCode(CORRECTED, "Details changed: {what}"),
    EventCode(MOVED, "Address changed", significant=True),
    EventCode(DEATH_RECORDED, "Death recorded", significant=True),
    EventCode(DEATH_WITHDRAWN, "Death recorded in error and withdrawn", significant=True),
    EventCode(WHAT_MATTERS_SET, "What matters to the person written down"),
    EventCode(RISK_SET, "Risk changed from {old} to {new}", significant=True),
    EventCode(LEVEL_SET, "Who may open the record changed from {old} to {new}", significant=True),
    EventCode(SEARCHED, "Searched for a person, {found} found", erasure="keep_fact"),
    EventCode(NOTE_ADDED, "Note written: {kind}"),
    EventCode(NOTE_CORRECTED, "Note corrected by a new one: {kind}"),
    EventCode(ALLOCATED, "Allocated to {worker}, {team}", significant=True),
    EventCode(ALLOCATION_ENDED, "Allocation ended: {worker}, {team}", significant=True),
    EventCode(RELATIONSHIP_ADDED, "Someone added to the network: {kind}"),
    EventCode(RELATIONSHIP_CHANGED, "Someone in the network changed: {kind}"),
    EventCode(RELATIONSHIP_ENDED, "Someone in the network ended: {kind}"),
    EventCode(WARNING_ADDED, "Warning added: {kind}", significant=True),
    EventCode(WARNING_RENEWED, "Warning renewed to {until}"),
    EventCode(WARNING_CLOSED, "Warning closed: {kind}", significant=True),
    EventCode(NEED_ADDED, "Communication need recorded: {need}"),
    EventCode(NEED_ENDED, "Communication need ended: {need}"),
    EventCode(PREFERENCES_SET, "How to get in touch changed: {what}", significant=True),
    EventCode(PORTAL_ACCESS_GRANTED, "Access to the person’s own pages given: {relation}", significant=True),
    EventCode(PORTAL_ACCESS_ENDED, "Access to the person’s own pages ended: {relation}", significant=True),
]
