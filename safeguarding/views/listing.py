"""The duty list: the only place where new concerns land, and where every case stands that the reader may know of."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from core import clock, policy
from safeguarding.models import Concern
from worklist.paging import key_page

SHOWS = {
    "new": ("New, to be screened", "new"),
    "decide": ("To be decided", "to_decide"),
    "enquiry": ("In enquiry", "in_enquiry"),
    "plan": ("With a protection plan", "protected"),
    "ended": ("Ended", "ended"),
    "all": ("All open cases", "open"),
}
STATUS_COLOURS = {
    "concern_received": "blue",
    "screened": "teal",
    "info_gathering": "yellow",
    "s42_decision": "teal",
    "reopened": "blue",
    "enquiry_planning": "purple",
    "enquiry": "purple",
    "outcomes": "purple",
    "plan_active": "green",
    "plan_review": "green",
}


@require_GET
@policy.staff(*CASE_ROLES)
def list_concerns(request: SignedInRequest) -> HttpResponse:
    """Cases that the reader may know of. Whoever may know of none reads a page that says nothing of any."""
    chosen = request.GET.get("show", "")
    show = chosen if chosen in SHOWS else "all"
    label, narrow = SHOWS[show]
    known = Concern.objects.visible_to(request.user)
    page = key_page(
        request, getattr(known, narrow)().for_list(), field="received_at", descending=show == "ended"
    )
    for row in page.rows:
        row.colour = STATUS_COLOURS.get(row.status, "grey")
    context = {
        "page": page,
        "show": show,
        "label": label,
        "shows": SHOWS,
        "counts": known.counted(clock.today()),
    }
    return render(request, "safeguarding/list_concerns.html", context)
