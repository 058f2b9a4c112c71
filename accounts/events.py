"""What can be written in the trail about accounts."""

from audit.catalogue import EventCode

INVITED = "accounts.user.invited"
JOINED = "accounts.user.joined"
CHANGED = "accounts.user.changed"
DEACTIVATED = "accounts.user.deactivated"
CLOSED_UNUSED = "accounts.user.closed_unused"
REACTIVATED = "accounts.user.reactivated"
STARTED_AGAIN = "accounts.user.started_again"
ROLE_GRANTED = "accounts.role.granted"
ROLE_WITHDRAWN = "accounts.role.withdrawn"
LIST_MADE = "accounts.access_list.made"
LIST_JOINED = "accounts.access_list.member_added"
LIST_LEFT = "accounts.access_list.member_removed"
FACTOR_ADDED = "accounts.second_factor.added"
FACTOR_REMOVED = "accounts.second_factor.removed"
LOST_SECOND_STEP = "accounts.second_factor.reported_lost"
CLOCK_MOVED = "accounts.clock.moved"

CODES = [
    EventCode(INVITED, "Invited to the portal", erasure="keep_fact"),
    EventCode(JOINED, "Accepted the invitation", erasure="keep_fact"),
    EventCode(CHANGED, "Account changed", erasure="keep_fact"),
    EventCode(DEACTIVATED, "Account closed", erasure="keep_fact"),
    EventCode(CLOSED_UNUSED, "Account closed: not used for {days} days", erasure="keep_fact"),
    EventCode(REACTIVATED, "Account opened again", erasure="keep_fact"),
    EventCode(STARTED_AGAIN, "Password and second step taken away, new invitation sent", erasure="keep_fact"),
    EventCode(ROLE_GRANTED, "Role {role} given in {team}", erasure="keep_fact"),
    EventCode(ROLE_WITHDRAWN, "Role {role} withdrawn in {team}", erasure="keep_fact"),
    EventCode(LIST_MADE, "List of people who may know made, with {members} on it", erasure="keep_fact"),
    EventCode(LIST_JOINED, "Someone added to the list of people who may know", erasure="keep_fact"),
    EventCode(LIST_LEFT, "Someone taken off the list of people who may know", erasure="keep_fact"),
    EventCode(FACTOR_ADDED, "Second step of signing in added: {kind}", erasure="keep_fact"),
    EventCode(FACTOR_REMOVED, "Second step of signing in removed: {kind}", erasure="keep_fact"),
    EventCode(LOST_SECOND_STEP, "Said that the second step of signing in is lost", erasure="keep_fact"),
    EventCode(CLOCK_MOVED, "Evaluation clock moved to {day}", erasure="keep_fact"),
]
