"""What the API takes for each action on a concern: listed fields, by the rules of the services."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.form_fields import NotStorable
from people.models import Risk
from safeguarding import models
from safeguarding.models import Concern


class Words(serializers.CharField):
    """Text that the database can keep."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(NotStorable("The text"))


def optional(length: int) -> Words:
    return Words(max_length=length, default="", allow_blank=True)


def one_of(choices: Any, **more: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=choices, **more)


def perhaps(choices: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=choices, default="", allow_blank=True)


def reference(what: str) -> Words:
    return Words(max_length=16, help_text=f"Reference of {what}.")


class RaiseConcernInput(serializers.Serializer):
    person = Words(
        max_length=16, default="", allow_blank=True, help_text="Reference of the person, if on record."
    )
    adult_given_names = optional(150)
    adult_family_name = optional(150)
    adult_date_of_birth = serializers.DateField(default=None, allow_null=True)
    adult_address = optional(300)
    adult_postcode = optional(10)
    adult_phone = optional(60)
    immediate_danger = serializers.BooleanField()
    what_happened = Words(max_length=10000)
    kinds = serializers.ListField(child=one_of(models.AbuseType.choices), default=list, max_length=11)
    location = perhaps(models.Location.choices)
    happened_on = serializers.DateField(default=None, allow_null=True)
    alleged_words = optional(2000)
    others_at_risk = optional(2000)
    source = one_of(Concern.Source.choices)  # type: ignore[assignment]
    referrer_name = optional(150)
    referrer_phone = optional(60)
    consent = one_of(Concern.Consent.choices)
    views_and_wishes = optional(5000)


class ConcernMatchInput(serializers.Serializer):
    person = reference("the person")


class ScreenConcernInput(serializers.Serializer):
    immediate_action = Words(max_length=5000)
    risk = one_of(Risk.choices)
    crime = one_of(models.Known.choices)
    police_reference = optional(60)
    child_at_risk = one_of(models.Known.choices)
    child_referral = optional(300)
    referrer_acknowledged = Words(max_length=300)


class ConcernGatherInput(serializers.Serializer):
    text = Words(max_length=10000)


class DecideConcernInput(serializers.Serializer):
    limb_a = one_of(models.Known.choices)
    reason_a = Words(max_length=5000)
    limb_b = one_of(models.Known.choices)
    reason_b = Words(max_length=5000)
    limb_c = one_of(models.Known.choices)
    reason_c = Words(max_length=5000)


class WithoutEnquiryInput(serializers.Serializer):
    disposition = one_of(models.Disposition.choices)
    end_reason = Words(max_length=5000)


class PlanEnquiryInput(serializers.Serializer):
    lead = reference("who leads")
    risk = one_of(Risk.choices)
    why_other = optional(2000)


class StartEnquiryInput(serializers.Serializer):
    questions = Words(max_length=5000)
    who_does_what = Words(max_length=5000)
    sharing_basis = Words(max_length=2000)
    discussed_on = serializers.DateField()
    discussed_with = Words(max_length=300)


class ConcernAskAnotherInput(serializers.Serializer):
    agency = Words(max_length=150)
    contact = optional(300)
    scope = Words(max_length=2000)
    terms = Words(max_length=2000)
    no_conflict = Words(max_length=1000)
    due_on = serializers.DateField()


class ConcernRecordReportInput(serializers.Serializer):
    caused = reference("the enquiry caused")
    received_on = serializers.DateField(default=None, allow_null=True)
    report = optional(10000)
    quality = one_of(models.CausedEnquiry.Quality.choices)
    quality_reason = Words(max_length=2000)


class ConcernConcludeInput(serializers.Serializer):
    findings = Words(max_length=10000)
    had_needs = one_of(models.YesNo.choices)
    was_at_risk = one_of(models.YesNo.choices)
    was_unable = one_of(models.YesNo.choices)
    action_needed = one_of(models.YesNo.choices)
    risk_result = one_of(models.Enquiry.RiskResult.choices)
    risk_outcome = perhaps(models.RiskOutcome.choices)
    outcomes_asked = one_of(Concern.OutcomesAsked.choices)
    outcomes_achieved = perhaps(models.DesiredOutcome.Result.choices)
    risks = serializers.DictField(
        child=Words(max_length=10), default=dict, help_text="Outcome of each risk, by reference."
    )
    wishes = serializers.DictField(child=Words(max_length=10), default=dict, help_text="Result of each wish.")
    alleged = serializers.DictField(
        child=Words(max_length=500), default=dict, help_text="What follows for each."
    )


class ConcernProtectInput(serializers.Serializer):
    steps = Words(max_length=5000)
    support = optional(5000)
    service_changes = optional(5000)
    justice = optional(5000)
    ongoing_risk = Words(max_length=5000)
    action = Words(max_length=500)
    action_outcome = Words(max_length=500)
    action_owner = Words(max_length=150)
    action_due_on = serializers.DateField()
    review_on = serializers.DateField()


class ConcernReasonInput(serializers.Serializer):
    reason = Words(max_length=5000)


class ConcernNoPlanInput(serializers.Serializer):
    reason = Words(max_length=2000)


class ConcernPlanActionInput(serializers.Serializer):
    action = Words(max_length=500)
    outcome = Words(max_length=500)
    owner = Words(max_length=150)
    due_on = serializers.DateField()


class ConcernFinishActionInput(serializers.Serializer):
    action = reference("the action")


class ConcernReviewPlanInput(serializers.Serializer):
    held_on = serializers.DateField()
    result = one_of(models.PlanReview.Result.choices)
    summary = Words(max_length=5000)
    adult_view = optional(2000)


class ConcernRenewPlanInput(serializers.Serializer):
    review_on = serializers.DateField()


class ConcernEndInput(serializers.Serializer):
    end_reason = Words(max_length=5000)


class ConcernTransferInput(ConcernEndInput):
    other_council = Words(max_length=150)


class ConcernDuplicateInput(serializers.Serializer):
    other = reference("the concern that goes on")


class ConcernRiskInput(serializers.Serializer):
    kind = one_of(models.AbuseType.choices)
    location = one_of(models.Location.choices)
    source = one_of(models.RiskSource.choices)  # type: ignore[assignment]
    detail = optional(300)


class ConcernAllegedInput(serializers.Serializer):
    name = optional(150)
    relationship = Words(max_length=150)
    lives_with = one_of(models.Known.choices)
    lived_with_then = perhaps(models.Known.choices)
    is_aware = one_of(models.Known.choices)
    is_at_risk_too = one_of(models.Known.choices)
    user = Words(
        max_length=16, default="", allow_blank=True, help_text="Reference of the member of staff named."
    )


class ConcernWishInput(serializers.Serializer):
    text = Words(max_length=2000)
    expressed_by = one_of(models.DesiredOutcome.Voice.choices)


class ConcernVoiceInput(serializers.Serializer):
    spoken_to = one_of(models.YesNo.choices)
    why_not_spoken_to = optional(2000)
    outcomes_asked = one_of(Concern.OutcomesAsked.choices)
    consent = one_of(Concern.Consent.choices)
    consent_limits = optional(2000)
    override = perhaps(models.Override.choices)
    override_reason = optional(2000)
    told_of_override = optional(300)


class ConcernCapacityInput(serializers.Serializer):
    capacity_doubted = one_of(models.YesNo.choices)
    lacked_capacity = one_of(Concern.LackedCapacity.choices)
    capacity_supported = perhaps(models.YesNo.choices)
    advocacy = one_of(Concern.Advocacy.choices)
    advocacy_kind = perhaps(Concern.AdvocacyKind.choices)
    advocacy_reason = optional(2000)


class ConcernEntryInput(serializers.Serializer):
    kind = one_of(models.CaseEntry.Kind.choices)
    occurred_on = serializers.DateField()
    text = Words(max_length=10000)


class ConcernDelayInput(serializers.Serializer):
    reason = one_of(models.DelayReason.Reason.choices)
    text = Words(max_length=1000)


class ConcernTellInput(serializers.Serializer):
    adult_told = Words(max_length=2000)
    referrer_told = Words(max_length=2000)


class ConcernConsiderReviewInput(serializers.Serializer):
    sar_considered = one_of(Concern.SarConsidered.choices)
    sar_reason = Words(max_length=2000)


class ConcernMemberInput(serializers.Serializer):
    user = reference("the member of staff")
    reason = Words(max_length=200)


class ConcernLeaverInput(serializers.Serializer):
    user = reference("the member of staff")
