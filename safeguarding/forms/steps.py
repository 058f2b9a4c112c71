"""The forms of a case, one for each step. Each knows its concern, shows what stands there, and says its facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.form_fields import ColleagueChoice, offer
from accounts.models import User
from core.forms import GovukDateField, RadiosField, TextAreaField, TextField, VersionedForm
from directory.models import Provider
from people.models import Risk
from safeguarding.models import (
    AbuseType,
    CaseEntry,
    Concern,
    DelayReason,
    DesiredOutcome,
    Disposition,
    Known,
    Location,
    Override,
    RiskSource,
    YesNo,
)


def choice(label: str, choices: Iterable[tuple[str, str]], **more: Any) -> forms.ChoiceField:
    """A long list to choose from, beginning with nothing."""
    return forms.ChoiceField(label=label, choices=[("", "Choose one"), *choices], **more)


class StepForm(VersionedForm):
    """A step of a case. `facts` is what its service takes, with the version."""

    def __init__(self, *args: Any, concern: Concern, user: User, **kwargs: Any) -> None:
        self.concern, self.reader = concern, user
        if not args or args[0] is None:
            kwargs["initial"] = {**self.standing(concern), **(kwargs.get("initial") or {})}
        self.__dict__["base_fields"] = {**type(self).base_fields, **self.more_questions()}
        super().__init__(*args, **kwargs)
        self.ask()

    def standing(self, concern: Concern) -> dict[str, Any]:
        """What stands in the record for the questions of this form."""
        return {
            name: getattr(concern, name)
            for name in self.base_fields
            if name != "version" and hasattr(concern, name)
        }

    def more_questions(self) -> dict[str, forms.Field]:
        """Questions that the case itself adds."""
        return {}

    def ask(self) -> None:
        """Fill in the choices that depend on the case."""

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ScreenForm(StepForm):
    immediate_action = TextAreaField(
        label="What was done to make the person safe now?", max_length=5000, rows=4
    )
    risk = RadiosField(label="How much risk is there?", choices=Risk.choices)
    crime = RadiosField(label="May a crime have been committed?", choices=Known.choices)
    police_reference = TextField(
        label="What the police were told, with their reference", max_length=60, required=False
    )
    child_at_risk = RadiosField(label="Is a child at risk?", choices=Known.choices)
    child_referral = TextField(
        label="When and how children’s services were told", max_length=300, required=False
    )
    referrer_acknowledged = TextField(
        label="How was whoever reported this told that we have it?",
        help_text="When and how, or why not",
        max_length=300,
    )
    reveals = {"crime": {"yes": ["police_reference"]}, "child_at_risk": {"yes": ["child_referral"]}}


class GatherForm(StepForm):
    text = TextAreaField(label="What do you need to find out, and from whom?", max_length=10000, rows=5)


class RiskForm(StepForm):
    kind = choice("What kind of abuse or neglect?", AbuseType.choices)
    location = choice("Where?", Location.choices)
    source = RadiosField(
        label="Who does the risk come from?",
        choices=RiskSource.choices,
        hints={
            "provider": "Anyone paid for social care, whoever pays; not our own assessment staff, hospitals or GPs",
            "known": "Family, friends, staff of the NHS or council, anyone whose name the person knows",
        },
    )
    detail = TextField(label="Anything that explains it", max_length=300, required=False)

    def standing(self, concern: Concern) -> dict[str, Any]:
        return {"location": concern.location}


class AllegedForm(StepForm):
    name = TextField(label="Name", help_text="Leave empty if not known", max_length=150, required=False)
    relationship = TextField(label="What are they to the person?", max_length=150, width=20)
    lives_with = RadiosField(label="Do they live with the person now?", choices=Known.choices)
    lived_with_then = RadiosField(
        label="Did they live with the person when it happened?", choices=Known.choices, required=False
    )
    is_aware = RadiosField(label="Do they know of this concern?", choices=Known.choices)
    is_at_risk_too = RadiosField(label="May they be an adult at risk themselves?", choices=Known.choices)
    provider = choice("Is it a service we know?", [], required=False)
    user = ColleagueChoice(
        label="Is it one of our staff?",
        empty_label="No",
        help_text="They are barred from this case at once, on every page",
        required=False,
    )

    def standing(self, concern: Concern) -> dict[str, Any]:
        return {}

    def ask(self) -> None:
        self.providers = {
            provider.ref: provider
            for provider in Provider.objects.filter(is_active=True).order_by("name", "pk")[:500]
        }
        names = [(ref, provider.name) for ref, provider in self.providers.items()]
        self.fields["provider"].choices = [("", "No"), *names]  # type: ignore[attr-defined]
        offer(self, user=User.objects.staff().filter(is_system=False).order_by("name", "pk"))

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "provider": self.providers.get(self.cleaned_data["provider"])}


class WishForm(StepForm):
    text = TextAreaField(
        label="What does the person want to happen?", help_text="In their words", max_length=2000
    )
    expressed_by = RadiosField(label="Who told you?", choices=DesiredOutcome.Voice.choices)


class VoiceForm(StepForm):
    spoken_to = RadiosField(label="Has somebody spoken to the person?", choices=YesNo.choices)
    why_not_spoken_to = TextAreaField(label="Why not?", max_length=2000, rows=3, required=False)
    outcomes_asked = RadiosField(
        label="Were they asked what they want to happen?", choices=Concern.OutcomesAsked.choices
    )
    consent = RadiosField(label="Do they agree that we act and share?", choices=Concern.Consent.choices)
    consent_limits = TextAreaField(
        label="What do they not agree to?", max_length=2000, rows=2, required=False
    )
    override = choice(
        "Why does it go on without their consent?", Override.choices, required=False,
        help_text="Leave as it is when they agree",
    )  # fmt: skip
    override_reason = TextAreaField(label="The reason in this case", max_length=2000, rows=3, required=False)
    told_of_override = TextField(
        label="How were they told, or why is telling them unsafe?", max_length=300, required=False
    )
    reveals = {"spoken_to": {"no": ["why_not_spoken_to"]}, "consent": {"limits": ["consent_limits"]}}


class CapacityForm(StepForm):
    capacity_doubted = RadiosField(
        label="Is there reason to think the person may lack capacity for a decision in this case?",
        choices=YesNo.choices,
    )
    lacked_capacity = RadiosField(
        label="Do they lack capacity to make decisions related to the enquiry?",
        choices=Concern.LackedCapacity.choices,
    )
    capacity_supported = RadiosField(
        label="Are they supported by an advocate, family or friend?", choices=YesNo.choices, required=False
    )
    advocacy = RadiosField(
        label="Was an advocate offered?",
        help_text="Whoever is alleged to have caused harm is never the suitable person to support them",
        choices=Concern.Advocacy.choices,
    )
    advocacy_kind = choice("What kind of advocate?", Concern.AdvocacyKind.choices, required=False)
    advocacy_reason = TextAreaField(
        label="Why not needed, and who supports them?", max_length=2000, rows=2, required=False
    )
    reveals = {
        "lacked_capacity": {"yes": ["capacity_supported"]},
        "advocacy": {"accepted": ["advocacy_kind"], "not_needed": ["advocacy_reason"]},
    }


class DecideForm(StepForm):
    limb_a = RadiosField(
        label="1. Does the person have needs for care and support?", choices=Known.choices, inline=True
    )
    reason_a = TextAreaField(label="Your reason for part 1", max_length=5000, rows=3)
    limb_b = RadiosField(
        label="2. Are they experiencing abuse or neglect, or at risk of it?",
        choices=Known.choices,
        inline=True,
    )
    reason_b = TextAreaField(label="Your reason for part 2", max_length=5000, rows=3)
    limb_c = RadiosField(
        label="3. Because of those needs, are they unable to protect themselves against it?",
        choices=Known.choices,
        inline=True,
    )
    reason_c = TextAreaField(
        label="Your reason for part 3, or what you need to find out", max_length=5000, rows=3
    )


class WithoutEnquiryForm(StepForm):
    disposition = choice("What is done instead?", Disposition.choices)
    end_reason = TextAreaField(label="Why is there no enquiry?", max_length=5000, rows=4)


class EntryForm(StepForm):
    kind = RadiosField(label="What is it?", choices=CaseEntry.Kind.choices)
    occurred_on = GovukDateField(label="When?", when="past_or_today")
    text = TextAreaField(label="What was said, found or agreed?", max_length=10000, rows=6)


class DelayForm(StepForm):
    reason = RadiosField(label="Why was the target passed?", choices=DelayReason.Reason.choices)
    text = TextField(label="What does it wait for?", max_length=1000)


class TellForm(StepForm):
    adult_told = TextAreaField(
        label="How was the person told how it went?",
        help_text="When and how, or why not",
        max_length=2000,
        rows=3,
    )
    referrer_told = TextAreaField(
        label="What was whoever reported it told?",
        help_text="Only what may be shared, or why nothing",
        max_length=2000,
        rows=3,
    )


class ConsiderReviewForm(StepForm):
    sar_considered = RadiosField(
        label="Must a safeguarding adults review be arranged?", choices=Concern.SarConsidered.choices
    )
    sar_reason = TextAreaField(label="Your reason", max_length=2000, rows=4)


class EndForm(StepForm):
    end_reason = TextAreaField(label="How does it end?", max_length=5000, rows=4)

    def standing(self, concern: Concern) -> dict[str, Any]:
        return {}


class CeaseForm(EndForm):
    end_reason = TextAreaField(
        label="What did the person ask for, and why is it right to stop?", max_length=5000, rows=4
    )


class TransferForm(EndForm):
    other_council = TextField(label="Which council leads from now on?", max_length=150)
    end_reason = TextAreaField(label="Who accepted it there, and when?", max_length=5000, rows=3)


class ReopenForm(StepForm):
    reason = TextAreaField(label="What is new?", max_length=5000, rows=4)


class DuplicateForm(StepForm):
    other = choice("Which concern goes on?", [])

    def ask(self) -> None:
        rows = Concern.objects.visible_to(self.reader).exclude(pk=self.concern.pk).exclude(status="duplicate")
        if self.concern.person_id:
            rows = rows.filter(person=self.concern.person_id)
        self.others = {
            row.ref: row for row in rows.select_related("person").order_by("-received_at", "-pk")[:200]
        }
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            ("", "Choose one"),
            *(
                (ref, f"{row.reference}, {row.adult}, {row.received_at:%-d %B %Y}")
                for ref, row in self.others.items()
            ),
        ]

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "other": self.others[self.cleaned_data["other"]]}


class LetKnowForm(StepForm):
    user = ColleagueChoice(label="Who needs to know?")
    reason = TextField(label="Why do they need to know?", max_length=200)

    def ask(self) -> None:
        offer(self, user=User.objects.staff().filter(is_system=False).order_by("name", "pk"))


class BarForm(LetKnowForm):
    user = ColleagueChoice(label="Who must not know?")
    reason = TextField(
        label="What is the conflict of interest?",
        help_text="Named in the concern, or related to who is",
        max_length=300,
    )


class TakeOffForm(StepForm):
    user = ColleagueChoice(label="Who is to be taken off the list?")

    def ask(self) -> None:
        keys = self.concern.access_list.members.filter(valid_to=None).values("user")
        offer(self, user=User.objects.filter(pk__in=keys, is_system=False).order_by("name", "pk"))
