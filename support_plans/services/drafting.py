"""Preparing a plan: its parts and its lines. Nothing here changes a plan that was given to the person."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max

import audit.services as audit
import worklist.services as worklist
from accounts.models import Team, User
from assessments import services as assessments
from assessments.models import Assessment
from core import clock, knock_ons
from core.permissions import require
from core.workflow import WrongState
from people.models import Origin, Person
from support_plans import events, permissions
from support_plans.models import PlanItem, Stream, SupportPlan
from support_plans.services.leading import lead_worker

PENNY = Decimal("0.01")
PARTS = frozenset(
    {
        "what_matters",
        "advice_meeting_needs",
        "advice_preventing_needs",
        "contingency",
        "direct_payment_frequency",
        "starts_on",
    }
)
# How the trail names a part.
PARTS_IN_WORDS = {
    "what_matters": "what matters",
    "advice_meeting_needs": "advice on meeting needs",
    "advice_preventing_needs": "advice on staying well",
    "contingency": "what to do when something goes wrong",
    "direct_payment_frequency": "how often the direct payment is made",
    "starts_on": "start date",
    "declined": "needs with which no help is wanted",
}
ITEM_FACTS = frozenset(
    {
        "need_codes",
        "outcome_wanted",
        "how_met",
        "by",
        "provider",
        "provider_name",
        "quantity",
        "unit",
        "unit_cost",
        "cost_one_off",
        "stream",
        "mode",
        "starts_on",
        "ends_on",
        "contingency",
    }
)
COPIED_ITEM_FACTS = tuple(sorted(ITEM_FACTS | {"cost_weekly"}))


@transaction.atomic
def draft(
    *,
    person: Person,
    team: Team,
    assessment: Assessment,
    by: User,
    now: datetime,
    copy_from: SupportPlan | None = None,
) -> SupportPlan:
    """Begin a plan from the eligible needs of an authorised assessment: the next version of the person's plan.

    With `copy_from` the parts and lines of an earlier version are taken over, to be changed. Raises PermissionDenied,
    ValidationError for an assessment that is not this person's or not authorised, and WrongState while another
    version is being prepared.
    """
    Person.objects.lock(person.pk)
    require(permissions.can_prepare_in(by, team))
    if assessment.person_id != person.pk:
        raise ValidationError("Choose an assessment of this person.")
    if assessment.status not in Assessment.FINISHED:
        raise ValidationError("The assessment must be authorised before a plan can be made from it.")
    if copy_from:
        copy_from = SupportPlan.objects.get(pk=copy_from.pk)
    kind = SupportPlan.Kind.CARER if assessment.kind == Assessment.Kind.CARER else SupportPlan.Kind.ADULT
    versions = SupportPlan.objects.filter(person=person)
    if versions.filter(kind=kind, status__in=(*SupportPlan.OPEN, SupportPlan.Status.APPROVED)).exists():
        raise WrongState(
            "A version of this plan is being prepared already. Finish that one, or end it first."
        )
    plan = SupportPlan(
        person=person,
        team=team,
        assessment=assessment,
        kind=kind,
        number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        replaces=versions.active().filter(kind=kind).first(),
        needs=[_need(row) for row in assessments.eligible_needs(assessment)],
        what_matters=copy_from.what_matters if copy_from else person.what_matters,
        prepared_by=by,
        access_list=assessment.access_list,
        created_at=now,
        updated_at=now,
    )
    if copy_from:
        for name in sorted(PARTS - {"what_matters", "starts_on"}):
            setattr(plan, name, getattr(copy_from, name))
    plan.save()
    if copy_from:
        _copy_items(copy_from, plan, by=by, now=now)
    worklist.open_work_item(
        person=person,
        kind="plan",
        subject=plan,
        url=plan.get_absolute_url(),
        team=team,
        owner=lead_worker(person, on=clock.london_date(now)) or by,
        now=now,
        stage="active",
        access_list=plan.access_list,
    )
    knock_ons.happened("support_plans.drafted", plan_id=plan.pk, by=by, now=now)
    _record(events.DRAFTED, plan, by=by, now=now, number=plan.number)
    plan.refresh_from_db()
    return plan


def _need(row: dict[str, Any]) -> dict[str, Any]:
    """A need as it stood at the determination (s25(1)(a) and (b))."""
    return {
        "code": str(row["code"]),
        "need": str(row["need"]),
        "eligible": bool(row["eligible"]),
        "outcome_wanted": str(row.get("outcome_wanted") or ""),
    }


def _copy_items(source: SupportPlan, plan: SupportPlan, *, by: User, now: datetime) -> None:
    """Lines of an earlier version. One that was imported keeps its price; who copies it answers for it from now on."""
    today = clock.london_date(now)
    for item in source.items.standing().order_by("pk"):
        if item.ends_on and item.ends_on < today:
            continue
        facts = {name: getattr(item, name) for name in COPIED_ITEM_FACTS}
        if facts["cost_weekly"] and facts["stream"] == Stream.ASC and not facts["mode"]:
            facts["mode"] = "council_managed"
        PlanItem.objects.create(
            plan=plan, person_id=plan.person_id, costed_by=by, created_at=now, updated_at=now, **facts
        )


@transaction.atomic
def save_part(
    *, plan: SupportPlan, facts: dict[str, Any], version: int | None, by: User, now: datetime
) -> SupportPlan:
    """Save one part of a plan: what matters, advice, contingency, payment frequency, start, or needs declined.

    `facts` holds fields of the plan by name, and `declined`: a reason by need code where the person does not want
    help ("" takes that back). Raises PermissionDenied, WrongState once the plan was given to the person,
    StaleVersion, and ValidationError.
    """
    plan = _editable(plan, by=by)
    plan.expect_version(version)
    unknown = set(facts) - PARTS - {"declined"}
    if unknown:
        raise ValidationError(f"A plan has no part “{', '.join(sorted(unknown))}”.")
    for name in PARTS & set(facts):
        setattr(plan, name, facts[name] if name == "starts_on" else facts[name] or "")
    if "declined" in facts:
        plan.needs = _with_declined(plan.needs, facts["declined"])
    _save(plan, now)
    _record(
        events.PART_SAVED,
        plan,
        by=by,
        now=now,
        what=", ".join(PARTS_IN_WORDS[name] for name in sorted(facts)),
    )
    return plan


def _with_declined(needs: list[dict[str, Any]], declined: dict[str, str]) -> list[dict[str, Any]]:
    rows = []
    for need in needs:
        row = dict(need)
        if need["code"] in declined:
            reason = (declined[need["code"]] or "").strip()
            row.pop("declined", None)
            if reason:
                row["declined"] = reason
        rows.append(row)
    return rows


def weekly_cost(*, quantity: Decimal | None, unit_cost: Decimal | None) -> Decimal:
    """Units a week × pounds a unit, to the penny, half a penny and more counting as a whole one."""
    if quantity is None or unit_cost is None:
        return Decimal("0.00")
    return (quantity * unit_cost).quantize(PENNY, rounding=ROUND_HALF_UP)


@transaction.atomic
def add_item(
    *, plan: SupportPlan, facts: dict[str, Any], by: User, now: datetime, version: int | None = None
) -> PlanItem:
    """Add a line: which need, how it is met, by whom, quantity a week, pounds a unit, which money, who holds it.

    Whoever adds it has costed it, and cannot approve it. Raises PermissionDenied, WrongState, ValidationError.
    """
    plan = _editable(plan, by=by)
    plan.expect_version(version)
    item = PlanItem(plan=plan, person_id=plan.person_id, created_at=now, updated_at=now)
    _fill(item, facts, by=by)
    _save_item(item)
    _record(events.ITEM_ADDED, plan, by=by, now=now, **_facts_of(item))
    return item


@transaction.atomic
def change_item(
    *, item: PlanItem, facts: dict[str, Any], version: int | None, by: User, now: datetime
) -> PlanItem:
    """Change a line. Raises as `add_item`, and StaleVersion."""
    _editable(item.plan, by=by)
    item = PlanItem.objects.lock(item.pk)
    item.expect_version(version)
    if item.removed_at:
        raise WrongState("This support was taken out of the plan.")
    _fill(item, facts, by=by)
    item.updated_at = now
    item.next_version()
    _save_item(item)
    _record(events.ITEM_CHANGED, item.plan, by=by, now=now, **_facts_of(item))
    return item


@transaction.atomic
def remove_item(*, item: PlanItem, version: int | None, by: User, now: datetime) -> PlanItem:
    """Take a line out of the plan; it is kept, with the moment. Raises as `change_item`."""
    _editable(item.plan, by=by)
    item = PlanItem.objects.lock(item.pk)
    item.expect_version(version)
    if item.removed_at:
        raise WrongState("This support was taken out of the plan already.")
    item.removed_at = now
    item.updated_at = now
    item.next_version()
    item.save()
    _record(events.ITEM_REMOVED, item.plan, by=by, now=now, **_facts_of(item))
    return item


def _facts_of(item: PlanItem) -> dict[str, Any]:
    """What the trail says of a line of the plan: what kind of support, and pounds a week."""
    return {"item": item.ref, "what": item.get_by_display().lower(), "weekly": item.cost_weekly}


def _fill(item: PlanItem, facts: dict[str, Any], *, by: User) -> None:
    unknown = set(facts) - ITEM_FACTS
    if unknown:
        raise ValidationError(f"A line of a plan has no “{', '.join(sorted(unknown))}”.")
    for name, fact in facts.items():
        setattr(item, name, fact)
    if item.provider_id and item.provider:
        item.provider_name = item.provider.name
    item.cost_weekly = weekly_cost(quantity=item.quantity, unit_cost=item.unit_cost)
    item.cost_one_off = item.cost_one_off or Decimal("0.00")
    item.costed_by = by
    costs = bool(item.cost_weekly or item.cost_one_off)
    problems: dict[str, str] = {}
    known = {need["code"] for need in item.plan.needs}
    if set(item.need_codes) - known:
        problems["need_codes"] = "Choose needs that stand in this plan"
    if not item.need_codes:
        problems["need_codes"] = "Choose the need that this meets"
    if not item.how_met.strip():
        problems["how_met"] = "Say how the need is met"
    if item.by not in PlanItem.By.values:
        problems["by"] = "Select by whom the need is met"
    if item.stream == Stream.ASC and costs and not item.mode:
        problems["mode"] = "Select who holds the money"
    if item.by == PlanItem.By.REABLEMENT and costs:
        problems["unit_cost"] = "Reablement is free for up to six weeks, so it has no cost in a plan"
    if item.cost_weekly >= Decimal("100000000"):
        problems["unit_cost"] = "Quantity × cost is too large: check both"
    if item.starts_on and item.ends_on and item.ends_on < item.starts_on:
        problems["ends_on"] = "The end must be on or after the start"
    if (item.quantity is None) != (item.unit_cost is None):
        problems["unit_cost" if item.unit_cost is None else "quantity"] = (
            "Enter both how much and the cost of one"
        )
    if problems:
        raise ValidationError(problems)


def _save_item(item: PlanItem) -> None:
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as error:
        raise ValidationError(
            "The line does not fit together. Check the money, the dates and who pays."
        ) from error


@transaction.atomic
def record_budget(
    *,
    plan: SupportPlan,
    indicative: Decimal | None,
    total: Decimal | None,
    council_amount: Decimal | None,
    person_amount: Decimal | None,
    budget_ref: str,
    version: int,
    now: datetime,
) -> SupportPlan:
    """Take over the figures of the personal budget, pounds per week. Called by budgets alone, in its transaction.

    A change under the eyes of the person who reads the plan counts as a change of the plan.
    """
    plan = SupportPlan.objects.lock(plan.pk)
    before = (plan.total_weekly, plan.council_weekly, plan.person_weekly)
    plan.indicative_weekly = indicative
    plan.total_weekly, plan.council_weekly, plan.person_weekly = total, council_amount, person_amount
    plan.budget_ref, plan.budget_version = budget_ref, version
    plan.updated_at = now
    if plan.status == SupportPlan.Status.WITH_PERSON and before != (total, council_amount, person_amount):
        plan.next_version()
    plan.save()
    return plan


def _editable(plan: SupportPlan, *, by: User) -> SupportPlan:
    """Lock a plan that may be prepared by this user now."""
    plan = SupportPlan.objects.lock(plan.pk)
    require(permissions.can_prepare(by, plan))
    if plan.origin == Origin.IMPORTED:
        raise WrongState(
            "A plan taken over from another system changes only through a review: draft a new version."
        )
    if not plan.is_editable:
        raise WrongState(
            f"The plan can no longer be changed: it is now “{plan.get_status_display()}”. Take it back first, "
            "or draft a new version at a review."
        )
    return plan


def _save(plan: SupportPlan, now: datetime) -> None:
    plan.updated_at = now
    plan.next_version()
    plan.save()


def _record(code: str, plan: SupportPlan, *, by: User, now: datetime, **detail: Any) -> None:
    audit.record(
        code,
        subject=plan,
        person_id=plan.person_id,
        by=by,
        at=now,
        access_list_id=plan.access_list_id,
        **detail,
    )
