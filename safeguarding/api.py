"""Concerns in the API: the same rules as on the pages. To whoever may not know of one there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from accounts.api_actions import ACTION_REFUSALS, CASE_WORK, KEY, VERSION
from accounts.models import User
from accounts.requests import SignedInApiRequest
from core import clock
from core.api import ApiView, Problem, listed, with_version
from core.policy import Audience, Policy
from people.models import Person
from safeguarding import api_inputs as inputs
from safeguarding import services
from safeguarding.models import (
    Alleged,
    CausedEnquiry,
    Concern,
    ConcernRisk,
    DesiredOutcome,
    Enquiry,
    PlanAction,
    ProtectionPlan,
    S42Decision,
)
from safeguarding.opening import open_concern

ALL_STAFF = Policy(Audience.STAFF)


class ConcernOutput(serializers.ModelSerializer):
    person = serializers.CharField(source="person.ref", allow_null=True, default=None)
    team = serializers.CharField(source="team.ref", allow_null=True, default=None)
    lead = serializers.CharField(source="lead.ref", allow_null=True, default=None)

    class Meta:
        model = Concern
        fields: tuple[str, ...] = (
            "ref", "version", "status", "person", "team", "lead", "risk", "rule", "due_on", "channel", "source",
            "received_at", "immediate_danger", "screened_at", "sar_considered", "ended_at",
        )  # fmt: skip


class ConcernRiskOutput(serializers.ModelSerializer):
    class Meta:
        model = ConcernRisk
        fields = ("ref", "kind", "location", "source", "detail", "outcome")


class ConcernAllegedOutput(serializers.ModelSerializer):
    class Meta:
        model = Alleged
        fields = ("ref", "name", "relationship", "lives_with", "is_aware", "is_at_risk_too", "outcome")


class ConcernWishOutput(serializers.ModelSerializer):
    class Meta:
        model = DesiredOutcome
        fields = ("ref", "text", "expressed_by", "at", "result")


class ConcernDecisionOutput(serializers.ModelSerializer):
    class Meta:
        model = S42Decision
        fields = (
            "ref", "limb_a", "reason_a", "limb_b", "reason_b", "limb_c", "reason_c", "result", "decided_at",
        )  # fmt: skip


class ConcernCausedOutput(serializers.ModelSerializer):
    class Meta:
        model = CausedEnquiry
        fields = ("ref", "agency", "scope", "asked_on", "due_on", "received_on", "quality")


class EnquiryOutput(serializers.ModelSerializer):
    lead = serializers.CharField(source="lead.ref")

    class Meta:
        model = Enquiry
        fields = (
            "ref", "kind", "lead", "risk", "planned_at", "started_at", "concluded_at", "findings", "risk_result",
            "risk_outcome", "outcomes_asked", "outcomes_achieved", "ended_at",
        )  # fmt: skip


class PlanActionOutput(serializers.ModelSerializer):
    class Meta:
        model = PlanAction
        fields = ("ref", "action", "outcome", "owner", "due_on", "done_on")


class ProtectionPlanOutput(serializers.ModelSerializer):
    actions = PlanActionOutput(many=True)

    class Meta:
        model = ProtectionPlan
        fields = ("ref", "steps", "ongoing_risk", "agreed_on", "review_on", "ended_on", "actions")


class WholeConcernOutput(ConcernOutput):
    """With what was said and found: one concern at a time, whose viewing is recorded."""

    risks = ConcernRiskOutput(many=True)
    alleged = ConcernAllegedOutput(many=True)
    wishes = ConcernWishOutput(many=True)
    decisions = ConcernDecisionOutput(many=True)
    enquiries = EnquiryOutput(many=True)
    caused = ConcernCausedOutput(many=True)
    plans = ProtectionPlanOutput(many=True)

    class Meta(ConcernOutput.Meta):
        fields: tuple[str, ...] = (
            *ConcernOutput.Meta.fields,
            "adult_given_names", "adult_family_name", "adult_date_of_birth", "adult_address", "adult_postcode",
            "what_happened", "location", "happened_on", "alleged_words", "others_at_risk", "consent",
            "views_and_wishes", "referrer_name", "referrer_phone", "immediate_action", "crime", "child_at_risk",
            "spoken_to", "outcomes_asked", "lacked_capacity", "advocacy", "disposition", "end_reason", "adult_told",
            "referrer_told", "risks", "alleged", "wishes", "decisions", "enquiries", "caused", "plans",
        )  # fmt: skip


class ConcernPage(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ConcernOutput(many=True)


class ConcernReceiptOutput(serializers.Serializer):
    """What whoever reports a concern gets back: its reference, and nothing more."""

    reference = serializers.CharField()
    received_at = serializers.DateTimeField()


class ConcernFilter(serializers.Serializer):
    status = serializers.ChoiceField(choices=Concern.Status.choices, required=False)


class Concerns(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="safeguarding_list_concerns",
        parameters=[ConcernFilter],
        responses={200: ConcernPage, 400: Problem, 403: Problem},
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """The concerns you may know of, the longest wait first."""
        chosen = ConcernFilter(data=request.query_params)
        chosen.is_valid(raise_exception=True)
        rows = Concern.objects.visible_to(request.user).for_list()
        if "status" in chosen.validated_data:
            rows = rows.filter(status=chosen.validated_data["status"])
        return listed(request, rows, ConcernOutput, ordering=("received_at", "pk"))


class RaiseConcern(ApiView):
    policy = ALL_STAFF

    @extend_schema(
        operation_id="safeguarding_raise_concern",
        request=inputs.RaiseConcernInput,
        parameters=[KEY],
        responses={
            201: ConcernReceiptOutput,
            200: ConcernReceiptOutput,
            400: Problem,
            403: Problem,
            404: Problem,
            409: Problem,
        },
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Report a concern. The duty team hears at once; you get its reference. The same key again makes no second."""
        given = inputs.RaiseConcernInput(data=request.data)
        given.is_valid(raise_exception=True)
        facts = dict(given.validated_data)
        content = dict(facts)
        ref = facts.pop("person")
        person = get_object_or_404(Person.objects.visible_to(request.user), ref=ref) if ref else None

        def make() -> str:
            return services.raise_concern(person=person, by=request.user, now=clock.now(), **facts).ref

        made_ref, made = self.once(purpose="safeguarding:add", content=content, make=make)
        concern = Concern.objects.raised_by(request.user).get(ref=made_ref)
        receipt = ConcernReceiptOutput({"reference": concern.reference, "received_at": concern.received_at})
        return Response(receipt.data, status=status.HTTP_201_CREATED if made else status.HTTP_200_OK)


class ShowConcern(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="safeguarding_show_concern",
        responses={200: WholeConcernOutput, 403: Problem, 404: Problem},
    )
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One concern with everything in it. The view is recorded."""
        open_concern(request, ref)
        rows = Concern.objects.visible_to(request.user).for_list()
        rows = rows.prefetch_related(
            "risks", "alleged", "wishes", "decisions", "enquiries__lead", "caused", "plans__actions"
        )
        concern = rows.get(ref=ref)
        return with_version(Response(WholeConcernOutput(concern).data), concern.version)


# One POST for each action ---------------------------------------------------------------------------------------


def _staff(request: SignedInApiRequest, concern: Concern, ref: str) -> User | None:
    if not ref:
        return None
    user = User.objects.staff().filter(ref=ref).first()
    if user is None:
        raise serializers.ValidationError({"detail": "There is no such member of staff."})
    return user


def _person(request: SignedInApiRequest, concern: Concern, ref: str) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.user), ref=ref)


def _other(request: SignedInApiRequest, concern: Concern, ref: str) -> Concern:
    return get_object_or_404(Concern.objects.visible_to(request.user), ref=ref)


def _caused(request: SignedInApiRequest, concern: Concern, ref: str) -> CausedEnquiry:
    return get_object_or_404(CausedEnquiry.objects.filter(concern=concern), ref=ref)


def _action(request: SignedInApiRequest, concern: Concern, ref: str) -> PlanAction:
    return get_object_or_404(PlanAction.objects.filter(concern=concern), ref=ref)


Finder = Callable[[SignedInApiRequest, Concern, str], Any]


def _acting(
    slug: str,
    service: Callable[..., Concern],
    input_class: type[serializers.Serializer],
    finders: Mapping[str, Finder] | None = None,
) -> type[ApiView]:
    """The view of one action: from the version that was read, by the service of the pages."""
    found = finders or {}

    class Acting(ApiView):
        policy = CASE_WORK

        @extend_schema(
            operation_id=f"safeguarding_{slug.replace('-', '_')}",
            description=(service.__doc__ or "").strip(),
            request=input_class,
            parameters=[VERSION],
            responses={200: ConcernOutput, **ACTION_REFUSALS},
        )
        def post(self, request: SignedInApiRequest, ref: str) -> Response:
            concern = get_object_or_404(Concern.objects.visible_to(request.user), ref=ref)
            version = self.expected_version()
            given = input_class(data=request.data)
            given.is_valid(raise_exception=True)
            facts = dict(given.validated_data)
            for name, finder in found.items():
                facts[name] = finder(request, concern, facts[name])
            service(concern=concern, version=version, by=request.user, now=clock.now(), **facts)
            after = Concern.objects.visible_to(request.user).for_list().filter(ref=ref).first()
            if after is None:
                raise Http404  # they took themselves off the list
            return with_version(Response(ConcernOutput(after).data), after.version)

    Acting.__name__ = Acting.__qualname__ = "".join(word.title() for word in slug.split("-"))
    return Acting


USER: Mapping[str, Finder] = {"user": _staff}
ACTING: dict[str, type[ApiView]] = {
    slug: _acting(slug, service, input_class, finders)
    for slug, service, input_class, finders in (
        ("match", services.match, inputs.ConcernMatchInput, {"person": _person}),
        ("screen", services.screen, inputs.ScreenConcernInput, None),
        ("gather", services.gather, inputs.ConcernGatherInput, None),
        ("set-aside", services.set_aside, inputs.WithoutEnquiryInput, None),
        ("decide", services.decide, inputs.DecideConcernInput, None),
        ("no-further-action", services.no_further_action, inputs.WithoutEnquiryInput, None),
        ("plan", services.plan_enquiry, inputs.PlanEnquiryInput, {"lead": _staff}),
        ("start", services.start_enquiry, inputs.StartEnquiryInput, None),
        ("ask-another", services.ask_another, inputs.ConcernAskAnotherInput, None),
        ("record-report", services.record_report, inputs.ConcernRecordReportInput, {"caused": _caused}),
        ("outcomes", services.conclude, inputs.ConcernConcludeInput, None),
        ("protection-plan", services.protect, inputs.ConcernProtectInput, None),
        ("no-plan", services.do_without_plan, inputs.ConcernNoPlanInput, None),
        ("add-action", services.add_plan_action, inputs.ConcernPlanActionInput, None),
        ("finish-action", services.do_plan_action, inputs.ConcernFinishActionInput, {"action": _action}),
        ("review", services.review, inputs.ConcernReviewPlanInput, None),
        ("renew", services.renew, inputs.ConcernRenewPlanInput, None),
        ("close", services.close, inputs.ConcernEndInput, None),
        ("cease", services.cease, inputs.ConcernEndInput, None),
        ("transfer", services.transfer, inputs.ConcernTransferInput, None),
        ("duplicate", services.mark_duplicate, inputs.ConcernDuplicateInput, {"other": _other}),
        ("reopen", services.reopen, inputs.ConcernReasonInput, None),
        ("add-risk", services.add_risk, inputs.ConcernRiskInput, None),
        ("add-alleged", services.add_alleged, inputs.ConcernAllegedInput, USER),
        ("add-wish", services.add_wish, inputs.ConcernWishInput, None),
        ("record-voice", services.record_voice, inputs.ConcernVoiceInput, None),
        ("record-capacity", services.record_capacity, inputs.ConcernCapacityInput, None),
        ("add-entry", services.add_entry, inputs.ConcernEntryInput, None),
        ("delay", services.give_delay, inputs.ConcernDelayInput, None),
        ("tell", services.tell, inputs.ConcernTellInput, None),
        ("consider-review", services.consider_review, inputs.ConcernConsiderReviewInput, None),
        ("let-know", services.let_know, inputs.ConcernMemberInput, USER),
        ("take-off", services.take_off, inputs.ConcernLeaverInput, USER),
        ("bar", services.bar, inputs.ConcernMemberInput, USER),
    )
}
