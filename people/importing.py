"""People taken over from another system, many at a time. Nobody is notified."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from core import bulk, policy_settings
from people import names
from people import timescales as _declared  # noqa: F401 declares the prefix of numbers
from people.models import Address, Origin, Person, Relationship

NAME_NOT_GIVEN = "(name not given)"  # a person has at least one name on screen

# What a return may say about a person. The postcode is kept with the address.
FACTS = frozenset(
    {
        "given_names",
        "family_name",
        "date_of_birth",
        "date_of_death",
        "nhs_number",
        "gender",
        "ethnicity",
        "primary_support_reason",
        "accommodation_status",
        "employment_status",
        "client_funding_status",
        "autism",
        "visual_impairment",
        "hearing_impairment",
        "dementia",
        "gp_practice_name",
        "gp_practice_code",
        "is_carer",
        "is_service_user",
        "external_id",
    }
)
Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class CarerLink:
    """A carer and the person they look after."""

    person_id: int
    carer_id: int
    what_they_do: str = ""


def find_known(
    *, external_ids: Collection[str], nhs_numbers: Collection[str], keys: Collection[int] = ()
) -> list[Person]:
    """People already here under these identifiers of the council, these NHS numbers or these keys."""
    named = Q(external_id__in=[each for each in external_ids if each])
    numbered = Q(nhs_number__in=[each for each in nhs_numbers if each])
    return list(Person.objects.filter(named | numbered | Q(pk__in=keys)).order_by("pk"))


def _next_numbers(count: int, today: date) -> list[tuple[int, str]]:
    """Keys and numbers of new records, of the same form and from the same sequence as those registered one by one."""
    prefix = policy_settings.value("people.local_number_prefix", on=today)
    return [(key, f"{prefix} {100000 + key}") for key in bulk.next_keys(Person, count)]


def _set_facts(person: Person, facts: Facts) -> None:
    for name, fact in facts.items():
        if name not in FACTS:
            raise ValueError(f"“{name}” is not something a return says about a person")
        setattr(person, name, fact)
    if not person.given_names and not person.family_name:
        person.family_name = NAME_NOT_GIVEN
    if person.date_of_death:
        person.is_deceased = True
    if person.date_of_birth is None:
        person.date_of_birth_accuracy = "UUU"
    elif person.date_of_birth_accuracy == "UUU":
        person.date_of_birth_accuracy = "AAA"
    if person.nhs_number and person.nhs_number_status == Person.NhsNumberStatus.NOT_KNOWN:
        person.nhs_number_status = Person.NhsNumberStatus.UNVERIFIED
    person.name_sort = names.name_sort(family_name=person.family_name, given_names=person.given_names)
    person.search_text = names.search_text(
        names=[person.given_names, person.family_name, person.preferred_name],
        numbers=[person.local_number, person.external_id],
    )


def bulk_register(
    *, people: Sequence[tuple[Facts, str]], run_id: int | None, now: datetime, today: date
) -> list[Person]:
    """Register people from facts and a home postcode ("" where none is known), in the order given.

    No duplicate check by name: whoever imports decides who is who by identifier.
    """
    made = []
    numbers = _next_numbers(len(people), today)
    for (key, number), (facts, _postcode) in zip(numbers, people, strict=True):
        person = Person(
            pk=key,
            local_number=number,
            is_service_user=False,
            origin=Origin.IMPORTED,
            import_run_id=run_id,
            created_at=now,
            updated_at=now,
        )
        _set_facts(person, facts)
        made.append(person)
    bulk.insert_rows(Person, [vars(person) for person in made])
    homes = [
        _home(person.pk, postcode, today, now)
        for person, (_facts, postcode) in zip(made, people, strict=True)
        if postcode
    ]
    bulk.insert_rows(Address, homes)
    return made


def _home(person_id: int, postcode: str, today: date, now: datetime) -> dict[str, object]:
    return {
        "person_id": person_id,
        "postcode": postcode,
        "valid_from": today,
        "created_at": now,
        "updated_at": now,
    }


def bulk_correct(*, corrections: Sequence[tuple[int, Facts]], now: datetime) -> dict[int, Person]:
    """Bring people up to date with a newer return. Returns those that really changed, by key."""
    wanted = dict(corrections)
    changed, fields = [], {"version", "updated_at"}
    for person in Person.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"):
        facts = {name: fact for name, fact in wanted[person.pk].items() if getattr(person, name) != fact}
        if not facts:
            continue
        _set_facts(person, facts)
        person.updated_at = now
        person.next_version()
        fields |= facts.keys()
        changed.append(person)
    derived = ["name_sort", "search_text", "is_deceased", "date_of_birth_accuracy", "nhs_number_status"]
    bulk.update_rows(changed, sorted({*fields, *derived}))
    return {person.pk: person for person in changed}


def bulk_move_home(*, postcodes: Mapping[int, str], now: datetime, today: date) -> None:
    """Give people the postcode of their home, by key. A different one ends the present address the day before.

    The lines of an address are not in a return: an address that has the right postcode stays as it is.
    """
    present = Address.objects.select_for_update(of=("self",)).filter(
        person__in=list(postcodes), use=Address.Use.HOME, valid_to=None
    )
    left, settled = [], set()
    for address in present.order_by("pk"):
        if address.postcode.replace(" ", "") == postcodes[address.person_id].replace(" ", ""):
            settled.add(address.person_id)
            continue
        address.valid_to = max(address.valid_from, today - timedelta(days=1))
        address.updated_at = now
        left.append(address)
    bulk.update_rows(left, ["valid_to", "updated_at"])
    homes = [_home(pk, postcode, today, now) for pk, postcode in postcodes.items() if pk not in settled]
    bulk.insert_rows(Address, homes)


def bulk_link_carers(*, links: Collection[CarerLink], now: datetime, today: date) -> int:
    """Record who looks after whom, once for each pair. Returns how many links are new.

    A link that was ended here is not made again. The first carer of somebody without one is the main carer.
    """
    wanted = {(each.person_id, each.carer_id): each for each in links if each.person_id != each.carer_id}
    if not wanted:
        return 0
    people = {person_id for person_id, _carer in wanted}
    rows = Relationship.objects.filter(person__in=people).order_by()
    known, has_main = set(), set()
    for person_id, carer_id, is_main, ended in rows.values_list(
        "person_id", "other_person_id", "is_main_carer", "valid_to"
    ):
        known.add((person_id, carer_id))
        if is_main and ended is None:
            has_main.add(person_id)
    fresh = []
    for pair, link in wanted.items():
        if pair in known:
            continue
        is_main = link.person_id not in has_main
        has_main.add(link.person_id)
        fresh.append(
            {
                "person_id": link.person_id,
                "other_person_id": link.carer_id,
                "kind": Relationship.Kind.CARER,
                "what_they_do": link.what_they_do,
                "is_carer": True,
                "is_main_carer": is_main,
                "valid_from": today,
                "origin": Origin.IMPORTED,
                "created_at": now,
                "updated_at": now,
            }
        )
    bulk.insert_rows(Relationship, fresh)
    return len(fresh)
