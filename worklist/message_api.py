"""Messages from the person's own pages, in the API: read, answered and closed by the rules of the pages."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from accounts.api_actions import CASE_WORK, REFUSALS, CreatingAction, RecordAction, answer, page_of
from accounts.requests import SignedInApiRequest
from core.api import ApiView, listed
from people.models import Person
from people.pages import open_person
from worklist import services
from worklist.models import Conversation, Message
from worklist.querysets import ConversationQuerySet


class MessageOutput(serializers.ModelSerializer):
    written_by = serializers.CharField(source="written_by.name")
    from_staff = serializers.SerializerMethodField()

    class Meta:
        model = Message
        fields = ("ref", "written_by", "from_staff", "written_at", "text")

    def get_from_staff(self, message: Message) -> bool:
        return message.written_by.audience == message.written_by.Audience.STAFF


class ConversationInList(serializers.ModelSerializer):
    person = serializers.CharField(source="person.ref", help_text="Reference of the person.")
    begun_by = serializers.CharField(source="begun_by.name")

    class Meta:
        model = Conversation
        fields: tuple[str, ...] = (
            "ref",
            "version",
            "person",
            "about",
            "subject_line",
            "url",
            "begun_by",
            "status",
            "reply_by",
            "last_at",
        )


class ConversationOutput(ConversationInList):
    messages = serializers.SerializerMethodField()

    class Meta(ConversationInList.Meta):
        fields = (*ConversationInList.Meta.fields, "messages")

    @extend_schema_field(MessageOutput(many=True))
    def get_messages(self, conversation: Conversation) -> list[dict[str, Any]]:
        rows = conversation.messages.select_related("written_by").order_by("written_at", "pk")
        return list(MessageOutput(rows, many=True).data)


class AnswerInput(serializers.Serializer):
    text = serializers.CharField(max_length=5000)


def _rows(request: SignedInApiRequest) -> ConversationQuerySet:
    return Conversation.objects.visible_to(request.user).for_list()


def _open(request: SignedInApiRequest, ref: str) -> Conversation:
    """The conversation, with the look written down. Raises Http404."""
    conversation = get_object_or_404(_rows(request), ref=ref)
    open_person(request, conversation.person.ref)
    return conversation


class Conversations(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="messages_list",
        responses={200: page_of(ConversationInList, "ConversationPage"), **REFUSALS},
    )
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """What was written from a person's own pages, the newest first."""
        person: Person = open_person(request, ref)
        rows = _rows(request).filter(person=person)
        return listed(request, rows, ConversationInList, ordering=("-last_at", "-pk"))


class OneConversation(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="messages_show", responses={200: ConversationOutput, **REFUSALS})
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One conversation with its messages. The look is written down."""
        return answer(ConversationOutput, _open(request, ref))


class AnswerMessage(CreatingAction):
    """Answer a conversation; the person is told that there is something to see."""

    operation = "messages_answer"
    asks = AnswerInput
    gives = ConversationOutput
    purpose = "api:messages:answer"

    def find(self, ref: str) -> Conversation:
        return _open(self.request, ref)

    def make(self, record: Conversation, **given: Any) -> str:
        return str(services.answer_message(conversation=record, **given, **self.who_and_when).ref)

    def found(self, ref: str) -> Conversation:
        return get_object_or_404(_rows(self.request), ref=ref)


class CloseConversation(RecordAction):
    """Close an answered conversation."""

    operation = "messages_close"
    gives = ConversationOutput

    def find(self, ref: str, **more: str) -> Conversation:
        return _open(self.request, ref)

    def act(self, record: Conversation, version: int, **given: Any) -> None:
        services.close_conversation(conversation=record, version=version, **self.who_and_when)
