"""Evaluation: one press signs in, the clock moves, and none of it exists anywhere else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from accounts import services
from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event
from core import clock

pytestmark = pytest.mark.django_db

ADDRESSES = ("/evaluation/sign-in/", "/evaluation/clock/")


def test_outside_evaluation_the_addresses_do_not_exist():
    for address in ADDRESSES:
        with pytest.raises(Resolver404):
            resolve(address)
        assert Client().post(address).status_code == 404
    for name in ("accounts:evaluation-sign-in", "accounts:evaluation-clock"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_outside_evaluation_the_views_refuse_even_if_somebody_mounts_them(rf):
    from django.http import Http404

    from accounts import evaluation

    request = rf.post("/anywhere/", {"user": UserFactory().ref})
    request.user = UserFactory()
    for view in (evaluation.sign_in_as, evaluation.move_clock):
        with pytest.raises(Http404):
            view(request)
    with pytest.raises(RuntimeError):
        services.move_clock(day=clock.today(), by=request.user)


def test_outside_evaluation_the_sign_in_page_lists_nobody(team):
    worker = UserFactory(worker_in=team)

    page = Client().get("/sign-in/").content.decode()

    assert worker.name not in page
    assert "evaluation" not in page.lower()


def test_one_press_signs_in_as_an_invented_person_and_counts_as_both_steps(evaluation, team):
    worker = UserFactory(worker_in=team, job_title="Social worker")
    client = Client()
    page = client.get("/sign-in/?next=/account/").content.decode()
    assert worker.name in page
    assert f"Social worker, {team.name}" in page

    answer = client.post("/evaluation/sign-in/", {"user": worker.ref, "next": "/account/"})

    assert answer["Location"] == "/account/"
    assert client.session["evaluation_sign_in"] is True
    assert client.get("/account/second-factor/").status_code == 302


def test_the_mark_of_one_press_is_worth_nothing_when_evaluation_ends(evaluation, settings):
    user = UserFactory()
    client = Client()
    client.post("/evaluation/sign-in/", {"user": user.ref})
    assert client.get("/account/").status_code == 200

    settings.EVALUATION = False

    assert client.get("/account/")["Location"].startswith("/account/second-factor/")


def test_each_person_stands_once_under_their_most_telling_role(evaluation, team):
    worker = UserFactory(worker_in=team)
    manager = UserFactory(manager_of=team)
    plain = UserFactory(role_in=(Role.PRACTITIONER, team))
    carer = UserFactory(public=True, job_title="Cares for her mother")
    UserFactory(closed=True, role_in=(Role.BROKER, team))
    services.system_user()

    from accounts.evaluation import people_by_role

    groups = {group["role"]: [row["user"] for row in group["people"]] for group in people_by_role()}

    assert groups == {
        "Practitioner": [plain],
        "Registered social worker": [worker],
        "Team manager": [manager],
        "People who get care, and who acts for them": [carer],
    }


def test_the_list_of_people_costs_the_same_however_many_there_are(evaluation, django_assert_num_queries):
    from accounts.evaluation import people_by_role

    for _ in range(3):
        UserFactory(worker_in=TeamFactory())
    with django_assert_num_queries(2):
        people_by_role()
    for _ in range(6):
        UserFactory(worker_in=TeamFactory())
    with django_assert_num_queries(2):
        people_by_role()


@pytest.mark.parametrize("who", ["nobody", "closed", "machine"])
def test_one_press_does_not_sign_in_as_somebody_who_is_not_there(evaluation, who):
    ref = {
        "nobody": lambda: "zzzzzzzzzzzz",
        "closed": lambda: UserFactory(closed=True).ref,
        "machine": lambda: services.system_user().ref,
    }[who]()

    assert Client().post("/evaluation/sign-in/", {"user": ref}).status_code == 404


def test_one_press_needs_a_post_with_its_token(evaluation):
    user = UserFactory()

    assert Client().get("/evaluation/sign-in/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/evaluation/sign-in/", {"user": user.ref}).status_code == 403
    assert "_auth_user_id" not in strict.session


@pytest.mark.parametrize(("step", "days"), [("1", 1), ("7", 7), ("42", 42)])
def test_the_clock_moves_on_by_days_and_the_trail_says_so(evaluation, step, days):
    user = UserFactory()
    client = signed_in_client(user)
    before = clock.today()

    client.post("/evaluation/clock/", {"move": step})

    assert clock.today() == before + timedelta(days=days)
    event = Event.objects.get(code="accounts.clock.moved")
    assert event.detail == {"day": clock.today().isoformat()}
    assert event.by == user


def test_the_clock_moves_to_a_day_and_back_to_the_true_time(evaluation):
    client = signed_in_client(UserFactory())
    true = clock.london_date(clock.real_now())
    day = true + timedelta(days=200)

    client.post(
        "/evaluation/clock/",
        {"move": "day", "day_day": day.day, "day_month": day.month, "day_year": day.year},
    )
    assert clock.today() == day
    assert "Back to the true time" in client.get("/evaluation/clock/").content.decode()

    client.post("/evaluation/clock/", {"move": "back"})
    assert clock.today() == true


def test_a_wrong_day_is_refused_and_kept_as_typed(evaluation):
    client = signed_in_client(UserFactory())
    before = clock.today()

    answer = client.post(
        "/evaluation/clock/", {"move": "day", "day_day": "31", "day_month": "2", "day_year": "2027"}
    )
    far = client.post(
        "/evaluation/clock/", {"move": "day", "day_day": "1", "day_month": "1", "day_year": "2099"}
    )

    assert answer.status_code == 400
    assert 'value="31"' in answer.content.decode()
    assert "within ten years" in far.content.decode()
    assert clock.today() == before


def test_moving_the_clock_raises_that_day_s_reminders_once(evaluation):
    from core.models import JobRun

    client = signed_in_client(UserFactory())

    client.post("/evaluation/clock/", {"move": "42"})

    runs = JobRun.objects.filter(job="worklist.raise_due_tasks", due=clock.today().isoformat())
    assert [run.finished_at is not None for run in runs] == [True]


def test_a_banner_on_each_page_says_that_this_is_an_evaluation(evaluation):
    client = signed_in_client(UserFactory())

    for address in ("/account/", "/evaluation/clock/", "/account/second-factor/methods/"):
        assert "Every person in it is invented" in client.get(address).content.decode(), address
    assert "Every person in it is invented" in Client().get("/sign-in/").content.decode()
