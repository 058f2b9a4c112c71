"""The second step of signing in is lost: its owner says so, and whoever may lets them join anew."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts import events, letters, lost_second_step
from accounts.models import Invitation, Recognised, User
from accounts.permissions import can_start_again
from accounts.services.joining import new_link
from audit import services as audit
from core import clock, knock_ons, outbox
from core.permissions import require
from core.workflow import WrongState


def send_lost_second_step_link(*, email: str) -> None:
    """Send the owner of an account a link with which to say that the second step is lost.

    Nothing tells whether there is such an account, or whether it has a second step to lose.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is not None and lost_second_step.can_be_lost(user):
        letters.later("second_step_lost", user)


@transaction.atomic
def report_lost_second_step(*, ref: str, token: str, now: datetime) -> User:
    """The owner says, by the link in their mail, that the second step is lost. For a person's or carer's account a task
    goes to the team that invited them; for a colleague's the administrators are told. Raises LinkNotValid."""
    found = lost_second_step.find(ref=ref, token=token)
    user = User.objects.select_for_update().get(pk=found.pk)
    user.lost_second_step_at = clock.real_now()
    user.save(update_fields=["lost_second_step_at"])
    if user.audience == User.Audience.STAFF:
        for administrator in User.objects.administrators(clock.london_date(now)).exclude(pk=user.pk):
            day = clock.london_date(user.lost_second_step_at).isoformat()
            letters.later(
                "second_step_asked",
                administrator,
                key=f"second_step_asked:{user.ref}:{administrator.ref}:{day}",
            )
    else:
        knock_ons.happened("accounts.second_step_lost", user_id=user.pk, now=now)
    audit.record(events.LOST_SECOND_STEP, subject=user, person_id=None, by=user, at=now)
    return user


@transaction.atomic
def start_again(*, user: User, by: User, now: datetime, checked: Recognised) -> Invitation:
    """Let someone who lost their second step join anew, after they were recognised.

    Password and second steps go together, so that a stolen password cannot set up a second step of its own. All
    sessions end, and a new link is sent to their address. Raises WrongState for a closed account.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    require(can_start_again(by, user))
    if not user.is_active:
        raise WrongState("This account is closed. Open it first.")
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.lost_second_step_at = None
    user.save(update_fields=["password", "lost_second_step_at"])
    invitation = new_link(user, by)
    outbox.emit(
        "accounts.invitation",
        key=f"accounts.invitation:{invitation.ref}",
        payload={"invitation": invitation.pk, "again": True},
    )
    knock_ons.happened("accounts.started_again", user_id=user.pk, by=by, now=now)
    audit.record(
        events.STARTED_AGAIN, subject=user, person_id=None, by=by, at=now, checked=Recognised(checked).value
    )
    return invitation
