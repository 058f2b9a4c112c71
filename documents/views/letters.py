"""Writing a letter from a record, reading it, and recording that the person has it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from core import clock, policy
from core.permissions import require
from core.workflow import WrongState
from documents import formats, handing_out, kinds, services, workflow
from documents.forms import GiveForm, GiveMadeForm, WriteLetterForm
from documents.models import Letter
from documents.permissions import can_write
from people.models import Person
from people.pages import identity, open_person
from people.views.asking import Question, change, create, show

HELP = (
    "A letter is made from the record, in the format that the person reads. Nothing is typed into it: what is wrong in "
    "it is put right on the record, and the letter is made again."
)
NOT_READY = "The record it is made from is not ready for a letter any more."


def _back(person: Person) -> str:
    return reverse("documents:list-documents", args=[person.ref])


def _open_letter(request: SignedInRequest, ref: str, letter_ref: str) -> Letter:
    person = open_person(request, ref)
    letters = Letter.objects.visible_to(request.user).select_related("written_by", "given_by")
    letter = get_object_or_404(letters, person=person, ref=letter_ref)
    letter.person = person
    return letter


def _choices(person: Person, request: SignedInRequest) -> list[tuple[str, str]]:
    """What can be written about, without what is in preparation already."""
    busy = set(
        Letter.objects.filter(person=person, status=Letter.Status.DRAFT).values_list("kind", "subject_ref")
    )
    return [
        (f"{kind.code}:{source.ref}", f"{kind.title}: {source.words}")
        for kind, source in kinds.everything(person, request.user)
        if (kind.code, source.ref) not in busy
    ]


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def write_letter(request: SignedInRequest, ref: str) -> HttpResponse:
    """Choose what to write about and in which format; the text comes from the record."""
    person = open_person(request, ref)
    require(can_write(request.user, person))
    wanted, about = formats.wanted(person), _choices(person, request)
    question = Question(
        "Write a letter",
        "Write the letter",
        _back(person),
        HELP,
        current="documents",
        template="documents/write_letter.html",
        more={"can_write_about": about, "wanted": wanted},
    )
    if request.method != "POST":
        first = request.GET.get("about", "")
        initial = {
            "about": first if first in dict(about) else (about[0][0] if len(about) == 1 else ""),
            "format": wanted[0] if wanted else formats.Format.STANDARD,
        }
        return show(request, person, question, WriteLetterForm(about=about, wanted=wanted, initial=initial))
    form = WriteLetterForm(request.POST, about=about, wanted=wanted)
    if not form.is_valid():
        again = _sent_before(request, form)
        return again or show(request, person, question, form)
    answers = {name: form.cleaned_data[name] for name in ("about", "format", "why_this_format")}

    def make() -> str:
        kind, _colon, subject_ref = answers["about"].partition(":")
        try:
            letter = services.write_letter(
                person=person,
                kind=kind,
                subject_ref=subject_ref,
                format=answers["format"],
                why_this_format=answers["why_this_format"],
                by=request.user,
                now=clock.now(),
            )
        except LookupError as error:
            raise WrongState(NOT_READY) from error
        return letter.get_absolute_url()

    return create(
        request,
        person,
        question,
        form,
        purpose="documents:write",
        content=answers,
        make=make,
        said="The letter is written. Read it before you give it.",
    )


def _sent_before(request: SignedInRequest, form: WriteLetterForm) -> HttpResponse | None:
    """The button was pressed twice: the letter is in preparation by now, so it is no choice any more. Lead to it."""
    kind, _colon, subject_ref = str(form.data.get("about", "")).partition(":")
    made = (
        Letter.objects.visible_to(request.user)
        .filter(
            written_by=request.user, status=Letter.Status.DRAFT, kind=kind[:40], subject_ref=subject_ref[:16]
        )
        .select_related("person")
        .first()
    )
    return HttpResponseRedirect(made.get_absolute_url()) if made else None


@require_GET
@policy.staff(*CASE_ROLES)
def show_letter(request: SignedInRequest, ref: str, letter_ref: str) -> HttpResponse:
    """The letter as the person gets it, and what can be done with it."""
    letter = _open_letter(request, ref, letter_ref)
    identified = identity(letter.person, request.user)
    context = {
        "letter": letter,
        "may_give": workflow.GIVE.is_open_to(request.user, letter),
        "is_large": formats.points(letter.format) > formats.STANDARD_POINTS,
        **identified,
    }
    return render(request, "documents/show_letter.html", context)


@require_GET
@policy.staff(*CASE_ROLES)
def download_letter(request: SignedInRequest, ref: str, letter_ref: str) -> HttpResponse:
    """The letter as a tagged PDF."""
    return handing_out.letter_file(_open_letter(request, ref, letter_ref))


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def give_letter(request: SignedInRequest, ref: str, letter_ref: str) -> HttpResponse:
    """Record that the person has it, how and when."""
    letter = _open_letter(request, ref, letter_ref)
    require(workflow.GIVE.allowed(request.user, letter))
    if not letter.is_draft:
        raise WrongState(f"This letter is “{letter.get_status_display().lower()}”.")

    def save(answers: dict[str, Any], version: int) -> None:
        services.give_letter(
            letter=letter,
            how=answers["how"],
            on=answers["on"],
            is_made=answers.get("is_made", False),
            version=version,
            by=request.user,
            now=clock.now(),
        )

    return change(
        request,
        letter.person,
        Question(
            "Record that the letter was given",
            "Record it",
            letter.get_absolute_url(),
            "The day counts for the law: from it the person knows the decision. The letter cannot change afterwards.",
            current="documents",
            intro=f"{letter.title}, version {letter.number}. Format: {letter.get_format_display().lower()}.",
        ),
        GiveMadeForm if letter.is_made_by_people else GiveForm,
        record=letter,
        saved=lambda row: {"on": clock.today(), "how": ""},
        save=save,
        done=letter.get_absolute_url(),
        said="Recorded: the person has the letter.",
    )


@require_POST
@policy.staff(*CASE_ROLES)
def make_again(request: SignedInRequest, ref: str, letter_ref: str) -> HttpResponse:
    """Make the draft from the record as it is now."""
    letter = _open_letter(request, ref, letter_ref)
    try:
        services.make_again(letter=letter, version=_version(request), by=request.user, now=clock.now())
    except LookupError as error:
        raise WrongState(NOT_READY) from error
    messages.success(request, "The letter is made again from the record.")
    return HttpResponseRedirect(letter.get_absolute_url())


@require_POST
@policy.staff(*CASE_ROLES)
def throw_away(request: SignedInRequest, ref: str, letter_ref: str) -> HttpResponse:
    """Throw a draft away."""
    letter = _open_letter(request, ref, letter_ref)
    services.throw_away(letter=letter, version=_version(request), by=request.user, now=clock.now())
    messages.success(request, "The letter is thrown away.")
    return HttpResponseRedirect(_back(letter.person))


def _version(request: SignedInRequest) -> int:
    given = request.POST.get("version", "")
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise Http404
    return int(given)
