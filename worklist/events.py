"""What can be written in the trail about tasks and reminders.

Anchors, work items and notifications are shadows of records whose own services wrote the event; what is written here
is what happens to a task, and a reminder whose date moved.
"""

from audit.catalogue import EventCode

TASK_OPENED = "worklist.task.opened"
TASK_DONE = "worklist.task.done"
TASK_CANCELLED = "worklist.task.cancelled"
TASK_CLOSED = "worklist.task.closed"
TASK_ASKED = "worklist.task.asked"
TASK_ESCALATED = "worklist.task.escalated"
REMINDER_MOVED = "worklist.reminder.moved"
REMINDERS_STOPPED = "worklist.reminders.stopped"
WORK_FOLLOWED = "worklist.work.followed"
MESSAGE_WRITTEN = "worklist.message.written"
MESSAGE_ANSWERED = "worklist.message.answered"
CONVERSATION_CLOSED = "worklist.conversation.closed"

CODES = [
    EventCode(TASK_OPENED, "Task opened: {what}, due {due_on}"),
    EventCode(TASK_DONE, "Task done: {what}"),
    EventCode(TASK_CANCELLED, "Task no longer needed: {what}. Reason: {reason}"),
    EventCode(TASK_CLOSED, "Task closed: {what} ({because})"),
    EventCode(TASK_ASKED, "Colleague asked to take a task: {what}, due {due_on}"),
    EventCode(TASK_ESCALATED, "Task brought to the {to}: {what}"),
    EventCode(REMINDER_MOVED, "Date of a reminder moved from {before} to {after}: {because}"),
    EventCode(REMINDERS_STOPPED, "Reminders stopped: {because}"),
    EventCode(MESSAGE_WRITTEN, "Message from the person’s own pages, answer promised by {reply_by}"),
    EventCode(MESSAGE_ANSWERED, "Message answered on the person’s own pages"),
    EventCode(CONVERSATION_CLOSED, "Conversation with the person closed"),
    EventCode(WORK_FOLLOWED, "Open work followed the allocation"),
]
