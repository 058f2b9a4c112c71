"""How the API acts on one record: found by what the user may see, the version expected, the service called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Model
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

import audit.services as audit
from accounts.models import CASE_ROLES
from accounts.requests import SignedInApiRequest
from core import clock
from core.api import ApiView, Problem, with_version
from core.policy import Audience, Policy

CASE_WORK = Policy(Audience.STAFF, CASE_ROLES)
VERSION = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description='The version of the record, for example "3".',
)
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="8 to 64 characters, new for each thing created.",
)
REFUSALS = {400: Problem, 403: Problem, 404: Problem, 409: Problem}
ACTION_REFUSALS = {**REFUSALS, 428: Problem}


def record_view(request: SignedInApiRequest, record: Any, page: str) -> None:
    """Who looks at whose record through the API."""
    audit.record_view(
        person_id=record.person_id, by=request.user, page=page, access_list_id=record.access_list_id
    )


def page_of(output: type[serializers.BaseSerializer], name: str) -> type[serializers.Serializer]:
    """What a page of a list looks like in the document of the API."""
    return type(
        name,
        (serializers.Serializer,),
        {
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": output(many=True),
        },
    )


def read_input(asks: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    """What was sent, as the service takes it. Raises ValidationError."""
    asked = asks(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


class _Asking(ApiView):
    def given(self, asks: type[serializers.Serializer] | None) -> dict[str, Any]:
        """What was sent, as the service takes it; nothing where nothing is asked. Raises ValidationError."""
        return read_input(asks, self.request) if asks else {}

    @property
    def who_and_when(self) -> dict[str, Any]:
        return {"by": self.request.user, "now": clock.now()}


class RecordAction(_Asking):
    """One action on one record. A subclass names the operation, what it asks and gives, and calls one service."""

    policy = CASE_WORK
    request: SignedInApiRequest
    operation: ClassVar[str]
    asks: ClassVar[type[serializers.Serializer] | None] = None
    gives: ClassVar[type[serializers.BaseSerializer]]
    more_parameters: ClassVar[Sequence[OpenApiParameter]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "operation" not in cls.__dict__:
            return

        def post(self: RecordAction, request: SignedInApiRequest, ref: str, **more: str) -> Response:
            return self.perform(ref, **more)

        post.__doc__ = cls.__doc__
        cls.post = extend_schema(  # type: ignore[attr-defined]
            operation_id=cls.operation,
            request=cls.asks,
            parameters=[VERSION, *cls.more_parameters],
            responses={200: cls.gives, **ACTION_REFUSALS},
        )(post)

    def find(self, ref: str, **more: str) -> Any:
        """The record, where the user may know of it. Raises Http404."""
        raise NotImplementedError

    def act(self, record: Any, version: int, **given: Any) -> None:
        """Call the service."""
        raise NotImplementedError

    def perform(self, ref: str, **more: str) -> Response:
        record = self.find(ref, **more)
        version = self.expected_version()
        self.act(record, version, **self.given(self.asks))
        return answer(self.gives, self.find(ref, **more))


class CreatingAction(_Asking):
    """Makes something under one record, once for each key. `asks` may be None where the address says it all."""

    policy = CASE_WORK
    request: SignedInApiRequest
    operation: ClassVar[str]
    asks: ClassVar[type[serializers.Serializer] | None] = None
    gives: ClassVar[type[serializers.BaseSerializer]]
    purpose: ClassVar[str]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "operation" not in cls.__dict__:
            return

        def post(self: CreatingAction, request: SignedInApiRequest, ref: str) -> Response:
            return self.perform(ref)

        post.__doc__ = cls.__doc__
        cls.post = extend_schema(  # type: ignore[attr-defined]
            operation_id=cls.operation,
            request=cls.asks,
            parameters=[KEY],
            responses={201: cls.gives, 200: cls.gives, **REFUSALS},
        )(post)

    def find(self, ref: str) -> Any:
        """What it hangs on, where the user may know of it. Raises Http404."""
        raise NotImplementedError

    def make(self, record: Any, **given: Any) -> str:
        """Call the service; returns the reference of what was made."""
        raise NotImplementedError

    def found(self, ref: str) -> Model:
        """What was made, to be answered."""
        raise NotImplementedError

    def perform(self, ref: str) -> Response:
        record = self.find(ref)
        given = self.given(self.asks)
        made_ref, made = self.once(
            purpose=self.purpose,
            content={"of": ref, **{name: str(getattr(fact, "ref", fact)) for name, fact in given.items()}},
            make=lambda: self.make(record, **given),
        )
        code = status.HTTP_201_CREATED if made else status.HTTP_200_OK
        return answer(self.gives, self.found(made_ref), code)


def answer(output: type[serializers.BaseSerializer], record: Any, code: int = status.HTTP_200_OK) -> Response:
    return with_version(Response(output(record).data, status=code), record.version)
