"""Walking every address as one visitor, and what a visitor is shown with what may differ each time taken out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from accounts.tests.factories import TeamFactory, UserFactory
from caseportal.url_walk import SAMPLES, routes
from core import clock
from people.models import Allocation, Person, PortalAccess

# What a page makes anew each time: the safety token of a form, the key that keeps a form from being sent twice, the number
# of the request, and the sealed place in a list from which the next page goes on.
ANEW = re.compile(
    rb'(csrfmiddlewaretoken|form_key)" value="[^"]+"|nonce[=-]"?[A-Za-z0-9+/=_-]+'
    rb"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|gAAAAA[\w=-]+"
)
HEADERS = ("Content-Type", "Location", "Content-Disposition", "Cache-Control", "ETag", "X-Robots-Tag", "Link")
# Signing out ends the walk. A secret of one's own is a new one each time.
LEFT_OUT = {
    "account_logout",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate_webauthn",
}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def readable(response: HttpResponse) -> bytes:
    """The body as it was sent; of a zipped workbook the files inside it too."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[arg-type]
    if zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body += b"".join(packed.read(name) for name in packed.namelist())
    return body


def answer(response: Any) -> Answer:
    headers = tuple((name, response.headers.get(name, "")) for name in HEADERS)
    return Answer(response.status_code, headers, ANEW.sub(b"", readable(response)))


def addresses(person: Person, refs: dict[str, str]) -> Iterator[str]:
    """Every address: on the person, and on the rows of the case, each in its own app."""
    for name, route in sorted(routes().items()):
        if name in LEFT_OUT:
            continue
        address = route.address()
        if "ref" not in route.parameters:
            yield address
            continue
        yield address.replace(SAMPLES["ref"], person.ref, 1)
        for label, ref in refs.items():
            if label.partition(".")[0] in name:
                yield address.replace(SAMPLES["ref"], ref, 1)
                if len(route.parameters) > 1:
                    yield address.replace(SAMPLES["ref"], person.ref, 1).replace(SAMPLES["ref"], ref)


def searches(word: str) -> Iterator[str]:
    """Every page about no record, asked for a word."""
    for name, route in sorted(routes().items()):
        if not route.parameters and name not in LEFT_OUT:
            yield f"{route.address()}?q={word}"


def administration() -> Iterator[str]:
    """Every page of the Django admin: lists, forms to add, and each of a few rows with its history."""
    for model, site in sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label):
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{base}_changelist")
        yield reverse(f"{base}_add")
        for pk in model._base_manager.order_by("pk").values_list("pk", flat=True)[:5]:
            for page in ("change", "history"):
                yield reverse(f"{base}_{page}", args=[pk])
        assert site is not None


def walk(client: Client, places: Iterator[str]) -> dict[str, Answer]:
    return {address: answer(client.get(address)) for address in places}


def strangers(person: Person) -> dict[str, User]:
    """Everybody who has nothing to do with a case about the person, some of them very close to the person."""
    team = TeamFactory()
    worker = UserFactory(worker_in=team)
    Allocation.objects.create(
        person=person, team=team, worker=worker, role="lead", valid_from=clock.today() - timedelta(days=5),
        created_by=worker, created_at=clock.now(),
    )  # fmt: skip
    public = {}
    for relation in ("self", "carer", "representative"):
        public[relation] = UserFactory(public=True)
        PortalAccess.objects.create(
            user=public[relation], person=person, relation=relation, scope="act",
            valid_from=clock.today() - timedelta(days=5), granted_by=worker,
        )  # fmt: skip
    held = {
        "an administrator": Role.ADMINISTRATOR,
        "an analyst": Role.ANALYST,
        "an information officer": Role.INFORMATION_OFFICER,
        "a finance officer": Role.FINANCE_OFFICER,
        "a direct payments officer": Role.DIRECT_PAYMENTS_OFFICER,
        "a broker": Role.BROKER,
        "an occupational therapist": Role.OCCUPATIONAL_THERAPIST,
        "a reablement lead": Role.REABLEMENT_LEAD,
        "a reablement worker": Role.REABLEMENT_WORKER,
        "a director": Role.DIRECTOR,
    }
    return {
        "the named worker": worker,
        "their manager": UserFactory(manager_of=team),
        "a service manager of another service": UserFactory(
            role_in=(Role.SERVICE_MANAGER, TeamFactory(service="Something else"))
        ),
        **{who: UserFactory(role_in=(role, team)) for who, role in held.items()},
        "the alleged person as carer": public["carer"],
        "the alleged person as representative": public["representative"],
        "the person themself": public["self"],
        "somebody else's carer": UserFactory(public=True),
    }
