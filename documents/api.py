"""Files and letters in the API: lists, one at a time, writing a letter and recording that it was given.

Files come in and go out on the pages alone: the API speaks JSON.
"""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response

import audit.services as audit
from accounts.api_actions import CASE_WORK, KEY, REFUSALS, VERSION
from accounts.requests import SignedInApiRequest
from core import clock
from core.api import ApiView, Problem, listed, with_version
from documents import services
from documents.formats import Format
from documents.models import Document, Letter
from people.pages import open_person


class DocumentOutput(serializers.ModelSerializer):
    person = serializers.CharField(source="person.ref")
    uploaded_by = serializers.CharField(source="uploaded_by.ref")
    uploaded_at = serializers.DateTimeField(source="created_at")

    class Meta:
        model = Document
        fields: tuple[str, ...] = (
            "ref",
            "person",
            "kind",
            "title",
            "file_name",
            "content_type",
            "size",
            "status",
            "refused_because",
            "scan",
            "checked_at",
            "uploaded_by",
            "uploaded_at",
            "sent_by_the_person",
        )


class LetterOutput(serializers.ModelSerializer):
    person = serializers.CharField(source="person.ref")
    written_by = serializers.CharField(source="written_by.ref")
    written_at = serializers.DateTimeField(source="created_at")
    given_by = serializers.CharField(source="given_by.ref", allow_null=True, default=None)

    class Meta:
        model = Letter
        fields: tuple[str, ...] = (
            "ref",
            "version",
            "person",
            "kind",
            "title",
            "subject_ref",
            "number",
            "format",
            "why_this_format",
            "status",
            "written_by",
            "written_at",
            "given_on",
            "given_how",
            "given_by",
        )


class WholeLetterOutput(LetterOutput):
    """With its text: only for one letter at a time, whose viewing is recorded."""

    class Meta(LetterOutput.Meta):
        fields: tuple[str, ...] = (*LetterOutput.Meta.fields, "content")


class LetterInput(serializers.Serializer):
    kind = serializers.CharField(max_length=40, help_text="Code of the kind of letter.")
    subject_ref = serializers.CharField(max_length=16, help_text="Reference of the record it is made from.")
    format = serializers.ChoiceField(Format.choices)
    why_this_format = serializers.CharField(max_length=300, required=False, allow_blank=True)


class GivenInput(serializers.Serializer):
    how = serializers.ChoiceField(Letter.How.choices)
    on = serializers.DateField()
    is_made = serializers.BooleanField(default=False, help_text="A format that people make is there.")


class DocumentsPage(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = DocumentOutput(many=True)


class LettersPage(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = LetterOutput(many=True)


def _given(serializer: type[serializers.Serializer], request: SignedInApiRequest) -> dict[str, Any]:
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return given.validated_data


def _looked(request: SignedInApiRequest, record: Document | Letter) -> None:
    match = request.resolver_match
    audit.record_view(
        person_id=record.person_id,
        by=request.user,
        page=match.view_name if match else "",
        access_list_id=record.access_list_id,
    )


class Documents(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="documents_list", responses={200: DocumentsPage, **REFUSALS})
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """The files of a person, the newest first."""
        rows = Document.objects.visible_to(request.user).filter(person=open_person(request, ref))
        return listed(request, rows.for_list(), DocumentOutput, ordering=("-created_at", "-pk"))


class ShowDocument(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="documents_show", responses={200: DocumentOutput, **REFUSALS})
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One file: what it is and how its check ended. The file itself is on its page."""
        document = get_object_or_404(Document.objects.visible_to(request.user).for_list(), ref=ref)
        _looked(request, document)
        return Response(DocumentOutput(document).data)


class Letters(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="letters_list", responses={200: LettersPage, **REFUSALS})
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """The letters of a person, the newest first."""
        rows = Letter.objects.visible_to(request.user).filter(person=open_person(request, ref))
        return listed(request, rows.for_list(), LetterOutput, ordering=("-created_at", "-pk"))

    @extend_schema(
        operation_id="letters_write",
        request=LetterInput,
        parameters=[KEY],
        responses={201: WholeLetterOutput, 200: WholeLetterOutput, **REFUSALS},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Write a letter from a record."""
        person = open_person(request, ref)
        given = _given(LetterInput, request)

        def make() -> str:
            try:
                letter = services.write_letter(person=person, by=request.user, now=clock.now(), **given)
            except LookupError as error:
                raise exceptions.ValidationError(
                    {"detail": "There is no record of this person that such a letter can be made from."}
                ) from error
            return letter.ref

        letter_ref, made = self.once(
            purpose="api:letters:write", content={"person": person.ref, **given}, make=make
        )
        letter = Letter.objects.visible_to(request.user).for_list().get(ref=letter_ref)
        response = Response(
            WholeLetterOutput(letter).data, status=status.HTTP_201_CREATED if made else status.HTTP_200_OK
        )
        return with_version(response, letter.version)


class ShowLetter(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="letters_show", responses={200: WholeLetterOutput, **REFUSALS})
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One letter with its text."""
        letter = get_object_or_404(Letter.objects.visible_to(request.user).for_list(), ref=ref)
        _looked(request, letter)
        return with_version(Response(WholeLetterOutput(letter).data), letter.version)


class GiveLetter(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="letters_give",
        request=GivenInput,
        parameters=[VERSION],
        responses={200: LetterOutput, 428: Problem, **REFUSALS},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Record that the person has it."""
        letter = get_object_or_404(Letter.objects.visible_to(request.user), ref=ref)
        version = self.expected_version()
        letter = services.give_letter(
            letter=letter,
            version=version,
            by=request.user,
            now=clock.now(),
            **_given(GivenInput, request),
        )
        return with_version(Response(LetterOutput(letter).data), letter.version)
