"""The link by which the owner of an account says that the second step of signing in is lost.

It opens nothing: it proves that who asks reads the account's e-mail, so that nobody else sets staff to work.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from accounts import second_factor
from accounts.models import User


class LinkNotValid(Exception):  # noqa: N818
    """The link is too old, was made for another second step, or its account is closed."""


class _Token(PasswordResetTokenGenerator):
    """Works for some hours, and no longer once the second step is taken away, another is added, or its owner is in."""

    key_salt = "accounts.lost_second_step"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        steps = Authenticator.objects.filter(user_id=user.pk).order_by("pk").values_list("pk", flat=True)
        return f"{super()._make_hash_value(user, timestamp)}:{','.join(map(str, steps))}"


_token = _Token()


def link_for(user: User) -> str:
    """A fresh link for the account, as it stands in the letter."""
    path = reverse(
        "accounts:report-lost-second-step", kwargs={"ref": user.ref, "token": _token.make_token(user)}
    )
    return settings.PORTAL_URL.rstrip("/") + path


def can_be_lost(user: User | None) -> bool:
    """Whether there is an account that a person uses, with a second step to lose."""
    return user is not None and user.is_active and not user.is_system and second_factor.is_set_up(user)


def find(*, ref: str, token: str) -> User:
    """The account behind a link. Raises LinkNotValid, without saying which of the reasons it is."""
    user = User.objects.filter(ref=ref).first()
    if user is None or not can_be_lost(user) or not _token.check_token(user, token):
        raise LinkNotValid
    return user
