"""The accounts behind the person's own pages: who looks after them sets them up anew, and opens them again."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse

from accounts import services as accounts
from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import set_up_app, signed_in_client
from audit.models import Event
from core import clock, outbox
from people.tests.factories import PersonFactory, PortalAccessFactory, put_on_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return UserFactory(worker_in=TeamFactory())


@pytest.fixture
def access(worker):
    access = PortalAccessFactory(granted_by=worker)
    set_up_app(access.user)
    return access


def page(name, access):
    return reverse(f"people:{name}", args=[access.person.ref, access.ref])


def own_pages(access):
    return reverse("people:list-portal-access", args=[access.person.ref])


def anew(**others):
    return {"form_key": "j" * 24, "checked": "known_number", **others}


def test_whoever_recognised_them_sends_one_link_with_which_they_join_anew(worker, access):
    # Given somebody who is signed in at home and has said that the second step is lost
    at_home = signed_in_client(access.user)
    access.user.lost_second_step_at = clock.real_now()
    access.user.save()
    desk = signed_in_client(worker)
    assert "Says that the second step is lost" in desk.get(own_pages(access)).content.decode()
    assert page("let-join-anew", access) in desk.get(own_pages(access)).content.decode()

    # When the worker says how they were recognised, and presses twice
    for _ in range(2):
        assert desk.post(page("let-join-anew", access), anew())["Location"] == own_pages(access)

    # Then nothing old works, one letter goes to the account's own address, and the trail says who checked and how
    assert not Authenticator.objects.filter(user=access.user).exists()
    assert at_home.get("/account/")["Location"].startswith("/sign-in/")
    outbox.deliver()
    assert [message.to for message in mail.outbox] == [[access.user.email]]
    assert re.search(r"/join/\S+", mail.outbox[0].body)
    event = Event.objects.get(code="accounts.user.started_again")
    assert (event.by, event.detail["checked"]) == (worker, "known_number")
    assert "Says that the second step is lost" not in desk.get(own_pages(access)).content.decode()


@pytest.mark.parametrize("checked", ["", "administrator", "made up"])
def test_nobody_is_let_in_without_saying_how_they_were_recognised(worker, access, checked):
    answer = signed_in_client(worker).post(page("let-join-anew", access), anew(checked=checked))

    assert answer.status_code == 400
    assert Authenticator.objects.filter(user=access.user).exists()


def test_an_account_that_was_closed_is_opened_again_and_set_up_anew_only_when_open(worker, access):
    accounts.deactivate(
        user=access.user, by=UserFactory(role_in=(Role.ADMINISTRATOR, TeamFactory())), now=clock.now()
    )
    desk = signed_in_client(worker)
    shown = desk.get(own_pages(access)).content.decode()
    assert "Account closed" in shown
    assert page("open-account", access) in shown
    assert page("let-join-anew", access) not in shown
    assert desk.post(page("let-join-anew", access), anew()).status_code == 409

    assert desk.get(page("open-account", access)).status_code == 200
    for _ in range(2):
        desk.post(page("open-account", access), {"form_key": "o" * 24})

    access.user.refresh_from_db()
    assert access.user.is_active
    assert Event.objects.filter(code="accounts.user.reactivated", by=worker).count() == 1
    assert desk.post(page("open-account", access), {"form_key": "p" * 24}).status_code == 409


@pytest.mark.parametrize("name", ["let-join-anew", "open-account"])
def test_who_may_not_know_the_person_finds_neither_page_and_an_access_belongs_to_its_person(
    worker, access, name
):
    desk = signed_in_client(worker)
    elsewhere = reverse(f"people:{name}", args=[PersonFactory().ref, access.ref])
    assert desk.get(elsewhere).status_code == 404

    restricted = PersonFactory(restricted=True)
    put_on_list(restricted.access_list, UserFactory())
    access.person = restricted
    access.save()

    for answer in (desk.get(page(name, access)), desk.post(page(name, access), anew())):
        assert answer.status_code == 404
    assert Authenticator.objects.filter(user=access.user).exists()
