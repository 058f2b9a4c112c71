"""Rules about services and what they cost (S01 to S08, K01 to K05). They look at Service rows only."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from national_returns.cld.checking.facts import FileFacts
from national_returns.cld.checking.registry import ERROR, INFO, NOTHING, WARNING, Fields, row_rule
from national_returns.cld.money import BY_UNIT, NoWeeklyAmount, weekly_equivalent
from national_returns.cld.record import Record

CARE_HOME = frozenset({"lt_nursing", "lt_residential"})
AT_HOME_OR_PRISON = frozenset({"lt_community", "lt_prison"})
SHORT_TERM = frozenset({"st_max", "st_ongoing_low", "st_other"})
OF_CARERS = frozenset({"carer_direct", "carer_cared_for"})

FIT_A_CARE_HOME = frozenset({"lt_nursing", "lt_residential", "other_lt", "end_of_life"})
LONG_STAYS = frozenset({"lt_nursing", "lt_residential"})
STAYS = LONG_STAYS | {"st_nursing", "st_residential"}
CARER_COMPONENTS = frozenset({"carer_respite", "carer_sitting", "carer_universal", "carer_other"})

_LOCATION = re.compile(r"\d-\d{6,12}", re.ASCII)
# Twelve digits before the point are more than any price, and what they come to can still be shown to the penny.
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,2})?", re.ASCII)
AMOUNTS = ("Unit_Cost", "Planned_Units_Per_Week")


@row_rule(40, "S01", WARNING, "SRC1 for care homes; rest portal", only="Service")
def component_does_not_fit(row: Record, file: FileFacts) -> Fields:
    """A component that does not go with the service type, in one of five ways."""
    if not row.text["Service_Type"] or not row.text["Service_Component"]:
        return NOTHING
    kind, component = row.code("Service_Type"), row.code("Service_Component")
    unfit = (
        (kind in CARE_HOME and component not in FIT_A_CARE_HOME)
        or (kind in AT_HOME_OR_PRISON and component in STAYS)
        or (kind in SHORT_TERM and component in LONG_STAYS)
        or (kind in OF_CARERS and (component in LONG_STAYS or component == "reablement"))
        or (kind not in OF_CARERS and component in CARER_COMPONENTS)
    )
    if not unfit:
        return NOTHING
    named = {name: row.text[name][:80] for name in ("Service_Component", "Service_Type")}
    return {"Service_Component": f"“{named['Service_Component']}” does not fit “{named['Service_Type']}”."}


@row_rule(41, "S02", INFO, "SRC1", only="Service")
def st_max_but_not_reablement(row: Record, file: FileFacts) -> Fields:
    """ST-Max with a component that is filled and is not Reablement."""
    if row.code("Service_Type") != "st_max" or not row.text["Service_Component"]:
        return NOTHING
    if row.code("Service_Component") == "reablement":
        return NOTHING
    return {"Service_Component": "Only ST-Max with the component Reablement counts in 2D."}


@row_rule(42, "S03", ERROR, "SRC1; law background", only="Service")
def direct_payment_in_prison(row: Record, file: FileFacts) -> Fields:
    """Prison with a direct payment as delivery mechanism."""
    if row.code("Service_Type") == "lt_prison" and row.code("Delivery_Mechanism") == "direct_payment":
        return {"Delivery_Mechanism": "A direct payment cannot be made in prison."}
    return NOTHING


@row_rule(43, "S04", WARNING, "SRC1", only="Service")
def no_delivery_mechanism(row: Record, file: FileFacts) -> Fields:
    """Blank on long-term community or direct carer support, unless the component is a direct payment."""
    if row.text["Delivery_Mechanism"] or row.code("Service_Component") == "direct_payment":
        return NOTHING
    if row.code("Service_Type") not in ("lt_community", "carer_direct"):
        return NOTHING
    return {
        "Delivery_Mechanism": "Without a delivery mechanism this counts against you in 3D (self-directed support)."
    }


@row_rule(44, "S05", INFO, "SRC1", only="Service")
def delivery_mechanism_of_a_care_home(row: Record, file: FileFacts) -> Fields:
    """A delivery mechanism is filled on long-term nursing or residential care."""
    if row.text["Delivery_Mechanism"] and row.code("Service_Type") in CARE_HOME:
        return {"Delivery_Mechanism": "Delivery mechanism is not used for care homes."}
    return NOTHING


@row_rule(45, "S06", WARNING, "SRC1", only="Service")
def component_and_mechanism_differ(row: Record, file: FileFacts) -> Fields:
    """The component is a direct payment and the mechanism is filled with something else."""
    if row.code("Service_Component") != "direct_payment" or not row.text["Delivery_Mechanism"]:
        return NOTHING
    if row.code("Delivery_Mechanism") == "direct_payment":
        return NOTHING
    return {
        "Delivery_Mechanism": "The component says direct payment and the mechanism does not. The component wins nationally."
    }


@row_rule(46, "S07", WARNING, "SRC1", only="Service")
def client_and_service_disagree(row: Record, file: FileFacts) -> Fields:
    """A Service user with an unpaid carer type, or an unpaid carer with any other type."""
    if not row.text["Service_Type"]:
        return NOTHING
    for_carers = row.code("Service_Type") in OF_CARERS
    if (row.is_service_user and for_carers) or (row.is_carer and not for_carers):
        return {"Service_Type": "The client type and the service type disagree."}
    return NOTHING


@row_rule(47, "S08", WARNING, "background", only="Service")
def not_a_location(row: Record, file: FileFacts) -> Fields:
    """Filled and not one digit, a hyphen and 6 to 12 digits."""
    location = row.text["Provider_CQC_Location_ID"]
    if not location or _LOCATION.fullmatch(location):
        return NOTHING
    return {"Provider_CQC_Location_ID": "This does not look like a CQC location ID."}


def _amount(row: Record, name: str) -> Decimal | None:
    """A plain number with at most two decimals; None for a blank and for anything else."""
    text = row.text[name]
    return Decimal(text) if _NUMBER.fullmatch(text) else None


@row_rule(48, "K01", ERROR, "SRC2, SRC4", only="Service")
def not_a_plain_number(row: Record, file: FileFacts) -> Fields:
    """Filled and not a plain number with at most two decimal places."""
    return {
        name: "Write a plain number with up to two decimals and no pound sign or comma."
        for name in AMOUNTS
        if row.text[name] and not _NUMBER.fullmatch(row.text[name])
    }


@row_rule(49, "K02", ERROR, "SRC1", only="Service")
def cost_without_frequency(row: Record, file: FileFacts) -> Fields:
    """A cost without a frequency, or a frequency without a cost except for no charge."""
    cost, frequency = row.text["Unit_Cost"], row.text["Cost_Frequency_Unit_Type"]
    if bool(cost) == bool(frequency) or row.code("Cost_Frequency_Unit_Type") == "no_charge":
        return NOTHING
    return {"Cost_Frequency_Unit_Type": "A cost needs a frequency, and a frequency needs a cost."}


@row_rule(50, "K03", ERROR, "SRC1", only="Service")
def no_planned_units(row: Record, file: FileFacts) -> Fields:
    """Planned units are blank or zero where the price is for a session, an hour or a day."""
    if row.code("Cost_Frequency_Unit_Type") not in BY_UNIT:
        return NOTHING
    if row.text["Planned_Units_Per_Week"] and _amount(row, "Planned_Units_Per_Week") != 0:
        return NOTHING
    return {
        "Planned_Units_Per_Week": "Give the planned units a week; "
        "otherwise this cost cannot be turned into a weekly amount."
    }


@row_rule(51, "K04", WARNING, "SRC1", only="Service")
def negative(row: Record, file: FileFacts) -> Fields:
    """A cost or a number of units below zero. Nationally the minus sign is ignored."""
    return {
        name: "This is negative."
        for name in AMOUNTS
        if (amount := _amount(row, name)) is not None and amount < 0
    }


@lru_cache(maxsize=16_384)
def _weekly(cost: Decimal, frequency: str, units: Decimal | None) -> Decimal | None:
    try:
        return weekly_equivalent(unit_cost=cost, frequency=frequency, planned_units=units)
    except NoWeeklyAmount:
        return None


@row_rule(52, "K05", WARNING, "portal", only="Service")
def dear(row: Record, file: FileFacts) -> Fields:
    """The weekly equivalent (D-11), to the penny, is above the limit set, in pounds."""
    cost, frequency = _amount(row, "Unit_Cost"), row.code("Cost_Frequency_Unit_Type")
    if cost is None or not frequency:
        return NOTHING
    weekly = _weekly(cost, frequency, _amount(row, "Planned_Units_Per_Week"))
    if weekly is None or weekly <= file.settings.weekly_cost_limit:
        return NOTHING
    return {"Unit_Cost": f"This comes to £{weekly:,} a week. Check the cost and frequency."}
