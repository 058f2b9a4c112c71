"""Pages that anyone can read: find a service, and read about one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core import policy
from directory.forms import Wish
from directory.models import ServiceEntry
from worklist.paging import key_page

OPEN = "Information and advice is for everyone in the area (Care Act 2014 s4)."
PAGE = 20


@require_GET
@policy.anyone(OPEN)
def list_services(request: HttpRequest) -> HttpResponse:
    """Services by name, narrowed by words, kind, for whom and cost."""
    wish = Wish.of(request.GET)
    rows = (
        ServiceEntry.objects.published()
        .matching(wish.words)
        .narrowed(category=wish.category, for_whom=wish.for_whom, free=wish.free)
    )
    context = {
        "wish": wish,
        "number": rows.count(),
        "page": key_page(request, rows, field="name", size=PAGE),
        "categories": ServiceEntry.Category.choices,
        "for_whom": ServiceEntry.ForWhom.choices,
    }
    return render(request, "directory/list_services.html", context)


@require_GET
@policy.anyone(OPEN)
def show_service(request: HttpRequest, ref: str) -> HttpResponse:
    """One service: what it is, what it costs, and how to get it."""
    service = get_object_or_404(ServiceEntry.objects.published(), ref=ref)
    return render(request, "directory/show_service.html", {"service": service})
