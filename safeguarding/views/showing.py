"""A case as a whole, and who may know of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import CASE_ROLES, User
from accounts.requests import SignedInRequest
from audit import catalogue
from audit.models import Event
from core import clock, policy
from safeguarding import events, services, workflow
from safeguarding.models import Concern, PlanReview
from safeguarding.opening import about, open_concern
from safeguarding.permissions import open_enquiry
from safeguarding.views.listing import STATUS_COLOURS
from safeguarding.views.steps import STEPS, Step, earlier_concerns

Status = Concern.Status
SHOWN_ENTRIES, SHOWN_EVENTS = 10, 15
STAGES = (
    ("First look", (Status.CONCERN_RECEIVED,)),
    ("Decision", (Status.SCREENED, Status.INFO_GATHERING, Status.S42_DECISION, Status.REOPENED)),
    ("Enquiry", (Status.ENQUIRY_PLANNING, Status.ENQUIRY)),
    ("Outcomes", (Status.OUTCOMES,)),
    ("Protection plan", (Status.PLAN_ACTIVE, Status.PLAN_REVIEW)),
)
# What the state asks for next, the likeliest first; the first that fits the reader is the one green button.
NEXT: dict[str, tuple[str, ...]] = {
    Status.CONCERN_RECEIVED: ("screen",),
    Status.SCREENED: ("decide", "gather", "set-aside"),
    Status.INFO_GATHERING: ("decide", "set-aside"),
    Status.REOPENED: ("decide", "gather"),
    Status.S42_DECISION: ("plan", "no-further-action", "gather"),
    Status.ENQUIRY_PLANNING: ("start",),
    Status.ENQUIRY: ("outcomes",),
    Status.OUTCOMES: ("protection-plan", "no-plan", "close"),
    Status.PLAN_ACTIVE: ("review",),
    Status.PLAN_REVIEW: ("renew", "close"),
    Status.NOT_SAFEGUARDING: ("tell",),
    Status.NFA: ("tell",),
    Status.CLOSED: (),
    Status.TRANSFERRED_LA: ("tell",),
    Status.DUPLICATE: (),
    Status.CEASED_AT_REQUEST: ("tell",),
}
WORDS: dict[str, str] = {
    Status.CONCERN_RECEIVED: "The duty worker takes a first look: is the person safe now?",
    Status.SCREENED: "A safeguarding adults manager decides whether the duty to make enquiries applies.",
    Status.INFO_GATHERING: "Find out what is not known yet; then the three parts are answered.",
    Status.S42_DECISION: "Name who leads the enquiry, or say why there is none.",
    Status.ENQUIRY_PLANNING: "Plan with the person what the enquiry must find out, and by whom.",
    Status.ENQUIRY: "The lead enquires, and records the outcomes when everything has come in.",
    Status.OUTCOMES: "Make a protection plan, or say why none is needed and close the case.",
    Status.PLAN_ACTIVE: "The plan keeps the person safe. Review it by the date below.",
    Status.PLAN_REVIEW: "Continue the plan until a new day, or close the case.",
    Status.NOT_SAFEGUARDING: "It has ended here. Tell the person and whoever reported it.",
    Status.NFA: "It has ended here. Tell the person and whoever reported it.",
    Status.CLOSED: "Nothing more. New information reopens it.",
    Status.TRANSFERRED_LA: "Another council leads. Tell the person and whoever reported it.",
    Status.DUPLICATE: "The other case goes on.",
    Status.CEASED_AT_REQUEST: "It has ceased. Tell the person and whoever reported it.",
    Status.REOPENED: "There is something new: decide again.",
}
BESIDE = ("duplicate", "transfer", "cease", "reopen", "consider-review", "delay", "add-entry")


def _offered(slugs: tuple[str, ...], user: User, concern: Concern) -> list[Step]:
    return [STEPS[slug] for slug in slugs if STEPS[slug].action.is_open_to(user, concern)]


def _next(user: User, concern: Concern) -> list[Step]:
    slugs = list(NEXT[concern.status])
    last = services.latest_decision(concern)
    if concern.status == Status.S42_DECISION and last is not None:
        if last.result == "s42":
            slugs.remove("no-further-action")
        else:
            slugs = ["no-further-action", "plan", "gather"]
    if concern.status == Status.PLAN_REVIEW:
        review = services.last_review(concern)
        slugs = ["close"] if review and review.result == PlanReview.Result.NOT_NEEDED else ["renew"]
    if concern.status == Status.OUTCOMES:
        enquiry = open_enquiry(concern)
        if enquiry is not None and enquiry.no_plan_reason:
            slugs = ["close", "protection-plan"]
    if "tell" in slugs and concern.was_told_all:
        slugs.remove("tell")
    return _offered(tuple(slugs), user, concern)


def _why_not(user: User, concern: Concern) -> str:
    """Why the reader cannot take the step that comes next."""
    first = next(iter(NEXT[concern.status]), "")
    return STEPS[first].action.allowed(user, concern).reason if first else ""


def _stages(concern: Concern) -> list[dict[str, Any]]:
    place = next((n for n, (_, states) in enumerate(STAGES) if concern.status in states), len(STAGES))
    return [{"words": words, "done": n < place, "here": n == place} for n, (words, _) in enumerate(STAGES)]


def _may(user: User, concern: Concern) -> dict[str, bool]:
    """Which lines of the page offer something to add."""
    return {
        step.name: step.action.is_open_to(user, concern)
        for slug, step in STEPS.items()
        if slug in (
            "add-risk", "add-alleged", "add-wish", "record-voice", "record-capacity", "add-entry", "ask-another",
            "add-action", "let-know", "tell", "delay", "consider-review",
        )
    } | {
        "match": workflow.MATCH.is_open_to(user, concern),
        "report": workflow.RECORD_REPORT.is_open_to(user, concern),
        "finish": workflow.DO_PLAN_ACTION.is_open_to(user, concern),
    }  # fmt: skip


def _trail(concern: Concern, user: User) -> list[dict[str, Any]]:
    rows = Event.objects.visible_to(user).for_subject("safeguarding.concern", concern.ref)
    rows = rows.filter(code__startswith="safeguarding.").exclude(code=events.VIEWED)
    rows = rows.select_related("by").order_by("-at", "-pk")
    return [
        {
            "at": row.at,
            "by": row.by.name if row.by else "Caseportal",
            "words": catalogue.sentence(row.code, row.detail),
        }
        for row in rows[:SHOWN_EVENTS]
    ]


@require_GET
@policy.staff(*CASE_ROLES)
def show_concern(request: SignedInRequest, ref: str) -> HttpResponse:
    """Stage and clock, people, risks, what the person wants, the enquiry, the plan, and earlier concerns."""
    concern = open_concern(request, ref)
    user, today = request.user, clock.today()
    steps = _next(user, concern)
    is_late = bool(concern.due_on and concern.due_on < today)
    delays = list(concern.delays.select_related("by").order_by("-at", "-pk"))
    context = {
        "concern": concern,
        "colour": STATUS_COLOURS.get(concern.status, "grey"),
        "stages": _stages(concern),
        "next": WORDS[concern.status],
        "steps": steps,
        "why_not": _why_not(user, concern),
        "beside": _offered(BESIDE, user, concern),
        "may": _may(user, concern),
        "is_late": is_late,
        "asks_for_delay": is_late and not any(delay.due_on == concern.due_on for delay in delays),
        "delays": delays,
        "risks": list(concern.risks.order_by("pk")),
        "alleged": list(concern.alleged.select_related("user", "provider").order_by("pk")),
        "wishes": list(concern.wishes.order_by("at", "pk")),
        "entries": list(concern.entries.select_related("by").order_by("-at", "-pk")[:SHOWN_ENTRIES]),
        "decisions": list(concern.decisions.select_related("decided_by").order_by("-pk")),
        "enquiries": list(concern.enquiries.select_related("lead").order_by("-pk")),
        "caused": list(concern.caused.order_by("due_on", "pk")),
        "plan": concern.plans.filter(ended_on=None).select_related("signed_off_by").first(),
        "actions": list(concern.plan_actions.order_by("due_on", "pk")),
        "reviews": list(concern.plan_reviews.select_related("by").order_by("-pk")),
        "earlier": earlier_concerns(concern, request),
        "trail": _trail(concern, user),
        **about(concern, request),
    }
    return render(request, "safeguarding/show_concern.html", context)


@require_GET
@policy.staff(*CASE_ROLES)
def list_people(request: SignedInRequest, ref: str) -> HttpResponse:
    """Who may know of the case, why each of them, and who never."""
    concern = open_concern(request, ref)
    user = request.user
    members = concern.access_list.members.live_on(clock.today()).select_related("user")
    context = {
        "concern": concern,
        "members": list(members.filter(user__is_system=False).order_by("user__name", "pk")),
        "conflicts": list(concern.conflicts.select_related("user").order_by("user__name", "pk")),
        "steps": _offered(("let-know", "take-off", "bar"), user, concern),
        **about(concern, request),
    }
    return render(request, "safeguarding/list_people.html", context)
