"""Reviews of plans in the API."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from accounts.api_actions import (
    CASE_WORK,
    CreatingAction,
    RecordAction,
    answer,
    page_of,
    record_view,
)
from accounts.requests import SignedInApiRequest
from core import clock
from core.api import ApiView, Problem, listed
from support_plans import services
from support_plans.api.plans import find_plan
from support_plans.models import Review, SupportPlan
from support_plans.services.reviewing import ASKABLE


class ReviewOutput(serializers.ModelSerializer):
    person = serializers.CharField(source="person.ref")
    plan = serializers.CharField(source="plan.ref")
    team = serializers.CharField(source="team.ref")
    reviewer = serializers.CharField(source="reviewer.ref", allow_null=True, default=None)

    class Meta:
        model = Review
        fields = (
            "ref",
            "version",
            "person",
            "plan",
            "team",
            "reviewer",
            "kind",
            "reason",
            "status",
            "due_on",
            "latest_on",
            "requested_on",
            "held_on",
            "outcome",
            "next_due_on",
        )


class ReviewDetail(ReviewOutput):
    class Meta(ReviewOutput.Meta):
        fields = (  # type: ignore[assignment]
            *ReviewOutput.Meta.fields,
            "working",
            "not_working",
            "changed",
            "person_words",
            "outcomes_achieved",
            "budget_still_right",
            "declined_because",
        )


class RequestReviewInput(serializers.Serializer):
    kind = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in ASKABLE])
    reason = serializers.CharField(max_length=80)


class DeclineInput(serializers.Serializer):
    because = serializers.CharField(max_length=1000)


class HoldInput(serializers.Serializer):
    held_on = serializers.DateField()


class WriteUpInput(serializers.Serializer):
    working = serializers.CharField(max_length=5000, allow_blank=True, default="")
    not_working = serializers.CharField(max_length=5000, allow_blank=True, default="")
    changed = serializers.CharField(max_length=5000, allow_blank=True, default="")
    person_words = serializers.CharField(max_length=5000, allow_blank=True, default="")
    outcomes_achieved = serializers.ChoiceField(choices=Review.Achieved.choices, source="achieved")
    budget_still_right = serializers.ChoiceField(choices=[("yes", "Yes"), ("no", "No")])


class CloseInput(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=Review.Outcome.choices)
    next_due_on = serializers.DateField(required=False, allow_null=True, default=None)


ReviewPage = page_of(ReviewOutput, "PlanReviewPage")


class Reviews(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="reviews_list",
        parameters=[
            OpenApiParameter(
                "person", str, description="Reference of a person: all of theirs, closed ones too."
            ),
            OpenApiParameter("overdue", bool),
        ],
        responses={200: ReviewPage, 403: Problem},
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """Open reviews of my teams, the earliest first; or all reviews of one person."""
        reviews = Review.objects.visible_to(request.user).select_related("person", "plan", "team", "reviewer")
        person = request.query_params.get("person", "")
        reviews = (
            reviews.filter(person__ref=person[:16])
            if person
            else reviews.open().of_teams(request.user.team_ids)
        )
        if request.query_params.get("overdue", "").lower() in ("1", "true"):
            reviews = reviews.open().filter(due_on__lt=clock.today())
        return listed(request, reviews, ReviewOutput, ordering=("due_on", "pk"))


def find_review(request: SignedInApiRequest, ref: str) -> Review:
    reviews = Review.objects.visible_to(request.user).select_related("person", "plan", "team", "reviewer")
    return get_object_or_404(reviews, ref=ref)


class ShowReview(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="reviews_show", responses={200: ReviewDetail, 403: Problem, 404: Problem})
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One review. The view is recorded."""
        review = find_review(request, ref)
        record_view(request, review, "api-support-plans-show-review")
        return answer(ReviewDetail, review)


class RequestReview(CreatingAction):
    """Ask for a review of a running plan."""

    operation = "support_plans_request_review"
    asks = RequestReviewInput
    gives = ReviewDetail
    purpose = "support_plans:request-review"

    def find(self, ref: str) -> SupportPlan:
        return find_plan(self.request, ref)

    def make(self, record: SupportPlan, **given: Any) -> str:
        return services.request_review(plan=record, by=self.request.user, now=clock.now(), **given).ref

    def found(self, ref: str) -> Review:
        return find_review(self.request, ref)


class ReviewAction(RecordAction):
    """An action on a review."""

    gives = ReviewDetail

    def find(self, ref: str, **more: str) -> Review:
        return find_review(self.request, ref)

    @property
    def who_and_when(self) -> dict[str, Any]:
        return {"by": self.request.user, "now": clock.now()}


class Invite(ReviewAction):
    """Record that the person was invited."""

    operation = "reviews_invite"

    def act(self, record: Review, version: int, **given: Any) -> None:
        services.invite(review=record, version=version, **self.who_and_when)


class Decline(ReviewAction):
    """Decline a review, with reasons."""

    operation = "reviews_decline"
    asks = DeclineInput

    def act(self, record: Review, version: int, **given: Any) -> None:
        services.decline_review(review=record, version=version, **self.who_and_when, **given)


class Hold(ReviewAction):
    """Record the day on which the review was held."""

    operation = "reviews_hold"
    asks = HoldInput

    def act(self, record: Review, version: int, **given: Any) -> None:
        services.hold_review(review=record, version=version, **self.who_and_when, **given)


class WriteUp(ReviewAction):
    """Write up a review that was held."""

    operation = "reviews_write_up"
    asks = WriteUpInput

    def act(self, record: Review, version: int, **given: Any) -> None:
        services.write_up(review=record, version=version, **self.who_and_when, **given)


class Close(ReviewAction):
    """Close a review with its outcome and the next date."""

    operation = "reviews_close"
    asks = CloseInput

    def act(self, record: Review, version: int, **given: Any) -> None:
        services.close_review(review=record, version=version, **self.who_and_when, **given)
