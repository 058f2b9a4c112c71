"""Accounts that nobody uses are closed at night (quality/security.md S8), and opened again by whoever may."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connections
from django.test import Client

from accounts import jobs, services
from accounts.models import Invitation, Role, User
from accounts.tests.factories import PASSWORD, InvitationFactory, TeamFactory, UserFactory
from accounts.tests.helpers import set_up_app, signed_in_client
from accounts.timescales import UNUSED_DAYS, unused_before
from audit.models import Event
from core import clock, outbox
from core.models import JobRun, PolicySetting
from core.workflow import WrongState

pytestmark = pytest.mark.django_db

LAST = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
EARLY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
DAY_60 = LAST.date() + timedelta(days=60)


def used(at=LAST, **facts):
    """An account that was made early in the year and signed in to last at a moment."""
    return UserFactory(**{"created_at": EARLY, "last_login": at, **facts})


def night(day):
    JobRun.objects.all().delete()
    return jobs.close_unused_accounts(on=day.isoformat())


def is_open(user):
    user.refresh_from_db()
    return user.is_active


@pytest.mark.parametrize("audience", ["staff", "public"])
@pytest.mark.parametrize(("day", "still_open"), [(59, True), (60, False), (61, False), (400, False)])
def test_an_account_is_closed_sixty_days_after_its_last_use_or_late_but_never_early(
    audience, day, still_open
):
    user = used(audience=audience)

    night(LAST.date() + timedelta(days=day))

    assert is_open(user) == still_open


def test_the_days_count_in_london():
    # Signed in at 23:30 on 1 June by the clock of London, and seen until its session had to end
    user = used(datetime(2026, 6, 1, 22, 30, tzinfo=UTC))

    night(date(2026, 7, 31))
    assert is_open(user)
    night(date(2026, 8, 1))
    assert not is_open(user)


@pytest.mark.parametrize(
    "later_use",
    [
        {"last_login": LAST + timedelta(days=5)},
        {"created_at": LAST + timedelta(days=5)},
        {"opened_again_at": LAST + timedelta(days=5)},
    ],
    ids=lambda facts: next(iter(facts)),
)
def test_use_is_whatever_came_last(later_use):
    user = used(**{"at": later_use.pop("last_login", LAST), **later_use})

    night(DAY_60)
    assert is_open(user)
    night(DAY_60 + timedelta(days=6))
    assert not is_open(user)


def test_an_account_nobody_ever_used_is_closed_and_a_new_invitation_gives_it_time():
    never, asked_again = UserFactory(created_at=EARLY), UserFactory(created_at=EARLY)
    sent = LAST + timedelta(days=30)
    invitation = InvitationFactory(user=never, sent_at=EARLY, expires_at=clock.real_now() + timedelta(days=1))
    InvitationFactory(user=asked_again, sent_at=sent, expires_at=sent + timedelta(days=7))

    night(DAY_60)

    assert not is_open(never)
    assert is_open(asked_again)
    assert Invitation.objects.get(pk=invitation.pk).expires_at <= clock.real_now()


def test_closing_ends_roles_and_sessions_tells_the_owner_nothing_secret_and_stands_in_the_trail(team):
    user = used(worker_in=team)
    client = signed_in_client(user)
    User.objects.filter(pk=user.pk).update(last_login=LAST)

    assert night(DAY_60)["closed"] == 1

    user = User.objects.get(pk=user.pk)
    assert not user.roles
    assert client.get("/account/")["Location"].startswith("/sign-in/")
    event = Event.objects.get()
    assert (event.code, event.by, event.subject_ref) == (
        "accounts.user.closed_unused",
        services.system_user(),
        user.ref,
    )
    assert event.detail == {"days": 60, "audience": "staff"}
    assert outbox.deliver() == {"done": 1, "failed": 0}
    [letter] = mail.outbox
    assert letter.to == [user.email]
    assert "60 days" in letter.body
    assert "http" not in letter.body


def test_with_the_right_password_its_owner_reads_that_it_is_closed(team):
    user = used(worker_in=team)
    night(DAY_60)

    answer = Client().post("/sign-in/", {"login": user.email, "password": PASSWORD}, follow=True)

    assert "This account is closed" in answer.content.decode()


def test_the_night_once_more_and_late_changes_nothing():
    user = used()

    assert night(DAY_60) == {"closed": 1, "kept": 0}
    assert night(DAY_60) == {"closed": 0, "kept": 0}
    assert jobs.close_unused_accounts(on=DAY_60.isoformat()) is None
    assert Event.objects.filter(subject_ref=user.ref).count() == 1


def test_who_is_closed_already_and_the_machine_are_left_alone():
    services.system_user()
    User.objects.update(created_at=EARLY)
    used(closed=True)
    used(machine=True)

    assert night(DAY_60) == {"closed": 0, "kept": 0}
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("days", "closed"), [({"staff": 90, "public": 30}, "public"), ({"staff": 60, "public": 0}, "staff")]
)
def test_the_council_sets_the_days_for_staff_and_for_the_public(days, closed):
    for audience, number in days.items():
        PolicySetting.objects.create(
            code=UNUSED_DAYS[audience], value=number, valid_from=EARLY.date(), meaning="m", source="s"
        )
    accounts = {"staff": used(), "public": used(public=True)}

    night(DAY_60)

    assert [audience for audience, user in accounts.items() if not is_open(user)] == [closed]


def test_of_administrators_the_last_one_who_was_here_is_kept(team):
    # Given three administrators whom nobody has seen for long, and one who was invited and never came
    unused = [used(LAST + timedelta(days=n), role_in=(Role.ADMINISTRATOR, team)) for n in (2, 0, 1)]
    invited = UserFactory(role_in=(Role.ADMINISTRATOR, team))

    assert night(DAY_60 + timedelta(days=30)) == {"closed": 2, "kept": 1}

    assert [is_open(user) for user in (*unused, invited)] == [True, False, False, True]
    assert User.objects.get(pk=unused[0].pk).has_role(Role.ADMINISTRATOR)


def test_an_administrator_whom_others_can_replace_is_closed_like_everybody(team):
    unused = used(role_in=(Role.ADMINISTRATOR, team))
    used(clock.real_now(), role_in=(Role.ADMINISTRATOR, team))

    assert night(DAY_60) == {"closed": 1, "kept": 0}
    assert not is_open(unused)


def test_in_an_evaluation_nobody_is_closed(settings):
    settings.EVALUATION = True
    user = used()

    assert night(DAY_60) == {"closed": 0, "kept": 0}
    assert is_open(user)


def test_without_a_day_the_night_is_that_of_true_time_however_far_the_product_s_clock_is_moved(settings):
    user = used(clock.real_now() - timedelta(days=50))
    clock._offset.set(timedelta(days=300))

    jobs.close_unused_accounts()

    assert JobRun.objects.get().due == clock.london_date(clock.real_now()).isoformat()
    assert is_open(user)


def test_an_account_opened_again_works_as_before_and_is_not_closed_the_next_night(administrator):
    user = used(public=True)
    set_up_app(user)
    night(DAY_60)

    services.reactivate(user=user, by=administrator, now=clock.now())

    night(clock.london_date(clock.real_now()))
    assert is_open(user)
    assert user.check_password(PASSWORD)
    with pytest.raises(WrongState, match="open already"):
        services.reactivate(user=user, by=administrator, now=clock.now())


@pytest.mark.parametrize(
    ("used_on", "today"),
    [
        (date(2026, 1, 1), date(2026, 3, 2)),
        (date(2028, 1, 1), date(2028, 3, 1)),
        (date(2026, 3, 1), date(2026, 4, 30)),
    ],
)
def test_the_day_of_closing_is_counted_in_calendar_days(used_on, today):
    before = unused_before(today=today, days=60)

    assert datetime.combine(used_on, datetime.max.time(), tzinfo=clock.LONDON) < before
    assert datetime.combine(used_on + timedelta(days=1), datetime.min.time(), tzinfo=clock.LONDON) >= before


@pytest.mark.django_db(transaction=True)
def test_two_nights_at_once_never_close_the_last_two_administrators():
    team = TeamFactory()
    for round_ in range(3):
        administrators = [
            used(LAST + timedelta(hours=n), role_in=(Role.ADMINISTRATOR, team)) for n in range(2)
        ]
        start, failures = threading.Barrier(2), []

        def one_night(start=start, failures=failures):
            try:
                start.wait(timeout=10)
                services.close_unused(today=DAY_60 + timedelta(days=3), now=clock.now())
            except BaseException as error:
                failures.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one_night) for _ in range(2)]
        [thread.start() for thread in threads]
        [thread.join(timeout=60) for thread in threads]

        assert not failures
        assert [is_open(user) for user in administrators] == [False, True], round_
        User.objects.filter(pk__in=[user.pk for user in administrators]).update(is_active=False)
