"""A safeguarding case that went all the way, and a token of its own in every free field of every protected row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import models

from core import clock, drafts
from people.models import Person
from safeguarding import services
from safeguarding.models import Concern
from safeguarding.tests.factories import Case, Staff

TOKEN = re.compile(r"Xq\d{4}Z")
FREE = (models.CharField, models.TextField)
# How the machine finds a row again, and where a row leads: not words about anybody.
NOT_WORDS = {
    "ref", "key", "url", "kind", "rule", "rule_code", "subject_type", "template", "pgh_label", "stored_name", "digest",
    "content_type",
}  # fmt: skip


def free_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields of a model in which something can be written in free words."""
    part_of_a_key = {name for each in model._meta.total_unique_constraints for name in each.fields}
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, FREE)
        and field.name not in part_of_a_key
        and not field.choices
        and not field.unique
        and not field.is_relation
        and field.name not in NOT_WORDS
        and (field.max_length or 99) >= len("Xq0000Z")
    ]


def protected_models() -> list[type[models.Model]]:
    """Every table of safeguarding: all that is in them belongs to a case."""
    return list(apps.get_app_config("safeguarding").get_models())


def guarded_models() -> list[type[models.Model]]:
    """Every table elsewhere whose rows can stand on an access list."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label != "safeguarding"
        and any(field.name == "access_list" for field in model._meta.fields)
        and model._meta.label not in ("accounts.AccessListMember", "people.Person", "people.PersonEvent")
    ]


class Tokens:
    """Which token stands in which field."""

    def __init__(self) -> None:
        self.places: dict[str, str] = {}

    def of(self, place: str) -> str:
        token = f"Xq{len(self.places):04}Z"
        self.places[token] = place
        return token

    def write(self, rows: models.QuerySet[Any], *, where_written: bool = False) -> None:
        """Put tokens into the rows, twice, so that the history holds them too. `where_written`: over words alone."""
        model = rows.model
        for _ in range(2):
            for row in rows.values():
                facts = {
                    field.name: self.of(f"{model._meta.label}.{field.name}")
                    for field in free_fields(model)
                    if row[field.name] or not where_written
                }
                if facts:
                    model._base_manager.filter(pk=row["id"]).update(**facts)

    def found_in(self, text: str) -> list[str]:
        return sorted({token for token in TOKEN.findall(text) if token in self.places})


def whole_case(person: Person, staff: Staff) -> Case:
    """From the concern to a protection plan that was reviewed, with a row in every table."""
    today = clock.today()
    case = Case(person=person, staff=staff, kinds=("FIN",), alleged_words="A nephew", adult_given_names="Ida")
    case.screened().heard()
    case.do(
        services.add_alleged, case.duty, name="A nephew", relationship="Nephew", lives_with="no",
        lived_with_then="no", is_aware="no", is_at_risk_too="no",
    )  # fmt: skip
    case.do(services.bar, case.manager, user=case.second, reason="Her niece")
    case.do(services.give_delay, case.duty, reason="partner", text="Waits for the bank")
    case.do(services.add_entry, case.duty, kind="meeting", text="Met", occurred_on=today)
    case.decided().started()
    case.do(
        services.ask_another, case.manager, agency="The hospital", contact="Matron", scope="Falls", terms="In writing",
        no_conflict="Asked", due_on=today + timedelta(days=20),
    )  # fmt: skip
    for caused in case.concern.caused.all():
        case.do(
            services.record_report, case.manager, caused=caused, received_on=today, report="None", quality="accepted",
            quality_reason="Complete",
        )  # fmt: skip
    case.do(services.conclude, case.lead, **case.outcome_facts())
    case.do(
        services.protect, case.manager, steps="She holds her card.", support="", service_changes="", justice="",
        ongoing_risk="Weekly call.", action="New card", action_outcome="Safe money", action_owner="Lead",
        action_due_on=today, review_on=today + timedelta(weeks=6),
    )  # fmt: skip
    case.do(
        services.review,
        case.manager,
        held_on=today,
        result="continues",
        summary="It works.",
        adult_view="Content",
    )
    return case


def hide(person: Person, staff: Staff) -> tuple[Case, Tokens]:
    """A whole case about the person, worked on by staff who were there before, as it stands after everything that follows it was delivered."""
    from core import outbox
    from documents.tests.factories import DocumentFactory

    case, tokens = whole_case(person, staff), Tokens()
    outbox.deliver()
    DocumentFactory(clean=True, person=person, access_list=case.concern.access_list, uploaded_by=case.duty)
    drafts.save(
        owner=case.manager,
        kind="safeguarding.decision",
        subject=case.concern.ref,
        data={"reason_a": tokens.of("core.Draft.data")},
    )
    for model in protected_models():
        if not model.__name__.endswith("Event"):
            tokens.write(model._base_manager.all())
    for model in guarded_models():
        if not model.__name__.endswith("Event"):
            tokens.write(model._base_manager.filter(access_list=case.concern.access_list), where_written=True)
    case.concern = Concern.objects.get(pk=case.concern.pk)
    return case, tokens


def openable(case: Case) -> Iterator[tuple[str, str]]:
    """The references of the rows of a case that an address could name, with the kind of row."""
    for model in [*protected_models(), *guarded_models()]:
        if model.__name__.endswith("Event") or not any(f.name == "ref" for f in model._meta.fields):
            continue
        rows = model._base_manager.all()
        if model in guarded_models():
            rows = rows.filter(access_list=case.concern.access_list)
        for ref in rows.order_by("pk").values_list("ref", flat=True)[:1]:
            yield model._meta.label, ref
