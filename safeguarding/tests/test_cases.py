"""From a concern to its closing, by the services: what the law and the council's rules ask of each step."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.tests.factories import UserFactory
from audit.models import Event
from core import clock
from core.versions import StaleVersion
from people import services as people
from people.tests.factories import PersonFactory
from safeguarding import services
from safeguarding.models import AbuseType, Concern, Enquiry, ProtectionPlan, S42Decision
from safeguarding.tests.factories import Case, ConcernFactory, manager_in
from worklist.models import Anchor, Task, WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db) -> Case:
    return Case()


def open_rules(case: Case) -> set[str]:
    return set(Anchor.objects.open().filter(subject_ref=case.concern.ref).values_list("rule_code", flat=True))


# Raising --------------------------------------------------------------------------------------------------------


def test_a_concern_about_an_adult_who_lives_elsewhere_is_accepted():
    case = Case()
    concern = services.raise_concern(
        what_happened="Hit at the station.",
        source="police",
        consent="not_asked",
        adult_given_names="Otto",
        adult_family_name="Faraway",
        adult_address="Another county",
        adult_postcode="ZZ99 3VZ",
        now=clock.now(),
    )

    assert concern.status == Concern.Status.CONCERN_RECEIVED
    assert concern.person is None
    assert concern.due_on is not None
    assert Concern.objects.visible_to(case.duty).filter(pk=concern.pk).exists()


def test_the_adult_is_found_by_name_and_birthday_where_that_is_certain(case):
    known = PersonFactory(given_names="Zoë", family_name="O’Neill", date_of_birth=date(1950, 1, 2))
    facts = {"what_happened": "x", "source": "self", "consent": "yes", "now": clock.now()}
    adult = {"adult_given_names": "zoe", "adult_family_name": "ONeill"}

    sure = services.raise_concern(**facts, **adult, adult_date_of_birth=date(1950, 1, 2))
    other_day = services.raise_concern(**facts, **adult, adult_date_of_birth=date(1950, 2, 1))
    PersonFactory(given_names="Zoe", family_name="O'Neill", date_of_birth=date(1950, 1, 2))
    two = services.raise_concern(**facts, **adult, adult_date_of_birth=date(1950, 1, 2))

    assert (sure.person, other_day.person, two.person) == (known, None, None)


@pytest.mark.parametrize("danger", [False, True], ids=["no danger", "danger"])
def test_a_concern_at_the_weekend_stands_in_the_list_at_once(case, danger):
    saturday = datetime(2026, 11, 28, 20, tzinfo=UTC)
    known = PersonFactory(given_names="Ida", family_name="Grey", date_of_birth=date(1950, 1, 2))

    concern = services.raise_concern(
        what_happened="x",
        source="family",
        consent="yes",
        adult_given_names="Ida",
        adult_family_name="Grey",
        adult_date_of_birth=date(1950, 1, 2),
        immediate_danger=danger,
        now=saturday,
    )

    task = Task.objects.get(anchor__subject_ref=concern.ref, kind__startswith="SG_SCREEN")
    assert (task.person, task.due_on) == (known, date(2026, 11, 28) if danger else date(2026, 12, 1))


def test_an_unmatched_concern_gets_its_reminders_when_somebody_says_whose_record_it_is(case):
    concern = services.raise_concern(
        what_happened="x", source="family", consent="yes", adult_given_names="Ida", now=clock.now()
    )
    assert not Anchor.objects.filter(subject_ref=concern.ref).exists()

    person, wrong = PersonFactory(), PersonFactory()
    services.match(concern=concern, person=wrong, version=None, by=case.duty, now=clock.now())
    services.match(concern=concern, person=person, version=None, by=case.duty, now=clock.now())

    assert not Anchor.objects.open().filter(subject_ref=concern.ref, person=wrong).exists()
    assert not WorkItem.objects.open().filter(subject_ref=concern.ref, person=wrong).exists()
    assert set(
        Anchor.objects.open()
        .filter(subject_ref=concern.ref, person=person)
        .values_list("rule_code", flat=True)
    ) == {"SG_SCREEN", "SG_DECISION"}
    assert WorkItem.objects.open().get(subject_ref=concern.ref).person == person


def test_everything_a_concern_leaves_behind_carries_its_list(case):
    case.screened()

    rows = [
        *Event.objects.filter(subject_ref=case.concern.ref),
        *Anchor.objects.filter(subject_ref=case.concern.ref),
        *Task.objects.filter(anchor__subject_ref=case.concern.ref),
        *WorkItem.objects.filter(subject_ref=case.concern.ref),
    ]
    assert len(rows) >= 5
    assert {row.access_list_id for row in rows} == {case.concern.access_list_id}


# Screening and deciding -----------------------------------------------------------------------------------------


def test_the_first_look_needs_each_answer_and_what_follows_from_it(case):
    for missing in ("immediate_action", "risk", "crime", "child_at_risk", "referrer_acknowledged"):
        with pytest.raises(ValidationError) as refused:
            case.screened(**{missing: ""})
        assert missing in refused.value.message_dict
    with pytest.raises(ValidationError, match="police"):
        case.screened(crime="yes")
    with pytest.raises(ValidationError, match="children"):
        case.screened(child_at_risk="yes")

    case.screened()
    assert case.concern.status == "screened"
    assert open_rules(case) == {"SG_DECISION"}


def test_refused_consent_does_not_stop_the_decision_and_going_on_needs_its_reason(case):
    case.screened().heard()
    voice = {
        "spoken_to": "yes", "why_not_spoken_to": "", "outcomes_asked": "expressed", "consent": "no", "consent_limits": "",
    }  # fmt: skip
    with pytest.raises(ValidationError, match="without their consent"):
        case.do(
            services.record_voice,
            case.duty,
            **voice,
            override="crime",
            override_reason="",
            told_of_override="x",
        )
    case.do(
        services.record_voice, case.duty, **voice, override="crime", override_reason="Theft",
        told_of_override="Told on the phone",
    )  # fmt: skip

    case.decided()

    assert case.concern.status == "s42_decision"


@pytest.mark.parametrize(
    ("answers", "result", "status"),
    [
        (("yes", "yes", "yes"), "s42", "s42_decision"),
        (("yes", "no", "yes"), "not_met", "s42_decision"),
        (("yes", "yes", "not_known"), "gather", "info_gathering"),
        (("no", "not_known", "no"), "gather", "info_gathering"),
    ],
)
def test_three_yes_and_only_they_are_section_42_and_what_is_not_known_is_gathered(
    case, answers, result, status
):
    case.decided(*answers)

    assert S42Decision.objects.get(concern=case.concern).result == result
    assert case.concern.status == status


def test_the_database_itself_refuses_section_42_without_three_yes(case):
    case.decided("yes", "no", "yes")
    decision = S42Decision.objects.get(concern=case.concern)
    with pytest.raises(IntegrityError), transaction.atomic():
        S42Decision.objects.filter(pk=decision.pk).update(result="s42")
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.create(
            concern=case.concern, decision=decision, kind="s42", lead=case.lead, risk="high", planned_at=case.now,
            created_at=case.now, updated_at=case.now,
        )  # fmt: skip


def test_a_manager_without_a_live_registration_is_refused_with_the_reason(case):
    case.screened().heard()
    expired = manager_in(case.team, registered=False)
    services.let_know(
        concern=case.concern, user=expired, reason="manages", version=None, by=case.manager, now=clock.now()
    )
    with pytest.raises(PermissionDenied, match="live professional registration"):
        case.decided(by=expired)
    case.manager.registrations.update(valid_to=clock.today() - timedelta(days=1))
    case.manager.__dict__.pop("_registered_on", None)
    with pytest.raises(PermissionDenied, match="live professional registration"):
        case.decided()
    with pytest.raises(PermissionDenied, match="Only a safeguarding adults manager"):
        case.decided(by=case.duty)
    assert not S42Decision.objects.exists()


def test_a_decision_waits_for_the_adult_and_for_capacity_and_advocacy(case):
    case.screened()
    facts = {
        "limb_a": "yes",
        "reason_a": "a",
        "limb_b": "yes",
        "reason_b": "b",
        "limb_c": "no",
        "reason_c": "c",
    }
    with pytest.raises(ValidationError, match="spoken to the person, or why not and capacity"):
        case.do(services.decide, case.manager, **facts)
    with pytest.raises(ValidationError, match="reason"):
        case.do(services.decide, case.manager, **{**facts, "reason_b": " "})


def test_where_the_duty_applies_no_further_action_is_refused_and_an_other_enquiry_says_why(case):
    case.decided()
    with pytest.raises(ValidationError, match="must make enquiries"):
        case.do(services.no_further_action, case.manager, disposition="advice", end_reason="x")

    other = Case.__new__(Case)
    other.__dict__.update(case.__dict__)
    other.concern = services.raise_concern(
        person=case.person, what_happened="y", source="self", consent="yes", now=clock.now()
    )
    other.decided("yes", "no", "yes")
    with pytest.raises(ValidationError, match="proportionate"):
        other.planned()
    other.planned(why_other="Third fall in the same home.")
    assert Enquiry.objects.get(concern=other.concern).kind == "other"


# The enquiry ----------------------------------------------------------------------------------------------------


def test_the_lead_needs_a_registration_and_joins_those_who_know(case):
    case.decided()
    unqualified = UserFactory()
    with pytest.raises(ValidationError, match="live professional registration"):
        case.planned(lead=unqualified)
    assert not Concern.objects.visible_to(case.lead).exists()

    case.planned()

    assert Concern.objects.visible_to(case.lead).get() == case.concern
    assert WorkItem.objects.open().get(subject_ref=case.concern.ref).owner == case.lead


def test_an_enquiry_ends_only_when_everything_asked_of_others_is_assured(case):
    case.started()
    case.do(
        services.ask_another, case.lead, agency="The bank", contact="", scope="Withdrawals", terms="In writing",
        no_conflict="Asked", due_on=clock.today() + timedelta(days=7),
    )  # fmt: skip
    with pytest.raises(ValidationError, match="Not received and assured yet: The bank"):
        case.do(services.conclude, case.lead, **case.outcome_facts())
    caused = case.concern.caused.get()
    report = {
        "caused": caused,
        "received_on": clock.today(),
        "report": "List",
        "quality_reason": "Half of it",
    }
    case.do(services.record_report, case.lead, **report, quality="returned")
    with pytest.raises(ValidationError, match="Not received"):
        case.do(services.conclude, case.lead, **case.outcome_facts())
    case.do(services.record_report, case.lead, **report, quality="accepted")

    case.do(services.conclude, case.lead, **case.outcome_facts())

    assert case.concern.status == "outcomes"


@pytest.mark.parametrize(
    ("facts", "question"),
    [
        ({"risk_result": "RI_NA", "risk_outcome": ""}, "risk_outcome"),
        ({"risk_result": "NR_NA", "risk_outcome": "removed"}, "risk_outcome"),
        ({"outcomes_achieved": ""}, "outcomes_achieved"),
        ({"outcomes_asked": "no", "outcomes_achieved": "fully"}, "outcomes_achieved"),
        ({"risk_result": "CEASED", "risk_outcome": ""}, "risk_result"),
        ({"was_unable": ""}, "was_unable"),
    ],
)
def test_the_outcomes_go_together_as_the_collection_counts_them(case, facts, question):
    case.started()
    with pytest.raises(ValidationError) as refused:
        case.do(services.conclude, case.lead, **case.outcome_facts(**facts))
    assert question in refused.value.message_dict


def test_the_database_itself_keeps_the_risk_outcome_and_the_achieved_outcome_empty_where_they_must_be(case):
    case.concluded()
    enquiry = Enquiry.objects.filter(concern=case.concern)
    for wrong in ({"risk_result": "NR_AT"}, {"outcomes_asked": "no"}, {"closed_by": case.lead}):
        with pytest.raises(IntegrityError), transaction.atomic():
            enquiry.update(**wrong)


def test_every_risk_wish_and_person_alleged_gets_an_outcome(case):
    case.started()
    with pytest.raises(ValidationError, match="what became of each risk"):
        case.do(services.conclude, case.lead, **case.outcome_facts(risks={}))
    with pytest.raises(ValidationError, match="each wish"):
        case.do(services.conclude, case.lead, **case.outcome_facts(wishes={}))


# The plan and the end -------------------------------------------------------------------------------------------


def test_a_protection_plan_is_reviewed_within_three_months(case):
    case.concluded()
    plan = {
        "steps": "a", "support": "", "service_changes": "", "justice": "", "ongoing_risk": "b", "action": "c",
        "action_outcome": "d", "action_owner": "e", "action_due_on": clock.today(),
    }  # fmt: skip
    with pytest.raises(ValidationError, match="within 3 months"):
        case.do(services.protect, case.manager, **plan, review_on=clock.today() + timedelta(days=95))
    case.do(services.protect, case.manager, **plan, review_on=clock.today() + timedelta(days=60))
    with pytest.raises(IntegrityError), transaction.atomic():
        ProtectionPlan.objects.update(review_on=clock.today() + timedelta(days=95))

    assert open_rules(case) == {"SG_PLAN_REVIEW"}


def test_a_plan_is_reviewed_goes_on_and_ends_before_the_case_closes(case):
    case.protected()
    review = {"held_on": clock.today(), "summary": "Works.", "adult_view": "Good."}
    case.do(services.review, case.lead, **review, result="continues")
    assert not {line.number: line.holds for line in services.checklist(case.concern, case.manager)}[6]
    case.do(services.renew, case.manager, review_on=clock.today() + timedelta(days=30))
    assert case.concern.status == "plan_active"
    case.do(services.review, case.lead, **review, result="not_needed")
    case.do(services.tell, case.duty, adult_told="Rang", referrer_told="Thanked")
    case.do(services.consider_review, case.manager, sar_considered="not_met", sar_reason="No.")

    case.do(services.close, case.manager, end_reason="Safe.")

    assert case.concern.status == "closed"
    assert open_rules(case) == set()
    assert not WorkItem.objects.open().filter(subject_ref=case.concern.ref).exists()


def test_the_checklist_names_every_line_that_is_missing_and_closing_is_refused_with_them(case):
    case.concluded()
    missing = {line.number for line in services.checklist(case.concern, case.manager) if not line.holds}
    assert missing == {6, 8, 9, 12}
    assert {line.number for line in services.checklist(case.concern, case.lead) if not line.holds} == {
        6, 8, 9, 10, 12,
    }  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        case.do(services.close, case.manager, end_reason="x")
    assert len(refused.value.messages) == 4


def test_whoever_led_the_enquiry_does_not_close_it(case):
    case.planned(lead=case.second)
    assert not services.checklist(case.concern, case.second)[9].holds
    case.lead = case.second
    case.do(
        services.start_enquiry, case.manager, questions="a", who_does_what="b", sharing_basis="c",
        discussed_on=clock.today(), discussed_with="d",
    )  # fmt: skip
    case.do(services.conclude, case.second, **case.outcome_facts())
    with pytest.raises(PermissionDenied, match="does not also close it"):
        case.do(services.close, case.second, end_reason="x")


def test_reopening_keeps_everything_that_was_written(case):
    case.closed()
    before = (case.concern.decisions.count(), case.concern.enquiries.count(), case.concern.risks.count())

    case.do(services.reopen, case.manager, reason="It happened again.")

    assert case.concern.status == "reopened"
    assert (
        case.concern.decisions.count(),
        case.concern.enquiries.count(),
        case.concern.risks.count(),
    ) == before
    assert open_rules(case) == {"SG_DECISION"}
    case.decided()
    case.planned()
    assert case.concern.enquiries.count() == 2


def test_a_case_of_somebody_who_has_died_stays_open_until_a_review_was_considered(case):
    case.started()
    people.record_death(
        person=case.person, date_of_death=clock.today(), version=None, by=case.duty, now=clock.now()
    )

    case.concern.refresh_from_db()
    assert case.concern.status == "enquiry"
    assert open_rules(case) == {"SG_ENQUIRY"}
    task = Task.objects.open().get(kind="safeguarding.review")
    assert task.access_list_id == case.concern.access_list_id
    with pytest.raises(ValidationError, match="has died"):
        case.do(services.cease, case.manager, end_reason="x")
    with pytest.raises(ValidationError, match="has died"):
        case.do(services.transfer, case.manager, other_council="x", end_reason="y")
    case.do(
        services.consider_review, case.manager, sar_considered="mandatory", sar_reason="Neglect suspected."
    )
    assert not Task.objects.open().filter(kind="safeguarding.review").exists()
    case.do(services.cease, case.manager, end_reason="x")
    assert case.concern.status == "ceased_at_request"


def test_after_an_ending_the_adult_and_the_reporter_are_told_within_five_working_days(case):
    case.screened()
    case.do(services.set_aside, case.manager, disposition="advice", end_reason="A quarrel about a hedge.")
    assert open_rules(case) == {"SG_FEEDBACK"}

    case.do(services.tell, case.duty, adult_told="Rang", referrer_told="Wrote")

    assert open_rules(case) == set()


def test_a_passed_target_asks_for_a_reason_and_never_changes_the_state(case):
    case.started()
    Concern.objects.filter(pk=case.concern.pk).update(due_on=clock.today() - timedelta(days=3))
    case.do(services.give_delay, case.lead, reason="police", text="They interview first.")

    assert case.concern.status == "enquiry"
    assert case.concern.delays.get().stage == "enquiry"


def test_somebody_who_read_an_older_version_is_refused(case):
    case.screened()
    with pytest.raises(StaleVersion):
        services.gather(concern=case.concern, text="x", version=1, by=case.duty, now=clock.now())


# Targets --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "danger", "screen_by"),
    [
        # domain/reviews-and-reminders.md 3, example 4: the 25th and 28th are holidays.
        (datetime(2026, 12, 24, 10, tzinfo=clock.LONDON), False, date(2026, 12, 29)),
        (datetime(2026, 11, 25, 17, 30, tzinfo=clock.LONDON), False, date(2026, 11, 27)),
        (datetime(2026, 12, 26, 3, tzinfo=clock.LONDON), True, date(2026, 12, 26)),
    ],
)
def test_the_first_look_is_due_the_next_working_day_and_at_once_in_danger(received, danger, screen_by):
    clock._offset.set(received - clock.real_now())
    case = Case(immediate_danger=danger, now=received)

    assert case.concern.due_on == screen_by


def test_planning_has_five_working_days_over_the_holidays_and_one_where_the_risk_is_high():
    moment = datetime(2026, 12, 24, 10, tzinfo=clock.LONDON)
    clock._offset.set(moment - clock.real_now())
    case = Case()
    case.decided()
    assert case.concern.due_on == date(2027, 1, 5)

    urgent = Case.__new__(Case)
    urgent.__dict__.update(case.__dict__)
    urgent.concern = services.raise_concern(
        person=case.person, what_happened="y", source="self", consent="yes", now=clock.now()
    )
    urgent.screened(risk="high").decided()
    assert urgent.concern.due_on == date(2026, 12, 29)


def test_each_ending_without_a_case_is_named_in_the_constraints():
    for wrong in (
        {"status": "nfa"},
        {"status": "closed"},
        {"status": "duplicate"},
        {"capacity_supported": "yes"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ConcernFactory(**wrong)


def test_eleven_types_are_stored_and_map_to_the_ten_of_the_guidance():
    assert len(AbuseType) == 11
    assert len({kind.of_the_guidance for kind in AbuseType}) == 10
