"""What the pages of accounts share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def frame_for(user: Any) -> str:
    """The frame of a page that both audiences open: wide for staff, the public's for everyone else."""
    return "base.html" if user.audience == "staff" else "base_public.html"


def safe_next(request: HttpRequest) -> str:
    """Where to go afterwards: an address of ours, or the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else "/"
