"""The person reads the draft before anybody decides: complete, shared, answered, and only then sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from assessments import sections, services
from assessments.models import Assessment, Section, Sharing
from assessments.tests.factories import SharingFactory, complete_assessment
from assessments.tests.helpers import address
from audit.models import Event
from core import clock
from core.workflow import WrongState
from people.tests.factories import CommunicationNeedFactory, PortalAccessFactory
from worklist.models import Notification, Task

pytestmark = pytest.mark.django_db


def open_tasks() -> list[str]:
    return [task.kind for task in Task.objects.filter(status="open").order_by("pk")]


def day(name: str, on) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_from_a_complete_draft_to_sending_one_task_follows_the_other(now):
    assessment = complete_assessment(started=True)
    facts = {"assessment": assessment, "version": None, "by": assessment.assessor, "now": now}

    services.mark_complete(**facts)
    assert open_tasks() == ["share_assessment"]
    services.share(how="post", **facts)
    assert open_tasks() == ["comments_assessment"]
    services.record_comments(view="nothing", **facts)
    assert open_tasks() == ["send_assessment"]
    services.submit(reasons="", advice="", **facts)
    assert open_tasks() == ["authorise_assessment"]

    codes = (
        Event.objects.filter(code__startswith="assessments.").order_by("pk").values_list("code", flat=True)
    )
    assert [code.rpartition(".")[2] for code in codes] == [
        "marked_complete", "shared", "commented", "submitted"
    ]  # fmt: skip


def test_a_draft_with_gaps_is_not_complete_but_needs_no_judgement_yet(now):
    assessment = complete_assessment(started=True)
    facts = {"assessment": assessment, "version": 1, "by": assessment.assessor, "now": now}
    Section.objects.filter(slug="impact").delete()
    Section.objects.filter(slug="helpers").update(answers={})

    with pytest.raises(ValidationError, match="Who helps now"):
        services.mark_complete(**facts)
    Section.objects.filter(slug="helpers").update(answers={"carer": "no", "young_carer": "no"})

    assert services.mark_complete(**facts).status == "draft_complete"


def test_nothing_is_sent_before_the_person_was_asked(now):
    for state in ("started", "draft_complete", "shared_with_person"):
        assessment = complete_assessment(**{state: True})
        with pytest.raises(WrongState):
            services.submit(
                assessment=assessment, reasons="", advice="", version=1, by=assessment.assessor, now=now
            )


def test_what_the_person_saw_stays_as_it_was_and_says_nothing_of_abuse(now):
    # Given a draft with a sign of abuse in it
    assessment = complete_assessment(draft_complete=True)
    Section.objects.filter(slug="safety").update(
        answers={"safeguarding": "yes", "safeguarding_done": "Bruises; told the safeguarding team."}
    )
    by = assessment.assessor

    # When it is shared and an answer is changed afterwards
    sharing = services.share(assessment=assessment, how="by_hand", version=1, by=by, now=now)
    services.save_section(
        assessment=assessment, slug="matters", answers={"matters": "My cat."}, version=1, by=by, now=now
    )

    # Then the copy is that of the day, without what could put somebody at risk
    sharing.refresh_from_db()
    assert sharing.answers["matters"]["matters"].startswith("I want to stay")
    assert not {"safety", "impact"} & sharing.answers.keys()
    page = signed_in_client(by).get(address("print-draft", assessment)).content.decode()
    assert "I want to stay in my own home" in page
    assert "Bruises" not in page
    assert "My cat." not in page


def test_the_copy_leaves_out_what_was_not_asked():
    parts = sections.read(
        sections.NEEDS,
        {
            "helpers": {"carer": "no", "carer_who": "Left over", "young_carer": "no"},
            "getting-dressed": {"answer": "unable", "limbs": ["endangers"], "worker_view": ""},
        },
        first_name="June",
    )

    assert [part.title for part in parts] == ["Who helps now", "Getting dressed"]
    assert parts[0].rows == (
        ("Does an unpaid carer help June?", "No"),
        ("Does a child or young person help June?", "No"),
    )
    assert [label for label, _ in parts[1].rows] == [
        "Can June do this?",
        "Why is June unable? Tick every one that is true",
    ]


@pytest.mark.parametrize("days,how", [(1, "post"), (-30, "post"), (0, "pigeon")])
def test_a_day_or_a_way_that_cannot_be_is_refused(days, how, now):
    assessment = complete_assessment(draft_complete=True)
    on = clock.london_date(now) + timedelta(days=days)

    with pytest.raises(ValidationError):
        services.share(assessment=assessment, how=how, on=on, version=1, by=assessment.assessor, now=now)

    assessment.refresh_from_db()
    assert assessment.status == "draft_complete"
    assert not Sharing.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"view": "partly"},
        {"view": "disagrees", "comments": "  "},
        {"view": "perhaps"},
        {"view": "agrees", "on": "tomorrow"},
        {"view": "agrees", "on": "before"},
    ],
)
def test_comments_that_cannot_be_are_refused(facts, now):
    assessment = complete_assessment(shared_with_person=True)
    today = clock.london_date(now)
    days = {"tomorrow": today + timedelta(days=1), "before": today - timedelta(days=9), None: None}
    facts = {**facts, "on": days[facts.get("on")]}

    with pytest.raises(ValidationError):
        services.record_comments(assessment=assessment, version=1, by=assessment.assessor, now=now, **facts)

    assert Sharing.objects.get().view == ""


def test_a_returned_assessment_can_be_shared_anew_and_both_rounds_stay(now):
    assessment = complete_assessment(returned=True)
    facts = {"assessment": assessment, "version": None, "by": assessment.assessor, "now": now}

    services.mark_complete(**facts)
    services.share(how="together", **facts)
    services.record_comments(view="agrees", **facts)
    services.submit(reasons="", advice="", **facts)

    rounds = Sharing.objects.filter(assessment=assessment).order_by("shared_at")
    assert [each.view for each in rounds] == ["partly", "agrees"]


def test_the_person_and_who_acts_for_them_are_told_and_may_answer_and_nobody_else(now):
    # Given a person with pages, a daughter who acts for them, a neighbour who sees them, and a stranger
    assessment = complete_assessment(draft_complete=True)
    person = assessment.person
    herself = PortalAccessFactory(person=person, scope="act").user
    daughter = PortalAccessFactory(person=person, relation="representative", scope="act").user
    neighbour = PortalAccessFactory(person=person, relation="carer", scope="view").user
    stranger = PortalAccessFactory(scope="act").user

    # When the draft is shared
    services.share(assessment=assessment, how="online", version=1, by=assessment.assessor, now=now)

    # Then two of them are told
    told = Notification.objects.filter(template="assessments.shared", channel="in_app")
    assert {line.recipient for line in told} == {herself, daughter}
    # And only they may answer; that nobody answered is not for them to say
    for user in (neighbour, stranger, UserFactory(worker_in=TeamFactory())):
        with pytest.raises(PermissionDenied):
            services.record_comments(assessment=assessment, view="agrees", version=None, by=user, now=now)
    with pytest.raises(ValidationError):
        services.record_comments(assessment=assessment, view="no_answer", version=None, by=herself, now=now)
    services.record_comments(assessment=assessment, view="agrees", version=None, by=daughter, now=now)
    # And the assessor hears of it
    assert Notification.objects.filter(
        template="assessments.commented", recipient=assessment.assessor, channel="in_app"
    ).exists()


def test_the_pages_lead_from_a_complete_draft_to_the_manager():
    # Given an assessment with every section written, of somebody who reads large print
    assessment = complete_assessment(started=True)
    CommunicationNeedFactory(person=assessment.person)
    browser = signed_in_client(assessment.assessor)
    check = address("check", assessment)

    # When the worker marks it complete, shares it and writes down what was said
    assert "The draft is complete</button>" in browser.get(check).content.decode()
    assert browser.post(address("mark-complete", assessment), {"version": 7}).status_code == 409
    assert browser.post(address("mark-complete", assessment), {"version": 1}).url == check
    assert "18 point" in browser.get(address("share", assessment)).content.decode()
    today = day("on", clock.today())
    share = {"version": 2, "how": "post", "format": "18 point", **today}
    assert browser.post(address("share", assessment), {**share, "how": ""}).status_code == 400
    assert browser.post(address("share", assessment), share).url == check
    assert browser.post(address("share", assessment), {**share, "version": 3}).status_code == 409
    said = {"version": 3, "view": "partly", "comments": "I can still cook.", **today}
    comments = address("record-comments", assessment)
    assert browser.post(comments, {**said, "comments": ""}).status_code == 400
    assert browser.post(comments, {**said, "version": 2}).status_code == 409
    assert browser.post(comments, said).url == check

    # Then it is ready, with what the person said, and the manager reads that too
    page = browser.get(check).content.decode()
    assert "Ready to send" in page
    assert "I can still cook." in page
    assert browser.post(check, {"version": 4}).status_code == 302
    manager = signed_in_client(UserFactory(manager_of=assessment.team))
    assert "I can still cook." in manager.get(address("decision", assessment)).content.decode()


@pytest.mark.parametrize("state", Assessment.Status.values)
def test_the_steps_are_shown_in_every_state(state):
    assessment = complete_assessment(**{state: True})
    browser = signed_in_client(assessment.assessor)

    for name in ("check", "print-draft", "share", "record-comments"):
        assert browser.get(address(name, assessment)).status_code == 200, name


def test_a_colleague_of_another_team_neither_shares_nor_writes_down_comments():
    assessment = complete_assessment(shared_with_person=True)
    browser = signed_in_client(UserFactory(worker_in=TeamFactory()))

    for name in ("mark-complete", "share", "record-comments"):
        assert browser.post(address(name, assessment), {"version": 1}).status_code == 403


def test_the_newest_round_is_the_one_that_is_shown():
    first = SharingFactory(answered=True, shared_at=clock.now() - timedelta(days=20))
    second = SharingFactory(assessment=first.assessment)

    assert Sharing.objects.latest_of(first.assessment) == second
