"""Every action on an assessment in every state by every role, and what each one leaves behind."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Role
from accounts.services import system_user
from accounts.tests.factories import TeamFactory, UserFactory
from assessments import services, workflow
from assessments.models import Assessment, EligibilityDetermination, OutcomeAnswer, Section
from assessments.tests.factories import (
    AssessmentFactory,
    complete_assessment,
)
from audit.models import Event
from core.versions import StaleVersion
from core.workflow import WrongState
from people.tests.factories import AllocationFactory, PersonFactory
from worklist.models import Anchor, Notification, Task, WorkItem

pytestmark = pytest.mark.django_db

STATES = list(Assessment.Status.values)
DIED = {"end_by_death": "abandoned"}
REFUSED_OR_STOPPED = {"refuse": "refused", "abandon": "abandoned", **DIED}
# What each state leads to, action by action; what is not written here is refused.
ROWS = {
    "planned": {"start": "started", **REFUSED_OR_STOPPED},
    "started": {"mark_complete": "draft_complete", **REFUSED_OR_STOPPED},
    "draft_complete": {"share": "shared_with_person", **REFUSED_OR_STOPPED},
    "shared_with_person": {"record_comments": "comments_received", **REFUSED_OR_STOPPED},
    "comments_received": {"submit": "submitted", **REFUSED_OR_STOPPED},
    "submitted": {"authorise": "authorised", "return_for_changes": "returned", **DIED},
    "returned": {"mark_complete": "draft_complete", "submit": "submitted", **REFUSED_OR_STOPPED},
    "authorised": {"issue": "issued"},
    "issued": {},
    "refused": {},
    "abandoned": {},
    "superseded": {},
}
ACTIONS = (
    "start",
    "mark_complete",
    "share",
    "record_comments",
    "submit",
    "authorise",
    "return_for_changes",
    "issue",
    "refuse",
    "abandon",
    "end_by_death",
)


def act(action: str, assessment: Assessment, *, by, now, version=None):
    facts = {
        "start": {"assessor": by, "method": "face_to_face"},
        "mark_complete": {},
        "share": {"how": "by_hand"},
        "record_comments": {"view": "agrees"},
        "submit": {"reasons": "", "advice": ""},
        "authorise": {},
        "return_for_changes": {"reason": "Say more about the nights."},
        "issue": {"format": "Large print"},
        "refuse": {
            "reason": "Does not want help.",
            "has_capacity": True,
            "in_best_interests": False,
            "at_risk": False,
        },
        "abandon": {"reason": "Moved away."},
        "end_by_death": {},
    }[action]
    return getattr(services, action)(assessment=assessment, version=version, by=by, now=now, **facts)


def actor_for(action: str, assessment: Assessment):
    if action == "end_by_death":
        return system_user()
    if action in ("authorise", "return_for_changes"):
        return UserFactory(manager_of=assessment.team)
    return UserFactory(worker_in=assessment.team)


def test_the_table_has_a_row_for_every_state_and_a_column_for_every_action():
    assert set(ROWS) == set(STATES)
    assert set(ACTIONS) == set(workflow.ACTIONS)


@pytest.mark.parametrize("kind", ["needs", "carer"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_fits_the_states_of_the_table_and_no_other(state, action, kind, now):
    assessment = complete_assessment(kind=kind, **{state: True})
    by = actor_for(action, assessment)
    target = ROWS[state].get(action)

    if target is None:
        with pytest.raises(WrongState):
            act(action, assessment, by=by, now=now)
        assessment.refresh_from_db()
        assert assessment.status == state
        assert not Event.objects.filter(code__startswith="assessments.").exists()
    else:
        act(action, assessment, by=by, now=now)
        assessment.refresh_from_db()
        assert assessment.status == target
        assert assessment.version == 2
        assert Event.objects.filter(code__startswith="assessments.").count() == 1


#                    writes (start … submit)  authorises, returns  ends (refuse, abandon, issue)  ends by death
ROLES = {
    "assessor": (True, False, True, False),
    "colleague": (True, False, True, False),
    "occupational therapist": (True, False, True, False),
    "manager": (False, True, True, False),
    "manager elsewhere": (False, False, False, False),
    "worker elsewhere": (False, False, False, False),
    "broker": (False, False, False, False),
    "finance officer": (False, False, False, False),
    "service manager": (False, False, False, False),
    "administrator": (False, False, False, False),
    "the machine": (False, False, False, True),
}
GROUPS = {
    "start": 0,
    "mark_complete": 0,
    "share": 0,
    "record_comments": 0,
    "submit": 0,
    "authorise": 1,
    "return_for_changes": 1,
    "issue": 2,
    "refuse": 2,
    "abandon": 2,
    "end_by_death": 3,
}
FITTING = {
    "start": "planned",
    "mark_complete": "started",
    "share": "draft_complete",
    "record_comments": "shared_with_person",
    "submit": "comments_received",
    "authorise": "submitted",
    "return_for_changes": "submitted",
    "issue": "authorised",
    "refuse": "started",
    "abandon": "started",
    "end_by_death": "submitted",
}


def user_as(role: str, assessment: Assessment):
    team, elsewhere = assessment.team, TeamFactory()
    return {
        "assessor": lambda: assessment.assessor,
        "colleague": lambda: UserFactory(worker_in=team),
        "occupational therapist": lambda: UserFactory(role_in=(Role.OCCUPATIONAL_THERAPIST, team)),
        "manager": lambda: UserFactory(manager_of=team),
        "manager elsewhere": lambda: UserFactory(manager_of=elsewhere),
        "worker elsewhere": lambda: UserFactory(worker_in=elsewhere),
        "broker": lambda: UserFactory(role_in=(Role.BROKER, team)),
        "finance officer": lambda: UserFactory(role_in=(Role.FINANCE_OFFICER, team)),
        "service manager": lambda: UserFactory(role_in=(Role.SERVICE_MANAGER, team)),
        "the machine": system_user,
        "administrator": lambda: UserFactory(role_in=(Role.ADMINISTRATOR, team)),
    }[role]()


@pytest.mark.parametrize("kind", ["needs", "carer"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_is_open_to_the_roles_of_the_table_and_no_other(role, action, kind, now):
    assessment = complete_assessment(kind=kind, **{FITTING[action]: True})
    by = user_as(role, assessment)

    if ROLES[role][GROUPS[action]]:
        act(action, assessment, by=by, now=now)
    else:
        with pytest.raises(PermissionDenied):
            act(action, assessment, by=by, now=now)
        assessment.refresh_from_db()
        assert assessment.status == FITTING[action]
        assert not Event.objects.filter(code__startswith="assessments.").exists()


def test_whoever_assessed_or_sent_it_cannot_authorise_it_even_as_manager(now):
    # Given a manager who also assessed, and another who sent a colleague's assessment
    assessment = complete_assessment(submitted=True)
    for name in ("assessor", "submitted_by"):
        manager = UserFactory(manager_of=assessment.team)
        setattr(assessment, name, manager)
        assessment.save()

        # Then neither may authorise it
        with pytest.raises(PermissionDenied, match="cannot also authorise"):
            services.authorise(assessment=assessment, version=None, by=manager, now=now)


def test_an_action_from_an_older_version_is_refused(now):
    assessment = complete_assessment(submitted=True)
    manager = UserFactory(manager_of=assessment.team)

    with pytest.raises(StaleVersion):
        services.authorise(assessment=assessment, version=7, by=manager, now=now)


def test_submitting_asks_the_managers_and_keeps_the_answers_as_they_stood(now):
    assessment = complete_assessment()

    determination = services.submit(
        assessment=assessment, reasons="In her words.", advice="", version=1, by=assessment.assessor, now=now
    )

    assert determination.result == "eligible"
    assert determination.unable_codes == ["A", "B", "E"]
    assert determination.reasons == "In her words."
    assert determination.answers["eating-and-drinking"]["limbs"] == ["needs_assistance"]
    task = Task.objects.get(kind="authorise_assessment")
    assert (task.team, task.owner, task.status) == (assessment.team, None, "open")


def test_an_assessment_with_gaps_is_not_sent_and_every_gap_is_named(now):
    assessment = complete_assessment()
    Section.objects.filter(slug="capacity").update(answers={})
    OutcomeAnswer.objects.filter(code="C").delete()
    OutcomeAnswer.objects.filter(code="A").update(limbs=[])

    with pytest.raises(ValidationError) as error:
        services.submit(
            assessment=assessment, reasons="", advice="", version=1, by=assessment.assessor, now=now
        )

    words = " ".join(error.value.messages)
    assert "Capacity and advocacy" in words
    assert "Using the toilet" in words
    assert "Tick every one that is true" in words
    assert not EligibilityDetermination.objects.exists()


def test_an_assessment_that_is_not_eligible_needs_written_advice(now):
    assessment = complete_assessment(unable=("A",))

    with pytest.raises(ValidationError, match="Written advice"):
        services.submit(
            assessment=assessment, reasons="", advice="", version=1, by=assessment.assessor, now=now
        )
    determination = services.submit(
        assessment=assessment,
        reasons="",
        advice="The lunch club.",
        version=1,
        by=assessment.assessor,
        now=now,
    )

    assert determination.result == "not_eligible"
    assert not any(need["eligible"] for need in services.eligible_needs(assessment))


def test_who_wants_to_assess_themself_with_capacity_is_assessed_that_way(now):
    assessment = complete_assessment()
    section = Section.objects.get(slug="consent")
    section.answers["supported_self"] = "yes"
    section.save()
    facts = {"reasons": "", "advice": "", "by": assessment.assessor, "now": now}

    with pytest.raises(ValidationError, match="wants to do it themself"):
        services.submit(assessment=assessment, version=1, **facts)
    services.change_method(
        assessment=assessment, method="supported_self", version=1, by=assessment.assessor, now=now
    )

    assert services.submit(assessment=assessment, version=2, **facts).result == "eligible"


def test_a_returned_assessment_is_sent_again_and_the_second_decision_replaces_the_first(now):
    # Given an assessment that was returned
    assessment = complete_assessment(submitted=True)
    manager = UserFactory(manager_of=assessment.team)
    services.return_for_changes(
        assessment=assessment, reason="Look at nights.", version=1, by=manager, now=now
    )
    assert Notification.objects.filter(
        recipient=assessment.assessor, template="assessments.returned"
    ).exists()
    assert Task.objects.filter(kind="change_assessment", owner=assessment.assessor, status="open").exists()

    # When an answer is changed and it is sent again
    services.save_outcome(
        assessment=assessment,
        code="E",
        facts={"answer": "achieves"},
        version=1,
        by=assessment.assessor,
        now=now,
    )
    services.submit(assessment=assessment, reasons="", advice="", version=2, by=assessment.assessor, now=now)

    # Then there is one decision, on the new answers, and one open task
    assert EligibilityDetermination.objects.get().unable_codes == ["A", "B"]
    assert [task.kind for task in Task.objects.filter(status="open")] == ["authorise_assessment"]


def test_authorising_stamps_the_decision_and_replaces_the_assessment_before_it(now):
    old = complete_assessment(issued=True)
    assessment = complete_assessment(submitted=True, person=old.person, team=old.team)
    manager = UserFactory(manager_of=assessment.team)

    services.authorise(assessment=assessment, version=1, by=manager, now=now)

    old.refresh_from_db()
    assert old.status == "superseded"
    assert EligibilityDetermination.objects.get(assessment=assessment).authorised_by == manager
    assert Task.objects.get(status="open").kind == "issue_assessment"


def test_giving_it_to_the_person_ends_the_work_and_dates_the_decision(now):
    assessment = complete_assessment(authorised=True)

    services.issue(assessment=assessment, format="Easy read", by=assessment.assessor, now=now)

    assessment.refresh_from_db()
    assert assessment.issued_format == "Easy read"
    assert assessment.determination.issued_on == assessment.issued_on
    assert not WorkItem.objects.open().exists()


def test_it_cannot_have_been_given_before_it_was_authorised_nor_tomorrow(now):
    assessment = complete_assessment(authorised=True)
    for days in (-30, 1):
        on = now.date().fromordinal(now.date().toordinal() + days)
        with pytest.raises(ValidationError):
            services.issue(assessment=assessment, format="Easy read", by=assessment.assessor, now=now, on=on)


@pytest.mark.parametrize(
    "has_capacity,in_best_interests,at_risk,counts",
    [
        (True, False, False, True),
        (True, True, False, True),
        (False, False, False, True),
        (False, True, False, False),
        (True, False, True, False),
        (False, True, True, False),
    ],
)
def test_a_refusal_counts_only_after_the_check_of_section_eleven(
    has_capacity, in_best_interests, at_risk, counts, now
):
    assessment = AssessmentFactory(started=True)
    facts = {"has_capacity": has_capacity, "in_best_interests": in_best_interests, "at_risk": at_risk}

    def refuse():
        services.refuse(
            assessment=assessment, reason="No.", version=1, by=assessment.assessor, now=now, **facts
        )

    if counts:
        refuse()
        assessment.refresh_from_db()
        assert assessment.status == "refused"
    else:
        with pytest.raises(ValidationError, match="does not count"):
            refuse()


def test_a_carer_may_always_refuse(now):
    assessment = AssessmentFactory(carer=True, planned=True)

    services.refuse(
        assessment=assessment,
        reason="Not now.",
        has_capacity=True,
        in_best_interests=False,
        at_risk=True,
        version=1,
        by=assessment.assessor,
        now=now,
    )

    assessment.refresh_from_db()
    assert assessment.status == "refused"


def test_nobody_is_asked_for_twice_at_a_time(now):
    person, team = PersonFactory(), TeamFactory()
    facts = {"person": person, "team": team, "by": UserFactory(worker_in=team), "now": now}

    services.request_assessment(kind="needs", **facts)
    services.request_assessment(kind="carer", **facts)
    with pytest.raises(ValidationError, match="already open"):
        services.request_assessment(kind="needs", **facts)

    assert WorkItem.objects.open().count() == 2


def test_a_new_assessment_begins_from_the_last_one_and_watches_that_somebody_leads(now):
    old = complete_assessment(issued=True)
    by = UserFactory(worker_in=old.team)

    new = services.request_assessment(person=old.person, team=old.team, kind="needs", by=by, now=now)

    assert new.previous == old
    assert Anchor.objects.filter(rule_code="UNALLOCATED", person=old.person, status="open").count() == 1


def test_no_reminder_of_a_missing_worker_where_there_is_one(now):
    allocation = AllocationFactory()

    services.request_assessment(
        person=allocation.person, team=allocation.team, kind="needs", by=allocation.worker, now=now
    )

    assert not Anchor.objects.filter(rule_code="UNALLOCATED").exists()


def test_when_nothing_is_open_any_more_nobody_has_to_lead(now):
    team = TeamFactory()
    by = UserFactory(worker_in=team)
    person = PersonFactory()
    one = services.request_assessment(person=person, team=team, kind="needs", by=by, now=now)
    two = services.request_assessment(person=person, team=team, kind="ot", by=by, now=now)
    waiting = Anchor.objects.filter(rule_code="UNALLOCATED", status="open")

    services.abandon(assessment=one, reason="Asked for twice.", version=1, by=by, now=now)
    assert waiting.exists()
    services.abandon(assessment=two, reason="Moved away.", version=1, by=by, now=now)

    assert not waiting.exists()


def test_only_a_manager_gives_work_to_somebody_else(now):
    assessment = AssessmentFactory(assessor=None)
    worker, colleague = UserFactory(worker_in=assessment.team), UserFactory(worker_in=assessment.team)
    manager, stranger = UserFactory(manager_of=assessment.team), UserFactory(worker_in=TeamFactory())

    with pytest.raises(ValidationError, match="Only the team’s manager"):
        services.assign(assessment=assessment, assessor=colleague, version=1, by=worker, now=now)
    with pytest.raises(ValidationError, match="do not assess in that team"):
        services.assign(assessment=assessment, assessor=stranger, version=1, by=manager, now=now)
    services.assign(assessment=assessment, assessor=colleague, version=1, by=manager, now=now)

    assert Notification.objects.get(channel="in_app").recipient == colleague


def test_eligible_needs_are_what_the_plan_begins_from():
    assessment = complete_assessment(submitted=True)

    needs = services.eligible_needs(assessment)

    assert [need["code"] for need in needs] == ["A", "B", "E"]
    assert all(need["eligible"] for need in needs)
    assert needs[0]["level"] == 2
    assert needs[0]["outcome_wanted"] == "To do it again with a little help."
