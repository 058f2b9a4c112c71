"""Requests of pages and API addresses that are for signed-in users: the policy middleware has seen to it."""

from __future__ import annotations

from django.http import HttpRequest
from rest_framework.request import Request

from accounts.models import User


class SignedInRequest(HttpRequest):
    """A page's request behind a policy: there is a user. For type checks; Django makes its own class."""

    user: User  # type: ignore[assignment]


class SignedInApiRequest(Request):
    """The same for the API."""

    user: User  # type: ignore[assignment]
