"""What is done to a case, one step a page: asked, checked, done, or refused with both texts shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from core import clock, drafts, policy
from core.permissions import require
from core.templatetags.dates import clock_time
from core.versions import StaleVersion
from core.workflow import Action, WrongState
from safeguarding import services, workflow
from safeguarding.forms import enquiry as enquiry_forms
from safeguarding.forms import steps as forms
from safeguarding.forms.steps import StepForm
from safeguarding.models import CausedEnquiry, Concern, PlanAction
from safeguarding.opening import about, open_concern
from safeguarding.services.knowing import DECISION_DRAFT

SHOWN_EARLIER = 5


@dataclass(frozen=True)
class Step:
    """One thing done to a case on a page of its own."""

    slug: str
    action: Action
    form: type[StepForm]
    service: Callable[..., Concern]
    heading: str
    button: str
    said: str
    help: str
    template: str = "safeguarding/step.html"
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.slug.replace("-", "_")


STEPS: dict[str, Step] = {
    step.slug: step
    for step in (
        Step("screen", workflow.SCREEN, forms.ScreenForm, services.screen, "The first look", "Record the first look",
             "The first look is recorded.", "On the day, or the next working day: is the person safe now, may a crime have been committed, is a child at risk, and does whoever reported it know that we have it."),
        Step("gather", workflow.GATHER, forms.GatherForm, services.gather, "Gather information", "Record what to find out",
             "It is recorded what to find out.", "What must be known before the three parts can be answered. The target for the decision runs on."),
        Step("set-aside", workflow.SET_ASIDE, forms.WithoutEnquiryForm, services.set_aside, "Not a safeguarding matter",
             "End it here", "The case has ended.", "Nothing of abuse or neglect in it. Say why, and what is done instead; the person and whoever reported it are told within 5 working days."),
        Step("decide", workflow.DECIDE, forms.DecideForm, services.decide, "Must we make enquiries?", "Record the decision",
             "The decision is recorded.", "The three parts of section 42(1) of the Care Act, apart, each with its reason. You need a reason to suspect, not proof. Neither consent nor eligibility is part of it.",
             "safeguarding/decide.html"),
        Step("no-further-action", workflow.NO_FURTHER_ACTION, forms.WithoutEnquiryForm, services.no_further_action,
             "No further action under safeguarding", "End it here", "The case has ended.",
             "The duty to make enquiries does not apply, and no other enquiry is thought necessary. Where all three parts are yes this is refused."),
        Step("plan", workflow.PLAN_ENQUIRY, enquiry_forms.PlanEnquiryForm, services.plan_enquiry, "Plan an enquiry",
             "Name the lead", "The lead is named.", "Who leads the enquiry and how much risk there is. The lead joins those who may know of the case."),
        Step("start", workflow.START_ENQUIRY, enquiry_forms.StartEnquiryForm, services.start_enquiry, "Start the enquiry",
             "Start the enquiry", "The enquiry has started.", "What the enquiry must find out, who does what by when, on what basis information is shared, and with whom this was discussed."),
        Step("ask-another", workflow.ASK_ANOTHER, enquiry_forms.AskAnotherForm, services.ask_another, "Ask another agency to enquire",
             "Record that they were asked", "It is recorded that they were asked.", "Causing others to enquire leaves the council responsible: what they send is assured here before the enquiry ends."),
        Step("outcomes", workflow.CONCLUDE, enquiry_forms.ConcludeForm, services.conclude, "What the enquiry found",
             "Record the outcomes", "The outcomes are recorded.", "Written by the lead when everything asked of others has come and is good enough. The national return is counted from it."),
        Step("protection-plan", workflow.PROTECT, enquiry_forms.ProtectForm, services.protect, "Make a protection plan",
             "Make the plan", "The protection plan is in force.", "What keeps the person safe from now on. It is looked at again within 3 months."),
        Step("no-plan", workflow.DO_WITHOUT_PLAN, enquiry_forms.NoPlanForm, services.do_without_plan,
             "No protection plan is needed", "Record the reason", "The reason is recorded.", "A case closes with a protection plan that has ended, or with the reason why none was needed."),
        Step("add-action", workflow.ADD_PLAN_ACTION, enquiry_forms.PlanActionForm, services.add_plan_action, "Add an action",
             "Add the action", "The action is added.", "One more thing that keeps the person safe: what, what for, by whom, by when."),
        Step("review", workflow.REVIEW, enquiry_forms.ReviewForm, services.review, "Review the protection plan",
             "Record the review", "The review is recorded.", "Whether the plan still keeps the person safe, and what they say."),
        Step("renew", workflow.RENEW, enquiry_forms.RenewForm, services.renew, "Continue the protection plan",
             "Continue the plan", "The plan continues.", "The plan goes on as it stands, with its open actions, until the new day."),
        Step("close", workflow.CLOSE, forms.EndForm, services.close, "Close the case", "Close the case", "The case is closed.",
             "Twelve lines that must hold before a case is closed. Whoever led the enquiry does not also close it.", "safeguarding/close.html"),
        Step("cease", workflow.CEASE, forms.CeaseForm, services.cease, "Cease at the person’s request", "Cease", "The case has ceased.",
             "The person asks us to stop, and no risk to others, crime, coercion or lack of capacity weighs against it."),
        Step("transfer", workflow.TRANSFER, forms.TransferForm, services.transfer, "Transfer to another council", "Transfer",
             "The case is transferred.", "The council in whose area it happened leads the enquiry. It has accepted the case before you record this."),
        Step("duplicate", workflow.MARK_DUPLICATE, forms.DuplicateForm, services.mark_duplicate, "Mark as a duplicate",
             "Mark as a duplicate", "The case is marked as a duplicate.", "The same matter stands in another case, which goes on. Nothing written here is lost."),
        Step("reopen", workflow.REOPEN, forms.ReopenForm, services.reopen, "Reopen the case", "Reopen the case", "The case is open again.",
             "There is something new. Everything from before stays as it was written."),
        Step("add-risk", workflow.ADD_RISK, forms.RiskForm, services.add_risk, "Add a risk", "Add the risk", "The risk is added.",
             "One line for each kind of abuse, place and source, as the national return counts them."),
        Step("add-alleged", workflow.ADD_ALLEGED, forms.AllegedForm, services.add_alleged, "Who may have caused harm",
             "Add them", "They are added.", "A person or service alleged to have caused harm. One of our staff who is named is barred from the case at once."),
        Step("add-wish", workflow.ADD_WISH, forms.WishForm, services.add_wish, "What the person wants", "Add what they want",
             "It is written down.", "Asked at the start, in the middle and at the end. At the end each is marked as achieved or not."),
        Step("record-voice", workflow.RECORD_VOICE, forms.VoiceForm, services.record_voice, "The person’s part", "Record",
             "The person’s part is recorded.", "Whether they were spoken to and asked what they want, whether they agree, and why it goes on where they do not. A refusal never stops a decision."),
        Step("record-capacity", workflow.RECORD_CAPACITY, forms.CapacityForm, services.record_capacity, "Capacity and advocacy",
             "Record", "Capacity and advocacy are recorded.", "Capacity for the decisions of this case, and who supports the person. Asked for by the national return."),
        Step("add-entry", workflow.ADD_ENTRY, forms.EntryForm, services.add_entry, "Add an entry", "Add the entry", "The entry is added.",
             "What was said, found or agreed on the way. An entry is kept as it was written; a later one corrects it."),
        Step("delay", workflow.GIVE_DELAY, forms.DelayForm, services.give_delay, "Why the target was passed", "Record the reason",
             "The reason is recorded.", "A target is agreed with the person and never a limit. Passing it changes nothing but asks for the reason."),
        Step("tell", workflow.TELL, forms.TellForm, services.tell, "Who was told", "Record who was told", "It is recorded who was told.",
             "The person hears how it went, and whoever reported it hears what may be shared. Nothing of it goes by text message or e-mail."),
        Step("consider-review", workflow.CONSIDER_REVIEW, forms.ConsiderReviewForm, services.consider_review,
             "Safeguarding adults review", "Record", "It is recorded.", "Where somebody died or was seriously harmed and agencies may have failed to work together, the board must arrange a review (Care Act s44)."),
        Step("let-know", workflow.LET_KNOW, forms.LetKnowForm, services.let_know, "Let somebody know", "Put them on the list",
             "They are on the list.", "Only those on the list know that this case exists. Each has a reason to know."),
        Step("take-off", workflow.TAKE_OFF, forms.TakeOffForm, services.take_off, "Take somebody off the list", "Take them off",
             "They are off the list.", "They know nothing more of this case from the next page on."),
        Step("bar", workflow.BAR, forms.BarForm, services.bar, "Conflict of interest", "Record the conflict", "The conflict is recorded.",
             "Somebody of our staff who is named in the case, or related to who is, must never know of it. They are taken off the list and cannot be put on it."),
    )
}  # fmt: skip


def _form(step: Step, request: SignedInRequest, concern: Concern, **more: Any) -> StepForm:
    if request.method == "POST":
        return step.form(request.POST, concern=concern, user=request.user, **more)
    return step.form(None, concern=concern, user=request.user, version=concern.version, **more)


def _show(
    request: SignedInRequest, concern: Concern, step: Step, form: StepForm, *, status: int, **more: Any
) -> HttpResponse:
    context = {"concern": concern, "step": step, "form": form, **more, **about(concern, request)}
    return render(request, step.template, context, status=status)


def _take(
    request: SignedInRequest,
    concern: Concern,
    step: Step,
    *,
    shown: Mapping[str, Any] | None = None,
    **more: Any,
) -> HttpResponse:
    """Ask, then do. Whoever was slower reads both texts and keeps their own (409)."""
    require(step.action.allowed(request.user, concern))
    shown = shown or {}
    if request.method != "POST":
        if not step.action.fits(concern):
            messages.info(
                request,
                f"“{step.action.label}” is not possible now: the case is “{concern.get_status_display()}”.",
            )
            return HttpResponseRedirect(concern.get_absolute_url())
        return _show(request, concern, step, _form(step, request, concern, **more), status=200, **shown)
    form = _form(step, request, concern, **more)
    if not form.is_valid():
        return _show(request, concern, step, form, status=400, **shown)
    try:
        step.service(concern=concern, by=request.user, now=clock.now(), **form.facts())
    except StaleVersion as stale:
        form.show_conflict(version=stale.record.version, saved=form.standing(stale.record))
        return _show(request, concern, step, form, status=409, **shown)
    except WrongState as moved_on:
        form.add_error(None, f"{moved_on} Your text is kept below, and nothing is saved")
        return _show(request, concern, step, form, status=409, **shown)
    except ValidationError as refusal:
        form.add_service_error(refusal)
        return _show(request, concern, step, form, status=400, **shown)
    messages.success(request, step.said)
    if not Concern.objects.visible_to(request.user).filter(pk=concern.pk).exists():
        return HttpResponseRedirect(
            reverse("safeguarding:list-concerns")
        )  # they took themselves off the list
    return HttpResponseRedirect(concern.get_absolute_url())


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def take_step(request: SignedInRequest, ref: str, step: str) -> HttpResponse:
    """One step of a case, by its name."""
    concern = open_concern(request, ref)
    return _take(request, concern, STEPS[step])


# Steps that show more than their form ---------------------------------------------------------------------------


def earlier_concerns(concern: Concern, request: SignedInRequest) -> list[Concern]:
    """Other concerns about the same person that the reader may know of, the newest first."""
    if concern.person_id is None:
        return []
    rows = Concern.objects.visible_to(request.user).filter(person=concern.person_id).exclude(pk=concern.pk)
    return list(rows.order_by("-received_at", "-pk")[:SHOWN_EARLIER])


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def decide(request: SignedInRequest, ref: str) -> HttpResponse:
    """The three parts of section 42(1) beside what is known, with the clock and earlier concerns."""
    concern = open_concern(request, ref)
    draft = drafts.find(owner=request.user, kind=DECISION_DRAFT, subject=concern.ref)
    last = services.latest_decision(concern)
    shown = {
        "risks": list(concern.risks.order_by("pk")),
        "wishes": list(concern.wishes.order_by("-at", "-pk")),
        "entries": list(concern.entries.select_related("by").order_by("-at", "-pk")[:5]),
        "earlier": earlier_concerns(concern, request),
        "last": last,
        "draft": draft,
        "autosave_url": reverse("safeguarding:autosave-decision", args=[concern.ref]),
    }
    more: dict[str, Any] = {}
    if request.method != "POST":
        names = [name for name in forms.DecideForm.base_fields if name != "version"]
        before = {name: getattr(last, name) for name in names} if last else {}
        kept = {name: draft.data[name] for name in names if name in draft.data} if draft else {}
        more["initial"] = {**before, **kept}
    answer = _take(request, concern, STEPS["decide"], shown=shown, **more)
    if answer.status_code == 302 and request.method == "POST":
        drafts.discard(owner=request.user, kind=DECISION_DRAFT, subject=concern.ref)
    return answer


@require_http_methods(["POST"])
@policy.staff(*CASE_ROLES)
def autosave_decision(request: SignedInRequest, ref: str) -> HttpResponse:
    """Keep the decision as far as it is written, for its author alone."""
    concern = get_object_or_404(Concern.objects.visible_to(request.user), ref=ref)
    require(workflow.DECIDE.allowed(request.user, concern))
    names = [name for name in forms.DecideForm.base_fields if name != "version"]
    drafts.save(
        owner=request.user,
        kind=DECISION_DRAFT,
        subject=concern.ref,
        data={name: request.POST.get(name, "").replace("\x00", "")[:5000] for name in names},
    )
    return JsonResponse({"saved_at": clock_time(clock.now())})


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def close(request: SignedInRequest, ref: str) -> HttpResponse:
    """The checklist, line by line, and the closing."""
    concern = open_concern(request, ref)
    lines = services.checklist(concern, request.user)
    mended = [(line, _mends(concern, line.step)) for line in lines]
    shown = {"lines": mended, "failing": sum(not line.holds for line in lines)}
    return _take(request, concern, STEPS["close"], shown=shown)


def _mends(concern: Concern, step: str) -> str:
    slug = "outcomes" if step == "conclude" else step
    found = STEPS.get(slug)
    return reverse(f"safeguarding:{slug}", args=[concern.ref]) if found and found.action.fits(concern) else ""


REPORT = Step(
    "report", workflow.RECORD_REPORT, enquiry_forms.ReportForm, services.record_report, "What the agency found",
    "Record the report", "The report is recorded.",
    "What came back, and whether it is good enough to decide on. The council stays responsible for the enquiry.",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def record_report(request: SignedInRequest, ref: str, caused: str) -> HttpResponse:
    """What an agency sent back."""
    concern = open_concern(request, ref)
    row = get_object_or_404(CausedEnquiry.objects.filter(concern=concern), ref=caused)
    return _take(request, concern, REPORT, shown={"caused": row}, caused=row)


@require_http_methods(["POST"])
@policy.staff(*CASE_ROLES)
def finish_action(request: SignedInRequest, ref: str, action: str) -> HttpResponse:
    """An action of the protection plan is done."""
    concern = open_concern(request, ref)
    row = get_object_or_404(PlanAction.objects.filter(concern=concern), ref=action)
    services.do_plan_action(concern=concern, action=row, version=None, by=request.user, now=clock.now())
    messages.success(request, "The action is done.")
    return HttpResponseRedirect(concern.get_absolute_url())
