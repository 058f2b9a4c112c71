"""From a stranger’s worry on the public pages to a closed case, every step through the pages."""

from __future__ import annotations

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from accounts.models import Role
from accounts.tests.factories import RegistrationFactory, TeamFactory, UserFactory
from caseportal.tests.browser.moves import Moves
from core import clock, outbox
from people.tests.factories import PersonFactory
from safeguarding.models import Concern
from worklist.models import Notification

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def council(db) -> SimpleNamespace:
    team = TeamFactory(code="safeguarding", name="Safeguarding")
    manager = UserFactory(role_in=(Role.SAFEGUARDING_MANAGER, team), name="Nadia Rahman")
    RegistrationFactory(user=manager)
    return SimpleNamespace(
        manager=manager,
        duty=UserFactory(worker_in=team, name="Joel Adams"),
        lead=UserFactory(worker_in=TeamFactory(), name="Aisha Khan", job_title="Social worker"),
        person=PersonFactory(given_names="Ida", family_name="Marsh", date_of_birth=date(1941, 4, 3)),
    )


def somebody_worries(moves: Moves) -> None:
    moves.go("/report-a-concern/start/")
    assert "ring 999" in moves.text()
    moves.next()
    for answers in (
        {"danger": "no"},
        {"source": "family"},
        {"given_names": "Ida", "family_name": "Marsh"},
        {"date_of_birth": date(1941, 4, 3)},
        {"address": "2 Mill Lane"},
        {"what": "A man takes her pension every Friday."},
        {"kinds": ["FIN"]},
        {"location": "own_home"},
        {"words": "Every Friday"},
        {"who": "A man from the pub"},
        {},
        {"consent": "not_asked"},
        {"wishes": "To be left alone"},
        {"name": "Jo Neighbour", "phone": "01632 960154"},
    ):
        assert moves.page.locator(".govuk-exit-this-page").count() == 1
        moves.fill(**answers)
        moves.send()
    assert moves.path() == "/report-a-concern/check-answers/"
    moves.send()
    assert "We have your message" in moves.text()


def the_team_works_it(council: SimpleNamespace, visitor, scripts: bool) -> None:
    duty = Moves(visitor(council.duty, scripts=scripts))
    duty.go("/safeguarding/")
    assert "Ida Marsh" in duty.text()
    duty.follow_to(Concern.objects.get().get_absolute_url())
    case = duty.path()
    assert duty.next() == "Screen"
    duty.fill(
        immediate_action="Rang her: her sister is with her.", risk="medium", crime="yes",
        police_reference="NB-1234", child_at_risk="no", referrer_acknowledged="Rang the neighbour",
    )  # fmt: skip
    duty.send()
    for link, answers in (
        ("Add a risk", {"kind": "FIN", "location": "own_home", "source": "known"}),
        (
            "Add who may have caused harm",
            {"name": "A man from the pub", "relationship": "Acquaintance", "lives_with": "no", "is_aware": "no",
             "is_at_risk_too": "not_known"},
        ),
        ("Add what they want", {"text": "I want to be left alone.", "expressed_by": "adult"}),
        ("The person’s part", {"spoken_to": "yes", "outcomes_asked": "expressed", "consent": "yes"}),
        ("Capacity and advocacy", {"capacity_doubted": "no", "lacked_capacity": "no", "advocacy": "declined"}),
    ):  # fmt: skip
        duty.follow(link)
        duty.fill(**answers)
        duty.send()

    manager = Moves(visitor(council.manager, scripts=scripts))
    manager.go("/")
    assert manager.path() == "/safeguarding/"
    manager.follow_to(case)
    assert manager.next() == "Decide under section 42"
    manager.fill(
        limb_a="yes", reason_a="Needs help daily.", limb_b="yes", reason_b="The neighbour saw it.", limb_c="yes",
        reason_c="Afraid of him.",
    )  # fmt: skip
    manager.send()
    assert manager.next() == "Plan an enquiry"
    manager.fill(lead=council.lead.ref, risk="medium")
    manager.send()
    assert manager.next() == "Start the enquiry"
    manager.fill(
        questions="Who took it?", who_does_what="The lead sees her alone.", sharing_basis="Consent",
        discussed_on=clock.today(), discussed_with="The police",
    )  # fmt: skip
    manager.send()
    manager.follow("Ask another agency")
    manager.fill(
        agency="The bank", scope="Withdrawals", terms="In writing", no_conflict="Asked",
        due_on=clock.today() + timedelta(days=7),
    )  # fmt: skip
    manager.send()

    lead = Moves(visitor(council.lead, scripts=scripts))
    lead.go(case)
    lead.follow("Record what they found")
    lead.fill(
        received_on=clock.today(), report="Four withdrawals.", quality="accepted", quality_reason="Complete"
    )
    lead.send()
    assert lead.next() == "Record outcomes"
    concern = Concern.objects.get()
    lead.fill(
        findings="He took £300.", had_needs="yes", was_at_risk="yes", was_unable="yes", action_needed="yes",
        risk_result="RI_AT", risk_outcome="reduced", outcomes_asked="expressed", outcomes_achieved="fully",
        **{f"risk_{concern.risks.get().ref}": "reduced"}, **{f"wish_{concern.wishes.get().ref}": "fully"},
        **{f"alleged_{concern.alleged.get().ref}": "Warned by the police"},
    )  # fmt: skip
    lead.send()

    manager.go(case)
    assert manager.next() == "Make a protection plan"
    manager.fill(
        steps="She holds her own card.", ongoing_risk="Her sister rings daily.", action="New card",
        action_outcome="Safe money", action_owner="Aisha Khan", action_due_on=clock.today() + timedelta(days=7),
        review_on=clock.today() + timedelta(days=40),
    )  # fmt: skip
    manager.send()
    lead.go(case)
    lead.page.locator("main form button", has_text="Done").first.click()
    lead.page.wait_for_load_state()
    assert lead.next() == "Review the protection plan"
    lead.fill(held_on=clock.today(), summary="It works.", adult_view="I am glad.", result="not_needed")
    lead.send()

    manager.go(case)
    assert manager.next() == "Close"
    assert "Missing" in manager.text()
    for step, answers in (
        ("tell", {"adult_told": "Rang her", "referrer_told": "Thanked"}),
        ("consider-review", {"sar_considered": "not_met", "sar_reason": "No serious harm."}),
    ):
        manager.go(f"{case}{step}/")
        manager.fill(**answers)
        manager.send()
    manager.next()
    assert "Missing" not in manager.text()
    manager.fill(end_reason="She is safe.")
    manager.send()
    assert "Closed" in manager.text()
    manager.follow("Who may know")
    manager.go("/safeguarding/?show=ended")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript at 360"])
def test_a_worry_told_on_the_public_pages_becomes_a_case_that_is_closed(council, visitor, scripts):
    somebody_worries(Moves(visitor(scripts=scripts)))
    concern = Concern.objects.get()
    assert concern.person == council.person
    outbox.deliver()
    assert Notification.objects.in_portal().filter(recipient=council.duty).exists()

    the_team_works_it(council, visitor, scripts)

    concern.refresh_from_db()
    assert concern.status == Concern.Status.CLOSED
    assert concern.enquiries.get().closed_by == council.manager


def test_exit_this_page_leaves_at_once(council, visitor):
    someone = visitor()
    someone.go("/report-a-concern/start/")
    away: list[str] = []
    someone.page.on("request", lambda request: away.append(request.url))
    someone.page.route(re.compile(r"^https://"), lambda route: route.fulfill(body="Elsewhere"))
    someone.page.locator(".govuk-exit-this-page__button").click()
    someone.page.wait_for_url(re.compile(r"^https://"))

    assert away
    assert not any("report-a-concern" in address for address in away)
