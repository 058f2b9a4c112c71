"""The second step is lost: whoever may, lets its owner join anew."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts import events
from accounts.models import Invitation, User
from accounts.permissions import can_start_again
from accounts.services.joining import new_link
from audit import services as audit
from core import outbox
from core.permissions import require


@transaction.atomic
def start_again(*, user: User, by: User, now: datetime) -> Invitation:
    """Let someone who lost their second step join anew, after they were recognised in person or by phone.

    Password and second steps go together, so that a stolen password cannot set up a second step of its own. All
    sessions end, and a new link is sent to their address.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    require(can_start_again(by, user))
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    invitation = new_link(user, by)
    outbox.emit(
        "accounts.invitation",
        key=f"accounts.invitation:{invitation.ref}",
        payload={"invitation": invitation.pk},
    )
    audit.record(events.STARTED_AGAIN, subject=user, person_id=None, by=by, at=now)
    return invitation
