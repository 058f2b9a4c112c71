"""Everything that changes what people have to do and what they were told. One module for each topic."""

from worklist.services.adding import add_task
from worklist.services.anchors import bulk_set_anchors, close_anchor, redate_open_anchors, set_anchor
from worklist.services.conversing import (
    ANSWERED,
    answer_message,
    close_conversation,
    write_again,
    write_message,
)
from worklist.services.daily import raise_due_tasks, run_for_the_day
from worklist.services.following import death_recorded, follow_allocation
from worklist.services.lost_second_steps import second_step_given_anew, second_step_lost
from worklist.services.notifying import mark_seen, notify
from worklist.services.own_pages import access_ended, access_given, preferences_set
from worklist.services.tasks import (
    ask_colleague,
    cancel_task,
    close_tasks,
    complete_task,
    open_task,
)
from worklist.services.work_items import KEEP, close_work_item, move_work_item, open_work_item, touch

__all__ = [
    "ANSWERED",
    "KEEP",
    "access_ended",
    "access_given",
    "add_task",
    "answer_message",
    "ask_colleague",
    "bulk_set_anchors",
    "cancel_task",
    "close_anchor",
    "close_conversation",
    "close_tasks",
    "close_work_item",
    "complete_task",
    "death_recorded",
    "follow_allocation",
    "mark_seen",
    "move_work_item",
    "notify",
    "open_task",
    "open_work_item",
    "preferences_set",
    "raise_due_tasks",
    "redate_open_anchors",
    "run_for_the_day",
    "second_step_given_anew",
    "second_step_lost",
    "set_anchor",
    "touch",
    "write_again",
    "write_message",
]
