"""What can be written in the trail about the configuration, whichever app holds the row."""

from audit.catalogue import EventCode

CONFIGURATION_CHANGED = "audit.configuration.changed"

CODES = [EventCode(CONFIGURATION_CHANGED, "Configuration: {kind} {done}", erasure="keep_fact")]
