"""The front door's list: which contacts stand where, and what a row says about each."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from accounts.models import Team, User
from contacts.models import Contact, ContactQuerySet, Handover, OnlineRequest

TO_DO, RETURNED, WAITING, FINISHED = "to-do", "returned", "waiting", "finished"
SHOWS = {
    TO_DO: "To look at and decide",
    RETURNED: "Returned to us",
    WAITING: "Waiting for an answer",
    FINISHED: "Finished",
}
# So many urgent contacts stand above the list; there is hardly ever a second handful.
MOST_URGENT = 50

_handovers = Handover.objects.filter(contact=OuterRef("pk")).order_by("-passed_at", "-pk")
_was_returned = Exists(Handover.objects.filter(contact=OuterRef("pk"), status=Handover.Status.RETURNED))


def contacts_of(user: User, teams: list[Team]) -> ContactQuerySet:
    """The contacts of these front-door teams that the user may know of."""
    return Contact.objects.visible_to(user).of_teams([team.pk for team in teams])


def online_of(user: User, teams: list[Team]) -> list[OnlineRequest]:
    """What came from the website and waits to be matched to a person, the longest wait first."""
    rows = OnlineRequest.objects.visible_to(user).of_teams([team.pk for team in teams])
    return list(rows.to_match().for_list()[:MOST_URGENT])


def counts(contacts: ContactQuerySet) -> dict[str, int]:
    """How many stand in each list that somebody has to work on: one query."""
    status = Contact.Status
    return (
        contacts.open()
        .annotate(was_returned=_was_returned)
        .aggregate(
            urgent=Count("pk", filter=Q(status=status.URGENT)),
            to_do=Count("pk", filter=Q(status__in=[status.URGENT, status.RECEIVED, status.SCREENED])),
            received=Count("pk", filter=Q(status=status.RECEIVED)),
            returned=Count("pk", filter=Q(status=status.SCREENED, was_returned=True)),
            waiting=Count("pk", filter=Q(status=status.WAITING)),
        )
    )


def rows(contacts: ContactQuerySet, show: str) -> ContactQuerySet:
    """One list with what each row says: who returned it, whose answer it waits for and since when."""
    lists = {
        TO_DO: contacts.to_decide(),
        RETURNED: contacts.filter(status=Contact.Status.SCREENED).filter(_was_returned),
        WAITING: contacts.with_others(),
        FINISHED: contacts.finished(),
    }
    return lists[show].for_list().annotate(**_facts())


def urgent(contacts: ContactQuerySet) -> list[Contact]:
    return list(contacts.urgent().for_list().annotate(**_facts())[:MOST_URGENT])


def _facts() -> dict[str, Subquery]:
    returned = _handovers.filter(status=Handover.Status.RETURNED)
    waiting = _handovers.filter(status=Handover.Status.OPEN)
    return {
        "returned_by": Subquery(returned.values("to_team__name")[:1]),
        "waits_for": Subquery(waiting.values("to_team__name")[:1]),
        "waits_since": Subquery(waiting.values("passed_at")[:1]),
    }
