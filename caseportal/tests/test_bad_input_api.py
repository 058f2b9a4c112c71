"""Bad input through the API: every address that changes something refuses it with words, and never falls over."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from drf_spectacular.drainage import get_override
from rest_framework import serializers

from accounts.tests.helpers import api_client
from caseportal.tests.api_doors import RECORDS, Door, Endpoint, endpoints, holder_of_every_role, wrong
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

ALL = endpoints()
# Hebrew with its own direction, an emoji of four bytes, an accent apart, Arabic with marks of direction, Old Italic.
WORDS = "שלום לכולם \u202bمرحبا\u202c 🧡👩\u200d🦽 cafe\u0301 𐌰𐌱 “quoted” <b>&amp;"


def of(test: Any) -> list[Any]:
    return [pytest.param(each, id=str(each)) for each in ALL if test(each)]


def every(test: Any) -> Any:
    return pytest.mark.parametrize("endpoint", of(test))


def texts(endpoint: Endpoint) -> dict[str, dict[str, Any]]:
    """The questions that are answered in words."""
    return {
        name: dict(facts)
        for name, facts in endpoint.properties.items()
        if facts.get("type") == "string" and not facts.get("enum") and not facts.get("format")
    }


def dates(endpoint: Endpoint) -> list[str]:
    return [
        name for name, facts in endpoint.properties.items() if facts.get("format") in ("date", "date-time")
    ]


def said(answer: Any) -> str:
    return f"{answer.status_code}: {answer.content.decode()[:600]}"


def refused(answer: Any, *names: str) -> None:
    """A refusal in words that names what is wrong."""
    assert answer.status_code == 400, said(answer)
    text = json.dumps(answer.json(), ensure_ascii=False)
    assert len(text) > 10
    missing = [name for name in names if name not in text]
    assert not missing, f"{missing} not named in {text[:600]}"


def counts() -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in ("django_session", "audit_view", "core_cache"):
                cursor.execute(f'select count(*) from "{table}"')
                found[table] = cursor.fetchone()[0]
    return found


def test_there_is_a_record_for_every_address():
    assert len(ALL) >= 60
    assert {each.words for each in ALL if each.words} <= set(RECORDS)


NO_OBJECTS = ("[]", "[1, 2]", '"words"', "5", "null", "true")
NO_JSON = (b"{", b'{"a": NaN}', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 100_000)
NO_DATES = ("31/02/2026", "2026-13-01", "9999-99-99", "", 20261125, ["2026-11-25"])


@every(lambda each: True)
def test_a_body_of_the_wrong_shape_is_refused_in_words_and_changes_nothing(endpoint):
    door = Door(endpoint)
    before = counts()

    for body in (*NO_OBJECTS, *NO_JSON):
        answer = door.send(body, content_type="application/json")
        assert answer.status_code == 400, f"{body[:10]!r}: {said(answer)}"
    assert door.send(b"a=b", content_type="application/x-www-form-urlencoded").status_code == 415
    # What is needed is named where it is missing, and what is of the wrong kind where it stands.
    if endpoint.required:
        for answer in (door.send({}), door.send(b"", content_type="application/json")):
            refused(answer, *endpoint.required)
    wrong_kinds = {name: wrong(facts) for name, facts in endpoint.properties.items()}
    wrong_kinds = {name: value for name, value in wrong_kinds.items() if value is not None}
    if wrong_kinds:
        refused(door.send(wrong_kinds), *wrong_kinds)
    for day in NO_DATES if dates(endpoint) else ():
        refused(door.send(door.body(**dict.fromkeys(dates(endpoint), day))), *dates(endpoint))
    # Nor can every character be stored.
    if texts(endpoint):
        refused(door.send(door.body(**dict.fromkeys(texts(endpoint), "before\x00after"))), *texts(endpoint))
        half = json.dumps(door.body(**dict.fromkeys(texts(endpoint), "half \ud83e")))
        refused(door.send(half, content_type="application/json"), *texts(endpoint))
    assert counts() == before


def test_every_body_has_a_name_of_its_own_in_the_document():
    bodies = [cls for cls in _serializers(serializers.Serializer) if cls.__name__.endswith("Input")]
    names: dict[str, set[str]] = {}
    for cls in bodies:
        name = get_override(cls, "component_name") or cls.__name__
        names.setdefault(name, set()).add(f"{cls.__module__}.{cls.__name__}")

    assert not {name: where for name, where in names.items() if len(where) > 1}


def _serializers(base: Any) -> list[Any]:
    found = []
    for cls in base.__subclasses__():
        found += [cls, *_serializers(cls)]
    return found


@every(texts)
def test_a_text_that_is_far_too_long_is_refused_or_kept_whole(endpoint):
    door = Door(endpoint)
    # A question without a length of its own refuses it too: a reference, or a shape that is looked at.
    too_long = [name for name, facts in texts(endpoint).items() if facts.get("maxLength", 0) < 10_000]

    answer = door.send(door.body(**dict.fromkeys(texts(endpoint), "Ä" * 10_000)))

    if too_long:
        refused(answer, *too_long)
    assert answer.status_code < 500, said(answer)


@every(texts)
def test_words_in_any_script_are_taken_or_refused_in_words(endpoint):
    door = Door(endpoint)

    for name in texts(endpoint):
        answer = door.send(door.body(**{name: WORDS}), key=f"words-in-{name}"[:64])
        assert answer.status_code < 500, f"{name}: {said(answer)}"
        assert answer.status_code != 400 or len(answer.content) > 10


@every(lambda each: "{ref}" in each.path)
def test_a_record_that_is_not_there_for_the_reader_is_not_there(endpoint):
    door = Door(endpoint)
    hidden = RECORDS[endpoint.words](person=PersonFactory(restricted=True))
    stranger = Door.__new__(Door)
    stranger.__dict__.update(door.__dict__, client=api_client(holder_of_every_role(door.team)))

    for ref in (hidden.ref, "nosuchrecord", "a" * 300, "..%2f..", "שלום"):
        answer = stranger.send(door.body(), address=door.at(ref))
        assert answer.status_code == 404, f"{ref}: {said(answer)}"
    assert stranger.send(door.body(), address=door.at("%00")).status_code in (400, 404)


@every(lambda each: each.wants_version)
def test_a_stale_version_changes_nothing(endpoint):
    door = Door(endpoint)
    body = door.body()
    before = counts()

    for version in (999, "99999999999999999999"):
        answer = door.send(body, version=version)
        # A colleague’s saving, a state that has moved on, somebody else’s to do, or facts that do not fit: told, and
        # nothing is changed.
        told = (400, 403, 404, 409) if endpoint.properties else (403, 409)
        assert answer.status_code in told, said(answer)
    for header in ("", "W/", "three", "-1", "\xb2", "1.5"):
        answer = door.send(body, headers={"If-Match": header})
        assert answer.status_code == 428, f"{header!r}: {said(answer)}"
        assert "If-Match" in answer.content.decode()
    assert counts() == before


@every(lambda each: each.wants_key)
def test_what_is_made_twice_with_one_key_is_made_once(endpoint):
    door = Door(endpoint)
    body = door.body()

    for key in ("", "short", "k" * 65):
        answer = door.send(body, key=key)
        assert answer.status_code == 400, said(answer)
        assert "Idempotency-Key" in answer.content.decode()
    first = door.send(body)
    assert first.status_code == 201, f"BODIES needs a row for {endpoint.operation}. {said(first)}"
    before = counts()
    second = door.send(body)

    assert (second.status_code, second.json().get("ref")) == (200, first.json().get("ref"))
    assert counts() == before
    name = next(iter(texts(endpoint)), None)
    if name:
        other = door.send({**body, name: f"{body.get(name) or ''} and more"})
        assert other.status_code in (400, 404, 409), said(other)
        assert counts() == before
