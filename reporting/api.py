"""The managers' numbers, lists and exports in the API: the same rules as on the pages. A file is fetched on its page."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from accounts.api_actions import KEY, REFUSALS, RecordAction, answer, page_of
from accounts.models import MANAGING_ROLES
from accounts.requests import SignedInApiRequest
from core import clock
from core.api import ApiView, Problem, listed
from core.policy import Audience, Policy
from people.models import Risk
from reporting import measures, rows, scope, services
from reporting.models import Export
from reporting.querysets import DECIDERS
from reporting.scope import READERS, Scope

READING = Policy(Audience.STAFF, frozenset(str(role) for role in READERS))
MANAGING = Policy(Audience.STAFF, frozenset(str(role) for role in MANAGING_ROLES))
DECIDING = Policy(Audience.STAFF, frozenset(str(role) for role in DECIDERS))
TEAM = OpenApiParameter("team", str, description="Reference of one of your teams; by default all of them.")


def _scope(request: SignedInApiRequest) -> Scope:
    return scope.of(request.user, request.query_params.get("team", ""))


class NumberOutput(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField(source="label")
    value = serializers.IntegerField(allow_null=True, help_text="Null: not shown to you.")
    seven_days_ago = serializers.IntegerField(
        source="compared.before", allow_null=True, default=None, help_text="Over standard records."
    )
    definition = serializers.CharField()
    counted_from = serializers.CharField(source="source")
    url = serializers.CharField(
        allow_blank=True, help_text="The page with the rows, where you may open them."
    )


class NumbersOutput(serializers.Serializer):
    as_at = serializers.DateTimeField()
    numbers = NumberOutput(many=True)


class WaitingListOutput(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField(source="label")
    people = serializers.IntegerField()
    seven_days_ago = serializers.IntegerField(source="before", allow_null=True)
    median_days = serializers.IntegerField(source="median", allow_null=True)
    longest_days = serializers.IntegerField(source="longest", allow_null=True)
    by_risk = serializers.DictField(child=serializers.IntegerField(), help_text=", ".join(Risk.values))
    no_contact = serializers.IntegerField(
        source="silent", allow_null=True, help_text="With whom nobody has been in touch for long."
    )
    past_date = serializers.IntegerField(
        source="past", help_text="Past the next contact that was promised, or the target."
    )
    definition = serializers.CharField(source="kind.definition")
    counted_from = serializers.CharField(source="kind.source")


class WaitingListsOutput(serializers.Serializer):
    as_at = serializers.DateTimeField()
    lists = WaitingListOutput(many=True)


class RowOfListOutput(serializers.Serializer):
    ref = serializers.CharField()
    person = serializers.CharField(source="person.ref", allow_null=True, default=None)
    what = serializers.CharField()
    state = serializers.CharField(source="detail")
    holder = serializers.CharField()
    day = serializers.DateField()
    risk = serializers.CharField(allow_blank=True)
    last_contact = serializers.DateField(allow_null=True)
    next_contact = serializers.DateField(allow_null=True)
    url = serializers.CharField()


class ExportOutput(serializers.ModelSerializer):
    asked_by = serializers.CharField(source="asked_by.ref")
    decided_by = serializers.CharField(source="decided_by.ref", allow_null=True, default=None)
    url = serializers.CharField(source="get_absolute_url", help_text="The page on which the file is saved.")

    class Meta:
        model = Export
        fields = (
            *("ref", "version", "code", "query", "title", "format", "purpose", "purpose_words", "asked_by"),
            *("asked_at", "status", "decided_by", "decided_at", "not_made_because", "rows", "written"),
            *("made_at", "expires_at", "taken_away_at", "fetched", "url"),
        )


class ManagersExportInput(serializers.Serializer):
    code = serializers.SlugField(max_length=40, help_text="A list or a table, as in the address of its page.")
    team = serializers.CharField(max_length=16, required=False)
    risk = serializers.ChoiceField(choices=Risk.values, required=False)
    format = serializers.ChoiceField(choices=Export.Format.values)
    purpose = serializers.ChoiceField(choices=Export.Purpose.values)
    purpose_words = serializers.CharField(max_length=200, help_text="What for, in a few words. Name nobody.")


class RefuseExportInput(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class Numbers(ApiView):
    policy = READING

    @extend_schema(
        operation_id="manage_numbers", parameters=[TEAM], responses={200: NumbersOutput, 403: Problem}
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """The six numbers of the managers' page, as they stand now."""
        now = clock.now()
        page = measures.page_of(_scope(request), clock.london_date(now))
        return Response(NumbersOutput({"as_at": now, "numbers": page.numbers}).data)


class Waiting(ApiView):
    policy = READING

    @extend_schema(
        operation_id="manage_waiting", parameters=[TEAM], responses={200: WaitingListsOutput, 403: Problem}
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """The waiting lists: how many, half-way and longest, by risk, and whether we keep in touch."""
        now = clock.now()
        lists = measures.page_of(_scope(request), clock.london_date(now), with_contact=True).lists
        return Response(WaitingListsOutput({"as_at": now, "lists": [*lists.rows, *lists.apart]}).data)


class ShowList(ApiView):
    policy = MANAGING

    @extend_schema(
        operation_id="manage_list",
        parameters=[
            TEAM,
            *(OpenApiParameter(name, str, description="Narrows the list.") for name in rows.NARROWING),
        ],
        responses={200: page_of(RowOfListOutput, "ManagersListPage"), 403: Problem, 404: Problem},
    )
    def get(self, request: SignedInApiRequest, code: str) -> Response:
        """The rows behind a number or on a waiting list, the earliest date first."""
        chosen = {name: request.query_params.get(name, "") for name in rows.NARROWING}
        listing = rows.listing(code, _scope(request), clock.today(), chosen)
        if listing is None:
            raise Http404
        if isinstance(listing.rows, list):
            lines = RowOfListOutput([listing.line(row) for row in listing.rows], many=True).data
            return Response({"next": None, "previous": None, "results": lines})

        to_line = listing.line

        class Lines(RowOfListOutput):
            def to_representation(self, row: Any) -> Any:
                return super().to_representation(to_line(row))

        return listed(request, listing.rows, Lines, ordering=(listing.field, "pk"))


class Exports(ApiView):
    policy = READING

    @extend_schema(
        operation_id="manage_list_exports",
        responses={200: page_of(ExportOutput, "ExportPage"), 403: Problem},
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """The register of exports, the newest first: your own, and everybody's for heads of service and information
        officers."""
        found = Export.objects.visible_to(request.user).for_list()
        return listed(request, found, ExportOutput, ordering=("-asked_at", "-pk"))

    @extend_schema(
        operation_id="manage_ask_for_export",
        request=ManagersExportInput,
        parameters=[KEY],
        responses={201: ExportOutput, 200: ExportOutput, **REFUSALS},
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Ask for a list or table in a file, with what it is needed for. It is made in the background."""
        given = ManagersExportInput(data=request.data)
        given.is_valid(raise_exception=True)
        facts = dict(given.validated_data)
        content = dict(facts)
        query = {name: facts.pop(name) for name in ("team", "risk") if name in facts}
        ref, made = self.once(
            purpose="reporting:ask-export",
            content=content,
            make=lambda: services.ask_for_export(query=query, by=request.user, now=clock.now(), **facts).ref,
        )
        code = status.HTTP_201_CREATED if made else status.HTTP_200_OK
        return answer(ExportOutput, _export(request, ref), code)


def _export(request: SignedInApiRequest, ref: str) -> Export:
    export: Export = get_object_or_404(Export.objects.visible_to(request.user).for_list(), ref=ref)
    return export


class ShowExport(ApiView):
    policy = READING

    @extend_schema(
        operation_id="manage_show_export", responses={200: ExportOutput, 403: Problem, 404: Problem}
    )
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One export, and how far it is."""
        return answer(ExportOutput, _export(request, ref))


class _Deciding(RecordAction):
    policy = DECIDING
    gives = ExportOutput

    def find(self, ref: str, **more: str) -> Export:
        return _export(self.request, ref)


class ApproveExport(_Deciding):
    """Let a large list leave the portal, as a second manager."""

    operation = "manage_approve_export"

    def act(self, record: Export, version: int, **given: Any) -> None:
        services.approve_export(export=record, version=version, **self.who_and_when)


class RefuseExport(_Deciding):
    """Keep a large list in the portal, with the reason."""

    operation = "manage_refuse_export"
    asks = RefuseExportInput

    def act(self, record: Export, version: int, **given: Any) -> None:
        services.refuse_export(export=record, version=version, **given, **self.who_and_when)
