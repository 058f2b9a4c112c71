"""Who calls the API: the signed-in session."""

from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class SessionSignIn(SessionAuthentication):
    """The signed-in session, with its CSRF check; a stranger is told to sign in (401)."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
