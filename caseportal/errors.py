"""Error pages: plain words, no inside, an id to quote."""

from __future__ import annotations

from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from caseportal.context import council
from core.middleware import request_id

log = structlog.get_logger(__name__)

LAST_WORDS = (
    '<!DOCTYPE html><html lang="en-GB"><title>Sorry, something went wrong</title><h1>Sorry, something went wrong</h1>'
    "<p>We could not finish what you asked. Go back in your browser: what you typed is still there and can be copied. "
    "Then try again in a few minutes. In danger, call 999.</p></html>"
)


def _answer(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    if request.path.startswith("/api/"):
        words = {
            400: "Bad request.",
            403: "You may not do this.",
            404: "Not found.",
            500: "Something went wrong.",
        }
        return JsonResponse({"detail": reason or words[status]}, status=status)
    context = {"reason": reason, "request_id": request_id(request)}
    return render(request, f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _answer(request, 400)


def refused(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _answer(request, 403, str(exception or ""))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _answer(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Written without asking who is there: that may be the very thing that failed, with the database."""
    if request.path.startswith("/api/"):
        return _answer(request, 500)
    context = {"request_id": request_id(request), "council": council()}
    try:
        page: str = render_to_string("500.html", context)
    except Exception as error:  # noqa: BLE001 the page itself may be broken, and somebody still waits for an answer
        log.error("errors.page_failed", error=type(error).__name__)
        page = LAST_WORDS
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(
        request,
        403,
        "Your browser did not send the safety token of this form. Go back, reload the page and send it again.",
    )
