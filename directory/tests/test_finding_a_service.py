"""Anyone finds a service: by words, kind, for whom and cost; only what is published, and nothing about a person."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from directory import services
from directory.models import ServiceEntry

pytestmark = pytest.mark.django_db
LIST = "/services/"


def service(now, name="Memory café", **facts) -> ServiceEntry:
    given = {
        "name": name,
        "category": "getting_out",
        "summary": "Tea and songs.",
        "cost": "free",
        "checked_on": date(2026, 11, 2),
        **facts,
    }
    return services.publish(facts=given, now=now)


def names(query: str = "") -> list[str]:
    page = Client().get(f"{LIST}{query}")
    assert page.status_code == 200
    return [row.name for row in page.context["page"].rows]


def test_a_service_is_found_without_an_account_by_words_without_their_accents(now):
    service(now)
    service(now, "Lunch club", category="meals")

    assert names() == ["Lunch club", "Memory café"]
    assert names("?q=CAFE+memory") == ["Memory café"]
    assert names("?q=tea+lunch") == ["Lunch club"]
    assert names("?q=lifeboat") == []


def test_what_is_for_everyone_is_for_each_group_too(now):
    service(now, "For all")
    service(now, "For carers", for_whom=["carers"])
    service(now, "For older people", for_whom=["older"])

    assert names("?for=carers") == ["For all", "For carers"]


def test_the_list_is_narrowed_by_kind_and_cost(now):
    service(now, "Free", category="meals")
    service(now, "Paid", category="meals", cost="paid")
    service(now, "Other")

    assert names("?category=meals&free=yes") == ["Free"]


@pytest.mark.parametrize(
    "query",
    ["?category=nothing", "?for=nobody", "?after=zzz", "?before=%27", "?free=maybe", "?q=%25"],
)
def test_an_address_that_makes_no_sense_is_answered_all_the_same(now, query):
    service(now)

    names(query)


def test_what_is_not_published_is_not_there(now):
    hidden = service(now)
    ServiceEntry.objects.update(is_published=False)

    assert names() == []
    assert Client().get(hidden.get_absolute_url()).status_code == 404


def test_one_service_says_what_it_costs_and_how_to_get_it(now):
    one = service(now, how_to_get_it="Just come.", cost_words="Tea is free", phone="01632 960210")

    page = Client().get(one.get_absolute_url()).content.decode()

    for words in ("Just come.", "Tea is free", "01632 960210", "Everyone", "2 November 2026"):
        assert words in page


def test_the_list_costs_the_same_however_many_there_are(now, django_assert_max_num_queries):
    for many in (1, 30):
        for number in range(many):
            service(now, f"Service {many} {number}")
        with django_assert_max_num_queries(4):
            Client().get(LIST)


def test_the_api_lists_services_for_staff_alone(now):
    service(now)
    address = reverse("api-directory-services")

    assert Client().get(address).status_code == 401
    assert signed_in_client(UserFactory(audience="public")).get(address).status_code in (403, 404)
    staff = signed_in_client(UserFactory(worker_in=TeamFactory()))
    found = staff.get(address, {"q": "cafe"}).json()["results"]
    assert [row["name"] for row in found] == ["Memory café"]
    assert staff.get(reverse("api-directory-service", args=[found[0]["ref"]])).json()["cost"] == "free"
