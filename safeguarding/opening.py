"""What every page about a concern begins with: is it known to the reader, and who looks, written down before it is shown."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from accounts.requests import SignedInApiRequest, SignedInRequest
from audit import services as audit
from core import clock
from people.models import Person
from people.pages import identity
from safeguarding import events
from safeguarding.models import Concern
from safeguarding.services.acting import record


def open_concern(request: SignedInRequest | SignedInApiRequest, ref: str) -> Concern:
    """The concern behind a reference, for this page. To everybody who may not know of it there is none (404)."""
    concern: Concern = get_object_or_404(Concern.objects.visible_to(request.user).for_page(), ref=ref)
    concern.__dict__["_known_by"] = {request.user.pk: True}
    match = request.resolver_match
    page = match.view_name if match else ""
    if concern.person_id is not None:
        audit.record_view(
            person_id=concern.person_id, by=request.user, page=page, access_list_id=concern.access_list_id
        )
    else:
        record(events.VIEWED, concern, by=request.user, now=clock.now(), page=page)
    return concern


def about(concern: Concern, request: SignedInRequest) -> dict[str, Any]:
    """The bar with the person, for those who may open their record; else the name as it is known."""
    if concern.person_id is None:
        return {"person": None}
    person = Person.objects.visible_to(request.user).with_identity().filter(pk=concern.person_id).first()
    return identity(person, request.user) if person else {"person": None}
