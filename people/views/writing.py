"""The chronology, and notes: written, kept as a draft meanwhile, corrected by a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES, MANAGING_ROLES
from accounts.requests import SignedInRequest
from core import clock, drafts, policy
from core.permissions import require
from core.templatetags.dates import clock_time
from people import chronology, permissions, services
from people.forms.work import NoteForm, draft_of, from_draft
from people.models import CaseNote, Person
from people.pages import identity, open_person
from people.views.asking import Question, create, show

DRAFT = "people.note"
HELP = (
    "A note says what happened, for whoever works with the person next. It cannot be changed once it is saved; "
    "a correction is a new note. Until then a draft is kept for you alone."
)


def _page_address(person: Person, **query: str) -> str:
    address = reverse("people:list-events", args=[person.ref])
    kept = {name: value for name, value in query.items() if value}
    return f"{address}?{urlencode(kept)}" if kept else address


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES)
def list_events(request: SignedInRequest, ref: str) -> HttpResponse:
    """Everything that happened, newest first, a page at a time."""
    person = open_person(request, ref)
    shown = request.GET.get("show", chronology.STORY)
    shown = shown if shown in chronology.SHOWS else chronology.STORY
    page = chronology.read(
        person,
        request.user,
        show=shown,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    query = "" if shown == chronology.STORY else shown
    context = {
        "entries": chronology.gathered(page.entries),
        "is_filtered": shown != chronology.STORY,
        "corrects_for_others": request.user.has_role(*MANAGING_ROLES),
        "shows": [(value, words, value == shown) for value, words in chronology.SHOWS.items()],
        "newer": _page_address(person, show=query, after=page.newer) if page.newer else "",
        "older": _page_address(person, show=query, before=page.older) if page.older else "",
        **identity(person, request.user),
    }
    return render(request, "people/list_events.html", context)


def _question(person: Person, corrects: CaseNote | None) -> Question:
    return Question(
        heading="Correct a note" if corrects else "Write a note",
        button="Save the note",
        back=reverse("people:list-events", args=[person.ref]),
        help=HELP,
        current="chronology",
        intro="The note before stays on the record, marked as corrected by this one." if corrects else "",
        template="people/add_note.html",
        more={"corrects": corrects, "autosave_url": reverse("people:autosave-note", args=[person.ref])},
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def add_note(request: SignedInRequest, ref: str) -> HttpResponse:
    """Write a note. What is typed is kept on the server until it is saved, or thrown away."""
    person = open_person(request, ref)
    require(permissions.can_add_note(request.user, person))
    return _write(request, person, None)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def correct_note(request: SignedInRequest, ref: str, note_ref: str) -> HttpResponse:
    """Write the note that corrects an earlier one."""
    person = open_person(request, ref)
    note = get_object_or_404(CaseNote.objects.visible_to(request.user), person=person, ref=note_ref)
    require(permissions.can_correct_note(request.user, note))
    return _write(request, person, note)


def _write(request: SignedInRequest, person: Person, corrects: CaseNote | None) -> HttpResponse:
    question = _question(person, corrects)
    user = request.user
    if request.method != "POST":
        return show(request, person, question, NoteForm(initial=_first_answers(request, person, corrects)))
    if not corrects and "discard" in request.POST:
        drafts.discard(owner=user, kind=DRAFT, subject=person.ref)
        messages.info(request, "The draft is thrown away.")
        return HttpResponseRedirect(person.get_absolute_url())
    if not corrects and "later" in request.POST:
        _keep_draft(request, person)
        messages.info(request, "The draft is kept. You find it on your work page.")
        return HttpResponseRedirect(person.get_absolute_url())
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show(request, person, question, form)

    def make() -> str:
        answers = form.content()
        services.add_note(
            person=person,
            kind=answers["kind"],
            occurred_at=form.occurred_at(),
            text=answers["text"],
            person_words=answers["person_words"],
            involved=answers["involved"],
            is_significant=answers["is_significant"],
            is_third_party=answers["is_third_party"],
            corrects=corrects,
            by=user,
            now=clock.now(),
        )
        if not corrects:
            drafts.discard(owner=user, kind=DRAFT, subject=person.ref)
        return reverse("people:list-events", args=[person.ref])

    content = {**form.content(), "corrects": corrects.ref if corrects else ""}
    return create(
        request,
        person,
        question,
        form,
        purpose="people:add-note",
        content=content,
        make=make,
        said="The note is saved.",
    )


def _first_answers(request: SignedInRequest, person: Person, corrects: CaseNote | None) -> dict:
    if corrects:
        local = corrects.occurred_at.astimezone(clock.LONDON)
        names = ("kind", "involved", "text", "person_words", "is_significant", "is_third_party")
        answers = {name: getattr(corrects, name) for name in names}
        return {**answers, "occurred_on": local.date(), "occurred_time": local.time()}
    draft = drafts.find(owner=request.user, kind=DRAFT, subject=person.ref)
    return from_draft(draft.data) if draft else {"occurred_on": clock.today()}


def _keep_draft(request: SignedInRequest, person: Person):
    return drafts.save(
        owner=request.user, kind=DRAFT, subject=person.ref, data=draft_of(request.POST), person_id=person.pk
    )


@require_http_methods(["POST"])
@policy.staff(*CASE_ROLES)
def autosave_note(request: SignedInRequest, ref: str) -> HttpResponse:
    """Keep what is being typed. The page sends it every few seconds."""
    person = get_object_or_404(Person.objects.visible_to(request.user), ref=ref)
    require(permissions.can_add_note(request.user, person))
    _keep_draft(request, person)
    return JsonResponse({"saved_at": clock_time(clock.now())})
