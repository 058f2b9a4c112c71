"""How to get in touch with me, who works with me and who acts for me, and who has looked at my record."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core import clock, form_keys, policy
from core.permissions import require
from core.versions import StaleVersion
from core.workflow import WrongState
from people import permissions, services
from people.authority import Part
from people.models import Allocation, CommunicationNeed, PortalAccess
from self_service import forms, looks
from self_service.access import must_act, open_pages

ENDED = "taken back by the person on their own pages"


@require_http_methods(["GET", "POST"])
@policy.person()
def contact_preferences(request: SignedInRequest) -> HttpResponse:
    """How we get in touch, and how letters come. What is safe is between the person and us."""
    access = open_pages(request, page="self_service:contact-preferences", part=Part.DETAILS)
    person, helped = access.person, "" if access.is_own else access.person.first_name
    needs = CommunicationNeed.objects.filter(person=person, code__in=services.FORMATS, ended_on=None)
    saved = {
        "preferred_channel": person.preferred_channel,
        "safe_to_leave_message": "yes" if person.safe_to_leave_message else "no",
        "safe_contact": person.safe_contact,
        "formats": list(needs.order_by("pk").values_list("code", flat=True)),
    }
    status = 200
    if request.method == "POST":
        must_act(access)
        form = forms.PreferencesForm(request.POST, helped=helped)
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            try:
                services.set_contact_preferences(
                    person=person,
                    channel=given["preferred_channel"],
                    safe_to_leave_message=given["safe_to_leave_message"],
                    safe_contact=given.get("safe_contact") if access.is_own else None,
                    formats=given["formats"],
                    version=given["version"],
                    by=request.user,
                    now=clock.now(),
                )
            except StaleVersion as stale:
                form.show_conflict(version=stale.record.version, saved=saved)
                status = 409
            else:
                messages.success(request, "We have changed how we get in touch.")
                return HttpResponseRedirect(reverse("self_service:contact-preferences"))
    else:
        form = forms.PreferencesForm(initial=saved, version=person.version, helped=helped)
    letters = [services.FORMATS[code] for code in saved["formats"]]
    answers = [
        ("How we get in touch", person.get_preferred_channel_display()),
        ("How letters come", ", ".join(letters) or "Standard print"),
        ("Safe to leave a message", "Yes" if person.safe_to_leave_message else "No"),
    ]
    context = {"access": access, "person": person, "form": form, "answers": answers}
    return TemplateResponse(request, "self_service/contact_preferences.html", context, status=status)


@require_GET
@policy.person()
def show_people(request: SignedInRequest) -> HttpResponse:
    """Who works with the person, and, for the person alone, who may see their pages and by what right."""
    access = open_pages(request, page="self_service:people")
    today = clock.today()
    workers = Allocation.objects.live(today).filter(person=access.person, worker__isnull=False)
    helpers = (
        PortalAccess.objects.live(today)
        .filter(person=access.person)
        .exclude(relation=PortalAccess.Relation.SELF)
        .select_related("user")
        .order_by("pk")
        if access.is_own
        else []
    )
    context = {
        "access": access,
        "person": access.person,
        "workers": workers.select_related("worker", "team").order_by("role", "pk"),
        "helpers": [(row, bool(permissions.can_end_portal_access(request.user, row))) for row in helpers],
    }
    return TemplateResponse(request, "self_service/people.html", context)


@require_http_methods(["GET", "POST"])
@policy.person()
def end_permission(request: SignedInRequest, ref: str) -> HttpResponse:
    """Take back a permission: they see nothing from this moment on."""
    access = open_pages(request, page="self_service:end-permission")
    rows = PortalAccess.objects.live(clock.today()).exclude(relation=PortalAccess.Relation.SELF)
    given = get_object_or_404(rows.select_related("user", "person"), person=access.person_id, ref=ref)
    require(permissions.can_end_portal_access(request.user, given))
    form = forms.EndPermissionForm(request.POST if request.method == "POST" else None)
    status = 400 if form.is_bound else 200
    if form.is_valid():

        def make() -> str:
            services.end_portal_access(access=given, reason=ENDED, by=request.user, now=clock.now())
            return reverse("self_service:people")

        try:
            address, _ = form_keys.once(
                actor=form_keys.actor_of(request),
                key=form.cleaned_data["form_key"],
                purpose="my:end-permission",
                content={"access": given.ref},
                make=make,
            )
        except WrongState as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(address)
    context = {"access": access, "person": access.person, "given": given, "form": form}
    return TemplateResponse(request, "self_service/end_permission.html", context, status=status)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_GET
@policy.person()
def who_looked(request: SignedInRequest) -> HttpResponse:
    """Who has looked at the record: the day and what they are, never a name of staff."""
    access = open_pages(request, page="self_service:who-looked")
    if not access.is_own:
        raise PermissionDenied("Who has looked at a record is shown to the person alone. They can tell you.")
    until = _day(request.GET.get("until", "")) or clock.today()
    days, older = looks.of(access, request.user, until=until)
    context = {"access": access, "person": access.person, "days": days, "older": older}
    return TemplateResponse(request, "self_service/who_looked.html", context)
