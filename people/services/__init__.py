"""Everything that changes what is known of a person. One function for each action."""

from people.services.allocating import allocate, end_allocation
from people.services.communicating import (
    FORMATS,
    add_communication_need,
    end_communication_need,
    set_contact_preferences,
)
from people.services.noting import add_note
from people.services.portal import account_for, end_portal_access, grant_portal_access
from people.services.recording import (
    change_home,
    correct,
    record_death,
    register,
    set_level,
    set_risk,
    set_what_matters,
    withdraw_death,
)
from people.services.relating import add_relationship, change_relationship, end_relationship
from people.services.warning import add_warning, close_warning, renew_warning
from people.similar import Match, find_duplicates

__all__ = [
    "account_for",
    "FORMATS",
    "Match",
    "add_communication_need",
    "add_note",
    "add_relationship",
    "add_warning",
    "allocate",
    "change_home",
    "change_relationship",
    "close_warning",
    "correct",
    "end_allocation",
    "end_communication_need",
    "end_portal_access",
    "end_relationship",
    "find_duplicates",
    "grant_portal_access",
    "record_death",
    "register",
    "renew_warning",
    "set_contact_preferences",
    "set_level",
    "set_risk",
    "set_what_matters",
    "withdraw_death",
]
