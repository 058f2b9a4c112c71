"""From an approved line to somebody who gives the support: the provider and the day it begins."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

import worklist.services as worklist
from accounts.models import User
from core.permissions import require
from core.workflow import WrongState
from directory.models import Provider
from people.models import Origin
from support_plans import events, permissions
from support_plans.models import Mode, PlanItem, SupportPlan
from support_plans.services.drafting import _facts_of, _record

IN_HAND = (SupportPlan.Status.APPROVED, SupportPlan.Status.ACTIVE)


@transaction.atomic
def source_item(
    *,
    item: PlanItem,
    provider: Provider | None,
    provider_name: str,
    starts_on: date | None,
    version: int | None,
    by: User,
    now: datetime,
) -> PlanItem:
    """Record who gives support that the council arranges, and the day agreed with them. What was approved stays: how
    the need is met, how much, and the price.

    Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    plan = SupportPlan.objects.lock(item.plan_id)
    item = PlanItem.objects.lock(item.pk)
    item.plan = plan
    require(permissions.can_source(by, plan))
    if item.removed_at or plan.status not in IN_HAND or plan.origin == Origin.IMPORTED:
        raise WrongState(
            f"Providers are found for approved and running plans: this one is “{plan.get_status_display()}”."
        )
    if item.mode != Mode.COUNCIL_MANAGED:
        raise WrongState(
            "The person, or somebody for them, buys this support. The council does not arrange it."
        )
    item.expect_version(version)
    name = provider.name if provider else provider_name.strip()
    problems = {}
    if not name:
        problems["provider_name"] = "Enter who gives the support"
    if starts_on is None and plan.status == SupportPlan.Status.APPROVED:
        problems["starts_on"] = "Enter the day agreed with the provider"
    if starts_on and item.ends_on and item.ends_on < starts_on:
        problems["starts_on"] = "The start must be on or before the day the support ends"
    if starts_on and plan.starts_on and starts_on < plan.starts_on:
        problems["starts_on"] = (
            f"The plan starts on {plan.starts_on:%-d %B %Y}: enter that day or a later one"
        )
    if problems:
        raise ValidationError(problems)
    item.provider, item.provider_name, item.starts_on = provider, name, starts_on
    item.updated_at = now
    item.next_version()
    item.save()
    worklist.touch(person=plan.person, now=now)
    _record(events.ITEM_SOURCED, plan, by=by, now=now, **_facts_of(item))
    return item
