"""What is done to accounts: invite, join, give and take roles, close; and who may know of one matter."""

from accounts.models import Invitation
from accounts.services.closing import (
    change_details,
    close_unused,
    close_unused_for_the_day,
    deactivate,
    reactivate,
)
from accounts.services.evaluation_clock import move_clock
from accounts.services.joining import (
    INVITATION_LASTS,
    SYSTEM_EMAIL,
    InvitationNotValid,
    accept_invitation,
    digest,
    find_invitation,
    invite,
    invite_by_link,
    renew_secret,
    system_user,
)
from accounts.services.knowing import add_to_access_list, make_access_list, remove_from_access_list
from accounts.services.rights import grant_role, withdraw_role
from accounts.services.starting_again import (
    report_lost_second_step,
    send_lost_second_step_link,
    start_again,
)

__all__ = [
    "INVITATION_LASTS",
    "SYSTEM_EMAIL",
    "Invitation",
    "InvitationNotValid",
    "accept_invitation",
    "add_to_access_list",
    "change_details",
    "close_unused",
    "close_unused_for_the_day",
    "deactivate",
    "digest",
    "find_invitation",
    "grant_role",
    "invite",
    "invite_by_link",
    "make_access_list",
    "move_clock",
    "reactivate",
    "remove_from_access_list",
    "renew_secret",
    "report_lost_second_step",
    "send_lost_second_step_link",
    "start_again",
    "system_user",
    "withdraw_role",
]
