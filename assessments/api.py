"""Assessments in the API: lists, details, and one POST for each action, under the same rules as the pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from accounts.api_actions import ACTION_REFUSALS, CASE_WORK, KEY, VERSION
from accounts.models import Team, User
from accounts.requests import SignedInApiRequest
from assessments import sections, services
from assessments.answers import Answers, missing
from assessments.models import Assessment, EligibilityDetermination, Sharing
from audit import services as audit
from contacts import services as contacts
from contacts.models import Handover
from core import clock
from core.api import ApiView, Problem, listed, with_version
from people.models import Person


class AssessmentOutput(serializers.ModelSerializer):
    person = serializers.CharField(source="person.ref")
    team = serializers.CharField(source="team.ref")
    assessor = serializers.CharField(source="assessor.ref", allow_null=True, default=None)

    class Meta:
        model = Assessment
        fields = (
            "ref",
            "version",
            "person",
            "team",
            "assessor",
            "kind",
            "method",
            "status",
            "requested_on",
            "started_on",
            "issued_on",
            "ended_on",
        )


class AssessmentPage(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = AssessmentOutput(many=True)


class SectionOutput(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()
    progress = serializers.CharField()
    version = serializers.IntegerField(help_text="0 while nothing is saved; send it in If-Match.")
    answers = serializers.DictField()
    kept = serializers.DictField(help_text="Answers kept from last time, and when.")


class DeterminationOutput(serializers.ModelSerializer):
    class Meta:
        model = EligibilityDetermination
        fields = (
            "ref",
            "criteria",
            "result",
            "arises_from_impairment",
            "arises_from_caring",
            "health_at_risk",
            "unable_codes",
            "significant_impact",
            "reasons",
            "advice",
            "made_at",
            "authorised_at",
            "issued_on",
        )


class WorkedOutput(serializers.Serializer):
    result = serializers.CharField(
        allow_blank=True, help_text="eligible, not_eligible, or empty while undecided."
    )
    unable_codes = serializers.ListField(child=serializers.CharField())
    explanation = serializers.ListField(child=serializers.CharField())


class SharingOutput(serializers.ModelSerializer):
    class Meta:
        model = Sharing
        fields = ("ref", "how", "format", "shared_on", "view", "comments", "commented_on")


class AssessmentDetail(serializers.Serializer):
    assessment = AssessmentOutput()
    return_reason = serializers.CharField(allow_blank=True)
    sections = SectionOutput(many=True)
    worked = WorkedOutput()
    missing = serializers.ListField(child=serializers.CharField())
    sharings = SharingOutput(many=True, help_text="Each time the person was given the draft, oldest first.")
    determination = DeterminationOutput(allow_null=True)


class RequestInput(serializers.Serializer):
    person = serializers.CharField(max_length=16)
    team = serializers.CharField(max_length=16)
    kind = serializers.ChoiceField(Assessment.Kind.choices)


class AcceptInput(serializers.Serializer):
    assessor = serializers.CharField(max_length=16, required=False, allow_blank=True, default="")


class AssignInput(serializers.Serializer):
    assessor = serializers.CharField(max_length=16)


class StartInput(AssignInput):
    method = serializers.ChoiceField(Assessment.Method.choices)


class MethodInput(serializers.Serializer):
    method = serializers.ChoiceField(Assessment.Method.choices)


class SectionInput(serializers.Serializer):
    answers = serializers.DictField(help_text="By question; what is left out stays as it is.")
    keep = serializers.ListField(child=serializers.CharField(max_length=40), required=False, default=list)
    undo = serializers.ListField(child=serializers.CharField(max_length=40), required=False, default=list)


class SubmitInput(serializers.Serializer):
    reasons = serializers.CharField(max_length=5000, required=False, default="", allow_blank=True)
    advice = serializers.CharField(max_length=5000, required=False, default="", allow_blank=True)


class NothingInput(serializers.Serializer):
    """An action that needs no facts."""


class ReturnInput(serializers.Serializer):
    reason = serializers.CharField(max_length=3000)


class ReturnHandoverInput(serializers.Serializer):
    reason = serializers.CharField(max_length=2000)


class ShareInput(serializers.Serializer):
    how = serializers.ChoiceField(Sharing.How.choices)
    format = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    on = serializers.DateField(required=False, default=None, allow_null=True)


class CommentsInput(serializers.Serializer):
    view = serializers.ChoiceField(Sharing.View.choices)
    comments = serializers.CharField(max_length=5000, required=False, default="", allow_blank=True)
    on = serializers.DateField(required=False, default=None, allow_null=True)


class IssueInput(serializers.Serializer):
    format = serializers.CharField(max_length=60)
    on = serializers.DateField(required=False, default=None, allow_null=True)


class RefuseInput(serializers.Serializer):
    reason = serializers.CharField(max_length=300)
    has_capacity = serializers.BooleanField()
    in_best_interests = serializers.BooleanField(required=False, default=False)
    at_risk = serializers.BooleanField()


class AbandonInput(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


def _find(request: SignedInApiRequest, ref: str) -> Assessment:
    rows = Assessment.objects.visible_to(request.user).select_related(
        "person", "team", "assessor", "previous"
    )
    return get_object_or_404(rows, ref=ref)


def _user(ref: str) -> User:
    found = User.objects.staff().filter(ref=ref).first()
    if found is None:
        raise ValidationError({"assessor": "There is no such colleague"})
    return found


def _answer(assessment: Assessment, code: int = status.HTTP_200_OK) -> Response:
    assessment = Assessment.objects.select_related("person", "team", "assessor").get(pk=assessment.pk)
    return with_version(Response(AssessmentOutput(assessment).data, status=code), assessment.version)


class Assessments(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="list_assessments",
        responses=AssessmentPage,
        parameters=[
            OpenApiParameter("status", str, enum=Assessment.Status.values),
            OpenApiParameter("person", str, description="Reference of the person."),
        ],
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """Assessments of your teams, or of one person, the oldest request first."""
        rows = Assessment.objects.visible_to(request.user).for_list()
        person = request.query_params.get("person")
        rows = rows.filter(person__ref=person) if person else rows.of_teams(request.user.team_ids)
        wanted = request.query_params.get("status")
        if wanted:
            rows = rows.filter(status=wanted)
        return listed(request, rows, AssessmentOutput, ordering=("requested_on", "pk"))

    @extend_schema(
        operation_id="request_assessment",
        request=RequestInput,
        responses={201: AssessmentOutput, **ACTION_REFUSALS},
        parameters=[KEY],
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Ask for an assessment of somebody the council knows already."""
        given = RequestInput(data=request.data)
        given.is_valid(raise_exception=True)
        facts = given.validated_data
        person = get_object_or_404(Person.objects.visible_to(request.user), ref=facts["person"])
        team = get_object_or_404(Team, ref=facts["team"], is_active=True)

        def make() -> str:
            made = services.request_assessment(
                person=person, team=team, kind=facts["kind"], by=request.user, now=clock.now()
            )
            return made.ref

        ref, made = self.once(purpose="api:request-assessment", content=facts, make=make)
        return _answer(_find(request, ref), status.HTTP_201_CREATED if made else status.HTTP_200_OK)


class ShowAssessment(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="show_assessment", responses={200: AssessmentDetail, 404: Problem})
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """The assessment with its sections, the decision worked out so far, and what is missing."""
        assessment = _find(request, ref)
        audit.record_view(
            person_id=assessment.person_id,
            by=request.user,
            page="api:show-assessment",
            access_list_id=assessment.access_list_id,
        )
        answers = Answers(assessment)
        worked = answers.determine()
        first = assessment.person.first_name
        detail = {
            "assessment": assessment,
            "return_reason": assessment.return_reason,
            "sections": [
                {
                    "slug": slug,
                    "title": each.plan.title.replace("{first}", first),
                    "progress": answers.progress(slug),
                    "version": each.version,
                    "answers": each.answers,
                    "kept": each.kept,
                }
                for slug, each in answers.by_slug.items()
            ],
            "worked": worked,
            "missing": [f"{each.title}: {each.words}" for each in missing(answers, first_name=first)],
            "sharings": assessment.sharings.order_by("shared_at", "pk"),
            "determination": getattr(assessment, "determination", None),
        }
        return with_version(Response(AssessmentDetail(detail).data), assessment.version)


class AcceptHandover(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="accept_handover",
        request=AcceptInput,
        responses={201: AssessmentOutput, **ACTION_REFUSALS},
        parameters=[KEY],
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Take a hand-over for an assessment on, with or without an assessor."""
        rows = Handover.objects.visible_to(request.user).filter(kind__in=Handover.ASSESSING)
        handover = get_object_or_404(rows.select_related("contact", "person", "to_team"), ref=ref)
        given = AcceptInput(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data["assessor"]
        assessor = _user(wanted) if wanted else None

        def make() -> str:
            made = services.accept_handover(
                handover=handover, assessor=assessor, by=request.user, now=clock.now()
            )
            return made.ref

        content = {"handover": ref, "assessor": wanted}
        made_ref, made = self.once(purpose="api:accept-handover", content=content, make=make)
        return _answer(_find(request, made_ref), status.HTTP_201_CREATED if made else status.HTTP_200_OK)


class HandoverAnswer(serializers.Serializer):
    ref = serializers.CharField()
    status = serializers.ChoiceField(Handover.Status.choices)
    result_url = serializers.CharField(allow_blank=True, help_text="Where the work went on.")
    version = serializers.IntegerField()


def _handover(request: SignedInApiRequest, ref: str) -> Handover:
    rows = Handover.objects.visible_to(request.user).select_related("contact", "person", "to_team")
    return get_object_or_404(rows, ref=ref)


class ReturnHandover(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="return_handover",
        request=ReturnHandoverInput,
        responses={200: HandoverAnswer, **ACTION_REFUSALS},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Send a hand-over of any kind back to the front door, with the reason."""
        handover = _handover(request, ref)
        given = ReturnHandoverInput(data=request.data)
        given.is_valid(raise_exception=True)
        answered = contacts.handover_returned(
            handover=handover, by=request.user, now=clock.now(), **given.validated_data
        )
        return Response(HandoverAnswer(answered).data)


class TakeOnHandover(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="take_on_handover",
        request=NothingInput,
        responses={200: HandoverAnswer, **ACTION_REFUSALS},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Take on a hand-over whose work is recorded outside this portal for now: reablement, safeguarding."""
        handover = _handover(request, ref)
        if handover.kind in Handover.ASSESSING:
            raise ValidationError("This hand-over asks for an assessment. Accept it instead.")
        if handover.kind == Handover.Kind.REABLEMENT:
            raise ValidationError("This hand-over asks for reablement. Accept it there instead.")
        answered = contacts.handover_accepted(
            handover=handover,
            result_url=handover.contact.get_absolute_url(),
            by=request.user,
            now=clock.now(),
        )
        return Response(HandoverAnswer(answered).data)


class SaveSection(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="save_assessment_section",
        request=SectionInput,
        responses={200: SectionOutput, **ACTION_REFUSALS},
        parameters=[VERSION],
    )
    def post(self, request: SignedInApiRequest, ref: str, slug: str) -> Response:
        """Save a section or one of the outcomes, by its slug. If-Match holds the section's version."""
        assessment = _find(request, ref)
        if sections.of(assessment).find(slug) is None:
            raise Http404
        given = SectionInput(data=request.data)
        given.is_valid(raise_exception=True)
        row = services.save_section(
            assessment=assessment,
            slug=slug,
            version=self.expected_version(),
            by=request.user,
            now=clock.now(),
            **given.validated_data,
        )
        answers = Answers(assessment)
        each = answers[slug]
        facts = {
            "slug": slug,
            "title": each.plan.title.replace("{first}", assessment.person.first_name),
            "progress": answers.progress(slug),
            "version": row.version,
            "answers": each.answers,
            "kept": each.kept,
        }
        return with_version(Response(SectionOutput(facts).data), row.version)


class _Action(ApiView):
    """One action on one assessment: the version in If-Match, the facts in the body."""

    policy = CASE_WORK
    input: type[serializers.Serializer] = NothingInput

    def act(self, **facts: Any) -> Any:
        raise NotImplementedError

    def do(self, request: SignedInApiRequest, ref: str) -> Response:
        assessment = _find(request, ref)
        given = self.input(data=request.data)
        given.is_valid(raise_exception=True)
        facts = dict(given.validated_data)
        if "assessor" in facts:
            facts["assessor"] = _user(facts["assessor"])
        version = self.expected_version()
        self.act(assessment=assessment, version=version, by=request.user, now=clock.now(), **facts)
        return _answer(assessment)


def _action(name: str, service: Any, given: type[serializers.Serializer], words: str) -> Any:
    """A view for one service. Each describes itself to the schema under a name of its own."""

    @extend_schema(
        operation_id=f"{name}_assessment",
        description=words,
        request=given,
        responses={200: AssessmentOutput, **ACTION_REFUSALS},
        parameters=[VERSION],
    )
    def post(self: _Action, request: SignedInApiRequest, ref: str) -> Response:
        return self.do(request, ref)

    def act(self: _Action, **facts: Any) -> Any:
        return service(**facts)

    post.__doc__ = words
    title = "".join(part.title() for part in name.split("_"))
    return type(f"{title}Assessment", (_Action,), {"input": given, "post": post, "act": act})


Start = _action("start", services.start, StartInput, "Begin: who assesses, and in which way.")
Assign = _action("assign", services.assign, AssignInput, "Say who assesses.")
ChangeMethod = _action("change_method_of", services.change_method, MethodInput, "Assess in another way.")
MarkComplete = _action(
    "mark_complete", services.mark_complete, NothingInput, "Every section is written: the draft can be read."
)
Share = _action("share", services.share, ShareInput, "The person has the draft: how, and when.")
RecordComments = _action(
    "record_comments_on", services.record_comments, CommentsInput, "What the person says about the draft."
)
Submit = _action(
    "submit", services.submit, SubmitInput, "Send it for authorisation; the result follows from it."
)
Authorise = _action(
    "authorise", services.authorise, NothingInput, "Authorise it; never who assessed or sent it."
)
Return = _action(
    "return", services.return_for_changes, ReturnInput, "Return it for changes, with the reason."
)
Issue = _action("issue", services.issue, IssueInput, "Record that the person has it, and in which format.")
Refuse = _action(
    "refuse", services.refuse, RefuseInput, "Record a refusal, after the check of Care Act s11(2)."
)
Abandon = _action("abandon", services.abandon, AbandonInput, "Stop it, with the reason.")
