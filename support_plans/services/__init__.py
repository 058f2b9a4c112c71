"""Everything that changes a plan or a review of one. One function for each action."""

from support_plans.services.agreeing import (
    comment_on_plan,
    record_agreement,
    send_to_person,
    submit,
    take_back,
)
from support_plans.services.approving import (
    activate,
    activate_due_plans,
    activate_when_ready,
    approve,
    give_copy,
    record_figures_acknowledged,
    return_plan,
    start_for_the_day,
    waits_for,
)
from support_plans.services.drafting import (
    add_item,
    change_item,
    draft,
    record_budget,
    remove_item,
    save_part,
)
from support_plans.services.ending import death_recorded, end_plan
from support_plans.services.leading import lead_worker
from support_plans.services.reviewing import (
    assess_anew,
    close_review,
    decline_review,
    hold_review,
    invite,
    request_review,
    write_up,
)
from support_plans.services.sourcing import source_item

__all__ = [
    "activate",
    "activate_due_plans",
    "activate_when_ready",
    "add_item",
    "approve",
    "assess_anew",
    "change_item",
    "close_review",
    "comment_on_plan",
    "death_recorded",
    "decline_review",
    "draft",
    "end_plan",
    "give_copy",
    "hold_review",
    "invite",
    "lead_worker",
    "record_agreement",
    "record_budget",
    "record_figures_acknowledged",
    "remove_item",
    "request_review",
    "return_plan",
    "save_part",
    "source_item",
    "send_to_person",
    "start_for_the_day",
    "submit",
    "take_back",
    "waits_for",
    "write_up",
]
