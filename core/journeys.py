"""One question a page: where somebody is, what comes next, and what they answered.

A journey is a list of steps. A step has one form and may be asked only after certain answers. What was typed is kept
as it was typed and read again by the same form before it is sent, so that nothing is sent that was not checked. The
pages below are for people without an account; whoever is signed in keeps their answers in `core.drafts`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from core import open_drafts, throttle
from core.forms import GovukForm, PublicForm, TextField, answer_in_words
from core.models import OpenDraft

Typed = dict[str, dict[str, list[str]]]
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "save"})


class Answers:
    """What was typed so far, by step and question."""

    def __init__(self, typed: Typed) -> None:
        self.typed = typed

    def has(self, slug: str) -> bool:
        return slug in self.typed

    def get(self, slug: str, name: str) -> str:
        given = self.typed.get(slug, {}).get(name, [])
        return given[0] if given else ""

    def all(self, slug: str, name: str) -> list[str]:
        return list(self.typed.get(slug, {}).get(name, []))


class QuestionForm(PublicForm):
    """A page with one question: its only field is the heading, or `title` is, where it has several parts."""

    title = ""
    lead = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.heading_field:
            self.title = str(self.fields[self.heading_field].label)


@dataclass(frozen=True)
class Step:
    """One question: its address, its form, the part it belongs to, and after which answers it is asked."""

    slug: str
    form: type[QuestionForm]
    part: str = ""
    asked: Callable[[Answers], bool] = lambda answers: True
    arguments: Mapping[str, Any] = field(default_factory=dict)
    # What a form must know of earlier answers, for its wording.
    wording: Callable[[Answers], Mapping[str, Any]] = lambda answers: {}
    exits: bool = False

    def bound(self, answers: Answers, given: Any) -> QuestionForm:
        return self.form(given, **self.arguments, **self.wording(answers))

    def kept(self, answers: Answers) -> QuestionForm:
        """The form with what was typed before, or empty."""
        if not answers.has(self.slug):
            return self.bound(answers, None)
        given = QueryDict(mutable=True)
        for name, values in answers.typed[self.slug].items():
            given.setlist(name, values)
        return self.bound(answers, given)


@dataclass(frozen=True)
class Row:
    """A question with its answer in words, and where to change it."""

    slug: str
    part: str
    question: str
    answer: str
    change: str


@dataclass(frozen=True)
class Journey:
    """A form in steps. The names are those of its addresses, and `about` is what comes before the step in each of
    them: whom it is about. `exits` puts “Exit this page” on every page."""

    kind: str
    service: str
    start: str
    step: str
    check: str
    steps: Sequence[Step]
    save: str = ""
    about: tuple[str, ...] = ()
    template: str = "public/step.html"
    exits: bool = False
    promise: str = ""

    def asked(self, answers: Answers) -> list[Step]:
        return [step for step in self.steps if step.asked(answers)]

    def first_open(self, answers: Answers) -> Step | None:
        """The first question that has no answer that holds, or None when all have one."""
        for step in self.asked(answers):
            if not answers.has(step.slug) or not step.kept(answers).is_valid():
                return step
        return None

    def address(self, step: Step | None) -> str:
        """Where a step is asked; after the last one, where the answers are checked."""
        return (
            reverse(self.step, args=[*self.about, step.slug])
            if step
            else reverse(self.check, args=self.about)
        )

    def find(self, slug: str) -> Step:
        """The step of this address. Raises Http404 where there is none."""
        step = next((step for step in self.steps if step.slug == slug), None)
        if step is None:
            raise Http404
        return step

    def may_ask(self, step: Step, answers: Answers) -> bool:
        """Whether a step is asked after these answers, and nothing before it was left out."""
        asked = self.asked(answers)
        return step in asked and all(answers.has(earlier.slug) for earlier in asked[: asked.index(step)])

    def after(self, slug: str, answers: Answers) -> Step | None:
        asked = self.asked(answers)
        places = [place for place, step in enumerate(asked) if step.slug == slug]
        return asked[places[0] + 1] if places and places[0] + 1 < len(asked) else None

    def before(self, slug: str, answers: Answers) -> Step | None:
        asked = self.asked(answers)
        places = [place for place, step in enumerate(asked) if step.slug == slug]
        return asked[places[0] - 1] if places and places[0] > 0 else None

    def cleaned(self, answers: Answers) -> dict[str, Any]:
        """All answers as the forms read them. Only when `first_open` finds nothing."""
        found: dict[str, Any] = {}
        for step in self.asked(answers):
            form = step.kept(answers)
            form.is_valid()
            found |= {f"{step.slug}.{name}": value for name, value in form.cleaned_data.items()}
        return found

    def rows(self, answers: Answers) -> list[Row]:
        """The questions asked with their answers, in words, in the order they were asked."""
        rows = []
        for step in self.asked(answers):
            form = step.kept(answers)
            if not form.is_valid():
                continue
            change = f"{self.address(step)}?change=1"
            # What an answer would have opened, and did not, was not asked.
            inside = {name for opened in form.reveals.values() for names in opened.values() for name in names}
            for bound in form:
                words = answer_in_words(form, bound.name, form.cleaned_data.get(bound.name))
                if words or bound.name not in inside:
                    rows.append(Row(step.slug, step.part, str(bound.label), words, change))
        return rows


# Pages ----------------------------------------------------------------------------------------------------------


def typed_in(draft: OpenDraft | None) -> Answers:
    return Answers(open_drafts.read(draft) if draft else {})


def show_step(request: HttpRequest, journey: Journey, slug: str) -> HttpResponse:
    """Ask one question, keep its answer and go on. Whoever jumps ahead is led to the first open question."""
    step = journey.find(slug)
    draft = open_drafts.current(request, journey.kind)
    if draft is not None and draft.result:
        draft = None  # that one was sent: this is a new beginning
    answers = typed_in(draft)
    is_first = step is journey.steps[0]
    if draft is None and not is_first:
        return HttpResponseRedirect(reverse(journey.start))
    if not journey.may_ask(step, answers):
        return HttpResponseRedirect(journey.address(journey.first_open(answers)))
    if request.method != "POST":
        return _page(request, journey, step, step.kept(answers), answers)
    form = step.bound(answers, request.POST)
    if not form.is_valid():
        return _page(request, journey, step, form, answers)
    answers = _keep(request, journey, draft, step, form)
    if "save" in request.POST:
        return HttpResponseRedirect(reverse(journey.save))
    follows = journey.first_open(answers) if "change" in request.GET else journey.after(slug, answers)
    return HttpResponseRedirect(journey.address(follows))


def typed_into(form: GovukForm, sent: QueryDict) -> dict[str, list[str]]:
    """What was typed into the questions of a form, as it is kept."""
    wanted = tuple(form.fields)
    return {
        name: values
        for name, values in sent.lists()
        if name not in NOT_KEPT and (name in wanted or name.startswith(tuple(f"{each}_" for each in wanted)))
    }


def _keep(
    request: HttpRequest, journey: Journey, draft: OpenDraft | None, step: Step, form: GovukForm
) -> Answers:
    """Put the answer of one step into the draft, beside what another tab may have put there meanwhile."""
    with transaction.atomic():
        held = open_drafts.lock(draft) if draft else open_drafts.begin(request, journey.kind)
        typed = open_drafts.read(held)
        typed[step.slug] = typed_into(form, request.POST)
        open_drafts.save(held, typed)
    return Answers(typed)


def _page(
    request: HttpRequest, journey: Journey, step: Step, form: QuestionForm, answers: Answers
) -> HttpResponse:
    before = journey.before(step.slug, answers)
    context = {
        "journey": journey,
        "step": step,
        "form": form,
        "before": journey.address(before) if before else reverse(journey.start),
        "changes": "change" in request.GET,
    }
    # A page shown again with an old answer is no refusal, even where the answer no longer holds.
    status = 400 if form.errors and request.method == "POST" else 200
    return render(request, journey.template, context, status=status)


def whole(request: HttpRequest, journey: Journey) -> tuple[OpenDraft, Answers] | HttpResponseRedirect:
    """The draft with every answer, or the way to the first open question."""
    draft = open_drafts.current(request, journey.kind)
    if draft is None or draft.result:
        return HttpResponseRedirect(reverse(journey.start))
    answers = typed_in(draft)
    open_step = journey.first_open(answers)
    if open_step is not None:
        return HttpResponseRedirect(journey.address(open_step))
    return draft, answers


def send(request: HttpRequest, journey: Journey, make: Callable[[Answers], str]) -> str | None:
    """Make the record of a draft once, and answer the way to it every time after. None when there is no whole draft.

    A second press, or the same draft sent from another browser, waits for the first and leads to the same record.
    """
    draft = open_drafts.current(request, journey.kind)
    if draft is None:
        return None
    with transaction.atomic():
        try:
            held = open_drafts.lock(draft)
        except OpenDraft.DoesNotExist:
            return None
        if held.result:
            return held.result
        answers = typed_in(held)
        if journey.first_open(answers) is not None:
            return None
        result = make(answers)
        open_drafts.sent(held, result)
    return result


# Leaving and coming back ----------------------------------------------------------------------------------------


class CodeForm(PublicForm):
    """The code that was shown when somebody left."""

    code = TextField(
        label="Your code",
        help_text="It has 12 letters and numbers. Spaces do not matter",
        max_length=40,
        width=20,
        spellcheck=False,
    )


def save_for_later(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Give a code with which the answers so far are found again from any device."""
    draft = open_drafts.current(request, journey.kind)
    if draft is None or draft.result:
        return HttpResponseRedirect(reverse(journey.start))
    context: dict[str, Any] = {"journey": journey, "days": open_drafts.KEPT.days}
    if request.method == "POST":
        context["code"] = open_drafts.new_code(draft)
    context["back"] = journey.address(journey.first_open(typed_in(draft)))
    return render(request, "public/save.html", context)


def come_back(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Take up what was left, by its code. A wrong code and one that has run out are answered alike."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not throttle.allowed(request, "open_draft"):
        return render(request, "429.html", status=429)
    if form.is_valid():
        draft = open_drafts.find(journey.kind, form.cleaned_data["code"])
        if draft is not None:
            open_drafts.take_up(request, draft)
            return HttpResponseRedirect(journey.address(journey.first_open(typed_in(draft))))
        form.add_error(
            "code", "We have no answers for this code. Check each letter and number, or begin again"
        )
    context = {
        "journey": journey,
        "form": form,
        "back": reverse(journey.start),
        "days": open_drafts.KEPT.days,
    }
    return render(request, "public/come_back.html", context, status=400 if form.errors else 200)
