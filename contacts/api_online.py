"""What came from the website, in the API: read as it was given, matched to a person or set aside, as on the pages."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

import audit.services as audit
from accounts.api_actions import CASE_WORK, RecordAction, page_of
from accounts.requests import SignedInApiRequest
from contacts import services
from contacts.api import Words, chosen_by
from contacts.models import OnlineRequest
from contacts.permissions import can_decide_online_request
from core.api import ApiView, Problem, listed, with_version
from core.permissions import require
from people.models import Person


class OnlineRequestOutput(serializers.ModelSerializer):
    team = serializers.CharField(source="team.ref", help_text="Reference of the front-door team.")
    person = serializers.CharField(source="person.ref", allow_null=True, default=None)
    contact = serializers.CharField(source="contact.ref", allow_null=True, default=None)

    class Meta:
        model = OnlineRequest
        fields: tuple[str, ...] = (
            *("ref", "version", "kind", "status", "asked_by", "team", "sent_at", "acknowledged_at"),
            *("person", "contact", "matched_how", "decided_at"),
        )


class AnswerOutput(serializers.Serializer):
    """A question as it was asked, with its answer in words."""

    part = serializers.CharField()
    question = serializers.CharField()
    answer = serializers.CharField()


class WholeOnlineRequestOutput(OnlineRequestOutput):
    """With what was answered: only for one request at a time."""

    answers = AnswerOutput(many=True)

    class Meta(OnlineRequestOutput.Meta):
        fields: tuple[str, ...] = (
            *OnlineRequestOutput.Meta.fields,
            *("given_names", "family_name", "date_of_birth", "postcode", "nhs_number"),
            *("reply_email", "reply_phone", "answers", "why_set_aside"),
        )


class OnlineRequestFilter(serializers.Serializer):
    status = serializers.ChoiceField(choices=OnlineRequest.Status.choices, required=False)


class MatchOnlineInput(serializers.Serializer):
    person = Words(max_length=16, required=False, help_text="Reference of the person who is meant.")
    is_new = serializers.BooleanField(
        default=False, help_text="Nobody on record is meant: make the record from the answers."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if bool(attrs.get("person")) == attrs["is_new"]:
            raise serializers.ValidationError(
                {"detail": "Give the person who is meant, or say that nobody on record is meant."}
            )
        return attrs


class SetAsideOnlineInput(serializers.Serializer):
    why = Words(max_length=500, help_text="Why this is no request.")


def _known(request: SignedInApiRequest) -> Any:
    return OnlineRequest.objects.visible_to(request.user).select_related("team", "person", "contact")


def _online_request(request: SignedInApiRequest, ref: str) -> OnlineRequest:
    online_request: OnlineRequest = get_object_or_404(_known(request), ref=ref)
    return online_request


class OnlineRequests(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="contacts_list_online_requests",
        parameters=[OnlineRequestFilter],
        responses={200: page_of(OnlineRequestOutput, "OnlineRequestPage"), 400: Problem, 403: Problem},
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """Requests from the website, the longest wait first. What was answered stands in the single request only."""
        rows = _known(request).filter(**chosen_by(request, OnlineRequestFilter))
        return listed(request, rows, OnlineRequestOutput, ordering=("sent_at", "pk"))


class ShowOnlineRequest(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="contacts_show_online_request",
        responses={200: WholeOnlineRequestOutput, 403: Problem, 404: Problem},
    )
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One request with every answer. Where it became a contact, the view of the person is recorded."""
        online_request = _online_request(request, ref)
        if online_request.person is not None:
            audit.record_view(
                person_id=online_request.person.pk,
                by=request.user,
                page="api-contacts-online-request",
                access_list_id=online_request.person.access_list_id,
            )
        return with_version(Response(WholeOnlineRequestOutput(online_request).data), online_request.version)


class _Decision(RecordAction):
    gives = OnlineRequestOutput

    def find(self, ref: str, **_more: str) -> OnlineRequest:
        return _online_request(self.request, ref)


class MatchOnlineRequest(_Decision):
    """Say whom a request is about. It becomes a contact, with every answer."""

    operation = "contacts_match_online_request"
    asks = MatchOnlineInput

    def act(self, record: OnlineRequest, version: int, **given: Any) -> None:
        require(can_decide_online_request(self.request.user, record))
        facts = {"online_request": record, "version": version, **self.who_and_when}
        if given["is_new"]:
            services.match_to_new(**facts)
            return
        known = Person.objects.visible_to(self.request.user)
        services.match(person=get_object_or_404(known, ref=given["person"]), **facts)


class SetAsideOnlineRequest(_Decision):
    """Put away what is no request, with the reason."""

    operation = "contacts_set_aside_online_request"
    asks = SetAsideOnlineInput

    def act(self, record: OnlineRequest, version: int, **given: Any) -> None:
        services.set_aside(online_request=record, version=version, **given, **self.who_and_when)
