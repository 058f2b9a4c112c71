"""Nothing waits unseen: an untouched concern raises its hand by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from accounts.tests.factories import UserFactory
from core import clock
from safeguarding import services, timescales
from safeguarding.models import Concern
from safeguarding.tests.factories import Case
from worklist.models import Notification

pytestmark = pytest.mark.django_db

THURSDAY = datetime(2026, 11, 26, 15, 0, tzinfo=clock.LONDON)


@pytest.mark.parametrize(
    ("received", "hours", "then"),
    [
        (datetime(2026, 11, 26, 9, 30), 4, datetime(2026, 11, 26, 13, 30)),
        (datetime(2026, 11, 26, 15, 0), 4, datetime(2026, 11, 27, 11, 0)),
        (datetime(2026, 11, 27, 16, 0), 4, datetime(2026, 11, 30, 12, 0)),
        (datetime(2026, 11, 28, 3, 0), 4, datetime(2026, 11, 30, 13, 0)),
        (datetime(2026, 12, 24, 16, 0), 4, datetime(2026, 12, 29, 12, 0)),
        (datetime(2026, 11, 26, 6, 0), 4, datetime(2026, 11, 26, 13, 0)),
    ],
)
def test_working_hours_are_counted_from_nine_to_five_without_nights_weekends_and_holidays(
    received, hours, then
):
    from core import calendar

    moment = received.replace(tzinfo=clock.LONDON)

    assert timescales.working_hours_after(moment, hours, calendar.england()) == then.replace(
        tzinfo=clock.LONDON
    )


def told(template: str = "safeguarding.untouched") -> set[int]:
    return set(Notification.objects.in_portal().filter(template=template).values_list("recipient", flat=True))


def at(moment: datetime) -> None:
    clock._offset.set(moment - clock.real_now())


def test_after_four_working_hours_the_duty_manager_and_after_a_working_day_the_head_of_service_hear_of_it():
    at(THURSDAY)
    case = Case(now=THURSDAY)

    services.raise_untouched(now=THURSDAY + timedelta(hours=2))
    assert told() == set()

    friday = THURSDAY + timedelta(hours=20, minutes=5)
    at(friday)
    services.raise_untouched(now=friday)
    services.raise_untouched(now=friday)
    assert told() == {case.manager.pk, case.second.pk}

    afternoon = THURSDAY + timedelta(days=1, minutes=5)
    at(afternoon)
    services.raise_untouched(now=afternoon)
    services.raise_untouched(now=afternoon)
    assert told() == {case.manager.pk, case.second.pk, case.head.pk}
    concern = Concern.objects.get()
    assert concern.status == "concern_received"
    assert (concern.manager_told_at, concern.head_told_at) == (friday, afternoon)


def test_a_concern_that_was_screened_raises_no_hand():
    at(THURSDAY)
    case = Case(now=THURSDAY)
    case.screened(now=THURSDAY)

    services.raise_untouched(now=THURSDAY + timedelta(days=5))

    assert told() == set()


def test_whoever_joined_the_team_since_is_put_on_the_list_before_it_is_raised():
    at(THURSDAY)
    case = Case(now=THURSDAY)
    newcomer = UserFactory(manager_of=case.team)
    later = THURSDAY + timedelta(days=1)
    at(later)

    services.raise_untouched(now=later)

    assert newcomer.pk in told()
    assert Concern.objects.visible_to(newcomer).exists()


def test_an_unmatched_concern_raises_its_hand_like_any_other():
    at(THURSDAY)
    case = Case(now=THURSDAY)
    case.screened(now=THURSDAY)
    services.raise_concern(what_happened="x", source="anonymous", consent="not_asked", now=THURSDAY)

    services.raise_untouched(now=THURSDAY + timedelta(days=1, hours=1))

    assert case.head.pk in told()
