"""What one row of a client level data file says, or why it cannot be taken over.

A row is refused for what would make the record untrue or leave it without a place: the errors of the
specification's own rules that concern this row alone (the rule is named beside each check). Rules about the
reporting period (D04, D05, D06, P11) are not among them: an old service is still true. Blank gender,
ethnicity, birth date and support reason are kept as not recorded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import nhs_number

from national_returns.cld.money import BY_UNIT, weekly_equivalent
from national_returns.cld.rows import NotADate, Row, clean, read_date
from national_returns.cld.spec import EVENT_TYPES, Code, Reading, Specification, specification

LONGEST_TEXT = 200  # characters; no field of the return needs more, and our columns hold as many
MAY_BE_BLANK = frozenset({"Gender", "Ethnicity", "Date_of_Birth", "Primary_Support_Reason"})
LINKS = ("Adult_1_Linked_Person_ID", "Adult_2_Linked_Person_ID", "Adult_3_Linked_Person_ID")
MOST = Decimal("99999.99")  # pounds for a unit, and units a week; larger figures are slips of the keyboard
MOST_WEEKLY = Decimal("99999999.99")  # pounds; what a record can hold
# Words of lists that nobody has checked yet are kept as written, as far as the record has room for them.
LONGEST_WORDING = {
    "Request_Route_of_Access": 80,
    "Eligible_Needs_Identified": 20,
    "Method_of_Assessment": 60,
    "Method_of_Review": 60,
    "Review_Reason": 80,
    "Autism_Spectrum_Disorder_ASD": 20,
    "Dementia": 20,
}

_NUMBER = re.compile(r"-?\d+(\.\d{1,2})?", re.ASCII)
_WHOLE = re.compile(r"\d{1,2}", re.ASCII)
_TEN_DIGITS = re.compile(r"\d{10}", re.ASCII)
# Control characters cannot be stored or shown; line breaks and tabs can.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row is left out. Row 1 is the first after the headings; field is the specification's name."""

    row: int
    field: str
    reason: str
    event_type: str = ""

    def as_dict(self) -> dict[str, object]:
        return {"row": self.row, "field": self.field, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What a row says about the person it names. None and "" mean that the cell was blank."""

    council: str
    local_id: str
    nhs_number: str
    first_name: str
    last_name: str
    gp_practice_name: str
    gp_practice_code: str
    gender: Code | None
    ethnicity: Code | None
    date_of_birth: date | None
    date_of_death: date | None
    postcode: str
    accommodation_status: Code | None
    employment_status: Code | None
    has_unpaid_carer: Code | None
    autism: Code | None
    visual_impairment: Code | None
    hearing_impairment: Code | None
    dementia: Code | None
    client_funding_status: Code | None

    @property
    def key(self) -> str:
        """The council's own identifier, else the NHS number: stable from one file to the next."""
        return self.local_id or self.nhs_number


@dataclass(frozen=True, slots=True)
class Event:
    """One request, assessment, service or review, with the person it belongs to."""

    row: int
    person: PersonDetails
    period_start: date | None
    period_end: date | None
    client_type: str
    event_type: str
    reference: str
    start: date
    end: date | None
    description: str
    primary_support_reason: Code | None
    outcome: Code | None
    route_of_access: Code | None
    assessment_type: Code | None
    eligible_needs: Code | None
    method: Code | None
    hours_caring: str
    adults_cared_for: int | None
    linked_people: tuple[str, ...]
    service_type: Code | None
    component: Code | None
    delivery_mechanism: Code | None
    provider_name: str
    provider_id: str
    review_reason: Code | None
    outcomes_achieved: Code | None
    unit_cost: Decimal | None
    frequency: Code | None
    planned_units: Decimal | None

    @property
    def is_about_a_carer(self) -> bool:
        return self.client_type != "service_user"

    @property
    def effective_end(self) -> date | None:
        """The end, or the day of death when that came first or the event was open (D-02)."""
        death = self.person.date_of_death
        if death and self.start <= death and (self.end is None or death < self.end):
            return death
        return self.end

    @property
    def weekly_cost(self) -> Decimal | None:
        """Pounds a week (D-11); None when no price is given, or the price is for once."""
        if self.unit_cost is None or self.frequency is None:
            return None
        return weekly_equivalent(
            unit_cost=self.unit_cost, frequency=self.frequency.code, planned_units=self.planned_units
        )


class _Refused(Exception):
    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


class EventReader:
    """Turns rows into events. One reader for a file: it keeps only the specification."""

    def __init__(self, *, today: date, council: str = "", spec: Specification | None = None) -> None:
        self.today = today
        self.council = council
        self.spec = spec or specification()
        self.position = {name: index for index, name in enumerate(self.spec.names)}
        self.lists = {each.name: self.spec.list_of(each.name) for each in self.spec.fields if each.code_list}
        self.mandatory = {
            event_type: [
                each.name
                for each in self.spec.fields
                if each.is_mandatory_for(event_type) and each.name not in MAY_BE_BLANK
            ]
            for event_type in EVENT_TYPES
        }

    def read(self, row: Row) -> Event | Refusal:
        """The event of a row, or the first reason for which it is refused."""
        try:
            return _Reading(self, row).event()
        except _Refused as refused:
            return Refusal(row.number, refused.field, refused.reason, self._type_of(row))

    def _type_of(self, row: Row) -> str:
        """The type of a refused row, as far as it can be told."""
        if not row.has_all_cells:
            return ""
        match = self.lists["Event_Type"].match(row.cells[self.position["Event_Type"]])
        return match.code.label if match.code else ""


class _Reading:
    """One row while it is being read."""

    __slots__ = ("cells", "reader", "row")

    def __init__(self, reader: EventReader, row: Row) -> None:
        if not row.has_all_cells:
            raise _Refused(
                "", f"This row has {len(row.cells)} cells; {len(reader.spec.fields)} are expected."
            )
        self.reader = reader
        self.row = row
        self.cells: Sequence[str] = row.cells

    def event(self) -> Event:
        council = self._council()
        event_type = self._event_type()
        self._mandatory(event_type)
        person = self._person(council)
        start = self._date("Event_Start_Date")
        end = self._date("Event_End_Date")
        if start is None:  # unreachable: mandatory for every type; narrows the type
            raise _Refused("Event_Start_Date", "Give the day the event began.")
        self._dates_agree(person, start, end)
        is_service = event_type == "Service"
        unit_cost, frequency, planned_units = self._cost() if is_service else (None, None, None)
        service_type = self._code("Service_Type") if is_service else None
        mechanism = self._code("Delivery_Mechanism") if is_service else None
        if (
            service_type
            and mechanism
            and (service_type.code, mechanism.code) == ("lt_prison", "direct_payment")
        ):
            raise _Refused("Delivery_Mechanism", "A direct payment cannot be made in prison.")  # S03
        client_type = self._code("Client_Type")
        is_review = event_type == "Review"
        is_assessment = event_type == "Assessment"
        links = self._links(person)
        return Event(
            row=self.row.number,
            person=person,
            period_start=self._date("Reporting_Period_Start_Date"),
            period_end=self._date("Reporting_Period_End_Date"),
            client_type=client_type.code if client_type else "",
            event_type=event_type,
            reference=self._text("Event_Reference"),
            start=start,
            end=end,
            description=self._text("Event_Description", longest=2_000),
            primary_support_reason=self._code("Primary_Support_Reason"),
            outcome=self._code("Event_Outcome"),
            route_of_access=self._code("Request_Route_of_Access") if event_type == "Request" else None,
            assessment_type=self._code("Assessment_Type") if is_assessment else None,
            eligible_needs=self._code("Eligible_Needs_Identified") if is_assessment else None,
            method=self._method(is_assessment, is_review),
            hours_caring=self._text("Total_Hrs_Caring_Per_Week"),
            adults_cared_for=self._adults_cared_for(links),
            linked_people=links,
            service_type=service_type,
            component=self._code("Service_Component") if is_service else None,
            delivery_mechanism=mechanism,
            provider_name=self._text("Provider_CQC_Location_Name") if is_service else "",
            provider_id=self._text("Provider_CQC_Location_ID", longest=20) if is_service else "",
            review_reason=self._code("Review_Reason") if is_review else None,
            outcomes_achieved=self._code("Review_Outcomes_Achieved") if is_review else None,
            unit_cost=unit_cost,
            frequency=frequency,
            planned_units=planned_units,
        )

    # Cells

    def _cell(self, name: str) -> str:
        return clean(self.cells[self.reader.position[name]])

    def _text(self, name: str, *, longest: int = LONGEST_TEXT) -> str:
        text = self._cell(name)
        if len(text) > longest:
            raise _Refused(name, f"This is {len(text)} characters long; the most is {longest}.")
        if _UNSTORABLE.search(text):
            raise _Refused(
                name, "This contains a character that cannot be stored. Delete it and type it again."
            )
        return text

    def _date(self, name: str) -> date | None:
        try:
            return read_date(self._cell(name))
        except NotADate:
            raise _Refused(name, "Write the date as dd/mm/yyyy, with no time.") from None  # D01

    def _code(self, name: str) -> Code | None:
        raw = self.cells[self.reader.position[name]]
        if not clean(raw):
            return None
        match = self.reader.lists[name].match(raw)
        if match.reading is Reading.RELEASE_1:  # C03
            use = f" Use “{match.code.label}”." if match.code else " Release 2 has no equivalent."
            raise _Refused(name, f"“{raw.strip()[:80]}” is the Release 1 wording.{use}")
        if match.reading is Reading.UNKNOWN:  # C01
            raise _Refused(name, f"“{raw.strip()[:80]}” is not an allowed value for {name}.")
        if match.code is not None:
            return match.code
        # A list nobody has checked yet (C04) or does not have: the council's own words are kept.
        longest = LONGEST_WORDING.get(name, LONGEST_TEXT)
        return Code(code="", label=self._text(name, longest=longest), confidence="D")

    def _number(self, name: str) -> Decimal | None:
        text = self._cell(name)
        if not text:
            return None
        if not _NUMBER.fullmatch(text) or abs(Decimal(text)) > MOST:  # K01
            raise _Refused(name, "Write a plain number with up to two decimals and no pound sign or comma.")
        return Decimal(text)

    # Parts of a row

    def _council(self) -> str:
        council = self._text("LA_Code", longest=9)
        expected = self.reader.council
        if expected and council and council != expected:  # P01
            raise _Refused("LA_Code", f"The council code is {council}; this import is for {expected}.")
        return council

    def _event_type(self) -> str:
        code = self._code("Event_Type")
        if code is None:
            raise _Refused("Event_Type", "Event_Type is mandatory: Request, Assessment, Service or Review.")
        return code.label

    def _mandatory(self, event_type: str) -> None:
        if not self._cell("LA_Person_Unique_Identifier") and not self._cell("NHS_Number"):  # P03
            raise _Refused("LA_Person_Unique_Identifier", "This row names no one.")
        for name in self.reader.mandatory[event_type]:
            if self._cell(name):
                continue
            if name == "Event_End_Date":  # D03
                raise _Refused(
                    name,
                    "Only services may be open. Leave this event out until it is finished, or give its end date.",
                )
            if name == "LA_Person_Unique_Identifier":
                continue  # the NHS number names the person
            article = "an" if event_type[0] in "AEIOU" else "a"
            raise _Refused(name, f"{name} is mandatory for {article} {event_type}.")  # M01

    def _person(self, council: str) -> PersonDetails:
        number = self._cell("NHS_Number")
        if number and not is_nhs_number(number):  # P04
            raise _Refused("NHS_Number", "This is not a valid NHS number.")
        born, died = self._date("Date_of_Birth"), self._date("Date_of_Death")
        if born and born > self.reader.today:  # P06
            raise _Refused("Date_of_Birth", "The date of birth is in the future.")
        if died and (died > self.reader.today or (born and died < born)):  # P09
            raise _Refused("Date_of_Death", "The date of death cannot be right.")
        code, text = self._code, self._text
        return PersonDetails(
            council=council,
            local_id=text("LA_Person_Unique_Identifier", longest=50),
            nhs_number=number,
            first_name=text("First_Name", longest=100),
            last_name=text("Last_Name", longest=100),
            gp_practice_name=text("GP_Practice_Name", longest=150),
            gp_practice_code=text("GP_Practice_Code", longest=10).upper(),
            gender=code("Gender"),
            ethnicity=code("Ethnicity"),
            date_of_birth=born,
            date_of_death=died,
            postcode=text("Postcode", longest=10).upper(),
            accommodation_status=code("Accommodation_Status"),
            employment_status=code("Employment_Status"),
            has_unpaid_carer=code("Has_Unpaid_Carer"),
            autism=code("Autism_Spectrum_Disorder_ASD"),
            visual_impairment=code("Visual_Impairment"),
            hearing_impairment=code("Hearing_Impairment"),
            dementia=code("Dementia"),
            client_funding_status=code("Client_Funding_Status"),
        )

    def _dates_agree(self, person: PersonDetails, start: date, end: date | None) -> None:
        if end and end < start:  # D02
            raise _Refused("Event_End_Date", "The event ends before it starts.")
        if person.date_of_birth and person.date_of_birth > start:  # P06
            raise _Refused("Date_of_Birth", "The date of birth is after the event started.")
        if person.date_of_death and person.date_of_death < start:  # P10
            raise _Refused("Date_of_Death", "The event starts after the person died.")

    def _cost(self) -> tuple[Decimal | None, Code | None, Decimal | None]:
        price = self._number("Unit_Cost")
        units = self._number("Planned_Units_Per_Week")
        frequency = self._code("Cost_Frequency_Unit_Type")
        free = frequency is not None and frequency.code == "no_charge"
        if (price is None) != (frequency is None) and not (free and price is None):  # K02
            raise _Refused(
                "Cost_Frequency_Unit_Type", "A cost needs a frequency, and a frequency needs a cost."
            )
        if frequency is not None and frequency.code in BY_UNIT and not units:  # K03
            raise _Refused(
                "Planned_Units_Per_Week",
                "Give the planned units a week; otherwise this cost cannot be turned into a weekly amount.",
            )
        if price is not None and frequency is not None:
            weekly = weekly_equivalent(unit_cost=price, frequency=frequency.code, planned_units=units)
            if weekly is not None and weekly > MOST_WEEKLY:
                raise _Refused(
                    "Unit_Cost", f"This comes to £{weekly:,} a week. Check the cost and the units."
                )
        return price, frequency, units

    def _method(self, is_assessment: bool, is_review: bool) -> Code | None:
        if is_assessment:
            return self._code("Method_of_Assessment")
        return self._code("Method_of_Review") if is_review else None

    def _links(self, person: PersonDetails) -> tuple[str, ...]:
        linked = tuple(dict.fromkeys(text for name in LINKS if (text := self._text(name, longest=50))))
        if person.local_id and person.local_id in linked:  # U02
            raise _Refused("Adult_1_Linked_Person_ID", "A carer cannot be linked to themselves.")
        return linked

    def _adults_cared_for(self, linked: tuple[str, ...]) -> int | None:
        text = self._cell("No_of_adults_being_cared_for")
        if not text:
            return None
        if not _WHOLE.fullmatch(text) or int(text) < len(linked):  # U04
            raise _Refused(
                "No_of_adults_being_cared_for",
                "The number of adults cared for is less than the people linked.",
            )
        return int(text)


def is_nhs_number(text: str) -> bool:
    """Ten digits with the right check digit, and not one digit ten times over."""
    return bool(_TEN_DIGITS.fullmatch(text)) and len(set(text)) > 1 and nhs_number.is_valid(text)
