"""Bad input gets an answer that says what to do and keeps what was typed; good input comes back as it was written."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from typing import Any

import pytest
from django.db import connection

from accounts.models import AccessList, AccessListMember, User
from accounts.tests.helpers import signed_in_client
from caseportal.tests.doors import DOORS, WITHOUT_QUESTIONS, user
from caseportal.tests.managers_doors import DOORS as MANAGERS_DOORS
from caseportal.tests.managers_doors import WITHOUT_QUESTIONS as MANAGERS_WITHOUT_QUESTIONS
from caseportal.tests.pages_with_forms import Form, read
from caseportal.tests.safeguarding_doors import DOORS as SAFEGUARDING_DOORS
from caseportal.tests.safeguarding_doors import WITHOUT_QUESTIONS as SAFEGUARDING_WITHOUT_QUESTIONS
from caseportal.tests.told import stories_told
from caseportal.url_walk import routes
from core import clock
from people.models import Person

pytestmark = pytest.mark.django_db

DOORS = {**DOORS, **SAFEGUARDING_DOORS, **MANAGERS_DOORS}

APPS = (
    "people",
    "worklist",
    "messages",
    "documents",
    "contacts",
    "assessments",
    "support_plans",
    "reablement",
    "budgets",
    "self_service",
    "reporting",
)
# Hebrew with its own direction, an emoji of four bytes, an e and its accent apart (NFC puts them together), an Arabic
# mark that changes direction, Old Italic.
WORDS = "שלום לכולם \u202bمرحبا\u202c 🧡👩\u200d🦽 cafe\u0301 𐌰𐌱 “quoted” <b>&amp;"
FIRST, SECOND = "Written first by a colleague", "Written second by the reader"


@pytest.fixture(scope="module", autouse=True)
def world(django_db_setup, django_db_blocker):
    with stories_told(django_db_blocker):
        yield


def why(answer: Any) -> str:
    """What the page says about what is wrong."""
    text = read(answer.content).text
    return f"{answer.status_code}: " + " ".join(text.partition("There is a problem")[2].split())[:300]


class Visit:
    """One person before one page with a form."""

    def __init__(self, name: str) -> None:
        self.name, self.door = name, DOORS[name]
        self.address = self.door.address(name)
        self.client = signed_in_client(user(self.door.who))
        page = self.client.get(self.address)
        assert page.status_code == 200, f"{self.address} answered {page.status_code}"
        self.form: Form = read(page.content).main
        self.answers = {**self.form.answers(), **self.door.answers()}
        self.target = self.form.action or self.address
        self.texts = [name for name in self.form.texts() if name not in self.door.answers()]

    def send(self, **answers: Any) -> Any:
        return self.client.post(self.target, {**self.answers, **answers})


@pytest.fixture(params=sorted(DOORS))
def visit(request):
    return Visit(request.param)


def test_every_page_that_asks_for_something_is_in_the_table():
    tables = (WITHOUT_QUESTIONS, SAFEGUARDING_WITHOUT_QUESTIONS, MANAGERS_WITHOUT_QUESTIONS)
    rest = [name for table in tables for names in table.values() for name in names]
    pages = {name for name in routes() if name.split(":")[0] in (*APPS, "safeguarding") and ":" in name}
    # Composed in caseportal, read only.
    composed = {"people:show-person", "people:list-assessments"}
    assert pages - {name.split(" ")[0] for name in DOORS} - set(rest) <= composed
    assert len(rest) == len(set(rest))


def test_characters_that_cannot_be_stored_are_refused_with_the_rest_of_the_text_kept(visit):
    if not visit.texts:
        return  # nothing is asked in words

    answer = visit.send(**{name: "before\x00after" for name in visit.texts})

    assert 400 <= answer.status_code < 500, answer.status_code
    page = read(answer.content)
    assert "cannot store" in page.text
    assert page.holds("before")
    assert page.holds("after")


def test_a_text_that_is_far_too_long_is_refused_or_kept_whole(visit):
    if not visit.texts:
        return  # nothing is asked in words
    long = "Ä" * 10_000

    answer = visit.send(**dict.fromkeys(visit.texts, long))

    assert answer.status_code == 302 or 400 <= answer.status_code < 500, answer.status_code
    if answer.status_code != 302:
        page = read(answer.content)
        assert "too long" in page.text.lower() or "characters" in page.text, why(answer)
        assert page.holds(long)


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("31", "2", "2026"),
        ("0", "13", "2026"),
        ("x", "y", "z"),
        ("1", "1", "26"),
        ("1", "1", "9999"),
        ("٣", "٣", "٢٠٢٦"),
    ],
)
def test_a_wrong_date_is_refused_and_stands_there_as_it_was_typed(visit, day, month, year):
    dates = visit.form.dates()
    if not dates:
        return  # no date is asked for
    typed = {}
    for name in dates:
        typed |= {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}

    answer = visit.send(**typed)

    assert 400 <= answer.status_code < 500, answer.status_code
    shown = {control.name: control.value for control in read(answer.content).main.controls}
    assert {name: shown.get(name) for name in typed} == typed


def rows_with(words: str) -> int:
    """How many rows of the product's tables hold these words."""
    found = 0
    inside = json.dumps(words, ensure_ascii=False)[1:-1]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.split("_")[0] in {
                "people",
                "worklist",
                "documents",
                "contacts",
                "assessments",
                "safeguarding",
                "support",
                "reablement",
                "budgets",
                "reporting",
                "accounts",
                "audit",
            }:
                cursor.execute(
                    f'select count(*) from "{table}" t where position(%s in to_jsonb(t)::text) > 0', [inside]
                )
                found += cursor.fetchone()[0]
    return found


def check_words(visit: Visit, name: str, words: str) -> None:
    """What is written in one field is kept as it was written, or stands on the page that refuses it."""
    written = f"{words} {name}"
    answer = visit.send(**{name: written})

    assert answer.status_code < 500
    if answer.status_code == 302:
        # On the record, or, where a page is one step of several, in its draft: it stands there when one comes back.
        kept = rows_with(unicodedata.normalize("NFC", written))
        assert kept or read(visit.client.get(visit.address).content).holds(written), f"{name} was not kept"
    else:
        # A field that is too short for them, or a step that asks for more: nothing typed is lost.
        page = read(answer.content)
        assert page.holds(written) or page.holds(unicodedata.normalize("NFC", written)), why(answer)


def test_words_in_any_script_come_back_as_they_were_written(visit):
    # The first field of each page; `make prove` writes in every field.
    for name in visit.texts[:1]:
        check_words(visit, name, WORDS)


EDITS = [
    "people:change-relationship", "people:change-detail names", "people:change-what-matters",
    "people:change-detail health", "people:change-detail language", "people:renew-warning",
    "assessments:show-section matters", "assessments:show-section health",
    "assessments:show-section out-and-about", "assessments:show-section personal-hygiene",
    "support_plans:change-part what-matters", "support_plans:change-part advice",
    "support_plans:change-part contingency", "support_plans:change-item", "support_plans:change-needs",
    "support_plans:show-review", "budgets:cost-plan", "budgets:decide-interim",
    "reablement:change-goal", "reablement:write-week",
]  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_of_two_who_save_the_same_version_the_second_sees_both_texts_and_keeps_theirs(name):
    visit = Visit(name)
    assert visit.texts

    first = visit.send(**dict.fromkeys(visit.texts, FIRST))
    assert first.status_code == 302, why(first)
    second = visit.send(**dict.fromkeys(visit.texts, SECOND))

    assert second.status_code == 409
    page = read(second.content)
    assert page.holds(FIRST)
    assert page.holds(SECOND)
    assert "nothing is saved yet" in page.text.lower()
    # And the next press of the button saves the reader's text, now knowingly.
    again = visit.client.post(visit.target, {**page.main.answers(), **visit.door.answers()})
    assert again.status_code == 302


def test_a_stale_version_never_changes_anything(visit):
    if "version" not in visit.form.names:
        return  # nothing is changed here, only added

    answer = visit.send(version="0" if visit.answers["version"] not in ("0", ["0"]) else "7")

    assert answer.status_code in (400, 409), answer.status_code


def counts() -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in ("django_session", "audit_view", "core_cache"):
                cursor.execute(f'select count(*) from "{table}"')
                found[table] = cursor.fetchone()[0]
    return found


def test_a_form_sent_twice_makes_one_record_and_leads_to_it(visit):
    if "form_key" not in visit.form.names:
        return  # nothing is made here, only changed
    first = visit.send()
    if first.status_code == 200 and "asked" in read(first.content).main.names:
        # Somebody may be the same person: the reader has looked, and goes on.
        page = read(first.content).main
        visit.answers, visit.target = page.answers(), page.action or visit.address
        first = visit.send()
    assert first.status_code == 302, why(first)
    before = counts()

    second = visit.send()

    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert counts() == before


def restrict_everybody() -> None:
    """Nobody on the staff may know of anyone any more."""
    access_list = AccessList.objects.create(
        purpose="test", created_at=clock.now(), created_by=User.objects.get(name="Helen Marsh")
    )
    Person.objects.update(level=Person.Level.NAMED_USERS, access_list=access_list)
    # And nobody stands on the list of any case.
    AccessListMember.objects.update(valid_to=date(2020, 1, 1))


def test_a_record_that_one_may_not_know_of_is_not_there(visit):
    if visit.door.own or visit.name in (
        *("people:add-person", "safeguarding:add-concern"),
        *("reporting:ask-export", "reporting:decide-export"),
        "self_service:message",
    ):
        return  # no person's record is named in the address, or it is one's own
    restrict_everybody()

    assert visit.client.get(visit.address).status_code == 404
    assert visit.client.post(visit.target, visit.answers).status_code == 404
