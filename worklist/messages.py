"""What a line in the portal says, by its template. E-mails say none of it."""

from __future__ import annotations

_sentences: dict[str, str] = {
    "worklist.task_due": "A task is due",
    "worklist.task_for_team": "A task waits for somebody of your team",
    "worklist.task_escalated": "A task of your team is late or due today",
    "worklist.task_asked": "A colleague asks you to take a task",
    "worklist.allocated": "You are now the named worker",
    "worklist.second_step_lost": "Somebody cannot sign in to their own pages: check who is asking",
    "worklist.preferences_set": "Somebody changed how they want us to get in touch",
    "worklist.access_given": "You may see somebody’s pages now",
    "worklist.message_answered": "We have answered a message",
    "worklist.something_for_you": "Your social care team will be in touch about a review",
}


def register(sentences: dict[str, str]) -> None:
    """Other apps give their templates a sentence, from `ready()`."""
    _sentences.update(sentences)


def sentence(template: str) -> str:
    """The sentence of a template; for one nobody described, that there is something new."""
    return _sentences.get(template, "There is something new for you")
