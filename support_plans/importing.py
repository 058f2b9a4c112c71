"""Plans, lines and reviews taken over from another system, many at a time. Nobody is notified.

A return knows services, not plans: all services of a person as an adult make one plan, those as a carer another.
The details the law asks for (s25) are not in it; they are completed at the next review, which is why every imported
plan that is still running has a review ahead of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q

from accounts.models import Team
from core import bulk
from people.models import Origin, Person
from support_plans import timescales
from support_plans.models import Mode, PlanItem, Review, Stream, SupportPlan
from support_plans.services.approving import cancel_reviews

ONE_DAY = timedelta(days=1)
ENDED_IN_THE_RETURN = "Every service in the council's return has ended."
NO_SERVICE_IN_THE_RETURN = "The council's return shows no service."

PlanKey = tuple[int, str]


@dataclass(frozen=True, slots=True)
class ImportedItem:
    """A service line. Lists are in the national words; money in pounds."""

    plan_id: int
    person_id: int
    how_met: str
    by: str
    provider_id: int | None
    provider_name: str
    quantity: Decimal | None
    unit: str
    unit_cost: Decimal | None
    cost_weekly: Decimal
    cost_one_off: Decimal
    stream: Stream
    mode: Mode | str
    starts_on: date
    ends_on: date | None
    imported_service_type: str
    imported_component: str
    imported_mechanism: str
    imported_frequency: str

    def facts(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class ImportedReview:
    """A review that was held."""

    plan_id: int
    person_id: int
    team_id: int
    kind: str
    reason: str
    held_on: date
    outcomes_achieved: str
    outcome: str
    imported_outcome: str

    def facts(self) -> dict[str, object]:
        given = {name: getattr(self, name) for name in self.__slots__ if name != "team_id"}
        return given | {"due_on": self.held_on, "status": Review.Status.CLOSED}


@dataclass(frozen=True, slots=True)
class RestatedPlan:
    """A plan after its lines and reviews changed: whether it runs, and from which day its next review counts."""

    plan: SupportPlan
    was_active: bool
    is_initial: bool
    anchored_on: date | None

    @property
    def is_active(self) -> bool:
        return self.plan.status == SupportPlan.Status.ACTIVE


def find_or_begin_plans(
    *, owners: Mapping[PlanKey, tuple[Person, Team]], now: datetime
) -> dict[PlanKey, SupportPlan]:
    """The imported plan of each (key of the person, kind), begun where there is none yet.

    A plan that is begun has its key and is written by `restate_plans`, in the same transaction, once its lines are.
    """
    people = {person_id for person_id, _kind in owners}
    known: dict[PlanKey, SupportPlan] = {}
    highest: dict[int, int] = {}
    rows = SupportPlan.objects.filter(person__in=people).select_related("person", "team")
    for plan in rows.order_by("-number", "-pk"):
        highest.setdefault(plan.person_id, plan.number)
        if plan.origin == Origin.IMPORTED:
            known[plan.person_id, plan.kind] = plan  # the oldest, being the last met
    missing = [key for key in owners if key not in known]
    for key, pk in zip(missing, bulk.next_keys(SupportPlan, len(missing)), strict=True):
        (person_id, kind), (person, team) = key, owners[key]
        highest[person_id] = highest.get(person_id, 0) + 1
        known[key] = SupportPlan(
            pk=pk,
            person=person,
            team=team,
            kind=kind,
            number=highest[person_id],
            status=SupportPlan.Status.ENDED,  # until its lines say that it runs
            end_reason=NO_SERVICE_IN_THE_RETURN,
            origin=Origin.IMPORTED,
            created_at=now,
            updated_at=now,
        )
    return {key: known[key] for key in owners}


def bulk_add_items(*, items: Sequence[ImportedItem], now: datetime) -> list[int]:
    """Add service lines to imported plans. Returns their keys in the order given."""
    imported = {"origin": Origin.IMPORTED, "created_at": now, "updated_at": now}
    return bulk.insert_rows(PlanItem, [imported | each.facts() for each in items])


def bulk_change_items(*, changes: Sequence[tuple[int, ImportedItem]], now: datetime) -> None:
    """Bring service lines up to date with a newer return."""
    _change(PlanItem, {pk: item.facts() for pk, item in changes}, now)


def bulk_add_reviews(*, reviews: Sequence[ImportedReview], now: datetime) -> list[int]:
    """Add held reviews to imported plans. Returns their keys in the order given."""
    imported = {"origin": Origin.IMPORTED, "created_at": now, "updated_at": now}
    return bulk.insert_rows(Review, [imported | {"team_id": each.team_id} | each.facts() for each in reviews])


def bulk_change_reviews(*, changes: Sequence[tuple[int, ImportedReview]], now: datetime) -> None:
    """Bring held reviews up to date with a newer return."""
    _change(Review, {pk: review.facts() for pk, review in changes}, now)


def _change(
    model: type[PlanItem] | type[Review], wanted: dict[int, dict[str, object]], now: datetime
) -> None:
    rows: list[Any] = list(model.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    fields: set[str] = {"version", "updated_at"}
    for row in rows:
        for name, fact in wanted[row.pk].items():
            setattr(row, name, fact)
        row.updated_at = now
        row.next_version()
        fields |= wanted[row.pk].keys()
    bulk.update_rows(rows, sorted(fields))


def restate_plans(
    *, plans: Collection[SupportPlan], period_start: date, today: date, now: datetime
) -> list[RestatedPlan]:
    """Work out anew whether imported plans run and when their next review is due, from their lines and reviews.

    A plan that people here have replaced, ended or overtaken by one of their own is left alone. Where the return
    shows no review, one may have been held the day before its period and no later, so the year counts from there;
    a plan that began inside the period counts as new and has its first review at six weeks. A later return moves a
    date on only by a review.
    """
    begun = {plan.pk: plan for plan in plans if plan._state.adding}
    standing = (
        SupportPlan.objects.select_for_update(of=("self",))
        .filter(pk__in=[plan.pk for plan in plans if plan.pk not in begun], replaced_by=None)
        .select_related("person", "team")
        .order_by("pk")
    )
    together = [*standing, *begun.values()]
    lines = _lines(together, today)
    held = _last_reviews(together)
    overtaken = _overtaken(together)
    restated = []
    for plan in together:
        is_ours = plan.status == SupportPlan.Status.ACTIVE or plan.end_reason in (
            ENDED_IN_THE_RETURN,
            NO_SERVICE_IN_THE_RETURN,
        )
        if plan.pk in begun and (plan.person_id, plan.kind) in overtaken:
            plan.status, plan.end_reason = SupportPlan.Status.SUPERSEDED, ""
        elif is_ours and (plan.person_id, plan.kind) not in overtaken:
            restated.append(_restate(plan, lines.get(plan.pk), held.get(plan.pk), period_start, now))
    bulk.insert_rows(SupportPlan, [vars(plan) for plan in begun.values()])
    for plan in begun.values():
        plan._state.adding = False
    changed = [each.plan for each in restated if each.plan.pk not in begun]
    for plan in changed:
        plan.next_version()
    bulk.update_rows(
        changed,
        [
            "status",
            "starts_on",
            "active_from",
            "ended_on",
            "end_reason",
            "next_review_on",
            "version",
            "updated_at",
        ],
    )
    _schedule_reviews([each for each in restated if each.is_active], now)
    for each in restated:
        if each.was_active and not each.is_active:
            cancel_reviews(each.plan, now=now, begun=False)
    return restated


def _lines(plans: Sequence[SupportPlan], today: date) -> dict[int, Any]:
    running = Q(ends_on=None) | Q(ends_on__gt=today)
    rows = (
        PlanItem.objects.filter(plan_id__in=[plan.pk for plan in plans], removed_at=None)
        .order_by()
        .values("plan_id")
        .annotate(
            first=Min("starts_on"),
            first_running=Min("starts_on", filter=running),
            last=Max("ends_on"),
            running=Count("pk", filter=running),
        )
    )
    return {row["plan_id"]: row for row in rows}


def _last_reviews(plans: Sequence[SupportPlan]) -> dict[int, date]:
    """When a return last showed a review of each plan, unless a review held here since has set the next date."""
    rows = (
        Review.objects.filter(plan_id__in=[plan.pk for plan in plans], held_on__isnull=False)
        .exclude(kind=Review.Kind.SHORT_TERM)
        .order_by()
        .values("plan_id")
        .annotate(
            last=Max("held_on", filter=Q(origin=Origin.IMPORTED)),
            here=Max("held_on", filter=Q(origin=Origin.PORTAL)),
        )
    )
    return {
        row["plan_id"]: row["last"]
        for row in rows
        if row["last"] and not (row["here"] and row["here"] >= row["last"])
    }


def _overtaken(plans: Sequence[SupportPlan]) -> set[PlanKey]:
    """People who have another active plan of the same kind."""
    others = SupportPlan.objects.active().filter(person__in=[plan.person_id for plan in plans])
    rows = others.exclude(pk__in=[plan.pk for plan in plans]).order_by()
    return set(rows.values_list("person_id", "kind"))


def _restate(
    plan: SupportPlan, lines: dict | None, held_on: date | None, period_start: date, now: datetime
) -> RestatedPlan:
    was_active = plan.status == SupportPlan.Status.ACTIVE
    plan.updated_at = now
    if lines:
        plan.starts_on = plan.active_from = lines["first_running"] or lines["first"]
    if not lines or not lines["running"] or plan.person.is_deceased:
        plan.status = SupportPlan.Status.ENDED
        plan.end_reason = ENDED_IN_THE_RETURN if lines else NO_SERVICE_IN_THE_RETURN
        plan.ended_on = plan.person.date_of_death or (lines["last"] if lines else None)
        plan.next_review_on = None
        return RestatedPlan(plan, was_active, is_initial=False, anchored_on=None)

    plan.status = SupportPlan.Status.ACTIVE
    plan.end_reason, plan.ended_on = "", None
    began = lines["first_running"]
    if held_on and held_on >= began:
        is_initial, anchored_on = False, held_on
    elif began >= period_start:
        is_initial, anchored_on = True, began
    else:
        is_initial, anchored_on = False, max(held_on or began, began, period_start - ONE_DAY)
    due_on = (
        timescales.initial_review_due_on(starts_on=anchored_on)
        if is_initial
        else timescales.yearly_review_due_on(from_day=anchored_on)
    )
    if was_active and plan.next_review_on and not (held_on and due_on > plan.next_review_on):
        return RestatedPlan(plan, was_active, is_initial, anchored_on=None)  # the date stands
    plan.next_review_on = due_on
    return RestatedPlan(plan, was_active, is_initial, anchored_on)


def _schedule_reviews(restated: Sequence[RestatedPlan], now: datetime) -> None:
    """Each running plan has one review ahead of it. One that somebody has begun to arrange is left as it is."""
    moved = {each.plan.pk: each for each in restated if each.anchored_on}
    ahead = Review.objects.filter(plan__in=list(moved), status__in=Review.OPEN, requested_on=None)
    scheduled = []
    for review in ahead.order_by("pk"):
        given = moved.pop(review.plan_id, None)
        if given and review.status == Review.Status.SCHEDULED:
            review.kind, review.due_on, review.latest_on = _due(given)
            review.updated_at = now
            review.next_version()
            scheduled.append(review)
    bulk.update_rows(scheduled, ["kind", "due_on", "latest_on", "version", "updated_at"])
    fresh = []
    for each in moved.values():
        kind, due_on, latest_on = _due(each)
        fresh.append(
            {
                "plan_id": each.plan.pk,
                "person_id": each.plan.person_id,
                "team_id": each.plan.team_id,
                "kind": kind,
                "status": Review.Status.SCHEDULED,
                "due_on": due_on,
                "latest_on": latest_on,
                "origin": Origin.IMPORTED,
                "created_at": now,
                "updated_at": now,
            }
        )
    bulk.insert_rows(Review, fresh)


def _due(restated: RestatedPlan) -> tuple[str, date, date | None]:
    due_on = restated.plan.next_review_on
    if due_on is None:
        raise ValueError("A running plan has no next review")
    if restated.is_initial and restated.anchored_on:
        return (
            Review.Kind.INITIAL,
            due_on,
            timescales.initial_review_latest_on(starts_on=restated.anchored_on),
        )
    return Review.Kind.ANNUAL, due_on, None
