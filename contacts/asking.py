"""The two public journeys that end at the front door, and what their answers become: a request, with nothing retyped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from contacts import public_forms as forms
from contacts import services
from contacts.models import Contact, OnlineRequest
from core.journeys import Answers, Journey, Step

AskedBy = OnlineRequest.AskedBy
REQUEST, LIFE, SAFE, PERSON, SENDER, CARING = (
    "Your request",
    "Everyday life",
    "Keeping safe",
    "Name, home and contact",
    "About you",
    "Caring",
)
PROMISE = "No answer here will stop you getting an assessment."


def _by(*who: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.get("who", "who") in who


def _me(answers: Answers) -> dict[str, Any]:
    return {"me": answers.get("who", "who") in ("", AskedBy.ME)}


def _ticked(code: str) -> Callable[[Answers], bool]:
    return lambda answers: code in answers.all("everyday-life", "areas")


ABOUT = (
    Step("name", forms.NameForm, PERSON, wording=_me),
    Step("date-of-birth", forms.BornForm, PERSON, wording=_me),
    Step("address", forms.HomeForm, PERSON, wording=_me),
    Step("how-to-reach", forms.ContactForm, PERSON, wording=_me),
    Step("what-helps", forms.CommunicationForm, PERSON, wording=_me),
)
HELP = Journey(
    kind="contacts.ask_for_help",
    service="Ask for help with care",
    start="ask:help-start",
    step="ask:help-step",
    check="ask:help-check",
    save="ask:help-save",
    promise=PROMISE,
    steps=(
        Step("who", forms.WhoForm, REQUEST),
        Step("your-work", forms.ReferrerForm, SENDER, asked=_by(AskedBy.PROFESSIONAL)),
        Step("about-you", forms.SenderForm, SENDER, asked=_by(AskedBy.CARED_FOR, AskedBy.SOMEONE_ELSE)),
        Step(
            "consent",
            forms.ConsentForm,
            REQUEST,
            asked=_by(AskedBy.CARED_FOR, AskedBy.SOMEONE_ELSE, AskedBy.PROFESSIONAL),
        ),
        Step("what-matters", forms.MattersForm, REQUEST, wording=_me),
        Step("what-is-happening", forms.HappeningForm, REQUEST, wording=_me),
        Step("everyday-life", forms.AreasForm, LIFE, wording=_me),
        *(
            Step(
                f"everyday-life-{code.lower()}",
                forms.AreaForm,
                LIFE,
                asked=_ticked(code),
                arguments={"area": code},
                wording=_me,
            )
            for code in forms.AREAS
        ),
        Step("safety", forms.SafetyForm, SAFE, wording=_me, exits=True),
        Step("can-it-wait", forms.UrgentForm, SAFE),
        Step("hospital", forms.HospitalForm, SAFE, asked=_by(AskedBy.PROFESSIONAL)),
        *ABOUT,
    ),
)
CARER = Journey(
    kind="contacts.carers_assessment",
    service="Ask for a carer’s assessment",
    start="ask:carer-start",
    step="ask:carer-step",
    check="ask:carer-check",
    save="ask:carer-save",
    promise=PROMISE,
    steps=(
        Step("cared-for", forms.CaredForForm, CARING),
        Step("caring", forms.CaringForm, CARING),
        Step("effects", forms.EffectsForm, CARING),
        Step("going-on", forms.GoingOnForm, CARING),
        Step("better", forms.BetterForm, REQUEST),
        Step("safety", forms.SafetyForm, SAFE, exits=True),
        Step("can-it-wait", forms.UrgentForm, SAFE),
        *(Step(step.slug, step.form, SENDER) for step in ABOUT),
    ),
)


def _person_facts(found: dict[str, Any], **roles: bool) -> dict[str, Any]:
    """What a new record would take over."""
    language = found["what-helps.language"]
    return {
        "given_names": found["name.given_names"],
        "family_name": found["name.family_name"],
        "date_of_birth": found["date-of-birth.date_of_birth"],
        "nhs_number": found["date-of-birth.nhs_number"],
        "address_lines": found["address.address_lines"],
        "postcode": found["address.postcode"],
        "no_fixed_abode": bool(found["address.no_fixed_abode"]),
        "phone": found["how-to-reach.phone"],
        "email": found["how-to-reach.email"],
        "preferred_channel": found["how-to-reach.channel"],
        "safe_to_leave_message": bool(found["how-to-reach.message"]),
        "interpreter_needed": bool(language),
        "first_language": language,
        "communication": found["what-helps.needs"],
        **roles,
    }


def _same_for_all(found: dict[str, Any]) -> dict[str, Any]:
    # A worker says whether there is a sign of abuse; a “no” on a web page is not that answer, a “yes” is.
    return {
        "safeguarding_considered": "yes" if found["safety.safe"] == "unsafe" else "",
        "why_urgent": "" if found["can-it-wait.can_wait"] else found["can-it-wait.why_urgent"],
    }


def _sent_by(found: dict[str, Any], who: str) -> dict[str, Any]:
    """Who asks, and how they are reached, as the contact keeps it and as the acknowledgement needs it."""
    if who == AskedBy.PROFESSIONAL:
        name = f"{found['your-work.name']}, {found['your-work.job']}"
        return {
            "source": found["your-work.source"],
            "contact_name": name[:150],
            "phone": found["your-work.phone"],
            "email": found["your-work.email"],
        }
    if who == AskedBy.ME:
        return {
            "source": Contact.Source.SELF,
            "contact_name": "",
            "phone": found["how-to-reach.phone"],
            "email": found["how-to-reach.email"],
        }
    return {
        "source": Contact.Source.FAMILY,
        "contact_name": f"{found['about-you.name']} ({found['about-you.relation']})",
        "phone": found["about-you.phone"],
        "email": found["about-you.email"],
    }


def _may_be_told(found: dict[str, Any], who: str, sender: dict[str, Any]) -> dict[str, Any]:
    """Where to acknowledge. Who may not be left a message hears on the screen alone; a referrer at work always may."""
    if who == AskedBy.ME and not found["how-to-reach.message"]:
        return {}
    return {"reply_email": sender["email"], "reply_phone": sender["phone"]}


def _said(journey: Journey, answers: Answers) -> list[dict[str, str]]:
    return [
        {"part": row.part, "question": row.question, "answer": row.answer} for row in journey.rows(answers)
    ]


def send_help(answers: Answers, *, now: datetime) -> str:
    """Make the request from the answers of “Ask for help”. Returns its reference."""
    found = HELP.cleaned(answers)
    who = found["who.who"]
    sender = _sent_by(found, who)
    leaves_hospital = who == AskedBy.PROFESSIONAL and found["hospital.in_hospital"]
    return services.send(
        kind=OnlineRequest.Kind.HELP,
        asked_by=who,
        person_facts=_person_facts(found, is_service_user=True, is_carer=False),
        contact_facts={
            "source": sender["source"],
            "contact_name": sender["contact_name"],
            "contact_phone": sender["phone"],
            "reason": Contact.Reason.DISCHARGE if leaves_hospital else Contact.Reason.ASSESSMENT,
            "route": Contact.Route.HOSPITAL_DISCHARGE if leaves_hospital else Contact.Route.COMMUNITY,
            "consent": found.get("consent.consent", Contact.Consent.YES),
            "what_is_happening": found["what-is-happening.happening"],
            "in_their_words": found["what-matters.matters"],
            **_same_for_all(found),
        },
        answers=_said(HELP, answers),
        now=now,
        **_may_be_told(found, who, sender),
    ).ref


def send_carer(answers: Answers, *, now: datetime) -> str:
    """Make the request of a carer in their own right. Returns its reference."""
    found = CARER.cleaned(answers)
    sender = _sent_by(found, AskedBy.ME)
    return services.send(
        kind=OnlineRequest.Kind.CARER,
        asked_by=AskedBy.ME,
        person_facts=_person_facts(found, is_service_user=False, is_carer=True),
        contact_facts={
            "source": sender["source"],
            "contact_phone": sender["phone"],
            "reason": Contact.Reason.CARER,
            "consent": Contact.Consent.YES,
            "what_is_happening": found["caring.what"],
            "in_their_words": found["better.matters"],
            **_same_for_all(found),
        },
        cared_for={
            name: found[f"cared-for.{name}"]
            for name in ("given_names", "family_name", "date_of_birth", "postcode")
        },
        answers=_said(CARER, answers),
        now=now,
        **_may_be_told(found, AskedBy.ME, sender),
    ).ref


SENDERS: dict[str, Callable[..., str]] = {HELP.kind: send_help, CARER.kind: send_carer}


def sender_of(journey: Journey, *, now: datetime) -> Callable[[Answers], str]:
    return partial(SENDERS[journey.kind], now=now)
