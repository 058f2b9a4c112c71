"""Tasks, work items and what one was told, in the API: the same rules as on the pages."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

import audit.services as audit
from accounts.api_actions import CASE_WORK, KEY, VERSION
from accounts.models import User
from accounts.requests import SignedInApiRequest
from core import clock
from core.api import ApiView, Problem, listed, with_version
from core.permissions import require
from people.models import Person
from worklist import permissions, services
from worklist.models import Notification, Task, WorkItem


class TaskOutput(serializers.ModelSerializer):
    person = serializers.CharField(source="person.ref", help_text="Reference of the person.")
    owner = serializers.CharField(source="owner.ref", allow_null=True, default=None)
    team = serializers.CharField(source="team.ref", allow_null=True, default=None)
    closes_itself = serializers.SerializerMethodField(help_text="Whether only recording the work closes it.")

    class Meta:
        model = Task
        fields = (
            "ref",
            "version",
            "kind",
            "title",
            "why",
            "person",
            "owner",
            "team",
            "waiting_for",
            "due_on",
            "legal_on",
            "escalated_to",
            "status",
            "url",
            "closes_itself",
        )

    def get_closes_itself(self, task: Task) -> bool:
        return task.anchor_id is not None


class TaskPage(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = TaskOutput(many=True)


class AddTaskInput(serializers.Serializer):
    person = serializers.CharField(max_length=16)
    title = serializers.CharField(max_length=150)
    why = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    due_on = serializers.DateField()
    owner = serializers.CharField(
        max_length=16, required=False, help_text="Reference of a colleague; by default you."
    )
    waiting_for = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)

    def validate_due_on(self, value):
        if value < clock.today():
            raise serializers.ValidationError("due_on must be today or later.")
        return value


class CancelTaskInput(serializers.Serializer):
    reason = serializers.CharField(max_length=200)


class AskColleagueInput(serializers.Serializer):
    colleague = serializers.CharField(max_length=16, help_text="Reference of the colleague.")


class WorkItemOutput(serializers.ModelSerializer):
    person = serializers.CharField(source="person.ref")
    owner = serializers.CharField(source="owner.ref", allow_null=True, default=None)
    team = serializers.CharField(source="team.ref")

    class Meta:
        model = WorkItem
        fields = (
            "ref",
            "person",
            "kind",
            "stage",
            "team",
            "owner",
            "risk",
            "complexity",
            "opened_on",
            "next_contact_on",
            "last_activity_on",
            "url",
        )


class WorkItemPage(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = WorkItemOutput(many=True)


class NotificationOutput(serializers.ModelSerializer):
    sentence = serializers.CharField()
    person = serializers.CharField(source="person.ref", allow_null=True, default=None)

    class Meta:
        model = Notification
        fields = ("ref", "sentence", "person", "url", "created_at", "seen_at")


class NotificationPage(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = NotificationOutput(many=True)


def _task(request: SignedInApiRequest, ref: str) -> Task:
    return get_object_or_404(Task.objects.visible_to(request.user).for_page(), ref=ref)


def _answer(task: Task, code: int = status.HTTP_200_OK) -> Response:
    return with_version(Response(TaskOutput(task).data, status=code), task.version)


def _colleague(request: SignedInApiRequest, ref: str) -> User:
    found = User.objects.staff().filter(ref=ref).first()
    if found is None:
        raise serializers.ValidationError({"detail": "There is no such colleague."})
    return found


def _known(request: SignedInApiRequest, name: str, values: list[str]) -> str:
    """A filter of the query string; nothing when it is not a value we know."""
    given = request.query_params.get(name, "")
    return given if given in values else ""


class Tasks(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="worklist_list_my_tasks", responses={200: TaskPage, 403: Problem})
    def get(self, request: SignedInApiRequest) -> Response:
        """My open tasks and those I asked a colleague to take, the earliest date first."""
        tasks = Task.objects.visible_to(request.user).open().concerning(request.user)
        return listed(request, tasks.for_list(), TaskOutput, ordering=("due_on", "pk"))

    @extend_schema(
        operation_id="worklist_add_task",
        request=AddTaskInput,
        parameters=[KEY],
        responses={201: TaskOutput, 200: TaskOutput, 400: Problem, 403: Problem, 404: Problem, 409: Problem},
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Write a task on a person's record, for yourself or a colleague."""
        given = AddTaskInput(data=request.data)
        given.is_valid(raise_exception=True)
        facts = dict(given.validated_data)
        content = dict(facts)
        require(permissions.can_add_task(request.user))
        person = get_object_or_404(Person.objects.visible_to(request.user), ref=facts.pop("person"))
        owner_ref = facts.pop("owner", "")
        owner = _colleague(request, owner_ref) if owner_ref else request.user
        ref, made = self.once(
            purpose="worklist:add-task",
            content=content,
            make=lambda: (
                services.add_task(person=person, owner=owner, by=request.user, now=clock.now(), **facts).ref
            ),
        )
        return _answer(_task(request, ref), status.HTTP_201_CREATED if made else status.HTTP_200_OK)


class ShowTask(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="worklist_show_task", responses={200: TaskOutput, 403: Problem, 404: Problem})
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One task. The view is recorded."""
        task = _task(request, ref)
        audit.record_view(
            person_id=task.person_id,
            by=request.user,
            page="api-worklist-task",
            access_list_id=task.access_list_id,
        )
        return _answer(task)


class FinishTask(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="worklist_finish_task",
        request=None,
        parameters=[VERSION],
        responses={200: TaskOutput, 403: Problem, 404: Problem, 409: Problem, 428: Problem},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Mark a task as done."""
        task = _task(request, ref)
        services.complete_task(task=task, by=request.user, now=clock.now(), version=self.expected_version())
        return _answer(_task(request, ref))


class CancelTask(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="worklist_cancel_task",
        request=CancelTaskInput,
        parameters=[VERSION],
        responses={200: TaskOutput, 400: Problem, 403: Problem, 404: Problem, 409: Problem, 428: Problem},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Set a task aside as no longer needed, with the reason."""
        task = _task(request, ref)
        version = self.expected_version()
        given = CancelTaskInput(data=request.data)
        given.is_valid(raise_exception=True)
        services.cancel_task(
            task=task, by=request.user, now=clock.now(), version=version, **given.validated_data
        )
        return _answer(_task(request, ref))


class AskColleague(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="worklist_ask_colleague",
        request=AskColleagueInput,
        parameters=[VERSION],
        responses={200: TaskOutput, 400: Problem, 403: Problem, 404: Problem, 409: Problem, 428: Problem},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Hand a task to a colleague, who is told."""
        task = _task(request, ref)
        version = self.expected_version()
        given = AskColleagueInput(data=request.data)
        given.is_valid(raise_exception=True)
        services.ask_colleague(
            task=task,
            colleague=_colleague(request, given.validated_data["colleague"]),
            by=request.user,
            now=clock.now(),
            version=version,
        )
        return _answer(_task(request, ref))


class WorkItems(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="worklist_list_work_items",
        parameters=[
            OpenApiParameter("kind", str, enum=WorkItem.Kind.values),
            OpenApiParameter("stage", str, enum=WorkItem.Stage.values),
            OpenApiParameter("unallocated", bool),
        ],
        responses={200: WorkItemPage, 403: Problem},
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """Open work of my teams, the longest open first."""
        items = WorkItem.objects.visible_to(request.user).open().of_teams(request.user.team_ids)
        items = items.narrowed(
            kind=_known(request, "kind", WorkItem.Kind.values),
            stage=_known(request, "stage", WorkItem.Stage.values),
            free=request.query_params.get("unallocated", "").lower() in ("1", "true"),
        )
        return listed(request, items.for_list(), WorkItemOutput, ordering=("opened_on", "pk"))


class Notifications(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="worklist_list_notifications", responses={200: NotificationPage, 403: Problem}
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """What I was told in the portal, the newest first."""
        lines = Notification.objects.visible_to(request.user).in_portal().for_list()
        return listed(request, lines, NotificationOutput, ordering=("-created_at", "-pk"))
