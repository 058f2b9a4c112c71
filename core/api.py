"""The API's common ground: sign-in by session, errors mapped once, keys on creating, versions on changing, paging."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404
from rest_framework import exceptions, pagination, serializers, status
from rest_framework.parsers import JSONParser
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from core import form_keys
from core.form_keys import FormKeyReused
from core.policy import Policy
from core.versions import StaleVersion
from core.workflow import WrongState


class PreconditionRequired(exceptions.APIException):
    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "precondition_required"


class Conflict(exceptions.APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class Problem(serializers.Serializer):
    """What every refusal of the API looks like."""

    detail = serializers.CharField(help_text="What is wrong, and what to do.")


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Domain refusals as answers: 403 with the reason, 404, 409 when the state or version has moved on."""
    if isinstance(error, WrongState | StaleVersion | FormKeyReused):
        error = Conflict(str(error))
    elif isinstance(error, ValidationError):
        error = exceptions.ValidationError(_by_question(error))
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error) or "You may not do this.")
    elif isinstance(error, Http404):
        error = exceptions.NotFound("Not found.")
    return exception_handler(error, context)


def _by_question(error: ValidationError) -> dict[str, Any]:
    """What a service refuses, under the name of the question it is about, as the serializers do."""
    if not hasattr(error, "error_dict"):
        return {"detail": error.messages}
    found: dict[str, Any] = dict(error.message_dict)
    if NON_FIELD_ERRORS in found:
        found["detail"] = found.pop(NON_FIELD_ERRORS)
    return found


class Json(JSONParser):
    """JSON, and nothing that is nested so deep that it cannot be read."""

    def parse(self, *args: Any, **options: Any) -> Any:
        try:
            return super().parse(*args, **options)
        except RecursionError:
            raise exceptions.ParseError("The JSON is nested too deep.") from None


class ApiView(APIView):
    """A view of the API. Each class states `policy`, as every page does."""

    policy: Policy
    parser_classes = (Json,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Whatever changes something takes a JSON object, or nothing: never a list or a bare value."""
        super().initial(request, *args, **kwargs)
        if request.method not in SAFE_METHODS and not isinstance(request.data, Mapping):
            raise exceptions.ValidationError({"detail": "Send a JSON object: names with their answers."})

    def expected_version(self) -> int:
        """The version in If-Match. 428 without it."""
        given = self.request.headers.get("If-Match", "").strip().strip('"').removeprefix('W/"').strip('"')
        if not (given.isascii() and given.isdigit()):
            raise PreconditionRequired(
                'Send the record\'s version in the If-Match header, for example If-Match: "3".'
            )
        return int(given)

    def once(self, *, purpose: str, content: dict[str, Any], make: Callable[[], str]) -> tuple[str, bool]:
        """Create at most once for each Idempotency-Key. 400 without a key."""
        key = self.request.headers.get("Idempotency-Key", "")
        if not 8 <= len(key) <= 64:
            raise exceptions.ValidationError(
                {"detail": "Send an Idempotency-Key header of 8 to 64 characters."}
            )
        return form_keys.once(
            actor=form_keys.actor_of(self.request), key=key, purpose=purpose, content=content, make=make
        )


def with_version(response: Response, version: int) -> Response:
    response["ETag"] = f'"{version}"'
    return response


class ByKey(pagination.CursorPagination):
    """Pages by key, never by offset: 50 a page. The ordering is the view's."""

    page_size = 50
    max_page_size = 100

    def __init__(self, ordering: tuple[str, ...] = ("-pk",)) -> None:
        self.ordering = ordering


def listed(
    request: Request, rows: Any, output: type[serializers.BaseSerializer], *, ordering: tuple[str, ...]
) -> Response:
    """One page of a list, with the addresses of the next and the one before."""
    paginator = ByKey(ordering)
    page: list[Any] | None = paginator.paginate_queryset(rows, request)
    return paginator.get_paginated_response(output(page, many=True).data)
