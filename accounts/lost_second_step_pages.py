"""Pages for someone whose second step of signing in is lost: ask for a link, and say so by the link.

The answers never tell whether there is such an account. Who asks is checked by people, not here.
"""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from accounts import lost_second_step, services
from accounts.forms import LostSecondStepForm
from core import clock, policy

WHY_OPEN = "who has lost the second step cannot sign in"


@require_http_methods(["GET", "POST"])
@policy.anyone(WHY_OPEN)
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Send a link to the address of an account. Of one address a few an hour; more are answered alike and not sent, so
    that nobody fills a stranger's mailbox."""
    form = LostSecondStepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if limited := ratelimit.consume_or_429(request, action="lost_second_step"):
            return limited
        if form.is_valid():
            email = form.cleaned_data["email"].lower()
            if ratelimit.consume(request, action="lost_second_step_mail", key=email):
                services.send_lost_second_step_link(email=email)
            return HttpResponseRedirect(reverse("accounts:lost-second-step-sent"))
    return render(request, "accounts/lost_second_step.html", {"form": form})


@require_GET
@policy.anyone(WHY_OPEN)
def link_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/lost_second_step_sent.html")


@require_http_methods(["GET", "POST"])
@sensitive_variables("token")
@policy.anyone(WHY_OPEN)
def report(request: HttpRequest, ref: str, token: str) -> HttpResponse:
    """Opened from the letter: what will happen, and the button that says it. Opening it alone does nothing, since mail
    programs open links too."""
    if limited := ratelimit.consume_or_429(request, action="lost_second_step"):
        return limited
    try:
        if request.method == "POST":
            services.report_lost_second_step(ref=ref, token=token, now=clock.now())
            return HttpResponseRedirect(reverse("accounts:lost-second-step-reported"))
        user = lost_second_step.find(ref=ref, token=token)
    except lost_second_step.LinkNotValid:
        return render(request, "accounts/lost_second_step_not_valid.html", status=404)
    return render(request, "accounts/report_lost_second_step.html", {"is_staff": user.audience == "staff"})


@require_GET
@policy.anyone(WHY_OPEN)
def reported(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/lost_second_step_reported.html")
