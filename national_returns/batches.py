"""One batch of an import: some thousand events of a file become records, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from accounts.models import Team
from assessments import importing as assessments
from contacts import importing as contacts
from core import bulk
from directory import importing as directory
from national_returns import facts
from national_returns.anchors import follow_plans
from national_returns.cld.events import Event, Refusal
from national_returns.cld.identity import Placed
from national_returns.models import ImportedEvent, ImportRun
from national_returns.report import Report
from people import importing as people
from people.models import Person
from support_plans import importing as support_plans
from support_plans.models import SupportPlan

# Which fact of a person was already said by an earlier row of this file: the first to say it counts.
SAID = {name: 1 << position for position, name in enumerate(sorted(people.FACTS | {"postcode"}))}
NATIONAL_UNKNOWN = "Unknown"


@dataclass
class Memory:
    """What an import carries from batch to batch. It grows with people and open links, never with rows."""

    said: dict[str, int] = field(default_factory=dict)
    # Which of the council's identifiers the file first gives with an NHS number.
    holders: dict[str, str] = field(default_factory=dict)
    links: set[tuple[str, str, str]] = field(default_factory=set)


@dataclass(frozen=True)
class Setting:
    """What is the same for every batch of an import."""

    run: ImportRun
    now: datetime
    today: date
    team_of: Callable[[str], Team]


class Batch:
    """Takes over the events given to it. Made for one batch and thrown away."""

    def __init__(self, *, setting: Setting, memory: Memory, report: Report) -> None:
        self.setting = setting
        self.memory = memory
        self.report = report
        self.people: dict[str, Person] = {}
        self.by_key: dict[int, Person] = {}
        self.by_external_id: dict[str, Person] = {}
        self.by_nhs_number: dict[str, Person] = {}
        self.known: dict[str, ImportedEvent] = {}
        self.targets: dict[str, tuple[str, int]] = {}

    def take_over(self, placed: Sequence[Placed]) -> None:
        placed = self._without_repeats(placed)
        identities = [each.identity for each in placed]
        self.known = {row.identity: row for row in ImportedEvent.objects.filter(identity__in=identities)}
        self._find_people(placed)
        placed = self._without_strangers(placed)
        self._record_people(placed)
        fresh = [each for each in placed if each.identity not in self.known]
        changed = [each for each in placed if self._has_changed(each)]
        self._record_events(fresh, changed)
        self._remember(fresh, changed)
        self._count(placed, changed)
        self._link_carers(placed)

    # Which rows count

    def _without_repeats(self, placed: Iterable[Placed]) -> list[Placed]:
        kept = []
        for each in placed:
            if each.repeats is None:
                kept.append(each)
            elif each.says_the_same:
                self.report.count("unchanged", each.event.event_type)
            else:
                self._refuse(
                    each,
                    "Event_Reference" if each.event.reference else "Event_Start_Date",
                    f"This looks like the same event as row {each.repeats}, with other details. "
                    f"Row {each.repeats} is kept.",
                )
        return kept

    def _refuse(self, placed: Placed, name: str, reason: str) -> None:
        self.report.refuse(Refusal(placed.event.row, name, reason, placed.event.event_type))

    def _has_changed(self, placed: Placed) -> bool:
        known = self.known.get(placed.identity)
        return known is not None and (known.content, known.person_content) != (placed.content, placed.person)

    # People

    def _find_people(self, placed: Sequence[Placed]) -> None:
        for person in people.find_known(
            keys={row.person_id for row in self.known.values()},
            external_ids={facts.external_id(each.event.person) for each in placed},
            nhs_numbers={each.event.person.nhs_number for each in placed},
        ):
            self._index(person)

    def _index(self, person: Person) -> None:
        self.by_key[person.pk] = person
        if person.external_id:
            self.by_external_id[person.external_id] = person
        if person.nhs_number:
            self.by_nhs_number[person.nhs_number] = person

    def _find(self, placed: Placed) -> Person | None:
        """Whose event it is: the person it was taken over for before, else by the council's identifier, else by
        NHS number."""
        if known := self.known.get(placed.identity):
            return self.by_key[known.person_id]
        named, number = facts.external_id(placed.event.person), placed.event.person.nhs_number
        if named:
            return self.by_external_id.get(named) or self.by_nhs_number.get(number)
        return self.by_nhs_number.get(number) or self.by_external_id.get(self.memory.holders.get(number, ""))

    def _without_strangers(self, placed: Sequence[Placed]) -> list[Placed]:
        """Leave out rows whose NHS number is somebody else's, here or by an earlier row of the file (P05)."""
        kept = []
        for each in placed:
            if self._is_somebody_elses(each):
                self._refuse(
                    each,
                    "NHS_Number",
                    "This NHS number belongs to another person of the council. Check which of the two is right.",
                )
            else:
                kept.append(each)
        return kept

    def _is_somebody_elses(self, placed: Placed) -> bool:
        named, number = facts.external_id(placed.event.person), placed.event.person.nhs_number
        if not named or not number:
            return False
        first_named = self.memory.holders.setdefault(number, named)
        if placed.identity in self.known and not self._has_changed(placed):
            return False  # taken over before, and nothing follows from it now
        if first_named != named:
            return True
        owner, known = self.by_nhs_number.get(number), self.by_external_id.get(named)
        if owner is None:
            return False
        if known is None and not owner.external_id:
            self.by_external_id[named] = owner  # registered here before, without the council's identifier
            return False
        return owner != known

    def _record_people(self, placed: Sequence[Placed]) -> None:
        """Register who is new, and correct whom the file tells something new about."""
        new: dict[str, dict[str, object]] = {}
        corrections: dict[int, dict[str, object]] = {}
        for each in placed:
            key, person = self._key(each), self._find(each)
            said = self._not_said_before(key, facts.person_facts(each.event))
            if person is None:
                new.setdefault(key, {}).update(said)
            elif each.identity not in self.known or self._has_changed(each):
                corrections.setdefault(person.pk, {}).update(self._worth_saying(person, said))
        self._register(new)
        self._correct(corrections)
        for each in placed:
            person = self._find(each)
            if person is None:
                raise LookupError("A person of this batch was neither found nor registered")
            self.people[each.identity] = person

    def _key(self, placed: Placed) -> str:
        """One key for a person of this batch, whichever of their identifiers a row gives."""
        if person := self._find(placed):
            return person.ref
        number = placed.event.person.nhs_number
        named = facts.external_id(placed.event.person) or self.memory.holders.get(number, "")
        return f"council {named}" if named else f"NHS {number}"

    def _not_said_before(self, key: str, said: Mapping[str, object]) -> dict[str, object]:
        """What this row is the first of the file to say about the person."""
        before = self.memory.said.get(key, 0)
        fresh = {name: fact for name, fact in said.items() if not before & SAID[name]}
        for name in fresh:
            before |= SAID[name]
        self.memory.said[key] = before
        return fresh

    def _worth_saying(self, person: Person, said: dict[str, object]) -> dict[str, object]:
        """An “Unknown” never replaces what is known, nor an identifier one already held."""
        return {
            name: fact
            for name, fact in said.items()
            if not (fact == NATIONAL_UNKNOWN and getattr(person, name, None))
            and not (name == "external_id" and person.external_id)
        }

    def _register(self, new: Mapping[str, dict[str, object]]) -> None:
        setting = self.setting
        made = people.bulk_register(
            people=[(said, str(said.pop("postcode", ""))) for said in new.values()],
            run_id=setting.run.pk,
            now=setting.now,
            today=setting.today,
        )
        for key, person in zip(new, made, strict=True):
            self._index(person)
            # From now on the person goes by their own reference, whichever identifier a row gives.
            self.memory.said[person.ref] = self.memory.said.pop(key)

    def _correct(self, corrections: Mapping[int, dict[str, object]]) -> None:
        setting = self.setting
        homes = {pk: str(said.pop("postcode")) for pk, said in corrections.items() if "postcode" in said}
        people.bulk_move_home(postcodes=homes, now=setting.now, today=setting.today)
        told = [(pk, said) for pk, said in corrections.items() if said]
        for person in people.bulk_correct(corrections=told, now=setting.now).values():
            self._index(person)

    # Events

    def _record_events(self, fresh: Sequence[Placed], changed: Sequence[Placed]) -> None:
        self._requests(*_of("Request", fresh, changed))
        self._assessments(*_of("Assessment", fresh, changed))
        services, reviews = _of("Service", fresh, changed), _of("Review", fresh, changed)
        plans = self._plans([*services[0], *services[1], *reviews[0], *reviews[1]])
        self._items(*services, plans)
        self._reviews(*reviews, plans)
        self._restate(list(plans.values()), [*fresh, *changed])

    def _person_and_team(self, placed: Placed) -> dict[str, int]:
        person = self.people[placed.identity]
        return {"person_id": person.pk, "team_id": self.setting.team_of(placed.event.person.key).pk}

    def _requests(self, fresh: Sequence[Placed], changed: Sequence[Placed]) -> None:
        def told(each: Placed) -> contacts.ImportedRequest:
            return facts.request_of(each.event, **self._person_and_team(each))

        made = contacts.bulk_add_requests(requests=list(map(told, fresh)), now=self.setting.now)
        contacts.bulk_change_requests(
            changes=[(self._target(each), told(each)) for each in changed], now=self.setting.now
        )
        self._became(ImportedEvent.Target.REQUEST, fresh, made)

    def _assessments(self, fresh: Sequence[Placed], changed: Sequence[Placed]) -> None:
        def told(each: Placed) -> assessments.ImportedAssessment:
            return facts.assessment_of(each.event, **self._person_and_team(each))

        made = assessments.bulk_add_assessments(assessments=list(map(told, fresh)), now=self.setting.now)
        assessments.bulk_change_assessments(
            changes=[(self._target(each), told(each)) for each in changed], now=self.setting.now
        )
        self._became(ImportedEvent.Target.ASSESSMENT, fresh, made)

    def _plans(self, placed: Sequence[Placed]) -> dict[support_plans.PlanKey, SupportPlan]:
        owners = {}
        for each in placed:
            person = self.people[each.identity]
            team = self.setting.team_of(each.event.person.key)
            owners[person.pk, str(facts.plan_kind(each.event))] = (person, team)
        return support_plans.find_or_begin_plans(owners=owners, now=self.setting.now)

    def _items(
        self,
        fresh: Sequence[Placed],
        changed: Sequence[Placed],
        plans: Mapping[support_plans.PlanKey, SupportPlan],
    ) -> None:
        named = {each.identity: facts.provider_of(each.event) for each in (*fresh, *changed)}
        providers = directory.find_or_add_providers(named=list(named.values()), now=self.setting.now)

        def told(each: Placed) -> support_plans.ImportedItem:
            person_id = self.people[each.identity].pk
            provider = providers.get(named[each.identity].key)
            return facts.item_of(
                each.event,
                person_id=person_id,
                plan_id=plans[person_id, facts.plan_kind(each.event)].pk,
                provider_id=provider.pk if provider else None,
            )

        made = support_plans.bulk_add_items(items=list(map(told, fresh)), now=self.setting.now)
        support_plans.bulk_change_items(
            changes=[(self._target(each), told(each)) for each in changed], now=self.setting.now
        )
        self._became(ImportedEvent.Target.SERVICE, fresh, made)

    def _reviews(
        self,
        fresh: Sequence[Placed],
        changed: Sequence[Placed],
        plans: Mapping[support_plans.PlanKey, SupportPlan],
    ) -> None:
        def told(each: Placed) -> support_plans.ImportedReview:
            who = self._person_and_team(each)
            return facts.review_of(
                each.event, plan_id=plans[who["person_id"], facts.plan_kind(each.event)].pk, **who
            )

        made = support_plans.bulk_add_reviews(reviews=list(map(told, fresh)), now=self.setting.now)
        support_plans.bulk_change_reviews(
            changes=[(self._target(each), told(each)) for each in changed], now=self.setting.now
        )
        self._became(ImportedEvent.Target.REVIEW, fresh, made)

    def _restate(self, plans: Sequence[SupportPlan], placed: Sequence[Placed]) -> None:
        """Plans whose lines or reviews changed run or end accordingly; each that runs has its one anchor."""
        if not plans:
            return
        starts = [each.event.period_start for each in placed if each.event.period_start]
        setting = self.setting
        restated = support_plans.restate_plans(
            plans=plans,
            period_start=min(starts, default=setting.today),
            today=setting.today,
            now=setting.now,
        )
        follow_plans(restated=restated, now=setting.now)

    def _target(self, placed: Placed) -> int:
        return self.known[placed.identity].target_id

    def _became(self, target: str, fresh: Sequence[Placed], made: Sequence[int]) -> None:
        for each, pk in zip(fresh, made, strict=True):
            self.targets[each.identity] = (target, pk)

    def _remember(self, fresh: Sequence[Placed], changed: Sequence[Placed]) -> None:
        bulk.insert_rows(
            ImportedEvent,
            [
                {
                    "identity": each.identity,
                    "content": each.content,
                    "person_content": each.person,
                    "person_id": self.people[each.identity].pk,
                    "target_type": self.targets[each.identity][0],
                    "target_id": self.targets[each.identity][1],
                    "run_id": self.setting.run.pk,
                }
                for each in fresh
            ],
        )
        rows = []
        for each in changed:
            row = self.known[each.identity]
            row.content, row.person_content, row.person = (
                each.content,
                each.person,
                self.people[each.identity],
            )
            rows.append(row)
        bulk.update_rows(rows, ["content", "person_content", "person"])

    def _count(self, placed: Sequence[Placed], changed: Sequence[Placed]) -> None:
        updated = {each.identity for each in changed}
        for each in placed:
            result = "updated" if each.identity in updated else "unchanged"
            self.report.count(result if each.identity in self.known else "created", each.event.event_type)

    # Carers

    def _link_carers(self, placed: Sequence[Placed]) -> None:
        """Link carers with those they look after; somebody further down in the file is linked at the end."""
        wanted = self.memory.links
        for each in placed:
            if each.event.is_about_a_carer:
                carer = self._external(each.event, each.event.person.local_id)
                for linked in each.event.linked_people:
                    wanted.add((carer, self._external(each.event, linked), each.event.hours_caring))
        self.memory.links = link_carers(wanted, now=self.setting.now, today=self.setting.today)

    def _external(self, event: Event, local_id: str) -> str:
        own = facts.external_id(event.person)
        return own.removesuffix(event.person.local_id) + local_id if own else local_id


def link_carers(
    wanted: set[tuple[str, str, str]], *, now: datetime, today: date
) -> set[tuple[str, str, str]]:
    """Record the links whose two people are both known. Returns the others."""
    names = {name for carer, linked, _hours in wanted for name in (carer, linked)}
    known = dict(Person.objects.filter(external_id__in=names).order_by().values_list("external_id", "pk"))
    ready = {link for link in wanted if link[0] in known and link[1] in known}
    people.bulk_link_carers(
        links=[
            people.CarerLink(
                person_id=known[linked],
                carer_id=known[carer],
                what_they_do=f"Hours of care a week, as recorded before: {hours}" if hours else "",
            )
            for carer, linked, hours in sorted(ready)
        ],
        now=now,
        today=today,
    )
    return wanted - ready


def _of(
    event_type: str, fresh: Sequence[Placed], changed: Sequence[Placed]
) -> tuple[list[Placed], list[Placed]]:
    return (
        [each for each in fresh if each.event.event_type == event_type],
        [each for each in changed if each.event.event_type == event_type],
    )
