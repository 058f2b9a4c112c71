"""What can be done to a task by hand, and to a conversation."""

from core.workflow import action
from worklist.models import Conversation, Task
from worklist.permissions import can_answer, can_cancel_task, can_finish_task, can_write_again

Status = Task.Status

DONE = action("Mark as done", (Status.OPEN,), Status.DONE, can_finish_task)
CANCEL = action("No longer needed", (Status.OPEN,), Status.CANCELLED, can_cancel_task)

ACTIONS = {"done": DONE, "cancel": CANCEL}

Talk = Conversation.Status

WRITE_AGAIN = action("Write again", (Talk.WAITING, Talk.ANSWERED), Talk.WAITING, can_write_again)
ANSWER = action("Answer", (Talk.WAITING, Talk.ANSWERED), Talk.ANSWERED, can_answer)
CLOSE = action("Close", (Talk.ANSWERED,), Talk.CLOSED, can_answer)

CONVERSATION_ACTIONS = {"write_again": WRITE_AGAIN, "answer": ANSWER, "close": CLOSE}
