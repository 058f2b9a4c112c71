"""The questions of our public pages, one a page, in plain words. No answer keeps anybody from an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from contacts.models import Contact, OnlineRequest
from core.forms import (
    CheckboxesField,
    ConfirmField,
    GovukDateField,
    NhsNumberField,
    PhoneField,
    PostcodeField,
    RadiosField,
    TextAreaField,
    TextField,
    YesNoField,
)
from core.journeys import QuestionForm
from people.models import Person
from people.national_lists import COMMUNICATION

AskedBy = OnlineRequest.AskedBy


class SpokenTo(QuestionForm):
    """A question that is asked of the person themself, or of somebody about them: two titles, and two labels each."""

    titles = ("", "")
    leads = ("", "")
    two_labels: Mapping[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, me: bool = True, **kwargs: Any) -> None:
        self.me = me
        self.title, self.lead = self.titles[not me], self.leads[not me]
        super().__init__(*args, **kwargs)

    def put_into_words(self) -> None:
        for name, labels in self.two_labels.items():
            self.fields[name].label = labels[not self.me]


class WhoForm(QuestionForm):
    heading_field = "who"
    label_size = "l"

    who = RadiosField(
        label="Who needs help?",
        choices=[
            (AskedBy.ME, "I do"),
            (AskedBy.CARED_FOR, "Someone I care for"),
            (AskedBy.SOMEONE_ELSE, "Someone else"),
            (AskedBy.PROFESSIONAL, "Someone I work with, as a professional"),
        ],
        hints={
            AskedBy.CARED_FOR: "A relative, partner, friend or neighbour whom you help without pay",
            AskedBy.PROFESSIONAL: "For example from a surgery, a hospital, housing or a charity",
        },
    )


class ReferrerForm(QuestionForm):
    title = "Who are you?"
    lead = "We may ring you when we need to know more."
    name = TextField(label="Your name", max_length=100, width=30, autocomplete="name", spellcheck=False)
    job = TextField(label="Your job, and where you work", max_length=150, width=30)
    source = RadiosField(
        label="Which kind of service is it?",
        choices=[
            (Contact.Source.GP, "GP or community health"),
            (Contact.Source.HOSPITAL, "Hospital"),
            (Contact.Source.HOUSING, "Housing"),
            (Contact.Source.POLICE, "Police, court or probation"),
            (Contact.Source.PROVIDER, "Care provider"),
            (Contact.Source.ADVOCATE, "Advocate"),
            (Contact.Source.OTHER, "Another service"),
        ],
    )
    phone = PhoneField(label="Your phone number at work", autocomplete="tel")
    email = forms.EmailField(label="Your e-mail address at work", required=False, max_length=254)


class SenderForm(QuestionForm):
    title = "Who are you?"
    lead = "We may ring you when we need to know more."

    name = TextField(label="Your name", max_length=100, width=30, autocomplete="name", spellcheck=False)
    relation = TextField(
        label="How do you know the person?",
        help_text="For example daughter, friend, neighbour",
        max_length=40,
        width=20,
    )
    phone = PhoneField(label="Your phone number", autocomplete="tel")
    email = forms.EmailField(
        label="Your e-mail address (optional)",
        help_text="We write to say that your request has come in",
        required=False,
        max_length=254,
    )


class ConsentForm(QuestionForm):
    heading_field = "consent"
    label_size = "l"

    consent = RadiosField(
        label="Does the person know that you are asking, and agree?",
        choices=[
            (Contact.Consent.YES, "Yes, they know and agree"),
            (Contact.Consent.NO, "No, or they do not know"),
            (Contact.Consent.UNABLE, "They are not able to say"),
        ],
        hints={Contact.Consent.NO: "You can still ask. We talk with the person before we do anything else"},
    )


class MattersForm(SpokenTo):
    heading_field = "matters"
    label_size = "l"
    two_labels = {"matters": ("What matters most to you?", "What matters most to the person?")}

    matters = TextAreaField(
        label="What matters most to you?",
        help_text="For example staying at home, seeing friends, feeling safe. Use your own words. A few are enough",
        max_length=2000,
        rows=5,
        counted=True,
    )


class HappeningForm(SpokenTo):
    heading_field = "happening"
    label_size = "l"

    happening = TextAreaField(
        label="What has changed, or become hard?",
        help_text="Tell us what is happening now, and since when",
        max_length=4000,
        rows=7,
        counted=True,
    )


# code: words of the checkbox, the rest of “How do you manage with …?”, picture. The ten outcomes for adults
# (SI 2015/313 reg 2(2)) in everyday words.
AREAS: dict[str, tuple[str, str, str]] = {
    "A": ("Making meals, eating and drinking", "making meals, eating and drinking", "eating"),
    "B": ("Washing and keeping clean", "washing and keeping clean", "washing"),
    "C": ("Using the toilet", "using the toilet", "toilet"),
    "D": ("Getting dressed", "getting dressed", "dressing"),
    "E": ("Moving about safely at home", "moving about safely at home", "safe"),
    "F": ("Keeping the home clean and warm", "keeping the home clean and warm", "home"),
    "G": ("Seeing family and friends", "seeing family and friends", "people"),
    "H": ("Work, learning or volunteering", "work, learning or volunteering", "work"),
    "I": ("Getting out, shops, buses and hobbies", "getting out, shops, buses and hobbies", "out"),
    "J": ("Looking after a child", "looking after a child", "child"),
}


class AreasForm(SpokenTo):
    heading_field = "areas"
    label_size = "l"
    two_labels = {"areas": ("Which of these are hard for you?", "Which of these are hard for the person?")}

    areas = CheckboxesField(
        label="Which of these are hard for you?",
        help_text="Tick all that are. If none is, go on without a tick",
        choices=[(code, words) for code, (words, _, _) in AREAS.items()],
        pictures={code: f"images/areas/{picture}.svg" for code, (_, _, picture) in AREAS.items()},
        required=False,
    )


class AreaForm(SpokenTo):
    """How one part of everyday life goes; the answers follow the four limbs of the law in everyday words."""

    heading_field = "how"
    label_size = "l"

    how = RadiosField(
        label="How do you manage?", help_text="Think about the last week. Pick the one that is closest"
    )

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        self.area = area
        super().__init__(*args, **kwargs)

    def put_into_words(self) -> None:
        who, verb = ("you", "I") if self.me else ("they", "They")
        self.fields["how"].label = f"How do {who} manage with {AREAS[self.area][1]}?"
        own = "my" if self.me else "their"
        me = "me" if self.me else "them"
        self.fields["how"].choices = [  # type: ignore[attr-defined]
            ("alone", f"{verb} manage on {own} own"),
            ("hurts", f"{verb} manage, but it hurts, worries {me} or is not safe"),
            ("slow", f"{verb} manage, but it takes {me} a very long time"),
            ("some", f"{verb} need some help, or reminding"),
            ("cannot", f"{verb} cannot do it without help"),
            ("unsure", "I am not sure"),
        ]


class SafetyForm(SpokenTo):
    heading_field = "safe"
    label_size = "l"
    two_labels = {
        "safe": (
            "Is anyone hurting you, or are you afraid?",
            "Is anyone hurting the person, or are they afraid?",
        )
    }

    safe = RadiosField(
        label="Is anyone hurting you, or are you afraid?",
        help_text="It can be somebody they know. If anybody is in danger now, ring 999",
        choices=[("safe", "No"), ("unsafe", "Yes"), ("unsaid", "I would rather not say here")],
        hints={"unsafe": "We ring about this first. We do not write about it in letters or e-mails"},
    )

    def put_into_words(self) -> None:
        super().put_into_words()
        if self.me:
            self.fields["safe"].help_text = "It can be somebody you know. If you are in danger now, ring 999"


class UrgentForm(QuestionForm):
    heading_field = "can_wait"
    label_size = "l"
    reveals = {"can_wait": {"no": ["why_urgent"]}}

    can_wait = YesNoField(
        label="Can it wait until the next working day?",
        help_text="Say no when somebody will not be safe, fed or warm until then",
    )
    why_urgent = TextAreaField(label="Why can it not wait?", max_length=1000, rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("can_wait") is False and not answers.get("why_urgent", "").strip():
            self.add_error("why_urgent", "Say why it cannot wait")
        return answers


class HospitalForm(QuestionForm):
    heading_field = "in_hospital"
    label_size = "l"
    reveals = {"in_hospital": {"yes": ["hospital", "ward", "leaves_on"]}}

    in_hospital = YesNoField(label="Is the person in hospital now?")
    hospital = TextField(label="Which hospital?", max_length=100, width=30, required=False)
    ward = TextField(label="Which ward?", max_length=60, width=20, required=False)
    leaves_on = GovukDateField(
        label="When are they expected to leave?", help_text="Leave empty when it is not known", required=False
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("in_hospital") and not answers.get("hospital", "").strip():
            self.add_error("hospital", "Enter the name of the hospital")
        return answers


class NameForm(SpokenTo):
    titles = ("What is your name?", "What is the person’s name?")

    given_names = TextField(label="First names", max_length=150, width=30, spellcheck=False)
    family_name = TextField(label="Family name", max_length=150, width=30, spellcheck=False)

    def put_into_words(self) -> None:
        if self.me:
            self.fields["given_names"].widget.attrs["autocomplete"] = "given-name"
            self.fields["family_name"].widget.attrs["autocomplete"] = "family-name"


class BornForm(SpokenTo):
    titles = ("When were you born?", "When was the person born?")

    date_of_birth = GovukDateField(
        label="Date of birth", help_text="For example, 14 3 1944", when="past_or_today"
    )
    nhs_number = NhsNumberField(
        label="NHS number (optional)",
        help_text="10 digits, on letters from the NHS. Go on without it",
        required=False,
    )

    def put_into_words(self) -> None:
        self.fields["date_of_birth"].widget.memorable = self.me


class HomeForm(SpokenTo):
    titles = ("Where do you live?", "Where does the person live?")

    address_lines = TextAreaField(label="Address", max_length=300, rows=3, required=False)
    postcode = PostcodeField(required=False)
    no_fixed_abode = ConfirmField(label="No fixed address at the moment", required=False)

    def put_into_words(self) -> None:
        if self.me:
            self.fields["address_lines"].widget.attrs["autocomplete"] = "street-address"
            self.fields["postcode"].widget.attrs["autocomplete"] = "postal-code"

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if "postcode" not in self.errors and not (answers.get("postcode") or answers.get("no_fixed_abode")):
            self.add_error("postcode", "Enter the postcode, or say that there is no fixed address")
        return answers


class ContactForm(SpokenTo):
    titles = ("How can we reach you?", "How can we reach the person?")

    phone = PhoneField(label="Phone number", required=False)
    email = forms.EmailField(label="E-mail address", required=False, max_length=254)
    channel = RadiosField(
        label="Which way is best?",
        choices=[
            (Person.Channel.PHONE, "By phone"),
            (Person.Channel.TEXT, "By text message"),
            (Person.Channel.EMAIL, "By e-mail"),
            (Person.Channel.POST, "By letter"),
        ],
    )
    message = YesNoField(
        label="May we leave a message?", help_text="Say no if somebody else may hear or read it"
    )

    def put_into_words(self) -> None:
        if self.me:
            self.fields["phone"].widget.attrs["autocomplete"] = "tel"
            self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        channel = answers.get("channel")
        if channel in (Person.Channel.PHONE, Person.Channel.TEXT) and not answers.get("phone"):
            self.add_error("phone", "Enter the phone number, or choose another way")
        if channel == Person.Channel.EMAIL and not answers.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter the e-mail address, or choose another way")
        return answers


NEEDS = (
    "large_print", "easy_read", "braille", "audio", "bsl_interpreter", "lipreads", "hard_of_hearing", "text_relay",
    "hearing_loop", "through_someone", "advocate", "longer_appointment", "quiet_place", "short_sentences",
)  # fmt: skip


class CommunicationForm(SpokenTo):
    heading_field = "needs"
    label_size = "l"
    two_labels = {
        "needs": ("What helps you when we write or talk?", "What helps the person when we write or talk?")
    }

    needs = CheckboxesField(
        label="What helps you when we write or talk?",
        help_text="Tick all that help. If nothing special is needed, go on without a tick",
        choices=[(code, COMMUNICATION[code][1]) for code in NEEDS],
        required=False,
    )
    language = TextField(
        label="Another language than English (optional)",
        help_text="If an interpreter is needed, for which language?",
        max_length=60,
        width=20,
        required=False,
    )


# For carers -----------------------------------------------------------------------------------------------------


class CaredForForm(QuestionForm):
    title = "Whom do you care for?"
    lead = "If they have help from us already, their date of birth and postcode let us find it."

    given_names = TextField(label="Their first names", max_length=150, width=30, spellcheck=False)
    family_name = TextField(label="Their family name", max_length=150, width=30, spellcheck=False)
    date_of_birth = GovukDateField(
        label="Their date of birth (optional)",
        help_text="For example, 14 3 1944",
        when="past_or_today",
        required=False,
    )
    postcode = PostcodeField(label="Their postcode (optional)", required=False)


class CaringForm(QuestionForm):
    title = "What do you do for them?"

    what = TextAreaField(
        label="What you do",
        help_text="In a usual week, by day and by night",
        max_length=2000,
        rows=5,
        counted=True,
    )
    hours = RadiosField(
        label="About how many hours a week?",
        choices=[
            ("under_20", "Less than 20"), ("20_to_34", "20 to 34"), ("35_to_49", "35 to 49"), ("50_more", "50 or more"),
            ("unsure", "I am not sure"),
        ],
    )  # fmt: skip


class EffectsForm(QuestionForm):
    """Health, and the eight outcomes for carers (SI 2015/313 reg 3(2)) in everyday words."""

    heading_field = "effects"
    label_size = "l"

    effects = CheckboxesField(
        label="What has become hard because you care for them?",
        help_text="Tick all that have. If nothing has, go on without a tick",
        choices=[
            ("health", "My own health, or sleep"),
            ("a", "Looking after a child"),
            ("b", "Caring for somebody else as well"),
            ("c", "Keeping my home clean and warm"),
            ("d", "Eating well"),
            ("e", "Seeing family and friends"),
            ("f", "Work, learning or volunteering"),
            ("g", "Getting out, shops and buses"),
            ("h", "Time for myself"),
        ],
        required=False,
    )


class GoingOnForm(QuestionForm):
    heading_field = "going_on"
    label_size = "l"

    going_on = RadiosField(
        label="Are you able and willing to go on caring?",
        help_text="You do not have to. Both answers are right",
        choices=[
            ("yes", "Yes"), ("with_help", "Yes, with some help"), ("not_all", "Not all of it"), ("no", "No"),
            ("unsure", "I am not sure"),
        ],
    )  # fmt: skip


class BetterForm(QuestionForm):
    heading_field = "matters"
    label_size = "l"

    matters = TextAreaField(
        label="What would make your own life better?",
        help_text="Use your own words. A few are enough",
        max_length=2000,
        rows=5,
        counted=True,
    )
