"""The main job, every step through the pages, by four people in turn: from first contact to a reviewed budget."""

from __future__ import annotations

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from accounts.tests.factories import TeamFactory, UserFactory
from assessments import sections
from assessments.models import Assessment
from audit.models import View
from budgets.models import BudgetReview, PersonalBudget
from caseportal.tests.browser.moves import Moves
from core import clock, outbox
from core.models import Outbox
from people.models import PortalAccess
from people.tests.factories import PersonFactory
from support_plans.models import Review, SupportPlan
from worklist.jobs import raise_due_tasks
from worklist.models import Notification, Task

pytestmark = pytest.mark.django_db(transaction=True)

# The sixth worked example of domain/money.md: level of help and the carer's share, by outcome. £150.00 a week.
LEVELS = {
    "A": (2, "0.00"),
    "B": (3, "0.50"),
    "C": (2, "0.00"),
    "D": (2, "0.25"),
    "E": (1, "0.00"),
    "F": (2, "1.00"),
    "G": (1, "0.00"),
    "I": (2, "0.00"),
}
ABOUT = {
    "matters": {
        "matters": "“I want to stay in my own house with Biscuit.”",
        "wellbeing": ["DIGNITY", "CONTROL"],
    },
    "health": {
        "impairment": "yes",
        "impairment_what": "Arthritis in both hands, and two falls this autumn.",
        "fluctuation": "Worse in the mornings. Looked at over four weeks.",
    },
    "helpers": {
        "carer": "yes",
        "carer_who": "Karen, her daughter, every morning. Able and willing.",
        "young_carer": "no",
    },
    "capacity": {"capacity": "no_doubt", "difficulties": ["none"]},
    "safety": {"safeguarding": "no", "risks": "She may fall again. She prefers the risk to a care home."},
    "consent": {
        "sharing": "yes",
        "supported_self": "no",
        "information_given": "yes",
        "what_else": "The lunch club on Tuesdays, and a perching stool.",
    },
}
LINES = (
    ("Personal assistant", "personal_assistant", "6", "hour", "15.00", "direct_payment"),
    ("Lunch club and lift", "community", "1", "week", "10.00", "direct_payment"),
    ("Evening calls", "home_care", "4", "visit", "13.68", "council_managed"),
)


@pytest.fixture
def council(db) -> SimpleNamespace:
    front_door = TeamFactory(code="front-door", name="Front door", is_front_door=True)
    riverside = TeamFactory(code="riverside", name="Riverside team")
    person = PersonFactory(given_names="Margaret Ann", family_name="Whitlow", preferred_name="Peggy")
    worker = UserFactory(worker_in=riverside, name="Aisha Khan")
    herself = UserFactory(audience="public", name="Peggy Whitlow")
    PortalAccess.objects.create(
        user=herself,
        person=person,
        relation=PortalAccess.Relation.SELF,
        scope=PortalAccess.Scope.ACT,
        valid_from=clock.today(),
        granted_by=worker,
    )
    return SimpleNamespace(
        front_door=front_door,
        riverside=riverside,
        person=person,
        worker=worker,
        duty=UserFactory(worker_in=front_door, name="Priya Nair"),
        manager=UserFactory(manager_of=riverside, name="Tom Bell"),
        herself=herself,
    )


def test_from_first_contact_to_a_reviewed_budget(visitor, council):
    """With JavaScript: each page is checked by axe and for sideways overflow at 1280 and 360 pixels."""
    _the_main_job(visitor, council, scripts=True)


def test_the_same_without_javascript_on_a_telephone(visitor, council):
    """Without JavaScript, at 360 pixels."""
    _the_main_job(visitor, council, scripts=False)


def _the_main_job(visitor, council, *, scripts: bool) -> None:
    duty = Moves(visitor(council.duty, scripts=scripts))
    worker = Moves(visitor(council.worker, scripts=scripts))
    manager = Moves(visitor(council.manager, scripts=scripts))
    herself = Moves(visitor(council.herself, scripts=scripts))

    _contact_and_hand_over(duty, council)
    _take_on(worker, manager, council)
    _assess(worker)
    _say_what_they_think(herself)
    _send_for_authorisation(worker)
    _authorise(manager)
    _give_the_decision(worker)
    _plan_and_cost(worker, council)
    _agree_and_submit(worker)
    _approve(manager)
    _give_a_copy(worker)
    _read_and_question(herself)
    _the_dates_come(worker, council)
    _review(worker)
    _answer_the_question(worker, manager)
    _read_the_answer(herself)
    assert View.objects.filter(person_id=council.person.pk, by=council.herself).exists()


def _contact_and_hand_over(duty: Moves, council: SimpleNamespace) -> None:
    duty.go("/contacts/")
    duty.go("/contacts/add/")
    duty.fill(q="whitlow")
    duty._leave(duty.page.locator("main").get_by_role("button", name="Find"))
    duty.follow_to(f"person={council.person.ref}")
    duty.fill(
        source="hospital",
        contact_name="Sister Lennon, ward 6",
        contact_phone="01632 960142",
        reason="assessment",
        what_is_happening="Two falls since September. She cannot wash or dress by herself any more.",
        consent="yes",
        safeguarding_considered="no",
        can_wait="yes",
        team="Front door",
    )
    duty.send()
    assert "/contacts/" in duty.path()
    assert duty.next() == "Screen"
    duty.fill(
        safeguarding_considered="no",
        risk="high",
        screening_summary="Fell twice; lives alone; daughter helps.",
    )
    duty.send()
    assert duty.next() == "Decide what happens"
    duty.fill(outcome="assessment")
    duty.send()
    duty.fill(kind="assessment", to_team="Riverside team", outcome="assessment", summary="Ring Karen first.")
    duty.send()
    assert "Riverside team" in duty.text()


def _take_on(worker: Moves, manager: Moves, council: SimpleNamespace) -> None:
    worker.go("/worklist/")
    worker.go("/assessments/handovers/")
    worker.follow("Accept")
    worker.fill(assessor=council.worker.name)
    worker.send()
    manager.go(f"/people/{council.person.ref}/allocation/?team={council.riverside.ref}")
    manager.fill(
        worker=council.worker.ref, handover_summary="Fell twice. Karen helps in the mornings. Ring her first."
    )
    manager.send()


def _assess(worker: Moves) -> None:
    assessment = Assessment.objects.get()
    worker.go(assessment.get_absolute_url())
    assert worker.next() == "Start the assessment"
    worker.fill(assessor=assessment.assessor.name, method="face_to_face")
    worker.send()
    worker.next()
    for slug, plan in sections.NEEDS.plans.items():
        assert f"/sections/{slug}/" in worker.path()
        worker.fill(**(_outcome(plan.code) if plan.is_outcome else ABOUT[slug]))
        worker.send()
    worker.fill(significant_impact="yes", reasons="Without help she would not wash, eat or be safe at home.")
    worker.send()
    assert "The draft is ready" in worker.text()
    worker.send()
    assert worker.next() == "Record that Peggy has the draft"
    worker.fill(how="online", format="Large print", on=clock.today())
    worker.send()


def _say_what_they_think(herself: Moves) -> None:
    herself.go("/my/")
    assert herself.next() == "Read the draft"
    assert herself.next() == "Tell us what you think"
    herself.fill(view="partly", comments="Karen does more than that.")
    herself.send()
    assert "Karen does more than that." in herself.text()


def _send_for_authorisation(worker: Moves) -> None:
    assessment = Assessment.objects.get()
    worker.go(f"{assessment.get_absolute_url()}check/")
    assert "Karen does more than that." in worker.text()
    assert "Ready to send" in worker.text()
    worker.send()
    assessment.refresh_from_db()
    assert assessment.status == Assessment.Status.SUBMITTED


def _outcome(code: str) -> dict[str, object]:
    if code not in LEVELS:
        return {
            "answer": "not_applicable" if code in "HJ" else "achieves",
            "person_words": "That is all right.",
        }
    level, share = LEVELS[code]
    return {
        "person_words": "“Karen helps me with that now.”",
        "answer": "unable",
        "limbs": ["needs_assistance"],
        "worker_view": "Seen at the visit: cannot do it without somebody beside her.",
        "level": str(level),
        "carer_share": share,
        "outcome_wanted": "To do it at home, in her own time",
    }


def _authorise(manager: Moves) -> None:
    assessment = Assessment.objects.get()
    manager.go("/worklist/team/")
    manager.go(assessment.get_absolute_url())
    assert manager.next() == "Read and authorise"
    manager.send()
    assessment.refresh_from_db()
    assert assessment.status == Assessment.Status.AUTHORISED


def _give_the_decision(worker: Moves) -> None:
    assessment = Assessment.objects.get()
    worker.go(assessment.get_absolute_url())
    worker.next()
    worker.fill(format="Large print, by hand", on=clock.today())
    worker.send()
    assessment.refresh_from_db()
    assert assessment.status == Assessment.Status.ISSUED


def _plan_and_cost(worker: Moves, council: SimpleNamespace) -> None:
    worker.go(f"/people/{council.person.ref}/support-plans/")
    worker.follow("Draft a plan from")
    if "/from/" in worker.path():
        worker.send()
    plan = SupportPlan.objects.get()
    codes = [need["code"] for need in plan.needs if need["eligible"]]
    assert codes == sorted(LEVELS)
    for how, by, quantity, unit, cost, mode in LINES:
        worker.go(f"{plan.get_absolute_url()}support/add/")
        worker.fill(
            need_codes=codes,
            how_met=how,
            by=by,
            quantity=quantity,
            unit=unit,
            unit_cost=cost,
            stream="asc",
            mode=mode,
        )
        worker.send()
    parts = {
        "what-matters": {"what_matters": "To stay at home with Biscuit, and see friends on Tuesdays."},
        "advice": {
            "advice_meeting_needs": "The lunch club has a lift.",
            "advice_preventing_needs": "The falls class at the leisure centre.",
        },
        "contingency": {"contingency": "Karen stands in; ring the duty team."},
        "direct-payment": {"direct_payment_frequency": "Every 4 weeks"},
        "start": {"starts_on": clock.today()},
    }
    for part, answers in parts.items():
        worker.go(f"{plan.get_absolute_url()}parts/{part}/")
        worker.fill(**answers)
        worker.send()
    worker.go(f"{plan.get_absolute_url()}cost/")
    worker.fill(contribution="25.00", contribution_source="financial assessment of 2 November 2026")
    worker.send()
    plan.refresh_from_db()
    assert (str(plan.indicative_weekly), str(plan.total_weekly)) == ("150.00", "154.72")


def _agree_and_submit(worker: Moves) -> None:
    plan = SupportPlan.objects.get()
    worker.go(plan.get_absolute_url())
    assert worker.next() == "Give to the person"
    worker.send()
    assert worker.next() == "Record the person’s answer"
    worker.fill(agreed="yes", how="On a visit, with Karen")
    worker.send()
    assert worker.next() == "Send for approval"
    worker.send()
    plan.refresh_from_db()
    assert plan.status == SupportPlan.Status.SUBMITTED


def _approve(manager: Moves) -> None:
    plan = SupportPlan.objects.get()
    manager.go("/manage/")
    manager.go("/manage/approvals/")
    manager.follow_to(f"/support-plans/{plan.ref}/approve/")
    manager.fill(decision="approve", reasons="Meets the needs; close to the estimate.")
    manager.send()
    plan.refresh_from_db()
    assert plan.status == SupportPlan.Status.APPROVED


def _give_a_copy(worker: Moves) -> None:
    plan = SupportPlan.objects.get()
    worker.go(plan.get_absolute_url())
    assert worker.next() == "Record the copy given"
    worker.fill(on=clock.today(), format="Large print")
    worker.send()


def _read_and_question(herself: Moves) -> None:
    herself.go("/my/")
    assert herself.next() == "Read the figures"
    said = herself.text()
    for figure in ("£154.72", "£129.72", "£25.00", "37.75", "38 points", "£150.00"):
        assert figure in said
    herself.send()
    assert SupportPlan.objects.get().status == SupportPlan.Status.ACTIVE
    herself.follow_to("/my/budget/this-looks-wrong/")
    herself.fill(what_looks_wrong="Karen cannot come on Saturdays any more.")
    herself.send()
    assert "We answer by" in herself.text()
    herself.go("/my/plan/")
    assert "Evening calls" in herself.text()


def _the_dates_come(worker: Moves, council: SimpleNamespace) -> None:
    """The clock is moved to the last lead time of the first review; the job runs twice and everything stands once."""
    review = Review.objects.get(kind=Review.Kind.INITIAL)
    assert review.due_on == clock.today() + timedelta(days=42)
    clock.move_to(review.due_on - timedelta(days=2))
    for _ in range(2):
        raise_due_tasks.apply(throw=True)
        outbox.deliver()
    tasks = list(
        Task.objects.filter(person=council.person, status=Task.Status.OPEN).values_list(
            "anchor__rule_code", flat=True
        )
    )
    assert tasks.count("REVIEW_INITIAL") == 1
    assert tasks.count("BUDGET_REVIEW_ACK") == 1
    # In the portal once for each step, and one message a day that says there is something to see.
    steps = Notification.objects.filter(task__anchor__rule_code="REVIEW_INITIAL", recipient=council.worker)
    told = list(steps.values_list("key", flat=True))
    assert told
    assert len(told) == len({key.rsplit(":", 1)[0] for key in told})
    mail = Notification.objects.get(key=f"daily:{council.worker.pk}:{clock.today().isoformat()}")
    assert (mail.channel, mail.status) == (Notification.Channel.EMAIL, Notification.Status.SENT)
    assert not Outbox.objects.filter(done_at=None, failed_at=None, due_at__lte=clock.real_now()).exists()
    worker.go("/worklist/")
    assert Task.objects.get(anchor__rule_code="REVIEW_INITIAL", person=council.person).title in worker.text()


def _review(worker: Moves) -> None:
    review = Review.objects.get(kind=Review.Kind.INITIAL)
    worker.go("/reviews/")
    worker.go(review.get_absolute_url())
    worker.go(f"{review.get_absolute_url()}hold/")
    worker.fill(held_on=clock.today())
    worker.send()
    worker.fill(
        working="The mornings go well.",
        not_working="Saturdays.",
        person_words="“I am managing.”",
        achieved="fully",
        budget_still_right="yes",
    )
    worker._leave(worker.page.get_by_role("button", name="Save what was found"))
    worker.go(f"{review.get_absolute_url()}close/")
    worker.fill(outcome="unchanged")
    worker.send()
    review.refresh_from_db()
    plan = SupportPlan.objects.get()
    assert review.status == Review.Status.CLOSED
    assert plan.next_review_on == _a_year_after(review.held_on) == review.next_due_on
    assert re.search(r"Next review", worker.text())


def _a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1)


def _answer_the_question(worker: Moves, manager: Moves) -> None:
    asked = BudgetReview.objects.get()
    worker.go(asked.get_absolute_url())
    assert worker.next() == "Acknowledge"
    worker.send()
    manager.go(asked.get_absolute_url())
    assert manager.next() == "Decide"
    manager.fill(decision="unchanged", reasons="Saturdays are covered by the personal assistant’s hours.")
    manager.send()
    worker.go(asked.get_absolute_url())
    assert worker.next() == "Record that the person was told"
    worker.fill(on=clock.today())
    worker.send()
    asked.refresh_from_db()
    assert asked.status == BudgetReview.Status.NOTIFIED


def _read_the_answer(herself: Moves) -> None:
    herself.go("/my/budget/")
    assert "The budget stays as it is" in herself.text()
    assert PersonalBudget.objects.get().status == PersonalBudget.Status.ACTIVE
