"""The person reads the draft and says what they think of it, before anybody decides (care-act.md 4.7)."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from assessments import events, sections, timescales, workflow
from assessments.answers import Answers, missing_in_sections
from assessments.models import Assessment, Sharing
from assessments.services.asking import ask, done, record, tell
from core import clock
from people.models import PortalAccess
from worklist import services as worklist

IN_WORDS = (Sharing.View.PARTLY, Sharing.View.DISAGREES)
ON_THEIR_PAGES = "/my/assessment/"


@transaction.atomic
def mark_complete(*, assessment: Assessment, version: int | None, by: User, now: datetime) -> Assessment:
    """Every section is written: the draft can be read. Raises ValidationError with everything that is missing."""
    assessment = Assessment.objects.lock(assessment.pk)
    assessment.expect_version(version)
    workflow.MARK_COMPLETE.apply(assessment, by=by)
    lacking = missing_in_sections(Answers(assessment), first_name=assessment.person.first_name)
    if lacking:
        raise ValidationError([f"{each.title}: {each.words}" for each in lacking])
    _save(assessment, now)

    done(assessment, now=now, by=by)
    ask(
        assessment,
        "share",
        "Share the draft with the person",
        owner=assessment.assessor,
        within=timescales.SHARE,
        by=by,
        now=now,
    )
    worklist.move_work_item(kind="assessment", subject=assessment, now=now)
    record(events.MARKED_COMPLETE, assessment, by=by, now=now)
    return assessment


@transaction.atomic
def share(
    *,
    assessment: Assessment,
    how: str,
    version: int | None,
    by: User,
    now: datetime,
    format: str = "",  # noqa: A002 the word of the law and of the column
    on: date | None = None,
) -> Sharing:
    """The person has the draft. The answers as they saw them are kept; whoever has their own pages is told there too.

    Raises ValidationError for a way that is none, or a day that cannot be.
    """
    assessment = Assessment.objects.lock(assessment.pk)
    assessment.expect_version(version)
    workflow.SHARE.apply(assessment, by=by)
    today = clock.london_date(now)
    on = on or today
    wrong = {}
    if how not in Sharing.How:
        wrong["how"] = "Choose how the draft was given"
    if on > today:
        wrong["on"] = "The date cannot be in the future"
    elif assessment.started_on and on < assessment.started_on:
        wrong["on"] = "It cannot have been given before the assessment began"
    if wrong:
        raise ValidationError(wrong)
    _save(assessment, now)
    sharing = Sharing.objects.create(
        assessment=assessment,
        how=how,
        format=format,
        shared_on=on,
        shared_at=now,
        shared_by=by,
        answers=sections.for_the_person(Answers(assessment).snapshot()),
    )

    done(assessment, now=now, by=by)
    ask(
        assessment,
        "comments",
        "Ask what the person says about the draft",
        owner=assessment.assessor,
        within=timescales.COMMENTS,
        by=by,
        now=now,
    )
    worklist.move_work_item(kind="assessment", subject=assessment, now=now, stage="with_others")
    _tell_the_person(assessment, sharing, now=now)
    record(events.SHARED, assessment, by=by, now=now, how=sharing.get_how_display())
    return sharing


def _save(assessment: Assessment, now: datetime) -> None:
    assessment.updated_at = now
    assessment.next_version()
    assessment.save(update_fields=["status", "version", "updated_at"])


def _tell_the_person(assessment: Assessment, sharing: Sharing, *, now: datetime) -> None:
    """The person, and those who act for them; who may only see the pages does not read an assessment."""
    access = PortalAccess.objects.live(clock.london_date(now)).filter(person=assessment.person)
    for row in access.select_related("user").order_by("pk"):
        if row.reads_assessments:
            worklist.notify(
                template="assessments.shared",
                recipient=row.user,
                key=f"sharing:{sharing.ref}",
                now=now,
                person=assessment.person,
                url=ON_THEIR_PAGES,
                access_list=assessment.access_list,
            )


@transaction.atomic
def record_comments(
    *,
    assessment: Assessment,
    view: str,
    version: int | None,
    by: User,
    now: datetime,
    comments: str = "",
    on: date | None = None,
) -> Sharing:
    """What the person says about the draft: put down by staff, or said on their own pages.

    That nobody answered is for staff to record. Raises ValidationError, among others where they object without words.
    """
    assessment = Assessment.objects.lock(assessment.pk)
    assessment.expect_version(version)
    workflow.RECORD_COMMENTS.apply(assessment, by=by)
    sharing = Sharing.objects.select_for_update().get(assessment=assessment, commented_at=None)
    by_the_person = by.audience == User.Audience.PUBLIC
    today = clock.london_date(now)
    on = on or today
    wrong = {}
    if view not in (Sharing.BY_THE_PERSON if by_the_person else Sharing.View):
        wrong["view"] = "Choose what the person said"
    if view in IN_WORDS and not comments.strip():
        wrong["comments"] = "Write down what they do not agree with, in their words"
    if on > today:
        wrong["on"] = "The date cannot be in the future"
    elif on < sharing.shared_on:
        wrong["on"] = "They cannot have answered before they had the draft"
    if wrong:
        raise ValidationError(wrong)
    _save(assessment, now)
    sharing.view, sharing.comments = view, comments
    sharing.commented_on, sharing.commented_at, sharing.commented_by = on, now, by
    sharing.save(update_fields=["view", "comments", "commented_on", "commented_at", "commented_by"])

    done(assessment, now=now, by=by)
    ask(
        assessment,
        "send",
        "Send an assessment for authorisation",
        owner=assessment.assessor,
        within=timescales.SEND,
        by=by,
        now=now,
        page="check/",
    )
    worklist.move_work_item(kind="assessment", subject=assessment, now=now, stage="active")
    if by_the_person:
        tell(assessment, "commented", now=now)
    record(events.COMMENTED, assessment, by=by, now=now, view=sharing.get_view_display())
    return sharing
