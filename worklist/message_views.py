"""Messages on a person's record: read, answered and closed by staff."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from core import clock, drafts, form_drafts, policy
from core.models import Draft
from core.templatetags.dates import clock_time
from people.models import Person, PortalAccess
from people.pages import identity, open_person
from people.views.asking import Question, change, create, show, without_key
from worklist import drafts as described
from worklist import services, workflow
from worklist.forms import AnswerForm, CloseConversationForm
from worklist.models import Conversation
from worklist.paging import key_page

DRAFT = "worklist.answer"
HELP = (
    "What the person, or somebody who acts for them, wrote from their own pages. An answer is promised by a day; they "
    "are told by an e-mail that says only that there is something to see."
)


def _conversation(request: SignedInRequest, person: Person, ref: str) -> Conversation:
    rows = Conversation.objects.visible_to(request.user).for_list()
    return get_object_or_404(rows, person=person, ref=ref)


def acting_for(person: Person) -> set[int]:
    """Users who have, or had, a right to act for the person: their messages say so."""
    rows = PortalAccess.objects.filter(person=person).exclude(relation=PortalAccess.Relation.SELF)
    return set(rows.values_list("user", flat=True))


def _draft_address(draft: Draft) -> str:
    person_ref, _, ref = draft.subject.partition(":")
    return reverse("messages:show-conversation", args=[person_ref, ref])


def register_drafts() -> None:
    """Say what an unfinished answer is called in “My work”."""
    described.register(DRAFT, label="Answer to a message", address=_draft_address)


@require_GET
@policy.staff(*CASE_ROLES)
def list_conversations(request: SignedInRequest, ref: str) -> HttpResponse:
    """Everything written from the person's own pages, the newest first."""
    person = open_person(request, ref)
    rows = Conversation.objects.visible_to(request.user).for_list().filter(person=person)
    context = {
        "page": key_page(request, rows, field="last_at", descending=True),
        "helpers": acting_for(person),
        "today": clock.today(),
        **identity(person, request.user),
    }
    return render(request, "worklist/list_conversations.html", context)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def show_conversation(request: SignedInRequest, ref: str, conversation_ref: str) -> HttpResponse:
    """One conversation, and its answer."""
    person = open_person(request, ref)
    conversation = _conversation(request, person, conversation_ref)
    user, subject = request.user, f"{person.ref}:{conversation.ref}"
    question = Question(
        conversation.subject_line,
        "Send the answer",
        reverse("messages:list-conversations", args=[person.ref]),
        HELP,
        current="messages",
        template="worklist/show_conversation.html",
        more={
            "conversation": conversation,
            "lines": list(conversation.messages.select_related("written_by").order_by("written_at", "pk")),
            "helpers": acting_for(person),
            "today": clock.today(),
            "may_answer": workflow.ANSWER.is_open_to(user, conversation),
            "may_close": workflow.CLOSE.is_open_to(user, conversation),
            "autosave_url": reverse("messages:autosave-answer", args=[person.ref, conversation.ref]),
        },
    )
    if request.method != "POST":
        draft = drafts.find(owner=user, kind=DRAFT, subject=subject)
        first = form_drafts.first_answers(AnswerForm, draft.data) if draft else None
        return show(request, person, question, AnswerForm(initial=first))
    if "discard" in request.POST:
        drafts.discard(owner=user, kind=DRAFT, subject=subject)
        messages.info(request, "The draft is thrown away.")
        return HttpResponseRedirect(conversation.get_absolute_url())
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show(request, person, question, form)

    def make() -> str:
        services.answer_message(
            conversation=conversation, text=form.cleaned_data["text"], by=user, now=clock.now()
        )
        drafts.discard(owner=user, kind=DRAFT, subject=subject)
        return conversation.get_absolute_url()

    return create(
        request,
        person,
        question,
        form,
        purpose="messages:answer",
        content={"conversation": conversation.ref, **without_key(form)},
        make=make,
        said="The answer is sent.",
    )


@require_POST
@policy.staff(*CASE_ROLES)
def autosave_answer(request: SignedInRequest, ref: str, conversation_ref: str) -> HttpResponse:
    """Keep what is being typed. The page sends it every few seconds."""
    person = get_object_or_404(Person.objects.visible_to(request.user), ref=ref)
    conversation = _conversation(request, person, conversation_ref)
    drafts.save(
        owner=request.user,
        kind=DRAFT,
        subject=f"{person.ref}:{conversation.ref}",
        data=form_drafts.typed(AnswerForm(), request.POST),
        person_id=person.pk,
    )
    return JsonResponse({"saved_at": clock_time(clock.now())})


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def close_conversation(request: SignedInRequest, ref: str, conversation_ref: str) -> HttpResponse:
    """Nothing more is to be said."""
    person = open_person(request, ref)
    conversation = _conversation(request, person, conversation_ref)
    question = Question(
        "Close the conversation",
        "Close it",
        conversation.get_absolute_url(),
        HELP,
        current="messages",
        intro="Nobody can write in it any more. It stays here to read, and a new one can be begun at any time.",
    )

    def save(answers: dict[str, Any], version: int) -> None:
        services.close_conversation(
            conversation=conversation, version=version, by=request.user, now=clock.now()
        )

    return change(
        request,
        person,
        question,
        CloseConversationForm,
        record=conversation,
        saved=lambda row: {},
        save=save,
        done=conversation.get_absolute_url(),
        said="The conversation is closed.",
    )
