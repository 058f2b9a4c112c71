"""Need-to-know: to whoever is not on its list a concern leaves no trace anywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessListMember, Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from caseportal.tests.canary.walk import strangers
from core import clock, drafts, outbox
from people.tests.factories import PersonFactory
from safeguarding import services
from safeguarding.models import Concern, Conflict
from safeguarding.tests.factories import Case, ConcernFactory, manager_in
from worklist.models import Notification, Task

pytestmark = pytest.mark.django_db

TOKEN = "Xylograph"


@pytest.fixture
def case(db) -> Case:
    """A case whose every field holds the token, with a task, an item and messages."""
    person = PersonFactory(family_name="Ordinary")
    case = Case(
        person=person,
        what_happened=TOKEN,
        alleged_words=TOKEN,
        others_at_risk=TOKEN,
        views_and_wishes=TOKEN,
        referrer_name=TOKEN,
        adult_given_names=TOKEN,
        adult_address=TOKEN,
    )
    outbox.deliver()
    case.screened(immediate_action=TOKEN, referrer_acknowledged=TOKEN)
    case.do(services.add_wish, case.duty, text=TOKEN, expressed_by="adult")
    case.do(services.add_entry, case.duty, kind="meeting", text=TOKEN, occurred_on=clock.today())
    return case


def test_whatever_their_rank_strangers_find_no_case_and_their_list_is_empty(case):
    for who, user in {
        **strangers(case.person),
        "a duty worker who joined since": UserFactory(worker_in=case.team),
    }.items():
        assert not Concern.objects.visible_to(user).exists(), who
        assert not Task.objects.visible_to(user).filter(access_list=case.concern.access_list).exists(), who
        assert signed_in_client(user).get(case.concern.get_absolute_url()).status_code in (403, 404), who


def test_a_hidden_task_does_not_hide_that_nothing_happens_with_a_person(case):
    from worklist.models import WorkItem
    from worklist.services import open_work_item

    stranger = strangers(case.person)["the named worker"]
    services.raise_concern(
        person=case.person, what_happened="Again", source="self", consent="yes", now=clock.now()
    )
    open_work_item(
        person=case.person, kind="assessment", subject=case.person, url="/", team=stranger.main_team, owner=stranger,
        now=clock.now() - timedelta(days=40),
    )  # fmt: skip
    assert Task.objects.open().filter(person=case.person).exists()
    rows = WorkItem.objects.visible_to(stranger).open().mine(stranger)

    assert rows.quiet_since(clock.today() - timedelta(days=14)).count() == 1


def test_the_list_of_a_new_concern_holds_the_team_and_the_head_of_service():
    case = Case()
    members = set(
        AccessListMember.objects.filter(access_list=case.concern.access_list).values_list("user", flat=True)
    )

    assert members == {case.manager.pk, case.second.pk, case.duty.pk, case.head.pk}


def test_where_there_is_no_service_manager_the_director_is_the_head_of_service():
    case = Case()
    case.head.memberships.update(valid_to=clock.today() - timedelta(days=1))
    director = UserFactory(role_in=(Role.DIRECTOR, TeamFactory()))

    concern = services.raise_concern(what_happened="x", source="self", consent="yes", now=clock.now())

    assert Concern.objects.visible_to(director).get() == concern


def test_a_council_without_any_team_still_takes_a_concern_in():
    concern = services.raise_concern(what_happened="x", source="self", consent="yes", now=clock.now())
    assert concern.team is None
    assert not Concern.objects.visible_to(UserFactory(worker_in=TeamFactory())).exists()


def test_whoever_joins_the_list_knows_at_once_and_whoever_leaves_knows_nothing_more(case):
    colleague = UserFactory(worker_in=TeamFactory())
    case.do(services.let_know, case.manager, user=colleague, reason="Named worker")
    client = signed_in_client(colleague)
    assert client.get(case.concern.get_absolute_url()).status_code == 200

    case.do(services.take_off, case.manager, user=colleague)

    assert client.get(case.concern.get_absolute_url()).status_code == 404
    assert not Task.objects.visible_to(colleague).filter(access_list=case.concern.access_list).exists()


def test_staff_who_are_named_are_barred_at_once_and_cannot_be_put_back(case):
    drafts.save(
        owner=case.second, kind="safeguarding.decision", subject=case.concern.ref, data={"reason_a": "x"}
    )
    case.do(
        services.add_alleged, case.manager, name="One of us", relationship="Worker", lives_with="no",
        lived_with_then="no", is_aware="no", is_at_risk_too="no", user=case.second,
    )  # fmt: skip

    assert not Concern.objects.visible_to(case.second).exists()
    assert drafts.find(owner=case.second, kind="safeguarding.decision", subject=case.concern.ref) is None
    assert not Notification.objects.visible_to(case.second).in_portal().exists()
    assert signed_in_client(case.second).get(case.concern.get_absolute_url()).status_code == 404
    with pytest.raises(ValidationError, match="conflict of interest"):
        case.do(services.let_know, case.manager, user=case.second, reason="x")
    case.decided()
    with pytest.raises(ValidationError, match="conflict of interest"):
        case.planned(lead=case.second)


def test_a_relative_is_barred_even_where_the_list_holds_them_by_mistake(case):
    case.do(services.bar, case.manager, user=case.duty, reason="Her niece")
    AccessListMember.objects.create(
        access_list=case.concern.access_list, user=case.duty, valid_from=clock.today(), reason="mistake"
    )

    assert not Concern.objects.visible_to(case.duty).exists()
    assert Conflict.objects.get().user == case.duty


def test_nobody_leads_a_case_from_which_they_are_barred(case):
    case.decided().planned()
    with pytest.raises(ValidationError, match="another lead first"):
        case.do(services.bar, case.manager, user=case.lead, reason="x")


def test_a_person_with_a_restricted_record_has_their_concern_with_the_team_all_the_same():
    from accounts.tests.factories import AccessListFactory

    person = PersonFactory(level="named_users", access_list=AccessListFactory())
    case = Case(person=person)

    page = signed_in_client(case.duty).get(case.concern.get_absolute_url())

    assert page.status_code == 200
    assert "The record is closed to you" in page.content.decode()


def test_no_model_of_safeguarding_is_in_the_administration():
    assert not [model for model in admin.site._registry if model._meta.app_label == "safeguarding"]


def test_mails_and_messages_in_the_portal_say_nothing_of_what_it_is(case, mailoutbox):
    outbox.deliver()
    assert mailoutbox
    for mail in mailoutbox:
        for word in (TOKEN, "safeguarding", "concern", "abuse", case.person.family_name, case.concern.ref):
            assert word.lower() not in (mail.subject + mail.body).lower()
    for line in Notification.objects.in_portal():
        assert "safeguarding" not in line.sentence.lower()


@pytest.mark.parametrize("show", ["", "?show=new", "?show=ended"])
def test_the_duty_list_asks_as_often_for_forty_cases_as_for_two(show):
    case = Case()

    def questions():
        client = signed_in_client(case.duty)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(f"/safeguarding/{show}").status_code == 200
        return len(asked)

    few = questions()
    for trait in ("concern_received", "closed", "enquiry"):
        ConcernFactory.create_batch(13, **{trait: True}, team=case.team, access_list=case.concern.access_list)
    assert questions() == few


def test_the_page_of_a_case_asks_as_often_for_many_rows_as_for_few(case):
    client = signed_in_client(case.duty)

    def questions():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(case.concern.get_absolute_url()).status_code == 200
        return len(asked)

    questions()
    few = questions()
    for number in range(8):
        case.do(
            services.add_entry, case.duty, kind="meeting", text=f"More {number}", occurred_on=clock.today()
        )
        case.do(services.add_wish, case.duty, text=f"Wish {number}", expressed_by="adult")
    for kind in ("PHY", "SEX", "PSY", "DIS"):
        case.do(services.add_risk, case.duty, kind=kind, location="own_home", source="known", detail="")
    assert questions() == few


def test_the_manager_has_the_duty_list_as_landing_page():
    case = Case()
    assert signed_in_client(case.manager).get("/").headers["Location"] == "/safeguarding/"
    assert manager_in(case.team)
