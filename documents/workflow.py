"""What happens to a file, and what can be done with a letter."""

from core.workflow import action
from documents.models import Document, Letter
from documents.permissions import can_check, can_give

ACCEPT = action("Accept after the check", (Document.Status.QUARANTINED,), Document.Status.CLEAN, can_check)
REFUSE = action("Refuse after the check", (Document.Status.QUARANTINED,), Document.Status.REFUSED, can_check)
DOCUMENT_ACTIONS = {"accept": ACCEPT, "refuse": REFUSE}

GIVE = action("Record that it was given", (Letter.Status.DRAFT,), Letter.Status.GIVEN, can_give)
MAKE_AGAIN = action("Make again from the record", (Letter.Status.DRAFT,), Letter.Status.DRAFT, can_give)
THROW_AWAY = action("Throw away", (Letter.Status.DRAFT,), Letter.Status.THROWN_AWAY, can_give)
LETTER_ACTIONS = {"give": GIVE, "make_again": MAKE_AGAIN, "throw_away": THROW_AWAY}
