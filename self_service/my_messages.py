"""My messages: write to the worker, read the answers, write again. The day by which we answer stands beside each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import clock, drafts, form_drafts, form_keys, policy
from core.forms import KeyedForm
from core.templatetags.dates import clock_time
from core.workflow import WrongState
from people.models import PortalAccess
from self_service import forms
from self_service.access import access_in_use, must_act, open_pages, signatures
from self_service.happening import lead_of
from worklist import services, workflow
from worklist.models import Conversation, Notification
from worklist.paging import key_page

DRAFT = "self_service.message"
NEW = "new"


def _subject(access: PortalAccess, ref: str = NEW) -> str:
    """What a draft belongs to: these pages, and a conversation of theirs or a new one."""
    return f"{access.ref}:{ref}"


def _conversations(request: SignedInRequest, access: PortalAccess) -> Any:
    return Conversation.objects.visible_to(request.user).for_list().filter(person=access.person_id)


def unread(request: SignedInRequest, access: PortalAccess) -> int:
    """How many answers the reader has not opened yet."""
    lines = Notification.objects.visible_to(request.user).in_portal().unseen()
    return lines.filter(person=access.person_id, template=services.ANSWERED).count()


@require_GET
@policy.person()
def list_messages(request: SignedInRequest) -> HttpResponse:
    """What was written and answered, the newest first."""
    access = open_pages(request, page="self_service:messages")
    page = key_page(request, _conversations(request, access), field="last_at", descending=True)
    signed = signatures(access, request.user)
    context = {
        "access": access,
        "person": access.person,
        "page": page,
        "rows": [(row, signed.get(row.begun_by_id, row.begun_by.name)) for row in page.rows],
    }
    return TemplateResponse(request, "self_service/messages.html", context)


def _typed(
    request: SignedInRequest, access: PortalAccess, form_class: type[KeyedForm], subject: str
) -> tuple[KeyedForm, HttpResponse | None]:
    """The form with what was typed, or with the draft; and the answer where the draft was kept or thrown away."""
    user = request.user
    if request.method != "POST":
        draft = drafts.find(owner=user, kind=DRAFT, subject=subject)
        return form_class(initial=form_drafts.first_answers(form_class, draft.data) if draft else None), None
    if "discard" in request.POST or "later" in request.POST:
        if "later" in request.POST:
            _keep(request, access, form_class, subject)
            messages.info(request, "We have kept what you wrote. Nobody else sees it until you send it.")
        else:
            drafts.discard(owner=user, kind=DRAFT, subject=subject)
        return form_class(), HttpResponseRedirect(reverse("self_service:messages"))
    return form_class(request.POST), None


def _keep(
    request: SignedInRequest, access: PortalAccess, form_class: type[KeyedForm], subject: str
) -> HttpResponse:
    drafts.save(
        owner=request.user,
        kind=DRAFT,
        subject=subject,
        data=form_drafts.typed(form_class(), request.POST),
        person_id=access.person_id,
    )
    return JsonResponse({"saved_at": clock_time(clock.now())})


def _sent(
    request: SignedInRequest, form: KeyedForm, *, subject: str, send: Callable[[dict[str, Any]], Conversation]
) -> HttpResponse | None:
    """Send what was typed, once. None where it was refused: the form says why."""
    given = dict(form.cleaned_data)
    key = given.pop("form_key")

    def make() -> str:
        conversation = send(given)
        drafts.discard(owner=request.user, kind=DRAFT, subject=subject)
        return reverse("self_service:message", args=[conversation.ref])

    try:
        address, made_now = form_keys.once(
            actor=form_keys.actor_of(request),
            key=key,
            purpose="my:message",
            content={"in": subject, **given},
            make=make,
        )
    except (WrongState, ValidationError) as refusal:
        form.add_error(None, str(refusal) if isinstance(refusal, WrongState) else refusal)
        return None
    if made_now:
        messages.success(request, "We have your message.")
    return HttpResponseRedirect(address)


@require_http_methods(["GET", "POST"])
@policy.person()
def write_message(request: SignedInRequest) -> HttpResponse:
    """Begin a conversation with the worker."""
    access = open_pages(request, page="self_service:write-message")
    must_act(access)
    subject = _subject(access)
    form, done = _typed(request, access, forms.WriteMessageForm, subject)
    if done is None and form.is_valid():
        done = _sent(
            request,
            form,
            subject=subject,
            send=lambda given: services.write_message(
                person=access.person, by=request.user, now=clock.now(), **given
            ),
        )
    context = {
        "access": access,
        "person": access.person,
        "form": form,
        "lead": lead_of(access.person, clock.today()),
        "autosave_url": reverse("self_service:autosave-message", args=[NEW]),
    }
    status = 400 if form.is_bound else 200
    return done or TemplateResponse(request, "self_service/write_message.html", context, status=status)


@require_http_methods(["GET", "POST"])
@policy.person()
def show_message(request: SignedInRequest, ref: str) -> HttpResponse:
    """One conversation: who wrote what, by when we answer, and a place to write again."""
    access = open_pages(request, page="self_service:message")
    conversation = get_object_or_404(_conversations(request, access), ref=ref)
    subject = _subject(access, conversation.ref)
    may_write = workflow.WRITE_AGAIN.is_open_to(request.user, conversation)
    if request.method == "POST" and not may_write:
        must_act(access)
    form, done = _typed(request, access, forms.WriteAgainForm, subject)
    if done is None and form.is_valid():
        done = _sent(
            request,
            form,
            subject=subject,
            send=lambda given: services.write_again(
                conversation=conversation, by=request.user, now=clock.now(), **given
            ),
        )
    if request.method == "GET":
        services.mark_seen(by=request.user, now=clock.now(), url=request.path)
    signed = signatures(access, request.user)
    lines = conversation.messages.select_related("written_by").order_by("written_at", "pk")
    context = {
        "access": access,
        "person": access.person,
        "conversation": conversation,
        "lines": [(line, signed.get(line.written_by_id, line.written_by.name)) for line in lines],
        "form": form,
        "may_write": may_write,
        "lead": lead_of(access.person, clock.today()),
        "autosave_url": reverse("self_service:autosave-message", args=[conversation.ref]),
    }
    status = 400 if form.is_bound else 200
    return done or TemplateResponse(request, "self_service/message.html", context, status=status)


@require_POST
@policy.person()
def autosave_message(request: SignedInRequest, ref: str) -> HttpResponse:
    """Keep what is being typed. The page sends it every few seconds."""
    access = access_in_use(request)
    must_act(access)
    if ref != NEW:
        get_object_or_404(_conversations(request, access), ref=ref)
    form_class = forms.WriteMessageForm if ref == NEW else forms.WriteAgainForm
    return _keep(request, access, form_class, _subject(access, ref))
