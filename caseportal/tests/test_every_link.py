"""Whoever signs in to the demo council can follow every link that they are shown."""

from __future__ import annotations

import re
from collections import deque
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest

from accounts.models import User
from accounts.tests.helpers import signed_in_client
from caseportal.tests.told import stories_told

pytestmark = pytest.mark.django_db

MOST_PAGES = 250
# Different people, plans and tasks look alike: so many pages of one kind are enough.
MOST_OF_A_KIND = 3
REF = re.compile(r"\b[bcdfghjkmnpqrstvwxz23456789]{12}\b")


@pytest.fixture(scope="module", autouse=True)
def world(django_db_setup, django_db_blocker):
    with stories_told(django_db_blocker, people=30):
        yield


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address and not address.startswith(("#", "tel:", "mailto:", "http")):
            self.found.append(address)


@pytest.mark.parametrize(
    "name",
    [
        "Priya Nair", "Aisha Khan", "Tom Bell", "Ruth Osborne", "Helen Marsh", "Paul Whitlock", "Farah Aziz",
        "Leila Haddad", "Owen Price", "Colin Frost", "Ada Lin", "Grace Adeyemi", "Joyce Mensah", "Neil Foster",
        "Harry Osei", "Peggy Whitlow", "Karen Whitlow", "Harold Ashdown",
        "Nadia Rahman", "Joel Adams",
    ],
)  # fmt: skip
def test_every_link_that_is_shown_leads_somewhere(name):
    client = signed_in_client(User.objects.get(name=name))
    waiting, seen, kinds = deque([("/", "the start")]), set(), {}
    broken = []

    while waiting and len(seen) < MOST_PAGES:
        address, shown_on = waiting.popleft()
        kind = REF.sub("…", urlsplit(address).path)
        if (
            address in seen
            or kinds.get(kind, 0) >= MOST_OF_A_KIND
            or address.startswith(("/admin/", "/static/"))
        ):
            continue
        seen.add(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(address, follow=True)
        # 409 is a page that says why a step is not possible any more, reached from a message or an older list.
        if answer.status_code >= 400 and answer.status_code != 409:
            broken.append(f"{answer.status_code} {address}, shown on {shown_on}")
            continue
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        page = Links()
        page.feed(answer.content.decode())
        here = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        waiting.extend((urljoin(here, link).split("#")[0], address) for link in page.found)

    assert not broken, "\n".join(broken)
    assert len(seen) > 3
