"""Episodes in the API: list, detail, and one POST for each action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from accounts.api_actions import CASE_WORK, answer, record_view
from accounts.requests import SignedInApiRequest
from assessments.models import Assessment
from contacts.models import Handover
from core import clock
from core.api import ApiView, Problem, listed
from people.models import Person
from people.pages import open_person
from reablement import services
from reablement.api import shapes
from reablement.api.acting import EpisodeAction, MakingInEpisode, find_episode
from reablement.models import Episode, Goal


class Episodes(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="reablement_list",
        parameters=[
            OpenApiParameter("person", str, description="Reference of a person: all their episodes."),
            OpenApiParameter("open", bool, description="Only those that are open."),
        ],
        responses={200: shapes.EpisodePage, 403: Problem},
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """Episodes of my teams; or all episodes of one person."""
        episodes = Episode.objects.visible_to(request.user).select_related("person", "team", "lead_worker")
        person = request.query_params.get("person", "")
        episodes = (
            episodes.filter(person__ref=person[:16]) if person else episodes.of_teams(request.user.team_ids)
        )
        if request.query_params.get("open", "").lower() in ("1", "true"):
            episodes = episodes.open()
        return listed(request, episodes, shapes.EpisodeOutput, ordering=("referred_at", "pk"))


class ShowEpisode(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="reablement_show", responses={200: shapes.EpisodeDetail, 403: Problem, 404: Problem}
    )
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One episode with its goals and weeks. The view is recorded."""
        episode = find_episode(request, ref)
        record_view(request, episode, "api-reablement-show")
        return answer(shapes.EpisodeDetail, episode)


class Refer(MakingInEpisode):
    """Refer a person to reablement. The reference in the address is the person's."""

    operation = "reablement_refer"
    asks = shapes.ReablementReferInput
    purpose = "api:reablement-refer"

    def find(self, ref: str) -> Person:
        return open_person(self.request, ref)

    def make(self, record: Person, **given: Any) -> str:
        assessment = given.get("assessment")
        visible = Assessment.objects.visible_to(self.request.user)
        if assessment and not visible.filter(pk=assessment.pk).exists():
            given["assessment"] = None
        return services.refer(person=record, by=self.request.user, now=clock.now(), **given).ref


class AcceptHandover(MakingInEpisode):
    """Take on a hand-over to reablement: it becomes a referral. The reference in the address is the hand-over's."""

    operation = "reablement_accept_handover"
    purpose = "api:reablement-accept-handover"

    def find(self, ref: str) -> Handover:
        rows = Handover.objects.visible_to(self.request.user).filter(kind=Handover.Kind.REABLEMENT)
        return get_object_or_404(rows.select_related("contact", "person", "to_team"), ref=ref)

    def make(self, record: Handover, **given: Any) -> str:
        return services.accept_handover(handover=record, by=self.request.user, now=clock.now()).ref


class AddGoal(MakingInEpisode):
    """Agree a goal."""

    operation = "reablement_add_goal"
    asks = shapes.ReablementGoalInput
    purpose = "api:reablement-add-goal"

    def find(self, ref: str) -> Episode:
        return find_episode(self.request, ref)

    def make(self, record: Episode, **given: Any) -> str:
        services.add_goal(episode=record, facts=given, by=self.request.user, now=clock.now())
        return record.ref


class _Whole(EpisodeAction):
    """An action whose service takes the facts as they are asked for."""

    service: Callable[..., Any]

    def act(self, record: Episode, version: int, **given: Any) -> None:
        type(self).service(episode=record, version=version, **self.who_and_when, **given)


class Triage(EpisodeAction):
    """Look at a referral and complete it."""

    operation = "reablement_triage"
    asks = shapes.ReablementTriageInput

    def act(self, record: Episode, version: int, **given: Any) -> None:
        services.triage(episode=record, facts=given, version=version, **self.who_and_when)


class Accept(_Whole):
    """Accept a referral."""

    operation = "reablement_accept"
    asks = shapes.ReablementAcceptInput
    service = staticmethod(services.accept)


class Decline(_Whole):
    """Decline a referral."""

    operation = "reablement_decline"
    asks = shapes.ReablementDeclineInput
    service = staticmethod(services.decline)


class Redirect(_Whole):
    """Send a referral where it belongs."""

    operation = "reablement_redirect"
    asks = shapes.ReablementRedirectInput
    service = staticmethod(services.redirect)


class ChangeLead(_Whole):
    """Say who leads."""

    operation = "reablement_change_lead"
    asks = shapes.ReablementLeadInput
    service = staticmethod(services.change_lead)


class Start(_Whole):
    """Record the first visit."""

    operation = "reablement_start"
    asks = shapes.ReablementStartInput
    service = staticmethod(services.start)


class PauseEpisode(_Whole):
    """Pause an episode."""

    operation = "reablement_pause"
    asks = shapes.ReablementPauseInput
    service = staticmethod(services.pause)


class Resume(_Whole):
    """Take an episode up again."""

    operation = "reablement_resume"
    asks = shapes.ReablementResumeInput
    service = staticmethod(services.resume)


class Extend(_Whole):
    """Give more time."""

    operation = "reablement_extend"
    asks = shapes.ReablementExtendInput
    service = staticmethod(services.extend)


class BookEndReview(_Whole):
    """Book the end review."""

    operation = "reablement_book_end_review"
    asks = shapes.ReablementBookInput
    service = staticmethod(services.book_end_review)


class ReviewEnd(_Whole):
    """Write up the end review."""

    operation = "reablement_end_review"
    asks = shapes.ReablementEndReviewInput
    service = staticmethod(services.review_end)


class End(_Whole):
    """End an episode with its one outcome."""

    operation = "reablement_end"
    asks = shapes.ReablementEndInput
    service = staticmethod(services.end)


class EndEarly(_Whole):
    """End an episode early."""

    operation = "reablement_end_early"
    asks = shapes.ReablementEndEarlyInput
    service = staticmethod(services.end_early)


class _OnGoal(EpisodeAction):
    """An action on a goal; the version is the goal's."""

    def goal(self, episode: Episode) -> Goal:
        return get_object_or_404(episode.goals.in_order(), ref=self.kwargs["goal_ref"])


class ChangeGoal(_OnGoal):
    """Change a goal."""

    operation = "reablement_change_goal"
    asks = shapes.ReablementGoalInput

    def act(self, record: Episode, version: int, **given: Any) -> None:
        goal = self.goal(record)
        services.change_goal(goal=goal, facts=given, version=version, **self.who_and_when)


class CloseGoal(_OnGoal):
    """Say how a goal turned out."""

    operation = "reablement_close_goal"
    asks = shapes.ReablementCloseGoalInput

    def act(self, record: Episode, version: int, **given: Any) -> None:
        services.close_goal(goal=self.goal(record), version=version, **self.who_and_when, **given)


class WriteWeek(EpisodeAction):
    """Write up a week. The version is the week's; 0 for one that nobody has written."""

    operation = "reablement_write_week"
    asks = shapes.ReablementWeekInput

    def act(self, record: Episode, version: int, **given: Any) -> None:
        scores = given.pop("scores")
        services.write_week(
            episode=record,
            number=self.kwargs["number"],
            facts=given,
            scores=scores,
            version=version,
            **self.who_and_when,
        )


class RecordWhereabouts(EpisodeAction):
    """Where the person is 84 or 91 days after they left hospital."""

    operation = "reablement_record_whereabouts"
    asks = shapes.ReablementWhereaboutsInput

    def act(self, record: Episode, version: int, **given: Any) -> None:
        services.record_whereabouts(
            episode=record, days=self.kwargs["number"], version=version, **self.who_and_when, **given
        )
