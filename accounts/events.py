"""What can be written in the trail about accounts."""

from audit.catalogue import EventCode

INVITED = "accounts.user.invited"
JOINED = "accounts.user.joined"
ROLE_GRANTED = "accounts.role.granted"
ROLE_WITHDRAWN = "accounts.role.withdrawn"
DEACTIVATED = "accounts.user.deactivated"
CLOCK_MOVED = "accounts.clock.moved"

CODES = [
    EventCode(INVITED, "Invited to the portal", erasure="keep_fact"),
    EventCode(JOINED, "Accepted the invitation", erasure="keep_fact"),
    EventCode(ROLE_GRANTED, "Role {role} given in {team}", erasure="keep_fact"),
    EventCode(ROLE_WITHDRAWN, "Role {role} withdrawn in {team}", erasure="keep_fact"),
    EventCode(DEACTIVATED, "Account closed", erasure="keep_fact"),
    EventCode(CLOCK_MOVED, "Evaluation clock moved to {day}", erasure="keep_fact"),
]
