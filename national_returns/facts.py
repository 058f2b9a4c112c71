"""How an event of a return reads in the portal's own records."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings

from assessments.importing import ImportedAssessment
from contacts.importing import ImportedRequest
from directory.importing import NamedProvider
from directory.models import Provider
from national_returns.cld.events import Event, PersonDetails
from national_returns.cld.spec import Code
from support_plans.importing import ImportedItem, ImportedReview
from support_plans.models import Mode, PlanItem, Review, Stream, SupportPlan

NOTHING = Decimal("0.00")
By = PlanItem.By

BY_COMPONENT = {
    "reablement": By.REABLEMENT,
    "st_nursing": By.NURSING,
    "st_residential": By.RESIDENTIAL,
    "lt_nursing": By.NURSING,
    "lt_residential": By.RESIDENTIAL,
    "home_support": By.HOME_CARE,
    "day_support": By.DAY,
    "meals": By.MEALS,
    "transport": By.TRANSPORT,
    "equipment": By.EQUIPMENT,
    "shared_lives": By.SHARED_LIVES,
    "supported_living": By.SUPPORTED_LIVING,
    "extra_care": By.EXTRA_CARE,
    "prof_social_worker": By.PROFESSIONAL,
    "prof_other": By.PROFESSIONAL,
    "carer_respite": By.RESPITE,
    "carer_sitting": By.CARER_SUPPORT,
    "carer_universal": By.CARER_SUPPORT,
    "carer_other": By.CARER_SUPPORT,
}
BY_SERVICE_TYPE = {  # where the component is blank
    "st_max": By.REABLEMENT,
    "lt_nursing": By.NURSING,
    "lt_residential": By.RESIDENTIAL,
    "carer_direct": By.CARER_SUPPORT,
    "carer_cared_for": By.CARER_SUPPORT,
}
CARE_HOMES = frozenset({"lt_nursing", "lt_residential"})
KIND_OF_PROVIDER = {
    By.HOME_CARE: Provider.Kind.HOME_CARE,
    By.RESIDENTIAL: Provider.Kind.CARE_HOME,
    By.NURSING: Provider.Kind.NURSING_HOME,
    By.DAY: Provider.Kind.DAY,
    By.EQUIPMENT: Provider.Kind.EQUIPMENT,
}
UNIT = {
    "per_session": "session",
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "fortnightly": "two weeks",
    "four_weekly": "four weeks",
    "monthly": "month",
    "quarterly": "quarter",
    "annually": "year",
    "one_off": "once",
}
REVIEW_OUTCOME = {
    "continuation": Review.Outcome.UNCHANGED,
    "progress_assessment": Review.Outcome.REASSESSMENT,
    "progress_stmax": Review.Outcome.SHORT_TERM,
    "nfa_ended_planned": Review.Outcome.ENDED,
    "nfa_ended_other": Review.Outcome.ENDED,
    "nfa_declined": Review.Outcome.ENDED,
    "nfa_deceased": Review.Outcome.ENDED,
    "nfa_moved": Review.Outcome.ENDED,
    "nfa_nhs": Review.Outcome.ENDED,
}
ACHIEVED = {
    "fully_met": Review.Achieved.FULLY,
    "partially_met": Review.Achieved.PARTIALLY,
    "not_met": Review.Achieved.NOT,
}


def label(code: Code | None) -> str:
    """A value in the words of the national list, or as the council wrote it."""
    return code.label if code else ""


def external_id(person: PersonDetails) -> str:
    """The person's identifier in the council's earlier system; another council's carries its code (as D-01)."""
    if not person.local_id or person.council == settings.COUNCIL_CODE:
        return person.local_id
    return f"{person.council}_{person.local_id}"


def person_facts(event: Event) -> dict[str, object]:
    """What a row says about the person, by field of our record. Blank cells say nothing."""
    person = event.person
    said: dict[str, object] = {
        "external_id": external_id(person),
        "nhs_number": person.nhs_number,
        "given_names": person.first_name,
        "family_name": person.last_name,
        "date_of_birth": person.date_of_birth,
        "date_of_death": person.date_of_death,
        "gender": label(person.gender),
        "ethnicity": label(person.ethnicity),
        "accommodation_status": label(person.accommodation_status),
        "employment_status": label(person.employment_status),
        "client_funding_status": label(person.client_funding_status),
        "autism": label(person.autism),
        "visual_impairment": label(person.visual_impairment),
        "hearing_impairment": label(person.hearing_impairment),
        "dementia": label(person.dementia),
        "gp_practice_name": person.gp_practice_name,
        "gp_practice_code": person.gp_practice_code,
        "postcode": person.postcode,
    }
    if event.is_about_a_carer:
        said["is_carer"] = True  # the reason on a carer's row is that they care, not why they need support
    else:
        said["is_service_user"] = True
        said["primary_support_reason"] = label(event.primary_support_reason)
    return {name: fact for name, fact in said.items() if fact not in ("", None)}


def plan_kind(event: Event) -> str:
    return SupportPlan.Kind.CARER if event.is_about_a_carer else SupportPlan.Kind.ADULT


def request_of(event: Event, *, person_id: int, team_id: int) -> ImportedRequest:
    return ImportedRequest(
        person_id=person_id,
        team_id=team_id,
        is_about_a_carer=event.is_about_a_carer,
        started_on=event.start,
        ended_on=event.end or event.start,
        outcome=label(event.outcome),
        route=label(event.route_of_access),
        description=event.description,
    )


def assessment_of(event: Event, *, person_id: int, team_id: int) -> ImportedAssessment:
    return ImportedAssessment(
        person_id=person_id,
        team_id=team_id,
        is_about_a_carer=event.is_about_a_carer,
        started_on=event.start,
        ended_on=event.end or event.start,
        type=label(event.assessment_type),
        outcome=label(event.outcome),
        eligible=label(event.eligible_needs),
        method=label(event.method),
    )


def provider_of(event: Event) -> NamedProvider:
    return NamedProvider(
        name=event.provider_name,
        location_id=event.provider_id,
        kind=KIND_OF_PROVIDER.get(_by(event), Provider.Kind.OTHER),
    )


def item_of(event: Event, *, person_id: int, plan_id: int, provider_id: int | None) -> ImportedItem:
    frequency = event.frequency.code if event.frequency else ""
    price = (
        abs(event.unit_cost) if event.unit_cost is not None else None
    )  # minus signs are ignored nationally
    return ImportedItem(
        plan_id=plan_id,
        person_id=person_id,
        how_met=label(event.component) or label(event.service_type),
        by=_by(event),
        provider_id=provider_id,
        provider_name=event.provider_name,
        quantity=event.planned_units,
        unit=UNIT.get(frequency, ""),
        unit_cost=price,
        cost_weekly=event.weekly_cost or NOTHING,
        cost_one_off=(price or NOTHING) if frequency == "one_off" else NOTHING,
        stream=_stream(event),
        mode=_mode(event),
        starts_on=event.start,
        ends_on=event.effective_end,
        imported_service_type=label(event.service_type),
        imported_component=label(event.component),
        imported_mechanism=label(event.delivery_mechanism),
        imported_frequency=label(event.frequency),
    )


def review_of(event: Event, *, person_id: int, plan_id: int, team_id: int) -> ImportedReview:
    return ImportedReview(
        plan_id=plan_id,
        person_id=person_id,
        team_id=team_id,
        kind=_review_kind(label(event.review_reason)),
        reason=label(event.review_reason),
        held_on=event.end or event.start,
        outcomes_achieved=ACHIEVED.get(event.outcomes_achieved.code, "") if event.outcomes_achieved else "",
        outcome=REVIEW_OUTCOME.get(event.outcome.code, "") if event.outcome else "",
        imported_outcome=label(event.outcome),
    )


def _by(event: Event) -> By:
    if event.component:
        return BY_COMPONENT.get(event.component.code, By.OTHER)
    return BY_SERVICE_TYPE.get(event.service_type.code if event.service_type else "", By.OTHER)


def _stream(event: Event) -> Stream:
    """Somebody who meets the whole cost has their own money on the line, though the council arranges it."""
    funding = event.person.client_funding_status
    return Stream.CONTRIBUTION if funding and funding.code == "fully_client" else Stream.ASC


def _mode(event: Event) -> Mode | str:
    """The component Direct payment means a direct payment whatever the mechanism says, as nationally."""
    if event.component and event.component.code == "direct_payment":
        return Mode.DIRECT_PAYMENT
    if event.delivery_mechanism:
        is_direct = event.delivery_mechanism.code == "direct_payment"
        return Mode.DIRECT_PAYMENT if is_direct else Mode.COUNCIL_MANAGED
    is_care_home = event.service_type is not None and event.service_type.code in CARE_HOMES
    return Mode.COUNCIL_MANAGED if is_care_home else ""


def _review_kind(reason: str) -> str:
    """The specification's own distinction: every planned value starts “Planned”, and so on."""
    text = reason.casefold()
    if text.startswith("planned"):
        return Review.Kind.ANNUAL
    return Review.Kind.SHORT_TERM if text.startswith("review of short") else Review.Kind.UNPLANNED
