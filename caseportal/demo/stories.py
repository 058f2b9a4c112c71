"""The hand-told stories of the demo council, dated from today. Every person, number and address is invented."""

from __future__ import annotations

from datetime import date, timedelta

import assessments.services as assessments
import budgets.services as budgets
import people.services as people
import support_plans.services as plans
from accounts.models import User
from assessments.models import Assessment
from budgets.models import PersonalBudget
from caseportal.demo.findings import DEREK_BEFORE, DEREK_NOW, HAROLD, JUNE, LEON, PEGGY
from caseportal.demo.from_the_web import brian
from caseportal.demo.messages import harold_is_helped, peggy_writes
from caseportal.demo.newcomers import callum, iris, maureen, sandra, vera
from caseportal.demo.reablement import harry, winifred
from caseportal.demo.safeguarding import enquiry_past_its_target, raised_last_night
from caseportal.demo.telling import Line, Teller
from core import drafts
from people.models import CaseNote, Person, PortalAccess, Relationship, Risk, Warning
from support_plans.models import Review

AISHA, SUNITA, TOM, DOROTHY, RUTH = "Aisha Khan", "Sunita Rao", "Tom Bell", "Dorothy Grant", "Ruth Osborne"


def tell_all(teller: Teller) -> int:
    """Tell every story once. Returns how many there are."""
    for story in (*STORIES, *LOCKED):
        story(teller)
    return len(STORIES) + len(LOCKED)


# --- Peggy: approved, and waiting for her to say that she has seen the figures -----------------------------------------


def peggy(teller: Teller) -> None:
    aisha = teller.users[AISHA]
    person = teller.person(
        "Margaret Ann",
        "Whitlow",
        date(1944, 3, 14),
        days_ago=62,
        by="Priya Nair",
        preferred_name="Peggy",
        gender="Female",
        phone="01632 960141",
        gp_practice_name="Alder Street Surgery",
        hearing_impairment="Hard of hearing",
        address_lines="12 Alder Row",
        postcode="ZZ1 4QT",
    )
    karen = teller.person(
        "Karen",
        "Whitlow",
        date(1971, 5, 8),
        days_ago=62,
        by="Priya Nair",
        gender="Female",
        phone="01632 960142",
        is_carer=True,
        is_service_user=False,
        address_lines="4 Mill Lane",
        postcode="ZZ1 6BD",
        primary_support_reason="",
    )
    assessment = teller.known_by(
        person,
        AISHA,
        TOM,
        days_ago=60,
        what="Home from hospital after a fall in the hall. Her daughter Karen asks for help before she goes back to work.",
    )
    _around_peggy(teller, person, karen)
    people.set_risk(person=person, risk=Risk.HIGH, version=None, by=aisha, now=teller.worked(50, 12))
    people.set_what_matters(
        person=person,
        text=PEGGY.matters,
        on=teller.day(46),
        version=None,
        by=aisha,
        now=teller.worked(46, 12),
    )
    assessment = teller.decided(assessment, PEGGY, AISHA, TOM, days_ago=46)
    plan = teller.planned(
        assessment,
        [
            Line("ABCDE", "A personal assistant whom Peggy chose, six hours a week", "personal_assistant",
                 "6", "hour", "15.00", "direct_payment"),
            Line("GI", "Lunch club on Tuesdays, with a lift", "day", "1", "session", "10.00", "direct_payment"),
            Line("BCD", "Evening calls, Monday to Friday", "home_care", "5", "visit", "13.68", "council_managed",
                 "Brookside Care at Home"),
            Line("F", "Karen keeps the house", "family", "0", "hour", "0.00", ""),
        ],
        AISHA,
        days_ago=20,
        starts_on=teller.today + timedelta(days=5),
        matters=PEGGY.matters,
        contribution="25.00",
        advice=(
            "A shower chair and a second rail can be lent by the equipment store.",
            "The falls clinic, and balance exercises twice a week.",
        ),
        agreed_how="Peggy read it in large print with Karen there, and said yes",
        reason=("market_rate", "Evening calls cost more here than the points table allows."),
    )  # fmt: skip
    teller.approved(
        plan,
        RUTH,
        days_ago=9,
        reasons="The evening calls are needed every weekday and cannot be bought for less. Agreed for the panel.",
    )
    plans.give_copy(plan=plan, format="Large print", on=teller.day(7), by=aisha, now=teller.worked(7, 9))
    teller.note(
        person, AISHA, CaseNote.Kind.VISIT, "Read the plan through with Peggy and Karen. Biscuit was in the kitchen.",
        days_ago=16, person_words="That is fair. Tell them Tuesdays matter most.",
    )  # fmt: skip
    teller.note(
        person, AISHA, CaseNote.Kind.CALL,
        "Karen rang: who covers Saturday evenings when she starts weekend shifts?", days_ago=2, hour=15,
        involved="Karen Whitlow",
    )  # fmt: skip


def _around_peggy(teller: Teller, person: Person, karen: Person) -> None:
    aisha, moment = teller.users[AISHA], teller.worked(50, 13)
    for code, detail in (("hard_of_hearing", "Speak facing her; ring twice"), ("large_print", "18 point")):
        people.add_communication_need(person=person, code=code, detail=detail, by=aisha, now=moment)
    people.add_warning(
        person=person,
        kind=Warning.Kind.ANIMAL,
        headline="Large dog at home",
        what_to_do="Ring before you visit, so that Karen can shut him in the kitchen.",
        evidence="Seen on the first home visit. He jumps up at strangers.",
        person_told=True,
        why_not_told="",
        ends_on=teller.today + timedelta(days=75),
        by=aisha,
        now=moment,
    )
    people.add_relationship(
        person=person,
        other_person=karen,
        facts={
            "kind": Relationship.Kind.DAUGHTER,
            "what_they_do": "Washing and dressing at weekends, keeps the house",
            "may_talk": Relationship.MayTalk.YES,
            "is_main_carer": True,
            "hours_caring_weekly": 10,
            "next_of_kin": True,
            "emergency_contact": True,
            "key_holder": True,
        },
        by=aisha,
        now=moment,
    )
    people.add_relationship(
        person=person,
        facts={
            "other_name": "Mr Desai",
            "other_phone": "01632 960187",
            "kind": Relationship.Kind.NEIGHBOUR,
            "what_they_do": "Holds a spare key, walks Biscuit",
            "may_talk": Relationship.MayTalk.EMERGENCY,
            "key_holder": True,
        },
        by=aisha,
        now=moment,
    )
    people.grant_portal_access(
        user=teller.users["Peggy Whitlow"],
        person=person,
        relation=PortalAccess.Relation.SELF,
        scope=PortalAccess.Scope.ACT,
        by=aisha,
        now=moment,
    )
    people.grant_portal_access(
        user=teller.users["Karen Whitlow"],
        person=person,
        relation=PortalAccess.Relation.CARER,
        scope=PortalAccess.Scope.VIEW,
        kind=PortalAccess.Kind.CONSENT,
        authority="Peggy’s permission, at the first visit",
        valid_to=teller.today + timedelta(days=200),
        by=aisha,
        now=moment,
    )


# --- Derek: an assessment half written, with the one before beside it --------------------------------------------------


def derek(teller: Teller) -> None:
    aisha = teller.users[AISHA]
    person = teller.person(
        "Derek", "Lomax", date(1958, 6, 2), days_ago=400, by="Priya Nair", gender="Male",
        phone="01632 960143", address_lines="7 Weir Street", postcode="ZZ1 5LA",
    )  # fmt: skip
    before = teller.known_by(
        person,
        AISHA,
        TOM,
        days_ago=390,
        what="His knees are worse and the garden is too much. Joy rang for advice.",
    )
    teller.decided(before, DEREK_BEFORE, AISHA, TOM, days_ago=375)
    people.set_risk(person=person, risk=Risk.MEDIUM, version=None, by=aisha, now=teller.worked(20, 12))
    people.add_communication_need(
        person=person, code="short_sentences", detail="Short questions, give him time", by=aisha,
        now=teller.worked(20, 12),
    )  # fmt: skip
    now_one = assessments.request_assessment(
        person=person,
        team=teller.teams["riverside"],
        kind=Assessment.Kind.NEEDS,
        by=aisha,
        now=teller.worked(14, 9),
    )
    teller.begun(now_one, AISHA, days_ago=12)
    teller.written(
        now_one, DEREK_NOW, AISHA, days_ago=9, sections=("matters", "health", "helpers"), outcomes="A"
    )
    hygiene = {name: fact for name, fact in DEREK_NOW.needs["B"].facts().items() if name != "outcome_wanted"}
    assessments.save_outcome(
        assessment=now_one, code="B", facts={**hygiene, "carer_view": ""}, version=None, by=aisha,
        now=teller.worked(1, 16, 42),
    )  # fmt: skip
    teller.note(
        person, AISHA, CaseNote.Kind.VISIT, "First visit since the stroke. Joy was there. Went as far as washing.",
        days_ago=9, person_words="Ask me one thing at a time.",
    )  # fmt: skip
    drafts.save(
        owner=aisha,
        kind="people.note",
        subject=person.ref,
        data={
            "kind": CaseNote.Kind.CALL.value,
            "text": "Memory clinic: letter asked for with Derek’s consent, they",
        },
        person_id=person.pk,
    )


# --- Leon: a plan waiting for his manager's decision -------------------------------------------------------------------


def leon(teller: Teller) -> None:
    person = teller.person(
        "Leon", "Fairweather", date(1981, 4, 19), days_ago=70, by="Priya Nair", gender="Male",
        phone="01632 960144", address_lines="Flat 3, 20 Station Road", postcode="ZZ1 2FG",
    )  # fmt: skip
    people.set_risk(
        person=person, risk=Risk.MEDIUM, version=None, by=teller.users[AISHA], now=teller.worked(66, 12)
    )
    person.refresh_from_db()
    assessment = teller.known_by(
        person,
        AISHA,
        TOM,
        days_ago=64,
        what="Moves out of his parents’ house into a flat of his own next month.",
    )
    assessment = teller.decided(assessment, LEON, AISHA, TOM, days_ago=40)
    teller.planned(
        assessment,
        [Line("ABCDEFGI", "Support workers, morning and evening, 16 hours a week", "home_care", "16", "hour", "17.90",
              "council_managed", "Northbridge Independent Living")],
        AISHA,
        days_ago=9,
        starts_on=teller.today + timedelta(days=14),
        matters=LEON.matters,
        contribution="0.00",
        advice=("The college lends kitchen equipment to try.", "A falls course for people under 65."),
        agreed_how="Leon signed it on his tablet",
    )  # fmt: skip


# --- June: a yearly review that is late --------------------------------------------------------------------------------


def june(teller: Teller) -> None:
    aisha = teller.users[AISHA]
    # The first review was held 374 days ago, so the yearly one was due nine days ago.
    start = 374 + 44
    person = teller.person(
        "June", "Pettifer", date(1936, 1, 30), days_ago=start + 90, by="Priya Nair", gender="Female",
        phone="01632 960145", address_lines="2 Chapel Walk", postcode="ZZ1 7RS",
    )  # fmt: skip
    assessment = teller.known_by(
        person,
        AISHA,
        TOM,
        days_ago=start + 80,
        what="Her niece is worried: she eats little and fell on the step.",
    )
    assessment = teller.decided(assessment, JUNE, AISHA, TOM, days_ago=start + 60)
    plan = teller.planned(
        assessment,
        [Line("ABDEFG", "A call each morning and a longer one at weekends", "home_care", "11", "visit", "13.68",
              "council_managed", "Brookside Care at Home")],
        AISHA,
        days_ago=start + 30,
        starts_on=teller.today - timedelta(days=start),
        matters=JUNE.matters,
        contribution="41.20",
        advice=("Large-number phone and a talking newspaper.", "Yearly eye test; water by the chair."),
        agreed_how="June said yes with her niece there",
    )  # fmt: skip
    plan = teller.running(
        plan, AISHA, TOM, days_ago=start + 15, how="June read the figures and signed the letter"
    )
    plans.activate_when_ready(plan=plan, now=teller.exactly(start, 8))
    first = Review.objects.get(plan=plan, kind=Review.Kind.INITIAL)
    held = teller.today - timedelta(days=start - 44)
    moment = teller.exactly(start - 44, 15)
    plans.invite(review=first, version=None, by=aisha, now=teller.exactly(start - 30, 10))
    plans.hold_review(review=first, held_on=held, version=None, by=aisha, now=moment)
    plans.write_up(
        review=first,
        working="The morning calls come on time and June likes the two who come.",
        not_working="The weekend call is too late for breakfast.",
        changed="Nothing since the plan began.",
        person_words="They are good girls.",
        achieved=Review.Achieved.FULLY,
        budget_still_right="yes",
        version=None,
        by=aisha,
        now=moment,
    )
    plans.close_review(
        review=first,
        outcome=Review.Outcome.UNCHANGED,
        version=None,
        by=aisha,
        now=moment,
    )
    drafts.save(
        owner=aisha,
        kind="people.note",
        subject=person.ref,
        data={
            "kind": CaseNote.Kind.CALL.value,
            "text": "Niece rang about the review. She can come on a Thursday, and",
        },
        person_id=person.pk,
    )


# --- Harold: a budget that he says is wrong ----------------------------------------------------------------------------


def harold(teller: Teller) -> None:
    person = teller.person(
        "Harold", "Ashdown", date(1949, 11, 3), days_ago=150, by="Priya Nair", gender="Male",
        phone="01632 960146", address_lines="31 Quarry Hill", postcode="ZZ2 1AB",
    )  # fmt: skip
    assessment = teller.known_by(
        person,
        SUNITA,
        DOROTHY,
        days_ago=140,
        what="Mornings take him three hours. His wife died in the spring.",
    )
    assessment = teller.decided(assessment, HAROLD, SUNITA, DOROTHY, days_ago=120)
    plan = teller.planned(
        assessment,
        [Line("ABCDEI", "Help in the morning and at bedtime, and a lift to choir", "home_care", "12", "hour", "17.90",
              "council_managed", "Quarry Home Care")],
        SUNITA,
        days_ago=100,
        starts_on=teller.today - timedelta(days=75),
        matters=HAROLD.matters,
        contribution="38.50",
        advice=("A weighted razor and cutlery from the equipment store.", "Exercise group for people with Parkinson’s."),
        agreed_how="Harold signed it at home",
    )  # fmt: skip
    plan = teller.running(plan, SUNITA, DOROTHY, days_ago=85, how="Harold acknowledged them on the phone")
    plans.activate_when_ready(plan=plan, now=teller.exactly(75, 8))
    himself = User.objects.create_user(
        "harold.ashdown@people.example", name="Harold Ashdown", audience=User.Audience.PUBLIC
    )
    teller.users = {**teller.users, "Harold Ashdown": himself}
    people.grant_portal_access(
        user=himself,
        person=person,
        relation=PortalAccess.Relation.SELF,
        scope=PortalAccess.Scope.ACT,
        by=teller.users[SUNITA],
        now=teller.worked(70, 10),
    )
    budgets.ask_for_review(
        budget=PersonalBudget.objects.get(plan=plan),
        what_looks_wrong="You count twelve hours, but since October the bedtime help takes an hour and not forty minutes. "
        "And I do not see why I pay £38.50 when my pension has not changed.",
        by=himself,
        now=teller.exactly(2, 19, 5),
    )


LOCKED = (raised_last_night, enquiry_past_its_target)
STORIES = (
    peggy, derek, leon, june, harold, sandra, vera, iris, maureen, callum, brian, harry, winifred, peggy_writes,
    harold_is_helped,
)  # fmt: skip
