"""Plans and their lines in the API."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.response import Response

from accounts.api_actions import (
    CASE_WORK,
    KEY,
    REFUSALS,
    CreatingAction,
    RecordAction,
    answer,
    page_of,
    record_view,
)
from accounts.requests import SignedInApiRequest
from assessments.models import NEED_CHOICES, Assessment
from core import clock
from core.api import ApiView, Problem, listed
from directory.models import Provider
from support_plans import completeness, services
from support_plans.models import Mode, PlanItem, Stream, SupportPlan


class ItemOutput(serializers.ModelSerializer):
    provider = serializers.CharField(source="provider.ref", allow_null=True, default=None)

    class Meta:
        model = PlanItem
        fields = (
            "ref",
            "version",
            "need_codes",
            "outcome_wanted",
            "how_met",
            "by",
            "provider",
            "provider_name",
            "quantity",
            "unit",
            "unit_cost",
            "cost_weekly",
            "cost_one_off",
            "stream",
            "mode",
            "starts_on",
            "ends_on",
            "contingency",
        )


class PlanOutput(serializers.ModelSerializer):
    """A plan as it stands in lists."""

    person = serializers.CharField(source="person.ref", help_text="Reference of the person.")
    team = serializers.CharField(source="team.ref")
    url = serializers.CharField(source="get_absolute_url")

    class Meta:
        model = SupportPlan
        fields = (
            "ref",
            "version",
            "person",
            "team",
            "kind",
            "number",
            "status",
            "origin",
            "starts_on",
            "active_from",
            "ended_on",
            "next_review_on",
            "indicative_weekly",
            "total_weekly",
            "council_weekly",
            "person_weekly",
            "budget_ref",
            "url",
        )


class NeedOutput(serializers.Serializer):
    code = serializers.CharField()
    need = serializers.CharField()
    eligible = serializers.BooleanField()
    outcome_wanted = serializers.CharField(default="")
    declined = serializers.CharField(default="", help_text="Why the person does not want help with it.")


class PlanDetail(PlanOutput):
    """A plan with its needs, lines and what is missing before it can be approved."""

    needs = NeedOutput(many=True)
    items = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField(help_text="What is missing before approval, in words.")

    class Meta(PlanOutput.Meta):
        fields = (  # type: ignore[assignment]
            *PlanOutput.Meta.fields,
            "needs",
            "what_matters",
            "advice_meeting_needs",
            "advice_preventing_needs",
            "contingency",
            "direct_payment_frequency",
            "agreed_on",
            "agreed_how",
            "disagreement",
            "return_reason",
            "copy_given_on",
            "copy_format",
            "figures_acknowledged_on",
            "items",
            "missing",
        )

    @extend_schema_field(ItemOutput(many=True))
    def get_items(self, plan: SupportPlan) -> Any:
        return ItemOutput(plan.items.for_plan(), many=True).data

    def get_missing(self, plan: SupportPlan) -> list[str]:
        if plan.status not in SupportPlan.OPEN:
            return []
        return [each.text for each in completeness.before_approval(plan, list(plan.items.for_plan()))]


class DraftInput(serializers.Serializer):
    assessment = serializers.CharField(max_length=16, help_text="Reference of an authorised assessment.")
    copy_from = serializers.CharField(
        max_length=16, required=False, help_text="Reference of an earlier version."
    )


class PartInput(serializers.Serializer):
    what_matters = serializers.CharField(max_length=5000, allow_blank=True, required=False)
    advice_meeting_needs = serializers.CharField(max_length=5000, allow_blank=True, required=False)
    advice_preventing_needs = serializers.CharField(max_length=5000, allow_blank=True, required=False)
    contingency = serializers.CharField(max_length=5000, allow_blank=True, required=False)
    direct_payment_frequency = serializers.CharField(max_length=40, allow_blank=True, required=False)
    starts_on = serializers.DateField(allow_null=True, required=False)
    declined = serializers.DictField(
        child=serializers.CharField(max_length=300, allow_blank=True),
        required=False,
        help_text="Reasons by code of the need; an empty one takes it back.",
    )


class ProviderInput(serializers.Serializer):
    provider = serializers.CharField(max_length=16, required=False, allow_null=True, default=None)
    provider_name = serializers.CharField(max_length=200, allow_blank=True, default="")
    starts_on = serializers.DateField(allow_null=True, default=None)

    def validate_provider(self, ref: str | None) -> Provider | None:
        if not ref:
            return None
        found = Provider.objects.active().filter(ref=ref).first()
        if found is None:
            raise serializers.ValidationError("There is no such provider in use.")
        return found


class ItemInput(ProviderInput):
    need_codes = serializers.ListField(
        child=serializers.ChoiceField(choices=NEED_CHOICES), allow_empty=False, max_length=10
    )
    outcome_wanted = serializers.CharField(max_length=2000, allow_blank=True, default="")
    how_met = serializers.CharField(max_length=500)
    by = serializers.ChoiceField(choices=PlanItem.By.choices)
    quantity = serializers.DecimalField(
        max_digits=8, decimal_places=2, min_value=Decimal("0"), allow_null=True, default=None
    )
    unit = serializers.CharField(max_length=20, allow_blank=True, default="")
    unit_cost = serializers.DecimalField(
        max_digits=10, decimal_places=2, min_value=Decimal("0"), allow_null=True, default=None
    )
    cost_one_off = serializers.DecimalField(
        max_digits=10, decimal_places=2, min_value=Decimal("0"), default=Decimal("0.00")
    )
    stream = serializers.ChoiceField(choices=Stream.choices, default=Stream.ASC)
    mode = serializers.ChoiceField(choices=Mode.choices, allow_blank=True, default="")
    ends_on = serializers.DateField(allow_null=True, default=None)
    contingency = serializers.CharField(max_length=500, allow_blank=True, default="")


class AgreementInput(serializers.Serializer):
    agreed = serializers.BooleanField()
    how = serializers.CharField(max_length=300)
    disagreement = serializers.CharField(max_length=3000, allow_blank=True, default="")


class CopyInput(serializers.Serializer):
    format = serializers.CharField(max_length=60)
    on = serializers.DateField()


class EndInput(serializers.Serializer):
    on = serializers.DateField()
    reason = serializers.CharField(max_length=300)


PlanPage = page_of(PlanOutput, "SupportPlanPage")


def find_plan(request: SignedInApiRequest, ref: str) -> SupportPlan:
    plans = SupportPlan.objects.visible_to(request.user).select_related(
        "person", "team", "replaces", "assessment"
    )
    return get_object_or_404(plans, ref=ref)


class Plans(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="support_plans_list",
        parameters=[
            OpenApiParameter("person", str, description="Reference of a person."),
            OpenApiParameter("status", str, enum=SupportPlan.Status.values),
        ],
        responses={200: PlanPage, 403: Problem},
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """Plans of my teams, or all of one person, the newest first."""
        plans = SupportPlan.objects.visible_to(request.user).select_related("person", "team")
        person = request.query_params.get("person", "")
        if person:
            plans = plans.filter(person__ref=person[:16])
        else:
            plans = plans.filter(team__in=request.user.team_ids)
        state = request.query_params.get("status", "")
        if state in SupportPlan.Status.values:
            plans = plans.filter(status=state)
        return listed(request, plans, PlanOutput, ordering=("-created_at", "-pk"))

    @extend_schema(
        operation_id="support_plans_draft",
        request=DraftInput,
        parameters=[KEY],
        responses={201: PlanDetail, 200: PlanDetail, **REFUSALS},
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Draft a plan from an authorised assessment."""
        given = DraftInput(data=request.data)
        given.is_valid(raise_exception=True)
        facts = given.validated_data
        assessment = get_object_or_404(
            Assessment.objects.visible_to(request.user).select_related("person", "team"),
            ref=facts["assessment"],
        )
        before = find_plan(request, facts["copy_from"]) if facts.get("copy_from") else None
        ref, made = self.once(
            purpose="support_plans:draft",
            content=dict(facts),
            make=lambda: (
                services.draft(
                    person=assessment.person,
                    team=assessment.team,
                    assessment=assessment,
                    by=request.user,
                    now=clock.now(),
                    copy_from=before,
                ).ref
            ),
        )
        return answer(
            PlanDetail, find_plan(request, ref), status.HTTP_201_CREATED if made else status.HTTP_200_OK
        )


class ShowPlan(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="support_plans_show", responses={200: PlanDetail, 403: Problem, 404: Problem})
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One plan. The view is recorded."""
        plan = find_plan(request, ref)
        record_view(request, plan, "api-support-plans-show")
        return answer(PlanDetail, plan)


class PlanAction(RecordAction):
    """An action on a plan."""

    gives = PlanDetail

    def find(self, ref: str, **more: str) -> SupportPlan:
        return find_plan(self.request, ref)

    @property
    def who_and_when(self) -> dict[str, Any]:
        return {"by": self.request.user, "now": clock.now()}


class SavePart(PlanAction):
    """Save parts of a draft."""

    operation = "support_plans_save_part"
    asks = PartInput

    def act(self, record: SupportPlan, version: int, **given: Any) -> None:
        services.save_part(plan=record, facts=given, version=version, **self.who_and_when)


class SendToPerson(PlanAction):
    """Give the draft to the person to read."""

    operation = "support_plans_send_to_person"

    def act(self, record: SupportPlan, version: int, **given: Any) -> None:
        services.send_to_person(plan=record, version=version, **self.who_and_when)


class TakeBack(PlanAction):
    """Take the plan back to change it."""

    operation = "support_plans_take_back"

    def act(self, record: SupportPlan, version: int, **given: Any) -> None:
        services.take_back(plan=record, version=version, **self.who_and_when)


class RecordAgreement(PlanAction):
    """Record whether the person agrees, and how they said so."""

    operation = "support_plans_record_agreement"
    asks = AgreementInput

    def act(self, record: SupportPlan, version: int, **given: Any) -> None:
        services.record_agreement(plan=record, version=version, **self.who_and_when, **given)


class Submit(PlanAction):
    """Send plan and budget for approval."""

    operation = "support_plans_submit"

    def act(self, record: SupportPlan, version: int, **given: Any) -> None:
        services.submit(plan=record, version=version, **self.who_and_when)


class GiveCopy(PlanAction):
    """Record that a copy was given."""

    operation = "support_plans_give_copy"
    asks = CopyInput

    def act(self, record: SupportPlan, version: int, **given: Any) -> None:
        services.give_copy(plan=record, version=version, **self.who_and_when, **given)


class Activate(PlanAction):
    """Start an approved plan."""

    operation = "support_plans_activate"

    def act(self, record: SupportPlan, version: int, **given: Any) -> None:
        services.activate(plan=record, version=version, **self.who_and_when)


class EndPlan(PlanAction):
    """End a plan, with the reason."""

    operation = "support_plans_end"
    asks = EndInput

    def act(self, record: SupportPlan, version: int, **given: Any) -> None:
        services.end_plan(plan=record, version=version, **self.who_and_when, **given)


class AddItem(CreatingAction):
    """Add support to a draft."""

    operation = "support_plans_add_item"
    asks = ItemInput
    gives = ItemOutput
    purpose = "support_plans:add-item"

    def find(self, ref: str) -> SupportPlan:
        return find_plan(self.request, ref)

    def make(self, record: SupportPlan, **given: Any) -> str:
        return services.add_item(plan=record, facts=given, by=self.request.user, now=clock.now()).ref

    def found(self, ref: str) -> PlanItem:
        return PlanItem.objects.visible_to(self.request.user).select_related("provider").get(ref=ref)


class ItemAction(RecordAction):
    """An action on a line of a plan."""

    gives = ItemOutput

    def find(self, ref: str, **more: str) -> PlanItem:
        plan = find_plan(self.request, ref)
        items = plan.items.select_related("provider", "plan", "plan__team", "person")
        return get_object_or_404(items, ref=more["item_ref"])


class ChangeItem(ItemAction):
    """Change support in a draft."""

    operation = "support_plans_change_item"
    asks = ItemInput

    def act(self, record: PlanItem, version: int, **given: Any) -> None:
        services.change_item(item=record, facts=given, version=version, by=self.request.user, now=clock.now())


class SourceItem(ItemAction):
    """Record who gives approved support that the council arranges, and the day agreed with them."""

    operation = "support_plans_source_item"
    asks = ProviderInput

    def act(self, record: PlanItem, version: int, **given: Any) -> None:
        services.source_item(item=record, version=version, by=self.request.user, now=clock.now(), **given)


class RemoveItem(ItemAction):
    """Take support out of a draft."""

    operation = "support_plans_remove_item"

    def act(self, record: PlanItem, version: int, **given: Any) -> None:
        services.remove_item(item=record, version=version, by=self.request.user, now=clock.now())


class ProviderOutput(serializers.ModelSerializer):
    class Meta:
        model = Provider
        fields = ("ref", "name", "kind", "location_id", "phone")


class FindProviders(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="directory_find_providers",
        parameters=[
            OpenApiParameter("q", str, required=True, description="Words of a name, or a location number.")
        ],
        responses={200: ProviderOutput(many=True), 403: Problem},
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """Up to 20 providers in use whose name holds the words."""
        found = Provider.objects.matching(request.query_params.get("q", ""))[:20]
        return Response(ProviderOutput(found, many=True).data)
