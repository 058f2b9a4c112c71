"""What a running imported plan brings to the lists: its place among the work, and one date for its next review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core import clock
from support_plans.importing import RestatedPlan
from support_plans.models import SupportPlan
from support_plans.services import lead_worker
from support_plans.services.approving import stop_watching
from worklist import importing as worklist
from worklist.models import Anchor, WorkItem
from worklist.services import bulk_set_anchors, close_anchor, move_work_item, set_anchor
from worklist.services.anchors import AnchorFacts

FIRST_REVIEW = "REVIEW_INITIAL"  # rule 14: six weeks after support began
YEARLY_REVIEW = "REVIEW_ANNUAL"  # rule 15: twelve months after the last review
RULES = (FIRST_REVIEW, YEARLY_REVIEW)
MONITORING = WorkItem.Kind.MONITORING
PLAN = SupportPlan._meta.label_lower
WHY_MOVED = "the council's return"


def follow_plans(*, restated: Sequence[RestatedPlan], now: datetime) -> None:
    """Give each running plan its anchor and its place among the work, and take them from plans that have ended.

    Tasks that are due appear at once, so that an overdue review is seen; nobody is sent anything.
    """
    running = [each for each in restated if each.is_active]
    _open_work([each.plan for each in running if not each.was_active], now)
    _set_anchors([each for each in running if each.anchored_on], now)
    for each in restated:
        if each.was_active and not each.is_active:
            stop_watching(each.plan, now=now, because="support ended", by=None)


def _open_work(plans: Sequence[SupportPlan], now: datetime) -> None:
    worklist.bulk_open_work_items(
        items=[
            worklist.WorkFacts(
                kind=MONITORING,
                stage=WorkItem.Stage.ACTIVE,
                subject_type=PLAN,
                subject_ref=plan.ref,
                person_id=plan.person_id,
                team_id=plan.team_id,
                url=plan.get_absolute_url(),
                opened_on=plan.active_from or clock.london_date(now),
                next_contact_on=plan.next_review_on,
                risk=plan.person.risk,
            )
            for plan in plans
        ],
        now=now,
    )


def _set_anchors(running: Sequence[RestatedPlan], now: datetime) -> None:
    refs = [each.plan.ref for each in running]
    standing = Anchor.objects.filter(rule_code__in=RULES, subject_type=PLAN, subject_ref__in=refs)
    has_one = set(standing.order_by().values_list("subject_ref", flat=True))
    fresh = [
        AnchorFacts(
            rule=_rule(each),
            subject_type=PLAN,
            subject_ref=each.plan.ref,
            on=each.anchored_on,
            person_id=each.plan.person_id,
            team_id=each.plan.team_id,
            url=each.plan.get_absolute_url(),
        )
        for each in running
        if each.plan.ref not in has_one and each.anchored_on
    ]
    bulk_set_anchors(fresh, now=now, tell=False)
    for each in running:
        if each.plan.ref in has_one:
            _move(each, now)


def _move(restated: RestatedPlan, now: datetime) -> None:
    """One reminder of a plan stands at a time: the others are closed, whoever set them."""
    plan = restated.plan
    if restated.anchored_on is None or plan.next_review_on is None:
        return
    for rule in RULES:
        close_anchor(rule=rule, subject=plan, now=now, because="the next date was set")
    lead = lead_worker(plan.person, on=clock.london_date(now))
    set_anchor(
        rule=_rule(restated),
        subject=plan,
        cycle=plan.next_review_on.isoformat(),
        on=restated.anchored_on,
        person=plan.person,
        team=plan.team,
        owner=lead,
        url=plan.get_absolute_url(),
        now=now,
        access_list=plan.access_list,
        because=WHY_MOVED,
    )
    move_work_item(kind=MONITORING, subject=plan, now=now, next_contact_on=plan.next_review_on)


def _rule(restated: RestatedPlan) -> str:
    return FIRST_REVIEW if restated.is_initial else YEARLY_REVIEW
