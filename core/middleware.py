"""What wraps every request: headers, the clock, and errors that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import structlog
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core import clock
from core.form_keys import FormKeyReused
from core.workflow import WrongState

log = structlog.get_logger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]


def request_id(request: HttpRequest) -> str:
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


class LastResort:
    """When even the error page fails: a short answer, nothing about the inside."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except OperationalError:
            log.exception("database.away")
            body = render_to_string("503.html", {"request_id": request_id(request)})
            return HttpResponse(body, status=503, headers={"Retry-After": "10"})


class Headers:
    """On every response, errors and downloads included. Nothing about a person is kept by a browser or proxy."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("X-Robots-Tag", "noindex")
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class Addresses:
    """Refuse an address with a NUL in it: no record has such a reference, and PostgreSQL cannot even compare it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "\x00" in unquote(request.META.get("QUERY_STRING", "")):
            raise BadRequest("The address holds a character that no address has.")
        return self.get_response(request)


class Clock:
    """Take over the evaluation clock before anything asks for the time."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        clock.sync()
        return self.get_response(request)


class KindErrors:
    """Refusals of the domain as pages: what happened, and what to do. The API has its own mapping in core/api.py."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A form that was refused is a bad request to programs, whatever it looks like to people.
        if (
            request.method == "POST"
            and response.status_code == 200
            and getattr(request, "shows_errors", False)
        ):
            response.status_code = 400
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, WrongState | FormKeyReused):
            return render(
                request, "409.html", {"reason": str(error), "request_id": request_id(request)}, status=409
            )
        if isinstance(error, PermissionDenied):
            log.warning("refused", route=getattr(request.resolver_match, "view_name", ""))
        return None
