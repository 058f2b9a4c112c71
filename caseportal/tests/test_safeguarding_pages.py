"""The pages of a case: what they ask, what they refuse and how they say so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event, View
from caseportal.tests.pages_with_forms import read
from core import clock
from core.models import Draft
from people.models import Person
from people.tests.factories import PersonFactory
from safeguarding import services
from safeguarding.models import Concern, S42Decision
from safeguarding.tests.factories import Case, ConcernFactory
from safeguarding.views.steps import STEPS

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db) -> Case:
    return Case()


def form_of(client, address):
    page = client.get(address)
    assert page.status_code == 200, page.content.decode()[:2000]
    return read(page.content).main.answers()


# Reporting by staff ---------------------------------------------------------------------------------------------


def raise_it(client, address="/safeguarding/concerns/add/", **answers):
    given = form_of(client, address)
    return client.post(
        address,
        {
            **given,
            "immediate_danger": "no",
            "what_happened": "She is afraid of her son.",
            "source": "council",
            "consent": "not_asked",
            "kinds": ["PSY"],
            "location": "own_home",
            "adult_given_names": "Ida",
            "adult_family_name": "Marsh",
            "adult_postcode": "",
            **{name: "" for name in given if name.endswith(("_day", "_month", "_year"))},
            **answers,
        },
    )


def test_staff_of_every_kind_report_a_concern_and_read_its_reference_and_nothing_more(case):
    finance = UserFactory(role_in=(Role.FINANCE_OFFICER, TeamFactory()))
    client = signed_in_client(finance)

    answer = raise_it(client)

    concern = Concern.objects.latest("pk")
    sent = client.get(answer.headers["Location"]).content.decode()
    assert concern.reference in sent
    assert "afraid" not in sent
    other = signed_in_client(UserFactory(worker_in=TeamFactory()))
    assert other.get(answer.headers["Location"]).status_code == 404
    assert client.get(concern.get_absolute_url()).status_code in (403, 404)


def test_the_button_pressed_twice_reports_once(case):
    client = signed_in_client(UserFactory(worker_in=TeamFactory()))
    given = form_of(client, "/safeguarding/concerns/add/")
    first = raise_it(client, form_key=given["form_key"])
    again = raise_it(client, form_key=given["form_key"])

    assert first.headers["Location"] == again.headers["Location"]
    assert Concern.objects.count() == 2


def test_reporting_from_a_record_leaves_no_trace_on_that_record(case):
    person = PersonFactory()
    worker = UserFactory(worker_in=TeamFactory())
    client = signed_in_client(worker)

    raise_it(client, f"/safeguarding/concerns/add/?person={person.ref}", person=person.ref)

    assert Concern.objects.latest("pk").person == person
    assert set(
        View.objects.filter(person_id=person.pk, access_list_id=None).values_list("page", flat=True)
    ) == {"people:show-person"}
    assert not Event.objects.visible_to(worker).filter(person_id=person.pk).exists()


def test_what_is_being_written_is_kept_for_its_author_until_it_is_sent(case):
    client = signed_in_client(UserFactory(worker_in=TeamFactory()))
    client.post("/safeguarding/concerns/draft/", {"what_happened": "She is afr", "kinds": ["PSY"]})

    assert "She is afr" in client.get("/safeguarding/concerns/add/").content.decode()
    my_work = client.get("/worklist/").content.decode()
    assert "A report you have not sent" in my_work
    assert 'href="/safeguarding/concerns/add/"' in my_work

    raise_it(client)
    assert not Draft.objects.exists()


# Matching -------------------------------------------------------------------------------------------------------


def test_the_duty_worker_finds_the_record_or_makes_one(case):
    concern = services.raise_concern(
        what_happened="x", source="family", consent="yes", adult_given_names="Ida", adult_family_name="Marsh",
        now=clock.now(),
    )  # fmt: skip
    likely = PersonFactory(given_names="Ida", family_name="Marsh")
    client = signed_in_client(case.duty)
    address = f"{concern.get_absolute_url()}match/"
    assert likely.local_number in client.get(address).content.decode()
    assert case.person.local_number in client.post(address, {"q": case.person.local_number}).content.decode()
    assert client.post(address, {"person": "nobody"}).status_code == 400

    client.post(address, {"person": "new"})

    concern.refresh_from_db()
    assert (concern.person.given_names, concern.person.family_name) == ("Ida", "Marsh")
    assert concern.person != likely
    assert Person.objects.filter(family_name="Marsh").count() == 2


# A case ---------------------------------------------------------------------------------------------------------


def test_each_look_at_a_case_is_written_down_with_its_list(case):
    client = signed_in_client(case.duty)
    client.get(case.concern.get_absolute_url())
    view = View.objects.get(by=case.duty)
    assert (view.person_id, view.access_list_id) == (case.person.pk, case.concern.access_list_id)

    unmatched = services.raise_concern(what_happened="x", source="self", consent="yes", now=clock.now())
    client.get(unmatched.get_absolute_url())
    seen = Event.objects.get(code="safeguarding.concern.viewed")
    assert (seen.subject_ref, seen.access_list_id) == (unmatched.ref, unmatched.access_list_id)


@pytest.mark.parametrize("slug", sorted(STEPS))
def test_every_step_opens_in_a_state_that_it_fits_and_says_so_in_one_that_it_does_not(slug, case):
    step = STEPS[slug]
    concern = ConcernFactory(
        team=case.team,
        access_list=case.concern.access_list,
        lead=case.lead,
        **{sorted(step.action.sources)[0]: True},
    )
    services.knowing.make_known_to(concern, case.lead, reason="leads", now=clock.now())
    reader = case.lead if slug == "outcomes" else case.manager
    client = signed_in_client(reader)
    address = f"{concern.get_absolute_url()}{slug}/"

    page = client.get(address)
    assert page.status_code == 200
    assert concern.ref in page.content.decode()
    assert concern.person.family_name not in page.content.decode().split("</title>")[0]
    refused = client.post(address, {"version": concern.version})
    assert refused.status_code in (302, 400)

    wrong = sorted(set(Concern.Status.values) - step.action.sources)
    if wrong:
        Concern.objects.filter(pk=concern.pk).update(
            status=wrong[0], disposition="advice", end_reason="x", ended_at=clock.now(), sar_considered="not_met",
            duplicate_of=case.concern.pk,
        )  # fmt: skip
        assert client.get(address).headers["Location"] == concern.get_absolute_url()


def test_the_decision_is_made_on_one_page_and_a_draft_of_it_is_kept(case):
    case.screened().heard()
    client = signed_in_client(case.manager)
    address = f"{case.concern.get_absolute_url()}decide/"
    client.post(f"{address}draft/", {"limb_a": "yes", "reason_a": "Needs help dai"})
    assert "Needs help dai" in client.get(address).content.decode()
    given = form_of(client, address)

    client.post(
        address,
        {**given, "limb_a": "yes", "limb_b": "yes", "limb_c": "not_known", "reason_a": "a", "reason_b": "b",
         "reason_c": "See her alone."},
    )  # fmt: skip

    assert S42Decision.objects.get().result == "gather"
    assert not Draft.objects.exists()
    assert "See her alone." in client.get(address).content.decode()


def test_an_unregistered_manager_reads_why_they_cannot_decide(case):
    case.screened().heard()
    case.manager.registrations.update(valid_to=clock.today() - timedelta(days=1))
    client = signed_in_client(case.manager)

    assert "live professional registration" in client.get(case.concern.get_absolute_url()).content.decode()
    refused = client.get(f"{case.concern.get_absolute_url()}decide/")
    assert refused.status_code == 403
    assert "live professional registration" in refused.content.decode()


def test_of_two_who_save_the_same_version_the_second_sees_both_texts(case):
    case.screened()
    client = signed_in_client(case.duty)
    address = f"{case.concern.get_absolute_url()}record-capacity/"
    given = form_of(client, address)
    case.do(
        services.record_capacity, case.manager, capacity_doubted="yes", lacked_capacity="no", capacity_supported="",
        advocacy="not_needed", advocacy_kind="", advocacy_reason="Her sister speaks with her",
    )  # fmt: skip

    answer = client.post(
        address,
        {**given, "capacity_doubted": "no", "lacked_capacity": "no", "advocacy": "not_needed",
         "advocacy_reason": "Mine stays"},
    )  # fmt: skip

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Her sister speaks with her" in page
    assert "Mine stays" in page


def test_the_checklist_shows_what_is_missing_line_by_line_with_the_way_to_mend_it(case):
    case.concluded()
    client = signed_in_client(case.manager)

    page = client.get(f"{case.concern.get_absolute_url()}close/").content.decode()

    assert page.count(">Missing<") == 4
    assert page.count("app-meta") >= 4
    assert f"{case.concern.get_absolute_url()}no-plan/" in page
    refused = client.post(
        f"{case.concern.get_absolute_url()}close/", {"version": case.concern.version, "end_reason": "x"}
    )
    assert refused.status_code == 400
    assert "safeguarding adults review was considered" in refused.content.decode()


def test_a_passed_target_asks_for_its_reason_on_the_page(case):
    case.started()
    Concern.objects.filter(pk=case.concern.pk).update(due_on=clock.today() - timedelta(days=3))
    client = signed_in_client(case.lead)
    address = case.concern.get_absolute_url()
    assert "Give the reason" in client.get(address).content.decode()

    case.do(services.give_delay, case.lead, reason="police", text="They interview first.")

    page = client.get(address).content.decode()
    assert "Give the reason" not in page
    assert "They interview first." in page


def test_who_may_know_is_shown_with_the_reason_of_each(case):
    page = signed_in_client(case.manager).get(f"{case.concern.get_absolute_url()}people/").content.decode()

    assert "Takes in concerns" in page
    assert case.head.name in page


def test_an_action_of_the_plan_is_done_with_one_press(case):
    case.protected()
    action = case.concern.plan_actions.get()
    client = signed_in_client(case.lead)

    for _ in range(2):
        client.post(f"{case.concern.get_absolute_url()}actions/{action.ref}/done/")

    action.refresh_from_db()
    assert action.done_on == clock.today()
