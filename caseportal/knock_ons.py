"""What starts low and acts high: each event of a lower app, and the services above it that follow, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import assessments.services as assessments
import audit.services as audit
import budgets.services as budgets
import contacts.services as contacts
import reablement.services as reablement
import reporting.services as reporting
import safeguarding.services as safeguarding
import support_plans.services as support_plans
import worklist.services as worklist

TABLE: dict[str, Sequence[Callable[..., Any]]] = {
    "core.configuration_changed": (audit.configuration_changed,),
    "people.allocated": (worklist.follow_allocation,),
    "people.death_recorded": (
        support_plans.death_recorded,
        reablement.death_recorded,
        worklist.death_recorded,
        assessments.death_recorded,
        contacts.death_recorded,
        safeguarding.death_recorded,
    ),
    "people.note_added": (worklist.touch,),
    "people.preferences_set": (worklist.preferences_set,),
    "people.access_given": (worklist.access_given,),
    "people.access_ended": (worklist.access_ended,),
    "assessments.authorised": (budgets.make_indicative,),
    "support_plans.drafted": (budgets.plan_drafted,),
    "support_plans.submitted": (budgets.plan_submitted,),
    "support_plans.activated": (budgets.plan_activated,),
    "support_plans.ended": (budgets.plan_ended,),
    "accounts.second_step_lost": (worklist.second_step_lost,),
    "accounts.started_again": (worklist.second_step_given_anew,),
    "accounts.clock_moved": (
        support_plans.start_for_the_day,
        reablement.keep_time_for_the_day,
        worklist.run_for_the_day,
        reporting.keep_figures_of_the_day,
    ),
}
