"""Every address of the API that changes something, read from its own document: what it takes, on which record, by whom.

A new address joins by itself. Where its first words are new here, RECORDS needs a row; where a creating one asks for
more than a machine can guess, BODIES does.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from accounts.models import Role, User
from accounts.tests.factories import TeamFactory, UserFactory, give_role
from accounts.tests.helpers import api_client
from core import clock
from people.tests.factories import PersonFactory

PREFIX = "/api/v1/"
WRITES = ("post", "put", "patch", "delete")


def _make(factory: str, **facts: Any) -> Any:
    module, _, name = factory.rpartition(".")
    return getattr(importlib.import_module(module), name)(**facts)


# The first words of an address, and the record that stands behind its reference.
RECORDS: dict[str, Callable[..., Any]] = {
    "assessments": lambda **facts: _make(
        "assessments.tests.factories.complete_assessment", started=True, **facts
    ),
    "budget-reviews": lambda **facts: _about(
        "budgets.tests.factories.BudgetReviewFactory", "budget__plan__person", facts
    ),
    "budgets": lambda **facts: _about(
        "budgets.tests.factories.PersonalBudgetFactory", "plan__person", facts, status="active"
    ),
    "contacts": lambda **facts: _make("contacts.tests.factories.ContactFactory", **facts),
    # About nobody yet.
    "contacts/online": lambda person=None: person or _make("contacts.tests.factories.OnlineRequestFactory"),
    "handovers": lambda **facts: _about("contacts.tests.factories.HandoverFactory", "contact__person", facts),
    "letters": lambda **facts: _make("documents.tests.factories.LetterFactory", **facts),
    # About no person: whoever reads the register reads all of it, and a person's reference is none of an export.
    "manage/exports": lambda person=None: (
        person or _make("reporting.tests.factories.ExportFactory", held=True)
    ),
    "messages": lambda **facts: _make("worklist.tests.factories.ConversationFactory", answered=True, **facts),
    "people": lambda person=None: person or PersonFactory(),
    "reablement/episodes": lambda **facts: _make(
        "reablement.tests.factories.EpisodeFactory", started=True, **facts
    ),
    "reablement/handovers": lambda **facts: _about(
        "contacts.tests.factories.HandoverFactory", "contact__person", facts, to_reablement=True
    ),
    "reablement/people": lambda person=None: person or PersonFactory(),
    "reviews": lambda **facts: _about("support_plans.tests.factories.ReviewFactory", "plan__person", facts),
    "safeguarding/concerns": lambda **facts: _make("safeguarding.tests.factories.ConcernFactory", **facts),
    "support-plans": lambda **facts: _make("support_plans.tests.factories.SupportPlanFactory", **facts),
    "worklist/tasks": lambda **facts: _make("worklist.tests.factories.TaskFactory", **facts),
}
# What the second part of an address is, by its name in the document.
PARTS: dict[str, Callable[[Any], str]] = {
    "slug": lambda record: "matters",
    "number": lambda record: "1",
    "access_ref": lambda record: _make("people.tests.factories.PortalAccessFactory", person=record).ref,
    "goal_ref": lambda record: _make("reablement.tests.factories.GoalFactory", episode=record).ref,
    "item_ref": lambda record: _make("support_plans.tests.factories.PlanItemFactory", plan=record).ref,
}
# References in a body, by the name of the question.
REFERENCES: dict[str, Callable[[Door], Any]] = {
    "person": lambda door: door.person.ref,
    "team": lambda door: door.team.ref,
    "to_team": lambda door: door.team.ref,
    "assessor": lambda door: door.user.ref,
    "worker": lambda door: door.user.ref,
    "colleague": lambda door: door.user.ref,
    "user": lambda door: door.user.ref,
    "assessment": lambda door: door.record.ref,
}


def _about(factory: str, person: str, facts: Mapping[str, Any], **more: Any) -> Any:
    """A record whose person is that of a record below it."""
    if "person" not in facts:
        return _make(factory, **more)
    made = _make(factory, **more)
    for_whom = facts["person"]
    record = made
    *path, last = person.split("__")
    for name in path:
        record = getattr(record, name)
        record.__class__.objects.filter(pk=record.pk).update(person=for_whom)
    made.__class__.objects.filter(pk=made.pk).update(person=for_whom)
    assert last == "person"
    return made


@dataclass(frozen=True)
class Endpoint:
    """One operation of the API's document."""

    method: str
    path: str
    operation: str
    headers: frozenset[str]
    properties: Mapping[str, Mapping[str, Any]]
    required: frozenset[str]

    def __str__(self) -> str:
        return f"{self.method} {self.path.removeprefix(PREFIX)}"

    @property
    def words(self) -> str:
        """What the address begins with, up to the reference of the record; empty where it names none."""
        before, found, _ = self.path.removeprefix(PREFIX).partition("/{ref}/")
        return before if found else ""

    @property
    def wants_version(self) -> bool:
        return "If-Match" in self.headers

    @property
    def wants_key(self) -> bool:
        return "Idempotency-Key" in self.headers


@cache
def document() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


def _resolved(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A property with its references followed: one flat description."""
    found = dict(schema)
    for part in [*found.pop("allOf", []), *found.pop("oneOf", [])]:
        inner = _resolved(part)
        if "enum" in inner and "enum" in found:
            inner["enum"] = [*found["enum"], *inner["enum"]]
        found |= inner
    reference = found.pop("$ref", "")
    if reference:
        found |= _resolved(document()["components"]["schemas"][reference.rpartition("/")[2]])
    return found


@cache
def endpoints() -> tuple[Endpoint, ...]:
    """Everything that changes something, in the order of the document."""
    found = []
    for path, operations in document()["paths"].items():
        for method in WRITES:
            if method not in operations:
                continue
            operation = operations[method]
            content = operation.get("requestBody", {}).get("content", {})
            body = _resolved(content["application/json"]["schema"]) if "application/json" in content else {}
            found.append(
                Endpoint(
                    method,
                    path,
                    operation["operationId"],
                    frozenset(
                        each["name"] for each in operation.get("parameters", []) if each["in"] == "header"
                    ),
                    {name: _resolved(each) for name, each in body.get("properties", {}).items()},
                    frozenset(body.get("required", [])),
                )
            )
    return tuple(found)


def wrong(facts: Mapping[str, Any]) -> Any:
    """A value of the wrong kind for a property. None where anything may stand."""
    if facts.get("enum"):
        return "no-such-choice"
    form = facts.get("format", "")
    if form in ("date", "date-time", "time", "decimal", "email", "uri"):
        return {"date": "2026-02-31", "decimal": "lots"}.get(form, "yesterday, or so")
    return {
        "string": {"not": "text"},
        "integer": "many",
        "number": "many",
        "boolean": "perhaps",
        "array": "not a list",
        "object": "not an object",
    }.get(facts.get("type", ""))


def fitting(name: str, facts: Mapping[str, Any], door: Door) -> Any:
    """A value of the right kind for a property."""
    if name in REFERENCES:
        return REFERENCES[name](door)
    if facts.get("enum"):
        return next(each for each in facts["enum"] if each)
    form = facts.get("format", "")
    if form == "date":
        return clock.today().isoformat()
    if form == "date-time":
        return (clock.now() - timedelta(hours=1)).isoformat()
    if form == "decimal":
        return "1.00"
    if facts.get("type") == "array":
        return [fitting("", _resolved(facts.get("items", {})), door)]
    return {"string": "Words", "integer": 1, "number": 1, "boolean": True, "object": {}}.get(
        facts.get("type", ""), "Words"
    )


class Door:
    """One address with a record behind it, and somebody before it who holds every role in the record's team."""

    def __init__(self, endpoint: Endpoint, record: Any = None) -> None:
        self.endpoint = endpoint
        make = PREPARED.get(endpoint.operation) or RECORDS.get(endpoint.words)
        self.record = record or (make() if make else None)
        self.team = (
            getattr(self.record, "to_team", None)
            or getattr(self.record, "team", None)
            or TeamFactory(front_door=True)
        )
        self.person = getattr(self.record, "person", None) or PersonFactory()
        if endpoint.words.endswith("people"):
            self.person = self.record
        self.user = holder_of_every_role(self.team)
        access_list = getattr(self.record, "access_list", None)
        if access_list is not None:
            _make("accounts.tests.factories.AccessListMemberFactory", access_list=access_list, user=self.user)
        self.client: APIClient = api_client(self.user)
        self.address = self.at(self.record.ref if self.record else "")

    def at(self, ref: str) -> str:
        """The address with this reference in it."""
        path = self.endpoint.path.replace("{ref}", ref)
        for name in re.findall(r"{(\w+)}", path):
            path = path.replace(f"{{{name}}}", PARTS[name](self.record))
        return path

    def body(self, **more: Any) -> dict[str, Any]:
        """A body in which every needed question has an answer of the right kind."""
        made = {
            name: fitting(name, self.endpoint.properties[name], self)
            for name in self.endpoint.properties
            if name in self.endpoint.required
        }
        extra = BODIES.get(self.endpoint.operation)
        return {**made, **(extra(self) if extra else {}), **more}

    def send(
        self,
        body: Any,
        *,
        version: Any = None,
        key: str = "a-key-of-the-tests",
        address: str = "",
        **more: Any,
    ) -> Any:
        headers = {}
        if self.endpoint.wants_version:
            version = getattr(self.record, "version", 1) if version is None else version
            headers["If-Match"] = f'"{version}"'
        if self.endpoint.wants_key:
            headers["Idempotency-Key"] = key
        headers |= more.pop("headers", {})
        call = getattr(self.client, self.endpoint.method)
        return call(address or self.address, body, headers=headers, **more)


def holder_of_every_role(team: Any) -> User:
    user = UserFactory(worker_in=team)
    held = {membership.role for membership in user.memberships.all()}
    for role in Role.values:
        if role not in held:
            give_role(user, role, team)
    return User.objects.get(pk=user.pk)


def _letter_of_a_plan() -> Any:
    plan = _make("support_plans.tests.factories.SupportPlanFactory", approved=True)
    return _make(
        "documents.tests.factories.LetterFactory", person=plan.person, kind="plan_copy", subject_ref=plan.ref
    )


def _authorised() -> Any:
    return _make("assessments.tests.factories.complete_assessment", authorised=True)


# Creating takes a record in a state of its own.
PREPARED: dict[str, Callable[[], Any]] = {
    "support_plans_request_review": lambda: _make(
        "support_plans.tests.factories.SupportPlanFactory", active=True
    ),
    "support_plans_draft": _authorised,
    "letters_give": _letter_of_a_plan,
    "letters_write": lambda: _authorised().person,
}
# What a creating address asks for beyond an answer of the right kind to each needed question.
BODIES: dict[str, Callable[[Door], dict[str, Any]]] = {
    "contacts_match_online_request": lambda door: {"person": door.person.ref},
    "letters_write": lambda door: {
        "kind": "eligibility_decision",
        "subject_ref": door.person.assessments.get().ref,
    },
    "reablement_add_goal": lambda door: {"baseline": 1, "target": 3},
    "reablement_refer": lambda door: {"source": "staff"},
    "manage_ask_for_export": lambda door: {"code": "assessment"},
    "people_own_pages_open": lambda door: {"email": "somebody@people.example"},
    "people_relationships_add": lambda door: {"other_name": "Mr Desai"},
}
