"""Two stories of safeguarding: a concern raised last night, and an enquiry past its target."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from caseportal.demo.telling import Teller
from core import clock
from people.models import Person
from safeguarding import services
from safeguarding.models import Concern

NADIA, JOEL = "Nadia Rahman", "Joel Adams"


def raised_last_night(teller: Teller) -> None:
    """A neighbour told us last night on the public pages; nobody has looked at it yet."""
    vera = Person.objects.get(given_names="Vera", family_name="Lindqvist")
    services.raise_concern(
        channel=Concern.Channel.PUBLIC,
        source=Concern.Source.FAMILY,
        adult_given_names=vera.given_names,
        adult_family_name=vera.family_name,
        adult_date_of_birth=vera.date_of_birth,
        adult_address="15 Orchard Way",
        adult_postcode="ZZ2 4CD",
        what_happened="A man who says he is a roofer has been to her door three times this week. She gave him £400 on "
        "Monday and he came back for more. She cried when I asked her about it.",
        kinds=["FIN", "PSY"],
        location="own_home",
        when_words="Monday, Wednesday and yesterday",
        alleged_words="About 40, white van. She does not know his name.",
        consent=Concern.Consent.NOT_ASKED,
        views_and_wishes="She said she wants him to stop coming.",
        referrer_name="A neighbour",
        referrer_phone="01632 960153",
        now=teller.exactly(1, 21, 10),
    )


def enquiry_past_its_target(teller: Teller) -> None:
    """Money is missing; the bank has not answered, and the twenty working days are over."""
    nadia, joel = teller.users[NADIA], teller.users[JOEL]
    callum = Person.objects.get(given_names="Callum", family_name="Reece")
    concern = services.raise_concern(
        person=callum,
        source=Concern.Source.VOLUNTARY,
        what_happened="His bank card is kept by a man he calls a friend. £640 was drawn in cash that he did not ask for.",
        kinds=["FIN"],
        location="own_home",
        alleged_words="A man of about 30 from the pool club. He does not live with him.",
        consent=Concern.Consent.YES,
        views_and_wishes="I want my card back. I do not want him to get into trouble.",
        by=joel,
        now=teller.worked(40, 11, 25),
    )
    with_joel: dict[str, Any] = {"concern": concern, "version": None, "by": joel}
    services.screen(
        **with_joel, immediate_action="He has food and £30 in the flat. The college rings each morning.",
        risk="medium", crime="yes", police_reference="Told on the phone; no number yet", child_at_risk="no",
        child_referral="", referrer_acknowledged="Rang the college back at 13:55",
        now=teller.worked(40, 13, 40),
    )  # fmt: skip
    services.add_risk(
        **with_joel, kind="FIN", location="own_home", source="known", detail="The friend holds the card",
        now=teller.worked(40, 14),
    )  # fmt: skip
    services.add_alleged(
        **with_joel, name="", relationship="Friend", lives_with="no", lived_with_then="no", is_aware="no",
        is_at_risk_too="not_known", now=teller.worked(40, 14, 10),
    )  # fmt: skip
    services.add_wish(
        **with_joel, text="I want my card back. I do not want him to get into trouble.", expressed_by="adult",
        now=teller.worked(40, 15),
    )  # fmt: skip
    services.record_voice(
        **with_joel, spoken_to="yes", why_not_spoken_to="", outcomes_asked="expressed", consent="yes",
        consent_limits="", override="", override_reason="", told_of_override="", now=teller.worked(40, 15, 10),
    )  # fmt: skip
    services.record_capacity(
        **with_joel, capacity_doubted="no", lacked_capacity="no", capacity_supported="", advocacy="declined",
        advocacy_kind="", advocacy_reason="", now=teller.worked(40, 15, 20),
    )  # fmt: skip
    with_nadia: dict[str, Any] = {"concern": concern, "version": None, "by": nadia}
    services.decide(
        **with_nadia, limb_a="yes", reason_a="Needs help with money and with letters.",
        limb_b="yes", reason_b="Bank statement seen by his tutor: £640 in cash he did not ask for.",
        limb_c="yes", reason_c="Cannot say no to a friend, and does not know what is on the statement.",
        now=teller.worked(39, 10),
    )  # fmt: skip
    services.plan_enquiry(**with_nadia, lead=joel, risk="medium", why_other="", now=teller.worked(39, 10, 20))
    services.start_enquiry(
        **with_nadia, questions="Who has drawn the money, and does Callum want him to hold the card?",
        who_does_what="Joel sees Callum alone. The bank sends its record.",
        sharing_basis="His consent; the bank under the Care Act s45.",
        discussed_on=clock.london_date(teller.worked(38, 10)), discussed_with="Callum, the police and his tutor",
        now=teller.worked(38, 15),
    )  # fmt: skip
    services.ask_another(
        **with_joel, agency="Northbridge Bank", contact="Its team for customers at risk",
        scope="Who drew cash from the account since May", terms="A list of withdrawals, in writing",
        no_conflict="None: the friend does not work there",
        due_on=clock.london_date(teller.worked(38, 15)) + timedelta(days=14), now=teller.worked(38, 16),
    )  # fmt: skip
