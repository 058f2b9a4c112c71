"""Who may see a person's own pages, how to get in touch, and who has looked, in the API."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from accounts.api_actions import (
    ACTION_REFUSALS,
    CASE_WORK,
    KEY,
    REFUSALS,
    VERSION,
    page_of,
    read_input,
)
from accounts.requests import SignedInApiRequest
from audit.models import View
from core import clock
from core.api import ApiView, listed, with_version
from core.permissions import require
from people import permissions, services
from people.authority import Kind, Part
from people.models import CommunicationNeed, Person, PortalAccess
from people.pages import open_person


class AccessOutput(serializers.ModelSerializer):
    name = serializers.CharField(source="user.name")
    email = serializers.CharField(source="user.email")
    covers = serializers.SerializerMethodField(help_text="The parts of the pages that the right reaches to.")
    status = serializers.SerializerMethodField(help_text="coming, live, lapsed or ended, today.")

    class Meta:
        model = PortalAccess
        fields = (
            "ref",
            "name",
            "email",
            "relation",
            "scope",
            "kind",
            "authority",
            "covers",
            "jointly",
            "evidence_seen_on",
            "lacks_capacity_on",
            "valid_from",
            "valid_to",
            "status",
            "ended_at",
            "end_reason",
        )

    def get_covers(self, access: PortalAccess) -> list[str]:
        return [part for part in Part.values if access.covers(part)]

    def get_status(self, access: PortalAccess) -> str:
        return str(access.status_on(clock.today()))


class AccessInput(serializers.Serializer):
    relation = serializers.ChoiceField(PortalAccess.Relation.choices)
    name = serializers.CharField(max_length=150)
    email = serializers.EmailField(max_length=254)
    scope = serializers.ChoiceField(PortalAccess.Scope.choices)
    kind = serializers.ChoiceField(Kind.choices, required=False)
    authority = serializers.CharField(max_length=200, required=False, allow_blank=True)
    covers = serializers.ListField(
        child=serializers.ChoiceField(Part.choices), required=False, max_length=len(Part.values)
    )
    jointly = serializers.BooleanField(required=False)
    evidence_seen_on = serializers.DateField(required=False, allow_null=True)
    lacks_capacity_on = serializers.DateField(required=False, allow_null=True)
    valid_to = serializers.DateField(required=False, allow_null=True)


class EndAccessInput(serializers.Serializer):
    reason = serializers.CharField(max_length=200)


class PreferencesOutput(serializers.Serializer):
    version = serializers.IntegerField()
    channel = serializers.CharField(source="preferred_channel")
    safe_to_leave_message = serializers.BooleanField()
    safe_contact = serializers.CharField()
    formats = serializers.SerializerMethodField(help_text="Codes of formats; none means standard print.")

    def get_formats(self, person: Person) -> list[str]:
        needs = CommunicationNeed.objects.filter(person=person, code__in=services.FORMATS, ended_on=None)
        return list(needs.order_by("pk").values_list("code", flat=True))


class PreferencesInput(serializers.Serializer):
    channel = serializers.ChoiceField(Person.Channel.choices)
    safe_to_leave_message = serializers.BooleanField()
    safe_contact = serializers.CharField(max_length=300, required=False, allow_blank=True)
    formats = serializers.ListField(
        child=serializers.ChoiceField(list(services.FORMATS.items())), max_length=len(services.FORMATS)
    )


class LookOutput(serializers.ModelSerializer):
    by = serializers.CharField(source="by.name")

    class Meta:
        model = View
        fields = ("at", "by", "page", "reason")


class OwnPages(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="people_own_pages_list", responses={200: AccessOutput(many=True), **REFUSALS})
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """Who may see the person's own pages, now and before; they are few, so they come whole."""
        person = open_person(request, ref)
        rows = person.portal_access.select_related("user").order_by("-ended_at", "-pk")
        return Response(AccessOutput(rows, many=True).data)

    @extend_schema(
        operation_id="people_own_pages_open",
        request=AccessInput,
        parameters=[KEY],
        responses={201: AccessOutput, 200: AccessOutput, **REFUSALS},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Let the person, or somebody with recorded authority, see their own pages."""
        person = open_person(request, ref)
        facts = read_input(AccessInput, request)
        content = {"person": person.ref, **facts}
        name, email = facts.pop("name"), facts.pop("email")

        def make() -> str:
            require(permissions.can_grant_portal_access(request.user, person))
            user = services.account_for(email=email, name=name, by=request.user, now=clock.now())
            return services.grant_portal_access(
                user=user, person=person, by=request.user, now=clock.now(), **facts
            ).ref

        made_ref, is_new = self.once(purpose="api:people:own-pages", content=content, make=make)
        access = person.portal_access.select_related("user").get(ref=made_ref)
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(AccessOutput(access).data, status=code)


class EndOwnPages(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="people_own_pages_end",
        request=EndAccessInput,
        parameters=[KEY],
        responses={201: AccessOutput, 200: AccessOutput, **REFUSALS},
    )
    def post(self, request: SignedInApiRequest, ref: str, access_ref: str) -> Response:
        """Close somebody's way to the person's own pages, at once."""
        person = open_person(request, ref)
        given = read_input(EndAccessInput, request)
        access = get_object_or_404(person.portal_access.select_related("user"), ref=access_ref)

        def make() -> str:
            return services.end_portal_access(
                access=access, reason=given["reason"], by=request.user, now=clock.now()
            ).ref

        _, is_new = self.once(
            purpose="api:people:end-own-pages", content={"access": access.ref, **given}, make=make
        )
        access.refresh_from_db()
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(AccessOutput(access).data, status=code)


class Preferences(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="people_preferences_show", responses={200: PreferencesOutput, **REFUSALS})
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """How the person wants us to get in touch."""
        person = open_person(request, ref)
        return with_version(Response(PreferencesOutput(person).data), person.version)

    @extend_schema(
        operation_id="people_preferences_set",
        request=PreferencesInput,
        parameters=[VERSION],
        responses={200: PreferencesOutput, **ACTION_REFUSALS},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Change it. The trail says what changed and by whom; 409 when somebody else was faster."""
        person = open_person(request, ref)
        version = self.expected_version()
        person = services.set_contact_preferences(
            person=person,
            version=version,
            by=request.user,
            now=clock.now(),
            **read_input(PreferencesInput, request),
        )
        return with_version(Response(PreferencesOutput(person).data), person.version)


class Looks(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="people_looks_list", responses={200: page_of(LookOutput, "LookPage"), **REFUSALS}
    )
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """Who has looked at the record, the newest first."""
        person = open_person(request, ref)
        require(permissions.can_see_who_looked(request.user, person))
        views = View.objects.visible_to(request.user).filter(person_id=person.pk).select_related("by")
        return listed(request, views, LookOutput, ordering=("-at", "-pk"))
