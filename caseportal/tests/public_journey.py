"""Walking through a public journey as a browser does: each question answered, from start to sent."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from contacts.asking import HELP
from contacts.models import OnlineRequest
from core.journeys import Journey

ME: dict[str, dict[str, Any]] = {
    "who": {"who": "me"},
    "your-work": {
        "name": "Dr Amira Shah",
        "job": "GP, Mill Lane Surgery",
        "source": "gp",
        "phone": "01632 960170",
        "email": "amira@surgery.example",
    },
    "about-you": {
        "name": "Karen Marlow",
        "relation": "daughter",
        "phone": "01632 960171",
        "email": "karen@people.example",
    },
    "consent": {"consent": "yes"},
    "what-matters": {"matters": "Staying in my own house."},
    "what-is-happening": {"happening": "I fell twice since August and am afraid of the bath."},
    "everyday-life": {"areas": ["B", "E"]},
    "everyday-life-b": {"how": "hurts"},
    "everyday-life-e": {"how": "some"},
    "safety": {"safe": "safe"},
    "can-it-wait": {"can_wait": "yes", "why_urgent": ""},
    "hospital": {
        "in_hospital": "yes", "hospital": "County Hospital", "ward": "7", "leaves_on_day": "1", "leaves_on_month": "12",
        "leaves_on_year": "2030",
    },
    "name": {"given_names": "Margaret", "family_name": "Marlow"},
    "date-of-birth": {
        "date_of_birth_day": "14", "date_of_birth_month": "3", "date_of_birth_year": "1944", "nhs_number": "",
    },
    "address": {"address_lines": "3 Mill Lane", "postcode": "zz1 4qt"},
    "how-to-reach": {"phone": "01632 960172", "email": "maggie@people.example", "channel": "phone", "message": "yes"},
    "what-helps": {"needs": ["large_print"], "language": ""},
    # of the carers' journey
    "cared-for": {
        "given_names": "Alan", "family_name": "Marlow", "date_of_birth_day": "2", "date_of_birth_month": "5",
        "date_of_birth_year": "1940", "postcode": "ZZ1 4QT",
    },
    "caring": {"what": "I wash and dress him, and sit with him at night.", "hours": "50_more"},
    "effects": {"effects": ["health", "h"]},
    "going-on": {"going_on": "with_help"},
    "better": {"matters": "One night of sleep."},
}  # fmt: skip


def walk(client: Client, journey: Journey = HELP, *, until: str = "", **changed: dict[str, Any]) -> list[str]:
    """Answer every question that is asked, up to one. Returns the slugs in the order in which they were asked."""
    given = {**ME, **{slug.replace("_", "-"): answers for slug, answers in changed.items()}}
    address = reverse(journey.step, args=[journey.steps[0].slug])
    asked = []
    for _ in range(40):
        slug = address.rstrip("/").rpartition("/")[2]
        if slug in (until, "check-answers"):
            break
        asked.append(slug)
        assert client.get(address).status_code == 200, address
        answer = client.post(address, given[slug])
        assert answer.status_code == 302, f"{slug}: {answer.content.decode()[-3000:]}"
        address = answer["Location"]
    return asked


def send(client: Client, journey: Journey = HELP) -> Any:
    return client.post(reverse(journey.check))


def ask(client: Client | None = None, journey: Journey = HELP, **changed: dict[str, Any]) -> OnlineRequest:
    """A whole request, sent."""
    client = client or Client()
    walk(client, journey, **changed)
    before = set(OnlineRequest.objects.values_list("pk", flat=True))
    answer = send(client, journey)
    assert answer.status_code == 302, answer.content
    return OnlineRequest.objects.exclude(pk__in=before).get()
