"""The steps of a plan: given to the person, agreed, sent on, copied, started, ended."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from core import clock, policy
from core.permissions import require
from core.workflow import Action, WrongState
from people.views.asking import Question, change
from support_plans import pages, permissions, services, workflow
from support_plans.forms.parts import AgreementForm, CopyForm, EndForm, StepForm
from support_plans.models import SupportPlan


def _open(request: SignedInRequest, ref: str, action: Action) -> SupportPlan:
    """The plan, where the reader may do this to it now. Raises as `Action.apply` does, and changes nothing."""
    plan = pages.open_plan(request, ref)
    require(action.allowed(request.user, plan))
    if not action.fits(plan):
        raise WrongState(f"“{action.label}” is not possible: the plan is now “{plan.get_status_display()}”.")
    return plan


def _step(
    request: SignedInRequest,
    plan: SupportPlan,
    *,
    heading: str,
    button: str,
    help: str,
    intro: str,
    said: str,
    service: Any,
    warning: bool = False,
) -> HttpResponse:
    """A step that asks nothing but says what will happen."""
    return change(
        request,
        plan.person,
        Question(
            heading, button, plan.get_absolute_url(), help, current="plans", intro=intro, warning=warning
        ),
        StepForm,
        record=plan,
        saved=lambda row: {},
        save=lambda answers, version: service(plan=plan, version=version, by=request.user, now=clock.now()),
        done=plan.get_absolute_url(),
        said=said,
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def send_to_person(request: SignedInRequest, ref: str) -> HttpResponse:
    """Give the draft to the person."""
    plan = _open(request, ref, workflow.SEND)
    return _step(
        request,
        plan,
        heading="Give the plan to the person",
        button="It is with the person",
        help="The person, and whoever they want beside them, read the plan with its cost before it goes any further.",
        intro="The plan cannot be changed while the person reads it. You can take it back.",
        said="The plan is with the person.",
        service=services.send_to_person,
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def take_back(request: SignedInRequest, ref: str) -> HttpResponse:
    """Take the plan back to change it."""
    plan = _open(request, ref, workflow.TAKE_BACK)
    return _step(
        request,
        plan,
        heading="Take the plan back",
        button="Take it back",
        help="A plan is taken back when something has to change. The person then reads it again.",
        intro="What the person has agreed to no longer counts: they read and agree to the changed plan.",
        said="The plan is a draft again.",
        service=services.take_back,
        warning=True,
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def submit(request: SignedInRequest, ref: str) -> HttpResponse:
    """Send plan and budget for approval."""
    plan = _open(request, ref, workflow.SUBMIT)
    return _step(
        request,
        plan,
        heading="Send the plan for approval",
        button="Send for approval",
        help="Plan and budget are approved together, by somebody who neither assessed nor costed, within their limit.",
        intro=f"The plan and its budget of £{plan.total_weekly or 0:,.2f} a week go to the approvers of {plan.team}.",
        said="The plan was sent for approval.",
        service=services.submit,
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def activate(request: SignedInRequest, ref: str) -> HttpResponse:
    """Start an approved plan."""
    plan = _open(request, ref, workflow.ACTIVATE)
    return _step(
        request,
        plan,
        heading="Start the plan",
        button="Start it",
        help="A plan usually starts by itself on its day, once a copy was given and the figures were acknowledged.",
        intro="The plan is in force from its start date. It replaces the version before it, and its reviews are set.",
        said="The plan is active.",
        service=services.activate,
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def record_agreement(request: SignedInRequest, ref: str) -> HttpResponse:
    """Write down whether the person agrees."""
    plan = _open(request, ref, workflow.AGREE)

    def save(answers: dict[str, Any], version: int) -> None:
        services.record_agreement(
            plan=plan,
            agreed=answers["agreed"] == "yes",
            how=answers["how"],
            disagreement=answers["disagreement"],
            version=version,
            by=request.user,
            now=clock.now(),
        )

    return change(
        request,
        plan.person,
        Question(
            "Record the person’s answer",
            "Save the answer",
            plan.get_absolute_url(),
            "The council takes all reasonable steps to agree with the person how their needs are met: section 25(5).",
            current="plans",
        ),
        AgreementForm,
        record=plan,
        saved=lambda row: {"how": row.agreed_how, "disagreement": row.disagreement},
        save=save,
        done=plan.get_absolute_url(),
        said="The answer is recorded.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def give_copy(request: SignedInRequest, ref: str) -> HttpResponse:
    """Record that a copy was given."""
    plan = pages.open_plan(request, ref)
    require(permissions.can_work_on(request.user, plan))
    if plan.status not in (SupportPlan.Status.APPROVED, SupportPlan.Status.ACTIVE):
        raise WrongState(
            f"A copy is given once the plan is approved; it is now “{plan.get_status_display()}”."
        )

    def save(answers: dict[str, Any], version: int) -> None:
        services.give_copy(
            plan=plan,
            format=answers["format"],
            on=answers["on"],
            version=version,
            by=request.user,
            now=clock.now(),
        )

    return change(
        request,
        plan.person,
        Question(
            "Record the copy given",
            "Save",
            plan.get_absolute_url(),
            "The person gets a copy of the plan, in the format they can read; so does anybody they ask us to give it to.",
            current="plans",
        ),
        CopyForm,
        record=plan,
        saved=lambda row: {"on": row.copy_given_on or clock.today(), "format": row.copy_format},
        save=save,
        done=plan.get_absolute_url(),
        said="The copy is recorded.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def end(request: SignedInRequest, ref: str) -> HttpResponse:
    """End a plan."""
    plan = _open(request, ref, workflow.END)

    def save(answers: dict[str, Any], version: int) -> None:
        services.end_plan(
            plan=plan,
            on=answers["on"],
            reason=answers["reason"],
            version=version,
            by=request.user,
            now=clock.now(),
        )

    return change(
        request,
        plan.person,
        Question(
            "End the plan",
            "End it",
            plan.get_absolute_url(),
            "A plan ends when no support is needed any more, or when it will not be carried on with.",
            current="plans",
            intro="The budget, the reviews and the reminders of this plan end with it. This cannot be undone.",
            warning=True,
        ),
        EndForm,
        record=plan,
        saved=lambda row: {"on": row.ended_on or clock.today(), "reason": row.end_reason},
        save=save,
        done=plan.get_absolute_url(),
        said="The plan has ended.",
    )
