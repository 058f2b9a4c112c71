"""The specification as data."""

import pytest

from national_returns.cld.spec import EVENT_TYPES, Reading, specification

SPEC = specification()


def test_there_are_fifty_fields_in_order():
    assert [each.order for each in SPEC.fields] == list(range(1, 51))
    assert len(set(SPEC.names)) == len(set(SPEC.headers)) == 50


def test_every_list_a_field_names_exists_and_its_labels_and_codes_are_unique():
    for each in SPEC.fields:
        assert (each.type == "list") == bool(each.code_list)
        if each.code_list:
            values = SPEC.list_of(each.name).values
            assert (
                len({value.code for value in values}) == len({value.label for value in values}) == len(values)
            )


def test_an_event_type_is_one_of_the_four_the_conformance_marks_are_for():
    assert tuple(value.label for value in SPEC.list_of("Event_Type").values) == EVENT_TYPES


@pytest.mark.parametrize(
    "field,text,reading,code",
    [
        ("Gender", "Female", Reading.EXACT, "female"),
        ("Gender", " female", Reading.SPELLING, "female"),
        ("Gender", "F", Reading.UNKNOWN, None),
        ("Primary_Support_Reason", "Physical Support: Personal care support", Reading.EXACT, "physical_personal_care"),
        ("Event_Outcome", "Progress to  assessment, review or reassessment", Reading.SPELLING, "progress_assessment"),
        ("Event_Outcome", "PROGRESS TO ASSESSMENT", Reading.RELEASE_1, "progress_assessment"),
        ("Event_Outcome", "Progress to financial assessment", Reading.RELEASE_1, None),
        ("Assessment_Type", "Full financial assessment", Reading.RELEASE_1, None),
        ("Request_Route_of_Access", "By carrier pigeon", Reading.UNRECOGNISED, None),
        ("Total_Hrs_Caring_Per_Week", "10 to 19", Reading.EXACT, None),
    ],
)  # fmt: skip
def test_a_value_is_read_as_the_first_that_applies(field, text, reading, code):
    match = SPEC.list_of(field).match(text)

    assert match.reading is reading
    assert (match.code.code if match.code else None) == code


def test_what_a_council_has_to_confirm_is_listed():
    listed = set(SPEC.to_confirm())

    assert ("list", "hours_caring", "missing") in listed
    assert ("value", "cost_frequency: No charge to client", "C") in listed
    assert ("field", "Eligible Needs Identified", "D") in listed
    assert not any(name.startswith("gender") for _kind, name, _grade in listed)
