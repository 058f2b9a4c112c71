"""Invented people: identity, age, origin, home and health. Nobody here exists."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from national_returns.cld.spec import specification
from national_returns.cld.synthetic import names, shares

Key = TypeVar("Key")
DAYS_IN_A_YEAR = 365.25
SERIALS = 1_000_000  # six free digits after 999
FIRST_STEM = "999001000"
STEP = 611_953  # prime to SERIALS, so that numbers do not run in the order of the file


def pick(rng: random.Random, weights: Mapping[Key, float]) -> Key:
    """One key by its weight."""
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def nhs_number(serial: int, seed: int) -> str:
    """A number of the 999 range, which is never issued, with a right check digit; "" where there is none.

    The thousand lowest stems are left to hand-written examples.

    One serial in eleven has no check digit, as in life; the caller takes the next.
    """
    stem = f"999{(serial * STEP + seed * 7_919) % SERIALS:06d}"
    check = 11 - sum(int(digit) * weight for digit, weight in zip(stem, range(10, 1, -1), strict=True)) % 11
    number = f"{stem}{0 if check == 11 else check}"
    return "" if check == 10 or len(set(number)) == 1 or stem < FIRST_STEM else number


class Numbers:
    """Hands out identifiers, each once in a file."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.people = 0
        self.serial = 0
        self.events = 0

    def person(self) -> str:
        self.people += 1
        return f"S{self.seed % 10_000:04d}-{self.people:07d}"

    def nhs(self) -> str:
        """The next free NHS number. After about 908,000 there are none left, and it is blank."""
        while self.serial < SERIALS:
            self.serial += 1
            if number := nhs_number(self.serial, self.seed):
                return number
        return ""

    def event(self, event_type: str) -> str:
        self.events += 1
        return f"{event_type[:3].upper()}-{self.seed % 10_000:04d}-{self.events:08d}"


@dataclass
class MadePerson:
    """One invented person. Values of lists are codes; the file carries their labels."""

    local_id: str
    nhs_number: str
    first_name: str
    last_name: str
    surgery: tuple[str, str]
    gender: str
    ethnicity: str
    born: date
    postcode: str
    client_type: str = "service_user"
    reason: str = ""
    accommodation: str = ""
    employment: str = ""
    has_carer: str = ""
    autism: str = "no"
    sight: str = "none"
    hearing: str = "none"
    dementia: str = "no"
    funding: str = ""
    died: date | None = None

    def cells(self) -> dict[str, str]:
        """The person's part of a row, repeated on each."""
        label = _label
        return {
            "NHS_Number": self.nhs_number,
            "LA_Person_Unique_Identifier": self.local_id,
            "First_Name": self.first_name,
            "Last_Name": self.last_name,
            "GP_Practice_Name": self.surgery[0],
            "GP_Practice_Code": self.surgery[1],
            "Gender": label("Gender", self.gender),
            "Ethnicity": label("Ethnicity", self.ethnicity),
            "Date_of_Birth": written(self.born),
            "Date_of_Death": written(self.died),
            "Client_Type": label("Client_Type", self.client_type),
            "Primary_Support_Reason": label("Primary_Support_Reason", self.reason),
            "Postcode": self.postcode,
            "Accommodation_Status": label("Accommodation_Status", self.accommodation),
            "Employment_Status": label("Employment_Status", self.employment),
            "Has_Unpaid_Carer": label("Has_Unpaid_Carer", self.has_carer),
            "Autism_Spectrum_Disorder_ASD": label("Autism_Spectrum_Disorder_ASD", self.autism),
            "Visual_Impairment": label("Visual_Impairment", self.sight),
            "Hearing_Impairment": label("Hearing_Impairment", self.hearing),
            "Dementia": label("Dementia", self.dementia),
            "Client_Funding_Status": label("Client_Funding_Status", self.funding),
        }


def written(day: date | None) -> str:
    """A date as the file writes it."""
    return day.strftime("%d/%m/%Y") if day else ""


def _label(field: str, code: str) -> str:
    return specification().list_of(field).label(code) if code else ""


class PeopleMaker:
    """Makes people one by one, always the same for one seed."""

    def __init__(self, *, rng: random.Random, numbers: Numbers, period_end: date) -> None:
        self.rng = rng
        self.numbers = numbers
        self.period_end = period_end

    def service_user(self, pathway: str) -> MadePerson:
        rng = self.rng
        working_age = rng.random() < shares.WORKING_AGE_SHARE[pathway]
        group = "18 to 64" if working_age else "65 and over"
        ages = shares.AGES_18_TO_64 if working_age else shares.AGES_65_PLUS
        person = self._anybody(pick(rng, ages), women=shares.WOMEN[group])
        reasons = shares.REASON_18_TO_64 if working_age else shares.REASON_65_PLUS
        person.reason = pick(rng, reasons)
        if pathway == "request_only" and rng.random() < 0.35:
            person.reason = "unknown"  # the specification's value where the journey stopped at the request
        person.accommodation = pick(rng, shares.ACCOMMODATION[group])
        person.employment = pick(rng, shares.EMPLOYMENT_18_TO_64) if working_age else "not_seeking_or_retired"
        person.funding = pick(rng, shares.FUNDING) if pathway == "long_term" else "fully_social_care"
        learning = person.reason == "learning_disability"
        person.autism = self._yes(shares.AUTISM["learning disability" if learning else group])
        person.dementia = self._yes(
            shares.DEMENTIA["memory" if person.reason == "memory_cognition" else group]
        )
        self._senses(person)
        return person

    def carer(self, cared_for: MadePerson) -> MadePerson:
        """Somebody who looks after one of the service users, often of the same name and at the same address."""
        rng = self.rng
        person = self._anybody(pick(rng, shares.CARER_AGE), women=0.62, ethnicity=cared_for.ethnicity)
        person.client_type = (
            "unpaid_carer_by_association" if rng.random() < shares.CARER_BY_ASSOCIATION else "unpaid_carer"
        )
        person.reason = "social_unpaid_carer"
        if rng.random() < 0.7:
            person.last_name = cared_for.last_name
        if rng.random() < 0.6:
            person.postcode, person.surgery = cared_for.postcode, cared_for.surgery
        return person

    def _anybody(self, ages: tuple[int, int], *, women: float, ethnicity: str = "") -> MadePerson:
        rng = self.rng
        ethnicity = ethnicity or pick(rng, shares.ETHNICITY)
        family = names.FAMILY_OF[ethnicity]
        is_woman = rng.random() < women
        given = (names.WOMEN if is_woman else names.MEN)[family]
        days = rng.randint(int(ages[0] * DAYS_IN_A_YEAR) + 1, int((ages[1] + 1) * DAYS_IN_A_YEAR) - 1)
        born = self.period_end - timedelta(days=days)
        if family == "british":  # the list runs from old names to new
            given = given[: len(given) * 3 // 5] if born.year < 1962 else given[len(given) * 2 // 5 :]
        gender = "female" if is_woman else "male"
        return MadePerson(
            local_id=self.numbers.person(),
            nhs_number=self.numbers.nhs(),
            first_name=rng.choice(given),
            last_name=rng.choice(names.FAMILY[family]),
            surgery=rng.choice(names.SURGERIES),
            gender="other" if rng.random() < shares.GENDER_OTHER else gender,
            ethnicity=ethnicity,
            born=born,
            postcode=self._postcode(),
        )

    def _postcode(self) -> str:
        letters = "ABDEFGHJLNPQRSTUWXYZ"  # the letters that end real postcodes
        rng = self.rng
        return f"ZZ{rng.randint(1, 99)} {rng.randint(1, 9)}{rng.choice(letters)}{rng.choice(letters)}"

    def _senses(self, person: MadePerson) -> None:
        person.sight = pick(self.rng, shares.SIGHT)
        person.hearing = pick(self.rng, shares.HEARING)
        if person.reason in ("sensory_visual", "sensory_dual"):
            person.sight = self.rng.choice(("partial", "blind_severe"))
        if person.reason in ("sensory_hearing", "sensory_dual"):
            person.hearing = self.rng.choice(("hard_of_hearing", "deaf_with_speech"))

    def _yes(self, share: float) -> str:
        return "yes" if self.rng.random() < share else "no"
