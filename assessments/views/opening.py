"""What every page of an assessment begins with: may it be opened, who looks, and what stands around it."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import ASSESSING_ROLES, Membership, Team, User
from accounts.querysets import live_on
from accounts.requests import SignedInRequest
from assessments import sections
from assessments.answers import Answers
from assessments.forms import in_words
from assessments.models import Assessment
from audit import services as audit
from core import clock
from people import pages
from people.models import CommunicationNeed


def open_assessment(request: SignedInRequest, ref: str) -> Assessment:
    """The assessment behind a reference; who looks at whose is written down before anything is shown."""
    rows = Assessment.objects.visible_to(request.user).select_related(
        "person", "team", "assessor", "previous", "submitted_by", "authorised_by", "contact"
    )
    assessment = get_object_or_404(rows, ref=ref)
    audit.record_view(
        person_id=assessment.person_id,
        by=request.user,
        page=request.resolver_match.view_name if request.resolver_match else "",
        access_list_id=assessment.access_list_id,
    )
    return assessment


def around(assessment: Assessment, user: User) -> dict[str, Any]:
    """The person's bar, and the names every template of an assessment uses."""
    return {
        "assessment": assessment,
        "first_name": assessment.person.first_name,
        **pages.identity(assessment.person, user),
    }


def wanted_format(identity: dict[str, Any]) -> str:
    """The formats of the person's record, as the first answer to "in which format?"."""
    formats = [need for need in identity["needs"] if need.category == CommunicationNeed.Category.FORMAT]
    return ", ".join(f"{need.words} {need.detail}".strip() for need in formats)[:60]


def section_url(assessment: Assessment, slug: str) -> str:
    if slug == sections.IMPACT.slug:
        return reverse("assessments:eligibility", args=[assessment.ref])
    return reverse("assessments:show-section", args=[assessment.ref, slug])


def section_list(assessment: Assessment, answers: Answers, *, current: str = "") -> list[dict[str, Any]]:
    """The sections in their groups, each with its state in words."""
    first = assessment.person.first_name
    groups = []
    for group in answers.asks.groups:
        rows = [
            {
                "slug": plan.slug,
                "title": plan.title,
                "url": section_url(assessment, plan.slug),
                "progress": answers.progress(plan.slug),
                "current": plan.slug == current,
            }
            for plan in answers.asks.plans.values()
            if plan.group == group
        ]
        groups.append({"title": in_words(group, first), "rows": rows})
    return groups


def assessors_in(team: Team) -> Any:
    """Those who assess in a team today, by name."""
    members = Membership.objects.filter(live_on(clock.today()), team=team, role__in=ASSESSING_ROLES)
    return User.objects.staff().filter(pk__in=members.values("user")).order_by("name", "pk")
