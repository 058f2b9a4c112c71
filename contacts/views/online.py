"""What came from the website and is not matched yet: whom is it about? Nothing is typed again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from contacts import services, workflow
from contacts.forms import FindPersonForm, SetAsideForm
from contacts.models import OnlineRequest
from contacts.permissions import can_decide_online_request
from core import clock, policy
from core.permissions import require
from core.versions import StaleVersion
from people import services as people
from people.models import Person
from people.pages import home_for

STALE = "A colleague has decided about this request meanwhile."


def _open(request: SignedInRequest, ref: str) -> OnlineRequest:
    return get_object_or_404(
        OnlineRequest.objects.visible_to(request.user).select_related(
            "team", "contact", "decided_by", "person"
        ),
        ref=ref,
    )


def _candidates(request: SignedInRequest, online_request: OnlineRequest) -> list[dict[str, Any]]:
    """Who may be meant, of those the reader may know, the surest first."""
    matches = people.find_duplicates(
        given_names=online_request.given_names,
        family_name=online_request.family_name,
        date_of_birth=online_request.date_of_birth,
        nhs_number=online_request.nhs_number,
        postcode=online_request.postcode,
        user=request.user,
    )
    rows = []
    for match in matches:
        home, hidden = home_for(match.person, request.user)
        rows.append({"match": match, "person": match.person, "home": "Confidential" if hidden else home})
    return rows


def _page(
    request: SignedInRequest, online_request: OnlineRequest, form: FindPersonForm, status: int = 200
) -> HttpResponse:
    is_open = online_request.status == OnlineRequest.Status.RECEIVED
    context = {
        "online": online_request,
        "form": form,
        "rows": _candidates(request, online_request) if is_open else [],
        "may_decide": workflow.MATCH.is_open_to(request.user, online_request),
        "why_not": can_decide_online_request(request.user, online_request).reason if is_open else "",
    }
    return render(request, "contacts/show_online.html", context, status=status)


@require_GET
@policy.staff(*CASE_ROLES)
def show_online(request: SignedInRequest, ref: str) -> HttpResponse:
    """The answers as they were given, and those on record who may be meant. Once matched it leads to the contact."""
    online_request = _open(request, ref)
    if online_request.contact is not None:
        return HttpResponseRedirect(online_request.contact.get_absolute_url())
    return _page(request, online_request, FindPersonForm(version=online_request.version))


@require_http_methods(["POST"])
@policy.staff(*CASE_ROLES)
def match_online(request: SignedInRequest, ref: str) -> HttpResponse:
    """It is this person, or somebody new. Makes the contact."""
    online_request = _open(request, ref)
    require(can_decide_online_request(request.user, online_request))
    form = FindPersonForm(request.POST)
    if not form.is_valid():
        return _page(request, online_request, form, status=400)
    version, now = form.cleaned_data["version"], clock.now()
    try:
        if form.cleaned_data["is_new"]:
            contact = services.match_to_new(
                online_request=online_request, version=version, by=request.user, now=now
            )
        else:
            contact = services.match(
                online_request=online_request,
                person=_chosen(request, form),
                version=version,
                by=request.user,
                now=now,
            )
    except Person.DoesNotExist:
        form.add_error("number", "We found nobody with this number whose record you may open")
    except StaleVersion:
        online_request.refresh_from_db()
        form.add_error(None, STALE)
        return _page(request, online_request, form, status=409)
    except ValidationError as refusal:
        form.add_service_error(refusal)
    else:
        messages.success(request, "The request is now a contact, with every answer.")
        return HttpResponseRedirect(contact.get_absolute_url())
    return _page(request, online_request, form, status=400)


def _chosen(request: SignedInRequest, form: FindPersonForm) -> Person:
    """The person by the button that was pressed, or by a number that was typed. Raises Person.DoesNotExist."""
    people_known = Person.objects.visible_to(request.user)
    if form.cleaned_data["person"]:
        person: Person = people_known.get(ref=form.cleaned_data["person"])
        return person
    number = "".join(form.cleaned_data["number"].split())
    found: Person | None = people_known.filter(local_number__iexact=number).first()
    if found is None:
        found = people_known.exclude(nhs_number="").get(nhs_number=number)
    return found


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def set_aside_online(request: SignedInRequest, ref: str) -> HttpResponse:
    """Put away what is no request, with the reason."""
    online_request = _open(request, ref)
    require(can_decide_online_request(request.user, online_request))
    if online_request.status != OnlineRequest.Status.RECEIVED and request.method == "GET":
        raise Http404
    form = SetAsideForm(request.POST or None, version=online_request.version)
    status = 200
    if form.is_valid():
        try:
            services.set_aside(
                online_request=online_request,
                why=form.cleaned_data["why"],
                version=form.cleaned_data["version"],
                by=request.user,
                now=clock.now(),
            )
        except StaleVersion:
            online_request.refresh_from_db()
            form.show_conflict(version=online_request.version, saved={"why": online_request.why_set_aside})
            status = 409
        else:
            messages.success(request, "The request is set aside.")
            return HttpResponseRedirect(reverse("contacts:list-contacts"))
    elif form.errors:
        status = 400
    return render(
        request, "contacts/set_aside_online.html", {"online": online_request, "form": form}, status=status
    )
