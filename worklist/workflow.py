"""What can be done to a task by hand."""

from core.workflow import action
from worklist.models import Task
from worklist.permissions import can_cancel_task, can_finish_task

Status = Task.Status

DONE = action("Mark as done", (Status.OPEN,), Status.DONE, can_finish_task)
CANCEL = action("No longer needed", (Status.OPEN,), Status.CANCELLED, can_cancel_task)

ACTIONS = {"done": DONE, "cancel": CANCEL}
