"""Contacts and hand-overs in the API: the same rules as on the pages. Hand-overs are answered by assessments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

import audit.services as audit
from accounts.api_actions import ACTION_REFUSALS, CASE_WORK, KEY, VERSION
from accounts.models import Team
from accounts.requests import SignedInApiRequest
from contacts import services
from contacts.forms import OUTCOMES_OF_KIND
from contacts.models import Contact, Handover, Outcome
from contacts.permissions import can_record_contact
from core import clock
from core.api import ApiView, Problem, listed, with_version
from core.form_fields import NotStorable
from core.permissions import require
from people.models import Person, Risk


class Words(serializers.CharField):
    """Text that the database can keep."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(NotStorable("The text"))


class ContactOutput(serializers.ModelSerializer):
    person = serializers.CharField(source="person.ref", help_text="Reference of the person.")
    team = serializers.CharField(source="team.ref", help_text="Reference of the front-door team.")
    received_by = serializers.CharField(source="received_by.ref", allow_null=True, default=None)

    class Meta:
        model = Contact
        fields: tuple[str, ...] = (
            "ref",
            "version",
            "person",
            "team",
            "status",
            "source",
            "reason",
            "route",
            "consent",
            "received_at",
            "received_by",
            "risk",
            "safeguarding_considered",
            "screened_at",
            "outcome",
            "closed_at",
        )


class WholeContactOutput(ContactOutput):
    """With what was said: only for one contact at a time, whose viewing is recorded."""

    class Meta(ContactOutput.Meta):
        fields: tuple[str, ...] = (
            *ContactOutput.Meta.fields,
            "contact_name",
            "contact_phone",
            "what_is_happening",
            "in_their_words",
            "why_urgent",
            "screening_summary",
            "advice_given",
            "told_right_to_assessment",
        )


class HandoverOutput(serializers.ModelSerializer):
    person = serializers.CharField(source="person.ref", help_text="Reference of the person.")
    contact = serializers.CharField(source="contact.ref", help_text="Reference of the contact.")
    to_team = serializers.CharField(source="to_team.ref")
    passed_by = serializers.CharField(source="passed_by.ref")

    class Meta:
        model = Handover
        fields: tuple[str, ...] = (
            "ref",
            "version",
            "person",
            "contact",
            "kind",
            "to_team",
            "status",
            "passed_at",
            "passed_by",
            "answered_at",
            "result_url",
        )


class WholeHandoverOutput(HandoverOutput):
    class Meta(HandoverOutput.Meta):
        fields: tuple[str, ...] = (*HandoverOutput.Meta.fields, "summary", "return_reason")


class ContactPage(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ContactOutput(many=True)


class HandoverPage(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = HandoverOutput(many=True)


class AddContactInput(serializers.Serializer):
    person = Words(max_length=16, help_text="Reference of the person.")
    team = Words(max_length=16, help_text="Reference of a front-door team.")
    source = serializers.ChoiceField(choices=Contact.Source.choices)  # type: ignore[assignment]
    reason = serializers.ChoiceField(choices=Contact.Reason.choices)
    route = serializers.ChoiceField(choices=Contact.Route.choices, default=Contact.Route.COMMUNITY)
    what_is_happening = Words(max_length=10000)
    in_their_words = Words(max_length=5000, default="", allow_blank=True)
    consent = serializers.ChoiceField(choices=Contact.Consent.choices)
    contact_name = Words(max_length=150, default="", allow_blank=True)
    contact_phone = Words(max_length=30, default="", allow_blank=True)
    received_at = serializers.DateTimeField(required=False, help_text="When it came in; by default now.")
    safeguarding_considered = serializers.ChoiceField(
        choices=["no", "yes"], default="", allow_blank=True, help_text="Left out when it was not asked yet."
    )
    why_urgent = Words(
        max_length=2000,
        default="",
        allow_blank=True,
        help_text="Why it cannot wait; marks the contact as urgent.",
    )


class MarkUrgentInput(serializers.Serializer):
    why_urgent = Words(max_length=2000)


class ScreenContactInput(serializers.Serializer):
    safeguarding_considered = serializers.ChoiceField(choices=["no", "yes"])
    risk = serializers.ChoiceField(choices=Risk.choices)
    screening_summary = Words(max_length=5000)


class PassOnContactInput(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Handover.Kind.choices)
    to_team = Words(max_length=16, help_text="Reference of the receiving team.")
    outcome = serializers.ChoiceField(
        choices=Outcome.choices, required=False, help_text="By default the outcome that goes with the kind."
    )
    summary = Words(max_length=5000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        fitting = OUTCOMES_OF_KIND[Handover.Kind(attrs["kind"])]
        if attrs.get("outcome", fitting[0]) not in fitting:
            words = " or ".join(str(outcome) for outcome in fitting)
            raise serializers.ValidationError({"detail": f"With that kind the outcome is {words}."})
        return attrs


class CloseContactInput(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=[(each, each.label) for each in Contact.CLOSING])
    advice_given = Words(max_length=5000, default="", allow_blank=True)
    told_right_to_assessment = serializers.BooleanField(default=False)


class ContactFilter(serializers.Serializer):
    status = serializers.ChoiceField(choices=Contact.Status.choices, required=False)
    team = serializers.CharField(max_length=16, required=False)


class HandoverFilter(serializers.Serializer):
    status = serializers.ChoiceField(choices=Handover.Status.choices, required=False)
    team = serializers.CharField(max_length=16, required=False)


def _contact(request: SignedInApiRequest, ref: str) -> Contact:
    return get_object_or_404(Contact.objects.visible_to(request.user).for_list(), ref=ref)


def _team(ref: str) -> Team:
    team = Team.objects.filter(ref=ref, is_active=True).first()
    if team is None:
        raise serializers.ValidationError({"detail": "There is no such team."})
    return team


def _answer(request: SignedInApiRequest, ref: str, code: int = status.HTTP_200_OK) -> Response:
    """How the contact stands after an action, without what was said: nobody reads that unrecorded."""
    contact = _contact(request, ref)
    return with_version(Response(ContactOutput(contact).data, status=code), contact.version)


def chosen_by(request: SignedInApiRequest, kind: type[serializers.Serializer]) -> dict[str, Any]:
    given = kind(data=request.query_params)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


class Contacts(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="contacts_list_contacts",
        parameters=[ContactFilter],
        responses={200: ContactPage, 400: Problem, 403: Problem},
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """Contacts, the longest wait first. What was said stands in the single contact only."""
        chosen = chosen_by(request, ContactFilter)
        contacts = Contact.objects.visible_to(request.user).for_list()
        if "status" in chosen:
            contacts = contacts.filter(status=chosen["status"])
        if "team" in chosen:
            contacts = contacts.filter(team__ref=chosen["team"])
        return listed(request, contacts, ContactOutput, ordering=("received_at", "pk"))

    @extend_schema(
        operation_id="contacts_receive",
        request=AddContactInput,
        parameters=[KEY],
        responses={
            201: ContactOutput,
            200: ContactOutput,
            400: Problem,
            403: Problem,
            404: Problem,
            409: Problem,
        },
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Take down a contact. The same key again answers with the first contact."""
        given = AddContactInput(data=request.data)
        given.is_valid(raise_exception=True)
        facts = dict(given.validated_data)
        content = dict(facts)
        require(can_record_contact(request.user))
        person = get_object_or_404(Person.objects.visible_to(request.user), ref=facts.pop("person"))
        team = _team(facts.pop("team"))
        ref, made = self.once(
            purpose="contacts:add",
            content=content,
            make=lambda: (
                services.receive(person=person, team=team, by=request.user, now=clock.now(), **facts).ref
            ),
        )
        return _answer(request, ref, status.HTTP_201_CREATED if made else status.HTTP_200_OK)


class ShowContact(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="contacts_show_contact", responses={200: WholeContactOutput, 403: Problem, 404: Problem}
    )
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One contact with what was said. The view is recorded."""
        contact = _contact(request, ref)
        audit.record_view(
            person_id=contact.person_id,
            by=request.user,
            page="api-contacts-contact",
            access_list_id=contact.access_list_id or contact.person.access_list_id,
        )
        return with_version(Response(WholeContactOutput(contact).data), contact.version)


class _Step(ApiView):
    """Something done to a contact, from the version that was read."""

    policy = CASE_WORK

    def do(
        self,
        request: SignedInApiRequest,
        ref: str,
        given: serializers.Serializer,
        service: Callable[..., Any],
    ) -> Response:
        contact = _contact(request, ref)
        version = self.expected_version()
        given.is_valid(raise_exception=True)
        facts = dict(given.validated_data)
        if "to_team" in facts:
            facts["to_team"] = _team(facts["to_team"])
        service(contact=contact, version=version, by=request.user, now=clock.now(), **facts)
        return _answer(request, ref)


class MarkUrgent(_Step):
    @extend_schema(
        operation_id="contacts_mark_urgent",
        request=MarkUrgentInput,
        parameters=[VERSION],
        responses={200: ContactOutput, **ACTION_REFUSALS},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Put a contact before all others, with the reason."""
        return self.do(request, ref, MarkUrgentInput(data=request.data), services.mark_urgent)


class Screen(_Step):
    @extend_schema(
        operation_id="contacts_screen",
        request=ScreenContactInput,
        parameters=[VERSION],
        responses={200: ContactOutput, **ACTION_REFUSALS},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Record the first look."""
        return self.do(request, ref, ScreenContactInput(data=request.data), services.screen)


class PassOn(_Step):
    @extend_schema(
        operation_id="contacts_pass_on",
        request=PassOnContactInput,
        parameters=[VERSION],
        responses={200: ContactOutput, **ACTION_REFUSALS},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Hand a screened contact to a team, which accepts or returns it."""
        return self.do(request, ref, PassOnContactInput(data=request.data), services.pass_on)


class Close(_Step):
    @extend_schema(
        operation_id="contacts_close",
        request=CloseContactInput,
        parameters=[VERSION],
        responses={200: ContactOutput, **ACTION_REFUSALS},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """End a screened contact with advice in writing."""
        return self.do(request, ref, CloseContactInput(data=request.data), services.close_with_advice)


class Handovers(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="contacts_list_handovers",
        parameters=[HandoverFilter],
        responses={200: HandoverPage, 400: Problem, 403: Problem},
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """Hand-overs, the longest wait first."""
        chosen = chosen_by(request, HandoverFilter)
        handovers = Handover.objects.visible_to(request.user).for_list()
        if "status" in chosen:
            handovers = handovers.filter(status=chosen["status"])
        if "team" in chosen:
            handovers = handovers.filter(to_team__ref=chosen["team"])
        return listed(request, handovers, HandoverOutput, ordering=("passed_at", "pk"))


class ShowHandover(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="contacts_show_handover",
        responses={200: WholeHandoverOutput, 403: Problem, 404: Problem},
    )
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One hand-over with its summary. The view is recorded."""
        handover = get_object_or_404(Handover.objects.visible_to(request.user).for_list(), ref=ref)
        audit.record_view(
            person_id=handover.person_id,
            by=request.user,
            page="api-contacts-handover",
            access_list_id=handover.access_list_id or handover.person.access_list_id,
        )
        return with_version(Response(WholeHandoverOutput(handover).data), handover.version)
