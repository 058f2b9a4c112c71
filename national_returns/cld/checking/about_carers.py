"""Rules about unpaid carers and those they look after, and about reviews (U01 to V02)."""

from __future__ import annotations

import re

from national_returns.cld.checking.facts import FileFacts
from national_returns.cld.checking.registry import ERROR, INFO, NOTHING, WARNING, Fields, row_rule
from national_returns.cld.record import LINKS, Record

OF_CARERS = ("Total_Hrs_Caring_Per_Week", "No_of_adults_being_cared_for", *LINKS)
_WHOLE = re.compile(r"\d{1,2}", re.ASCII)


@row_rule(53, "U01", WARNING, "SRC4, portal")
def carer_details_of_a_service_user(row: Record, file: FileFacts) -> Fields:
    """A Service user row with hours caring, a number of adults cared for, or any linked person."""
    if row.is_service_user and any(row.text[name] for name in OF_CARERS):
        return {"Adult_1_Linked_Person_ID": "Carer details belong on the carer's own rows."}
    return NOTHING


@row_rule(54, "U02", ERROR, "portal")
def linked_to_themselves(row: Record, file: FileFacts) -> Fields:
    """A linked identifier is the person's own."""
    if row.local_id and row.local_id in row.linked:
        return {"Adult_1_Linked_Person_ID": "A carer cannot be linked to themselves."}
    return NOTHING


@row_rule(55, "U03", WARNING, "portal")
def linked_person_not_in_file(row: Record, file: FileFacts) -> Fields:
    """A linked identifier is not the council identifier of a Service user in the same file."""
    return {
        name: "The linked person is not in this file as a service user."
        for name in LINKS
        if row.text[name] and row.text[name] not in file.service_users
    }


@row_rule(56, "U04", ERROR, "portal")
def fewer_than_linked(row: Record, file: FileFacts) -> Fields:
    """The number of adults is not a whole number from 0 to 99, or fewer than the different people linked."""
    number = row.text["No_of_adults_being_cared_for"]
    if not number or (_WHOLE.fullmatch(number) and int(number) >= len(set(row.linked))):
        return NOTHING
    return {"No_of_adults_being_cared_for": "The number of adults cared for is less than the people linked."}


@row_rule(57, "U05", WARNING, "portal")
def linked_twice(row: Record, file: FileFacts) -> Fields:
    """The same linked identifier twice on one row."""
    linked = row.linked
    if len(set(linked)) < len(linked):
        return {"Adult_1_Linked_Person_ID": "The same person is linked twice."}
    return NOTHING


@row_rule(58, "V02", INFO, "SRC1, portal", only="Review")
def nothing_to_review(row: Record, file: FileFacts) -> Fields:
    """A service user's review with no long-term service of that person open on the day it began.

    Reviews of short term support are left alone.
    """
    if not row.is_service_user or row.start is None:
        return NOTHING
    if row.text["Review_Reason"].casefold().startswith("review of short"):
        return NOTHING
    if file.long_term_support_open_on(row.name_in_file, row.start):
        return NOTHING
    return {"Event_Start_Date": "There is no long-term service open on the day of this review."}
