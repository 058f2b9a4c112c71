"""What anybody is asked who is worried about an adult: one question a page, in plain words."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import CheckboxesField, GovukDateField, PostcodeField, RadiosField, TextAreaField, TextField
from core.journeys import QuestionForm
from safeguarding.models import AbuseType, Concern, Location

PLAIN_KINDS = (
    (AbuseType.PHY, "Hurting somebody’s body", "Hitting, pushing, wrong medicine, locking in"),
    (AbuseType.PSY, "Hurting somebody’s mind", "Threats, shouting, control, cutting off from others"),
    (AbuseType.DOM, "Abuse by a partner or family member", "Of any kind"),
    (AbuseType.SEX, "Sexual abuse", "Anything sexual that they did not or could not agree to"),
    (AbuseType.SXE, "Sexual exploitation", "Sex in return for money, drugs, a place to stay or attention"),
    (AbuseType.FIN, "Money or belongings", "Theft, fraud, pressure about money, wills or property"),
    (AbuseType.NEG, "Not being looked after", "Food, warmth, medicine, washing, getting help"),
    (AbuseType.SLF, "Not looking after themselves", "Health, home, hoarding"),
    (AbuseType.DIS, "Being treated badly for who they are", "Race, disability, age, religion, sexuality, gender"),
    (AbuseType.ORG, "Bad care by an organisation", "In a care home, hospital or by a home-care service"),
    (AbuseType.MOD, "Modern slavery", "Forced work, trafficking, papers taken away"),
)  # fmt: skip
PLAIN_LOCATIONS = (
    (Location.OWN_HOME, "In their own home"),
    (Location.RESIDENTIAL_HOME, "In a care home"),
    (Location.NURSING_HOME, "In a nursing home"),
    (Location.HOSPITAL_ACUTE, "In a hospital"),
    (Location.HOSPITAL_MENTAL, "In a mental health hospital"),
    (Location.HOSPITAL_COMMUNITY, "In a community hospital"),
    (Location.COMMUNITY_SERVICE, "At a day centre or other service"),
    (Location.COMMUNITY, "Outside, in a shop or another public place"),
    (Location.OTHER, "Somewhere else, or I do not know"),
)
SOURCES = (
    (Concern.Source.SELF, "It is about me"),
    (Concern.Source.FAMILY, "I am family, a friend or a neighbour"),
    (Concern.Source.HOME_CARE, "I work for a home-care service"),
    (Concern.Source.CARE_HOME, "I work in a care home"),
    (Concern.Source.OTHER_PROVIDER, "I work for another care or support service"),
    (Concern.Source.HEALTH, "I am a health professional"),
    (Concern.Source.HOSPITAL, "I work in a hospital"),
    (Concern.Source.AMBULANCE, "I work for the ambulance service"),
    (Concern.Source.FIRE, "I work for the fire and rescue service"),
    (Concern.Source.POLICE, "I work for the police"),
    (Concern.Source.PROBATION, "I work in probation"),
    (Concern.Source.HOUSING, "I work in housing"),
    (Concern.Source.VOLUNTARY, "I work for a charity or community group"),
    (Concern.Source.COUNCIL, "I work for the council"),
    (Concern.Source.OTHER, "Somebody else"),
    (Concern.Source.ANONYMOUS, "I would rather not say"),
)
CONSENTS = (
    (Concern.Consent.YES, "Yes"),
    (Concern.Consent.NO, "No, they do not want me to"),
    (Concern.Consent.NOT_ASKED, "No, I have not asked them"),
)


class DangerForm(QuestionForm):
    heading_field = "danger"
    danger = RadiosField(
        label="Is anybody in danger right now?",
        help_text="If so, ring 999 before you go on. You can still tell us here afterwards",
        choices=[("no", "No"), ("yes", "Yes")],
    )


class SourceForm(QuestionForm):
    heading_field = "source"
    source = RadiosField(label="Who are you?", choices=SOURCES)


class AdultForm(QuestionForm):
    title = "Who are you worried about?"
    lead = "Tell us what you know. If you do not know their name, say how we can find them on the next pages."
    given_names = TextField(label="First name", max_length=150, width=20, required=False)
    family_name = TextField(label="Last name", max_length=150, width=20, required=False)

    def __init__(self, *args: Any, is_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_self:
            self.title, self.lead = "What is your name?", ""


class BornForm(QuestionForm):
    title = "When were they born?"
    lead = "This helps us to find the right person. Leave it empty if you do not know."
    date_of_birth = GovukDateField(label="Date of birth", when="past", required=False)
    age = TextField(label="Or about how old are they?", max_length=60, width=10, required=False)

    def __init__(self, *args: Any, is_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_self:
            self.title, self.lead = "When were you born?", ""
            self.fields["age"].label = "Or about how old are you?"


class AddressForm(QuestionForm):
    title = "Where can we find them?"
    lead = "Where they live, or where they are now. Any hint helps."
    address = TextField(label="Address or place", max_length=300, required=False)
    postcode = PostcodeField(label="Postcode", required=False)
    phone = TextField(label="A safe way to reach them", max_length=60, required=False)

    def __init__(self, *args: Any, is_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_self:
            self.title, self.lead = "Where can we find you?", "Only give a way to reach you that is safe."
            self.fields["phone"].label = "A safe way to reach you"


class WhatForm(QuestionForm):
    heading_field = "what"
    what = TextAreaField(
        label="What has happened, or what worries you?",
        help_text="Use your own words. You do not need proof",
        max_length=10000,
        rows=8,
    )


class KindsForm(QuestionForm):
    heading_field = "kinds"
    kinds = CheckboxesField(
        label="What kind of harm is it?",
        help_text="Choose all that fit. If you are not sure, choose none",
        choices=[(kind, words) for kind, words, _ in PLAIN_KINDS],
        hints={str(kind): hint for kind, _, hint in PLAIN_KINDS},
        required=False,
    )


class WhereForm(QuestionForm):
    heading_field = "location"
    location = RadiosField(label="Where did it happen?", choices=PLAIN_LOCATIONS)


class WhenForm(QuestionForm):
    title = "When did it happen?"
    happened_on = GovukDateField(label="The day, if you know it", when="past_or_today", required=False)
    words = TextField(
        label="Or say it in words",
        help_text="For example: since the summer, every Friday",
        max_length=200,
        required=False,
    )


class AllegedForm(QuestionForm):
    heading_field = "who"
    who = TextAreaField(
        label="Who may have caused the harm?",
        help_text="Their name, what they are to the person, and whether they live together. "
        "Leave it empty if you do not know or nobody did",
        max_length=2000,
        rows=4,
        required=False,
    )


class OthersForm(QuestionForm):
    heading_field = "others"
    others = TextAreaField(
        label="Is anybody else at risk?",
        help_text="Other adults or children, and anything we should know before we visit. Leave it empty if not",
        max_length=2000,
        rows=3,
        required=False,
    )


class ConsentForm(QuestionForm):
    heading_field = "consent"
    consent = RadiosField(
        label="Do they know that you are telling us?",
        help_text="You can tell us either way",
        choices=CONSENTS,
    )


class WishesForm(QuestionForm):
    heading_field = "wishes"
    wishes = TextAreaField(
        label="What do they want to happen?",
        help_text="In their words, if you know. Leave it empty if you do not",
        max_length=5000,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, is_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_self:
            self.fields["wishes"].label = self.title = "What do you want to happen?"
            self.fields[
                "wishes"
            ].help_text = "We will ask you again, and nothing is done behind your back if that is safe"


class YouForm(QuestionForm):
    title = "How can we reach you?"
    lead = (
        "We only use this to ask you more and to tell you that we have your message. You can leave it empty."
    )
    name = TextField(label="Your name", max_length=150, required=False, autocomplete="name")
    role = TextField(label="Your job, if this is part of it", max_length=150, required=False)
    phone = TextField(
        label="A phone number that is safe to ring",
        max_length=60,
        width=20,
        required=False,
        autocomplete="tel",
    )
    email = forms.EmailField(
        label="An e-mail address that is safe to write to",
        help_text="Our e-mail says only that we have received a message",
        required=False,
    )
