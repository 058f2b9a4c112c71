"""How an event of one file is found again in the next: its identity, and whether what it says has changed.

Identity is (council, person identifier, event type, event reference). Where a council sends no reference it is
the unique-event key D-06 of the department's method. D-06 keeps price and units apart only within one file, so
that a price rise is a change and not a second service; services alike but for those are told apart by their
order in the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from hashlib import blake2b

from national_returns.cld.events import Event, PersonDetails
from national_returns.cld.spec import Code

DIGEST_BYTES = 16  # 128 bits: two of a hundred million events share a digest with a chance under 1 in 10^22


def digest(parts: Iterable[object]) -> str:
    """A short fixed key for any run of values. None, "" and 0 stay different."""
    text = "\x1f".join(_written(part) for part in parts)
    return blake2b(text.encode(), digest_size=DIGEST_BYTES).hexdigest()


def _written(part: object) -> str:
    if part is None:
        return "\x00"
    if isinstance(part, Code):
        return part.code or part.label
    if isinstance(part, date):
        return part.isoformat()
    if isinstance(part, Decimal):
        return format(part.normalize(), "f")  # 890 and 890.00 are one price
    if isinstance(part, tuple):
        return "\x1e".join(map(_written, part))
    return str(part)


_PERSON_FIELDS = tuple(each.name for each in fields(PersonDetails))
_NOT_CONTENT = {"row", "person", "period_start", "period_end"}
_EVENT_FIELDS = tuple(each.name for each in fields(Event) if each.name not in _NOT_CONTENT)


def person_digest(person: PersonDetails) -> str:
    """What a row says about the person, as one key."""
    return digest(getattr(person, name) for name in _PERSON_FIELDS)


def content_digest(event: Event) -> str:
    """What a row says about the event, as one key. The reporting period is the file's, not the event's."""
    return digest(getattr(event, name) for name in _EVENT_FIELDS)


def _between_files(event: Event) -> tuple[object, ...]:
    """D-06 as it holds from one submission to the next."""
    key: tuple[object, ...] = (
        event.person.council,
        event.person.key,
        event.client_type,
        event.event_type,
        event.start,
    )
    if event.event_type == "Request":
        return (*key, event.effective_end, event.route_of_access)
    if event.event_type == "Assessment":
        return (*key, event.effective_end, event.assessment_type)
    if event.event_type == "Review":
        return (*key, event.effective_end)
    return (*key, event.service_type, event.component)


def _within_a_file(event: Event) -> tuple[object, ...]:
    """What D-06 adds for services inside one submission."""
    return (event.delivery_mechanism, event.unit_cost, event.frequency, event.planned_units)


@dataclass(frozen=True, slots=True)
class Placed:
    """An event with its keys. `repeats` is the earlier row with the same identity, if there is one."""

    event: Event
    identity: str
    content: str
    person: str
    repeats: int | None = None
    says_the_same: bool = True


class FileIdentities:
    """Gives each event of one file its keys, in the order of the file.

    Holds one small entry for each row, so that a second row with the same identity is seen wherever it stands.
    """

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        self._alike: dict[str, dict[str, int]] = {}

    def place(self, event: Event) -> Placed:
        identity = self._identity(event)
        content, person = content_digest(event), person_digest(event.person)
        key = int(identity[:16], 16)
        said = int(content[:12], 16)
        entry = self._first.setdefault(key, event.row << 48 | said)
        earlier = entry >> 48
        if earlier == event.row:
            return Placed(event, identity, content, person)
        return Placed(event, identity, content, person, earlier, entry & (1 << 48) - 1 == said)

    def _identity(self, event: Event) -> str:
        if event.reference:
            return digest(
                ("reference", event.person.council, event.person.key, event.event_type, event.reference)
            )
        key = digest(("D-06", *_between_files(event)))
        if event.event_type != "Service":
            return key
        alike = self._alike.setdefault(key, {})
        place = alike.setdefault(digest(_within_a_file(event)), len(alike))
        return key if place == 0 else digest((key, place))
