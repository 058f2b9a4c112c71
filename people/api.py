"""People in the API: found, read, made, corrected, noted, related and handed over, by the rules of the pages."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from accounts.api_actions import CASE_WORK, KEY, REFUSALS, VERSION, read_input
from accounts.models import Team, User
from accounts.requests import SignedInApiRequest
from audit import services as audit
from core import clock
from core.api import ApiView, Problem, listed, with_version
from people import chronology, events, national_lists, services
from people import search as searching
from people.models import CaseNote, Person, Relationship
from people.pages import home_for, lead_of, open_person


class PersonInList(serializers.Serializer):
    ref = serializers.CharField(read_only=True)
    local_number = serializers.CharField(read_only=True)
    nhs_number = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    full_name = serializers.CharField(read_only=True)
    date_of_birth = serializers.DateField(read_only=True, allow_null=True)
    is_deceased = serializers.BooleanField(read_only=True)
    risk = serializers.CharField(read_only=True)
    named_worker = serializers.SerializerMethodField()
    team = serializers.SerializerMethodField()

    def get_named_worker(self, person: Person) -> str:
        lead = lead_of(person)
        return lead.worker.name if lead and lead.worker else ""

    def get_team(self, person: Person) -> str:
        return lead.team.name if (lead := lead_of(person)) else ""


class NeedOutput(serializers.Serializer):
    code = serializers.CharField()
    words = serializers.CharField()
    detail = serializers.CharField()


class PeoplePage(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = PersonInList(many=True)


class PersonOutput(PersonInList):
    given_names = serializers.CharField()
    family_name = serializers.CharField()
    preferred_name = serializers.CharField()
    pronouns = serializers.CharField()
    date_of_birth_accuracy = serializers.CharField()
    nhs_number_status = serializers.CharField()
    date_of_death = serializers.DateField(allow_null=True)
    gender = serializers.CharField()
    ethnicity = serializers.CharField()
    first_language = serializers.CharField()
    interpreter_needed = serializers.BooleanField()
    primary_support_reason = serializers.CharField()
    accommodation_status = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    preferred_channel = serializers.CharField()
    safe_to_leave_message = serializers.BooleanField()
    safe_contact = serializers.CharField()
    is_carer = serializers.BooleanField()
    is_service_user = serializers.BooleanField()
    what_matters = serializers.CharField()
    origin = serializers.CharField()
    home = serializers.SerializerMethodField(help_text="Empty where it is confidential or not recorded.")
    communication_needs = serializers.SerializerMethodField()
    version = serializers.IntegerField()

    def get_home(self, person: Person) -> str:
        return home_for(person, self.context["user"])[0]

    def get_communication_needs(self, person: Person) -> list[dict[str, str]]:
        needs = person.communication_needs.filter(ended_on=None).order_by("category", "pk")
        return [dict(NeedOutput(need).data) for need in needs]


class SearchInput(serializers.Serializer):
    q = serializers.CharField(max_length=200, help_text="A name, a number or a date of birth.")


class SearchOutput(serializers.Serializer):
    results = PersonInList(many=True)
    more = serializers.BooleanField(help_text="There are more than the hundred shown.")


class PersonFacts(serializers.Serializer):
    """What may be said about a person. Each is optional here; making a record asks for the names."""

    given_names = serializers.CharField(max_length=150, required=False)
    family_name = serializers.CharField(max_length=150, required=False)
    preferred_name = serializers.CharField(max_length=150, required=False, allow_blank=True)
    pronouns = serializers.CharField(max_length=40, required=False, allow_blank=True)
    date_of_birth = serializers.DateField(required=False, allow_null=True)
    date_of_birth_accuracy = serializers.RegexField(r"^[AEU]{3}$", max_length=3, required=False)
    nhs_number = serializers.RegexField(r"^[0-9]{10}$", required=False, allow_blank=True)
    nhs_number_status = serializers.ChoiceField(Person.NhsNumberStatus.choices, required=False)
    gender = serializers.ChoiceField(national_lists.GENDER, required=False, allow_blank=True)
    ethnicity = serializers.ChoiceField(
        national_lists.flat(national_lists.ETHNICITY), required=False, allow_blank=True
    )
    first_language = serializers.CharField(max_length=60, required=False, allow_blank=True)
    interpreter_needed = serializers.BooleanField(required=False)
    primary_support_reason = serializers.ChoiceField(
        national_lists.PRIMARY_SUPPORT_REASON, required=False, allow_blank=True
    )
    accommodation_status = serializers.ChoiceField(
        national_lists.flat(national_lists.ACCOMMODATION_STATUS), required=False, allow_blank=True
    )
    phone = serializers.CharField(max_length=30, required=False, allow_blank=True)
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True)
    preferred_channel = serializers.ChoiceField(Person.Channel.choices, required=False)
    safe_to_leave_message = serializers.BooleanField(required=False)
    safe_contact = serializers.CharField(max_length=300, required=False, allow_blank=True)
    is_carer = serializers.BooleanField(required=False)
    is_service_user = serializers.BooleanField(required=False)


class RegisterInput(PersonFacts):
    given_names = serializers.CharField(max_length=150)
    family_name = serializers.CharField(max_length=150)
    address_lines = serializers.CharField(max_length=300, required=False, allow_blank=True)
    postcode = serializers.CharField(max_length=10, required=False, allow_blank=True)
    not_these = serializers.ListField(
        child=serializers.CharField(max_length=16),
        required=False,
        help_text="References of people who may be the same and have been looked at.",
    )


class NoteOutput(serializers.Serializer):
    ref = serializers.CharField()
    kind = serializers.CharField()
    occurred_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    author = serializers.CharField(source="author.name")
    text = serializers.CharField()
    person_words = serializers.CharField()
    involved = serializers.CharField()
    is_significant = serializers.BooleanField()
    corrects = serializers.CharField(source="corrects.ref", default="")
    corrected_by = serializers.CharField(source="corrected_by_ref", default="", allow_null=True)


class NotesPage(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = NoteOutput(many=True)


class NoteInput(serializers.Serializer):
    kind = serializers.ChoiceField(CaseNote.Kind.choices)
    occurred_at = serializers.DateTimeField()
    text = serializers.CharField(max_length=20000)
    person_words = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    involved = serializers.CharField(max_length=300, required=False, allow_blank=True)
    is_significant = serializers.BooleanField(required=False)
    corrects = serializers.CharField(max_length=16, required=False, allow_blank=True)


class RelationshipOutput(serializers.Serializer):
    ref = serializers.CharField()
    kind = serializers.CharField()
    other = serializers.SerializerMethodField(
        help_text="Reference of a person on record whom you may know of."
    )
    other_name = serializers.SerializerMethodField()
    what_they_do = serializers.CharField()
    may_talk = serializers.CharField()
    is_carer = serializers.BooleanField()
    is_main_carer = serializers.BooleanField()
    next_of_kin = serializers.BooleanField()
    emergency_contact = serializers.BooleanField()
    valid_from = serializers.DateField()
    version = serializers.IntegerField()

    def _known(self, row: Relationship) -> bool:
        return row.other_person_id in self.context["known"]

    def get_other(self, row: Relationship) -> str:
        return row.other_person.ref if row.other_person and self._known(row) else ""

    def get_other_name(self, row: Relationship) -> str:
        if row.other_person:
            return row.other_person.name if self._known(row) else ""
        return row.other_name


class RelationshipInput(serializers.Serializer):
    other = serializers.CharField(max_length=16, required=False, allow_blank=True)
    other_name = serializers.CharField(max_length=150, required=False, allow_blank=True)
    other_phone = serializers.CharField(max_length=30, required=False, allow_blank=True)
    kind = serializers.ChoiceField(Relationship.Kind.choices)
    what_they_do = serializers.CharField(max_length=300, required=False, allow_blank=True)
    may_talk = serializers.ChoiceField(Relationship.MayTalk.choices, required=False)
    is_carer = serializers.BooleanField(required=False)
    is_main_carer = serializers.BooleanField(required=False)
    hours_caring_weekly = serializers.IntegerField(
        min_value=0, max_value=168, required=False, allow_null=True
    )
    lives_with = serializers.BooleanField(required=False)
    next_of_kin = serializers.BooleanField(required=False)
    emergency_contact = serializers.BooleanField(required=False)
    key_holder = serializers.BooleanField(required=False)


class AllocationInput(serializers.Serializer):
    team = serializers.CharField(max_length=16)
    worker = serializers.CharField(max_length=16, required=False, allow_blank=True)
    handover_summary = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class AllocationOutput(serializers.Serializer):
    ref = serializers.CharField()
    team = serializers.CharField(source="team.ref")
    worker = serializers.CharField(source="worker.ref", default="")
    valid_from = serializers.DateField()
    handover_summary = serializers.CharField()


class PossibleDuplicate(serializers.Serializer):
    ref = serializers.CharField(source="person.ref")
    name = serializers.CharField(source="person.name")
    local_number = serializers.CharField(source="person.local_number")
    strength = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())


class Duplicates(serializers.Serializer):
    """Why a record was not made: these people may be the same."""

    detail = serializers.CharField()
    people = PossibleDuplicate(many=True)


def _person(request: SignedInApiRequest, ref: str) -> Person:
    """The person, with the look written down, as on every page."""
    return open_person(request, ref)


def _shown(person: Person, user: User) -> dict[str, Any]:
    return dict(PersonOutput(person, context={"user": user}).data)


def _again(user: User, ref: str) -> Person:
    return get_object_or_404(Person.objects.visible_to(user).with_identity(), ref=ref)


class SearchPeople(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="people_search", request=SearchInput, responses={200: SearchOutput, **REFUSALS}
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Find people. A POST, so that no name stands in an address."""
        given = read_input(SearchInput, request)
        found = searching.search(request.user, given["q"])
        audit.record(
            events.SEARCHED,
            subject=request.user,
            person_id=None,
            by=request.user,
            at=clock.now(),
            found=len(found.rows),
        )
        return Response({"results": PersonInList(found.rows, many=True).data, "more": found.more})


class People(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="people_list", responses={200: PeoplePage, **REFUSALS})
    def get(self, request: SignedInApiRequest) -> Response:
        """Everybody the user may know of, by name."""
        people = Person.objects.visible_to(request.user).with_identity()
        return listed(request, people, PersonInList, ordering=("name_sort", "pk"))

    @extend_schema(
        operation_id="people_register",
        request=RegisterInput,
        parameters=[KEY],
        responses={201: PersonOutput, 200: PersonOutput, **REFUSALS, 409: Duplicates},
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Make a record. 409 with the people who may be the same, unless each of them is named in `not_these`."""
        facts = read_input(RegisterInput, request)
        looked_at = set(facts.pop("not_these", []))
        matches = services.find_duplicates(
            given_names=facts["given_names"],
            family_name=facts["family_name"],
            date_of_birth=facts.get("date_of_birth"),
            nhs_number=facts.get("nhs_number", ""),
            postcode=facts.get("postcode", ""),
            user=request.user,
        )
        made: list[Person] = []

        def make() -> str:
            unseen = [match for match in matches if match.is_certain or match.person.ref not in looked_at]
            if unseen:
                raise _MayBeTheSame
            made.append(services.register(facts=facts, by=request.user, now=clock.now()))
            return made[0].ref

        try:
            ref, is_new = self.once(purpose="api:people:register", content=facts, make=make)
        except _MayBeTheSame:
            answer = {"detail": "These people may be the same. Nothing has been saved.", "people": matches}
            return Response(Duplicates(answer).data, status=status.HTTP_409_CONFLICT)
        person = _again(request.user, ref)
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return with_version(Response(_shown(person, request.user), status=code), person.version)


class _MayBeTheSame(Exception):  # noqa: N818
    """Somebody like this is on record, and nobody has said that they are not the same."""


class OnePerson(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="people_show", responses={200: PersonOutput, **REFUSALS})
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One person's details. The look is written down."""
        person = _person(request, ref)
        return with_version(Response(_shown(person, request.user)), person.version)


class CorrectPerson(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="people_correct",
        request=PersonFacts,
        parameters=[VERSION],
        responses={200: PersonOutput, **REFUSALS, 428: Problem},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Change facts. 409 when somebody else was faster."""
        person = _person(request, ref)
        version = self.expected_version()
        facts = read_input(PersonFacts, request)
        services.correct(person=person, facts=facts, version=version, by=request.user, now=clock.now())
        person = _again(request.user, ref)
        return with_version(Response(_shown(person, request.user)), person.version)


class Notes(ApiView):
    policy = CASE_WORK

    @extend_schema(operation_id="people_notes_list", responses={200: NotesPage, **REFUSALS})
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """The notes about a person, the newest first."""
        person = _person(request, ref)
        return listed(
            request, chronology.notes_of(person, request.user), NoteOutput, ordering=("-occurred_at", "-pk")
        )

    @extend_schema(
        operation_id="people_notes_add",
        request=NoteInput,
        parameters=[KEY],
        responses={201: NoteOutput, 200: NoteOutput, **REFUSALS},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Write a note, or the correction of one. It cannot be changed afterwards."""
        person = _person(request, ref)
        given = read_input(NoteInput, request)
        content = {"person": person.ref, **given}
        corrects_ref = given.pop("corrects", "")
        corrects = None
        if corrects_ref:
            visible = CaseNote.objects.visible_to(request.user)
            corrects = get_object_or_404(visible, person=person, ref=corrects_ref)

        def make() -> str:
            return services.add_note(
                person=person, corrects=corrects, by=request.user, now=clock.now(), **given
            ).ref

        note_ref, is_new = self.once(purpose="api:people:add-note", content=content, make=make)
        note = get_object_or_404(chronology.notes_of(person, request.user), ref=note_ref)
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(NoteOutput(note).data, status=code)


class Relationships(ApiView):
    policy = CASE_WORK

    def _shown(self, request: SignedInApiRequest, rows: list[Relationship]) -> list[dict[str, Any]]:
        others = [row.other_person_id for row in rows if row.other_person_id]
        known = Person.objects.visible_to(request.user).filter(pk__in=others).values_list("pk", flat=True)
        return list(RelationshipOutput(rows, many=True, context={"known": set(known)}).data)

    @extend_schema(
        operation_id="people_relationships_list", responses={200: RelationshipOutput(many=True), **REFUSALS}
    )
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """Everyone around the person now; a network is small, so it comes whole."""
        person = _person(request, ref)
        rows = person.relationships.filter(valid_to=None).select_related("other_person")
        return Response(self._shown(request, list(rows.order_by("-is_main_carer", "kind", "pk"))))

    @extend_schema(
        operation_id="people_relationships_add",
        request=RelationshipInput,
        parameters=[KEY],
        responses={201: RelationshipOutput, 200: RelationshipOutput, **REFUSALS},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Add someone to the network: a person on record by reference, or somebody by name."""
        person = _person(request, ref)
        facts = read_input(RelationshipInput, request)
        content = {"person": person.ref, **facts}
        other_ref = facts.pop("other", "")
        other = (
            get_object_or_404(Person.objects.visible_to(request.user), ref=other_ref) if other_ref else None
        )

        def make() -> str:
            return services.add_relationship(
                person=person, other_person=other, facts=facts, by=request.user, now=clock.now()
            ).ref

        made_ref, is_new = self.once(purpose="api:people:add-relationship", content=content, make=make)
        rows = list(person.relationships.select_related("other_person").filter(ref=made_ref))
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(self._shown(request, rows)[0], status=code)


class Allocate(ApiView):
    policy = CASE_WORK

    @extend_schema(
        operation_id="people_allocate",
        request=AllocationInput,
        parameters=[KEY],
        responses={201: AllocationOutput, 200: AllocationOutput, **REFUSALS},
    )
    def post(self, request: SignedInApiRequest, ref: str) -> Response:
        """Make a team, and a worker of it, responsible. A change of worker needs a summary."""
        person = _person(request, ref)
        given = read_input(AllocationInput, request)
        team = get_object_or_404(Team.objects.filter(is_active=True), ref=given["team"])
        worker = get_object_or_404(User.objects.staff(), ref=given["worker"]) if given.get("worker") else None

        def make() -> str:
            return services.allocate(
                person=person,
                team=team,
                worker=worker,
                handover_summary=given.get("handover_summary", ""),
                reason=given.get("reason", ""),
                by=request.user,
                now=clock.now(),
            ).ref

        content = {"person": person.ref, **given}
        made_ref, is_new = self.once(purpose="api:people:allocate", content=content, make=make)
        allocation = person.allocations.select_related("team", "worker").get(ref=made_ref)
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(AllocationOutput(allocation).data, status=code)
