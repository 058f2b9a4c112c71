"""What happens to an export."""

from core.workflow import action
from reporting.models import Export
from reporting.permissions import can_decide, can_fetch, can_make

Status = Export.Status
HOLD = action("Hold for a second manager", (Status.ASKED,), Status.HELD, can_make)
APPROVE = action("Approve the export", (Status.HELD,), Status.ASKED, can_decide)
REFUSE = action("Refuse the export", (Status.HELD,), Status.REFUSED, can_decide)
FINISH = action("Make the file", (Status.ASKED,), Status.READY, can_make)
GIVE_UP = action("Give up", (Status.ASKED,), Status.FAILED, can_make)
FETCH = action("Fetch the file", (Status.READY,), Status.READY, can_fetch)
TAKE_AWAY = action("Take the file away", (Status.READY,), Status.EXPIRED, can_make)

EXPORT_ACTIONS = {
    "hold": HOLD,
    "approve": APPROVE,
    "refuse": REFUSE,
    "finish": FINISH,
    "give_up": GIVE_UP,
    "fetch": FETCH,
    "take_away": TAKE_AWAY,
}
