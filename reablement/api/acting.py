"""How the API acts on an episode: found by what the user may see, the version expected, one service called."""

from __future__ import annotations

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

import audit.services as audit
from accounts.models import CASE_ROLES
from accounts.requests import SignedInApiRequest
from core import clock
from core.api import ApiView, Problem, with_version
from core.policy import Audience, Policy
from reablement.models import Episode

CASE_WORK = Policy(Audience.STAFF, CASE_ROLES)
REFUSALS = {400: Problem, 403: Problem, 404: Problem, 409: Problem}
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


def find_episode(request: SignedInApiRequest, ref: str) -> Episode:
    """The episode, where the user may know of it. Raises Http404."""
    episodes = Episode.objects.visible_to(request.user).for_page().select_related("person")
    return get_object_or_404(episodes, ref=ref)


def record_view(request: SignedInApiRequest, record: Any, page: str) -> None:
    audit.record_view(
        person_id=record.person_id, by=request.user, page=page, access_list_id=record.access_list_id
    )


def answer(output: type[serializers.BaseSerializer], record: Any, code: int = status.HTTP_200_OK) -> Response:
    return with_version(Response(output(record).data, status=code), record.version)


class EpisodeAction(ApiView):
    """One action on one episode. A subclass names the operation, what it asks, what it gives, and its service."""

    policy = CASE_WORK
    request: SignedInApiRequest
    operation: ClassVar[str]
    asks: ClassVar[type[serializers.Serializer] | None] = None
    gives: ClassVar[type[serializers.BaseSerializer]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "operation" not in cls.__dict__:
            return

        def post(self: EpisodeAction, request: SignedInApiRequest, ref: str, **more: Any) -> Response:
            return self.perform(ref, **more)

        post.__doc__ = cls.__doc__
        cls.post = extend_schema(  # type: ignore[attr-defined]
            operation_id=cls.operation,
            request=cls.asks,
            parameters=[VERSION],
            responses={200: cls.gives, 428: Problem, **REFUSALS},
        )(post)

    def act(self, episode: Episode, version: int, more: dict[str, Any], **given: Any) -> None:
        """Call the service."""
        raise NotImplementedError

    @property
    def who_and_when(self) -> dict[str, Any]:
        return {"by": self.request.user, "now": clock.now()}

    def perform(self, ref: str, **more: Any) -> Response:
        episode = find_episode(self.request, ref)
        version = self.expected_version()
        given: dict[str, Any] = {}
        if self.asks is not None:
            asked = self.asks(data=self.request.data)
            asked.is_valid(raise_exception=True)
            given = dict(asked.validated_data)
        self.act(episode, version, more, **given)
        return answer(self.gives, find_episode(self.request, ref))


class CreatingAction(ApiView):
    """Makes something, once for each key."""

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

    def make(self, subject: Any, **given: Any) -> str:
        """Call the service; returns the reference of the episode."""
        raise NotImplementedError

    def perform(self, ref: str) -> Response:
        subject = self.find(ref)
        given: dict[str, Any] = {}
        if self.asks is not None:
            asked = self.asks(data=self.request.data)
            asked.is_valid(raise_exception=True)
            given = dict(asked.validated_data)
        content = {"of": ref, **{name: str(getattr(fact, "ref", fact)) for name, fact in given.items()}}
        made_ref, made = self.once(
            purpose=self.purpose, content=content, make=lambda: self.make(subject, **given)
        )
        code = status.HTTP_201_CREATED if made else status.HTTP_200_OK
        return answer(self.gives, find_episode(self.request, made_ref), code)
