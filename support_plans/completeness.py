"""What a plan still lacks before it can go on (Care Act 2014 s25(1)(a) to (f), s25(2)). Pure: a plan and its lines in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments.models import need_label
from support_plans.models import Mode, PlanItem, SupportPlan

MOST_NAMED = 3  # needs named in a line before they are counted


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: which part of the plan's page it belongs to, what to do, and its source."""

    part: str
    text: str
    source: str = ""


def weekly_cost(items: Sequence[PlanItem]) -> Decimal:
    """What the council's lines cost together: pounds per week."""
    return sum((item.cost_weekly for item in items if item.is_means_tested), Decimal("0.00"))


def uncovered(plan: SupportPlan, items: Sequence[PlanItem]) -> list[str]:
    """Eligible needs that no line meets and with which the person has not declined help."""
    covered = {code for item in items for code in item.need_codes}
    return [code for code in plan.eligible_codes if code not in covered]


def need_name(code: str) -> str:
    return need_label(code)


def needs_met(item: PlanItem, plan: SupportPlan) -> str:
    """Which needs a line meets, in words; many are counted rather than listed."""
    codes = item.need_codes
    if len(codes) > MOST_NAMED:
        return "All needs" if len(codes) == len(plan.needs) else f"{len(codes)} needs"
    return ", ".join(need_name(code) for code in codes)


def before_sending(plan: SupportPlan, items: Sequence[PlanItem]) -> list[Missing]:
    """What keeps a draft from being given to the person."""
    missing = []
    if not plan.needs:
        missing.append(Missing("needs", "Needs from an authorised assessment", "s25(1)(a) and (b)"))
    missing += [
        Missing(
            "items", f"How the need “{need_name(code)}” is met, or that the person declines help", "s25(1)(c)"
        )
        for code in uncovered(plan, items)
    ]
    return missing


def before_approval(plan: SupportPlan, items: Sequence[PlanItem]) -> list[Missing]:
    """What keeps an agreed plan from being sent for approval: s25(1)(a) to (f), and s25(2) with a direct payment."""
    missing = before_sending(plan, items)
    if not plan.what_matters:
        missing.append(Missing("what-matters", "What matters to the person", "s25(1)(d)"))
    if not plan.is_costed:
        missing.append(Missing("cost", "The personal budget: cost the plan", "s25(1)(e)"))
    elif plan.total_weekly != weekly_cost(items):
        missing.append(
            Missing("cost", "The plan has changed since it was costed: cost it again", "s25(1)(e)")
        )
    if not plan.advice_meeting_needs:
        missing.append(Missing("advice", "Advice on meeting or reducing needs", "s25(1)(f)(i)"))
    if not plan.advice_preventing_needs:
        missing.append(Missing("advice", "Advice on preventing or delaying needs", "s25(1)(f)(ii)"))
    pays_directly = any(item.mode == Mode.DIRECT_PAYMENT and item.is_means_tested for item in items)
    if pays_directly and not plan.direct_payment_frequency:
        missing.append(Missing("direct-payment", "How often the direct payment is paid", "s25(2)"))
    if plan.starts_on is None:
        missing.append(Missing("start", "The day on which the plan starts"))
    if is_lower_without_reassessment(plan):
        missing.append(
            Missing(
                "cost",
                "A new assessment: this plan costs less than the present one, and a review alone may not lower a budget",
                "s27; money.md 1",
            )
        )
    return missing


def is_lower_without_reassessment(plan: SupportPlan) -> bool:
    """Whether the budget would fall although the needs were not assessed again (money.md 1, invariant 4)."""
    before = plan.replaces
    if before is None or before.total_weekly is None or plan.total_weekly is None:
        return False
    return plan.total_weekly < before.total_weekly and plan.assessment_id == before.assessment_id
