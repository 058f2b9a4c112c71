"""Whether two rows are the same event, and whether it has changed."""

from national_returns.cld.identity import FileIdentities, content_digest, person_digest
from national_returns.tests.builders import REQUEST, REVIEW, SERVICE, read


def identity(values, **changes):
    return FileIdentities().place(read(values, **changes)).identity


def test_the_reference_makes_the_event_whatever_else_changes():
    assert identity(SERVICE) == identity(
        SERVICE, Unit_Cost="23.10", Event_End_Date="01/05/2026", NHS_Number=""
    )


def test_another_council_person_type_or_reference_is_another_event():
    others = [
        identity(SERVICE),
        identity(SERVICE, LA_Code="503"),
        identity(SERVICE, LA_Person_Unique_Identifier="P2"),
        identity(REQUEST, Event_Reference="SER-1"),
        identity(SERVICE, Event_Reference="SER-2"),
    ]

    assert len(set(others)) == 5


def test_without_a_reference_a_request_is_known_by_its_dates_and_route():
    request = REQUEST | {"Event_Reference": ""}

    assert identity(request) == identity(request, Event_Outcome="NFA: Other")
    assert identity(request) != identity(request, Event_End_Date="04/02/2026")
    assert identity(request) != identity(request, Request_Route_of_Access="Prison")


def test_without_a_reference_a_review_is_known_by_its_dates_alone():
    review = REVIEW | {"Event_Reference": ""}

    assert identity(review) == identity(review, Review_Reason="Unplanned: Other reason")


def test_without_a_reference_a_price_rise_is_the_same_service_in_the_next_file():
    service = SERVICE | {"Event_Reference": ""}

    assert identity(service) == identity(service, Unit_Cost="23.10")


def test_two_like_services_of_one_file_are_told_apart_by_price_and_their_order():
    # Given two home care lines that differ only in their hours, without references
    morning = SERVICE | {"Event_Reference": ""}
    evening = morning | {"Planned_Units_Per_Week": "3.50"}

    first = FileIdentities()
    before = [first.place(read(morning, row=1)).identity, first.place(read(evening, row=2)).identity]
    after_rise = FileIdentities()
    after = [
        after_rise.place(read(morning, row=1, Unit_Cost="23.10")).identity,
        after_rise.place(read(evening, row=2, Unit_Cost="23.10")).identity,
    ]

    assert before[0] != before[1]
    assert before == after


def test_a_second_row_of_the_same_event_is_noticed_and_whether_it_says_the_same():
    file = FileIdentities()

    assert file.place(read(SERVICE, row=1)).repeats is None
    same = file.place(read(SERVICE, row=5))
    different = file.place(read(SERVICE, row=9, Unit_Cost="30.00"))

    assert (same.repeats, same.says_the_same) == (1, True)
    assert (different.repeats, different.says_the_same) == (1, False)


def test_content_is_what_is_said_and_not_how_or_in_which_file():
    service = read(SERVICE)

    assert content_digest(service) == content_digest(
        read(SERVICE, row=3, Unit_Cost="22.5", Reporting_Period_End_Date="31/12/2026", Postcode="ZZ2 2BB")
    )
    assert content_digest(service) != content_digest(read(SERVICE, Unit_Cost="22.51"))
    assert person_digest(service.person) != person_digest(read(SERVICE, Postcode="ZZ2 2BB").person)
    assert person_digest(service.person) == person_digest(read(SERVICE, Gender="female").person)
