"""Each of the 58 rules: rows that fire it, rows that nearly do, every finding on them, and its words."""

import pytest

from national_returns.cld.checking.check import RULES
from national_returns.cld.checking.findings import Severity, Verdict, verdict_on
from national_returns.cld.spec import Reading, specification
from national_returns.tests.builders import REQUEST, REVIEW, SERVICE
from national_returns.tests.judged import fired, judged, limit
from national_returns.tests.rule_tables import OF_A_CARER, carers, files, people, services, values
from national_returns.tests.rule_tables.published import PUBLISHED, WORDS

TABLES = files.CASES | people.CASES | values.CASES | services.CASES | carers.CASES
CASES = [
    pytest.param(rows, found, id=f"{rule}-{place}")
    for rule, cases in TABLES.items()
    for place, (rows, found) in enumerate(cases)
]


@pytest.mark.parametrize("rows,found", CASES)
def test_a_row_has_exactly_these_findings(rows, found):
    assert fired(rows) == sorted(found)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "F01"])
def test_a_table_has_rows_that_fire_its_rule_and_rows_that_nearly_do(rule):
    fires = [any(f" {rule} " in each for each in found) for _rows, found in TABLES[rule]]

    assert set(fires) == {True, False}


@pytest.mark.parametrize("rule", list(WORDS))
def test_a_finding_says_what_is_wrong_and_what_to_do(rule):
    said = [each for rows, _found in TABLES[rule] for each in judged(rows) if each.rule == rule]

    assert said[0].message == WORDS[rule]
    assert {each.severity for each in said} == {RULES[rule].severity}


def test_the_rules_are_the_published_ones_in_order():
    assert [f"{rule.id} {rule.severity}" for rule in RULES.values()] == [
        each.strip() for each in PUBLISHED.replace("\n", " ").split(",")
    ]
    assert [rule.number for rule in RULES.values()] == list(range(1, 59))
    assert set(TABLES) | {"F01"} == set(RULES)
    assert set(WORDS) | {"F01"} == set(RULES)


def test_every_rule_says_when_it_fails_and_where_it_comes_from():
    for rule in RULES.values():
        assert rule.fails_when.strip().endswith(".")
        assert rule.source


LISTED = [each for each in specification().fields if each.code_list]
BASE = {"Review": REVIEW | {"Review_Reason": "Review of short term support", "Review_Outcomes_Achieved": ""}}


def row_for(field):
    """A valid row of a type to which the field applies."""
    for row in (REQUEST, SERVICE, BASE["Review"]):
        if field.conformance[row["Event_Type"]] != "N":
            return row
    return dict(REQUEST, Event_Type="Assessment", Event_Outcome="NFA: Other", Request_Route_of_Access="")


@pytest.mark.parametrize("field", LISTED, ids=lambda each: each.name)
def test_a_word_on_no_list_is_an_error_a_warning_or_accepted_by_how_the_list_was_checked(field):
    rule = {"verified": f"1 C01 {field.name}", "unverified": f"1 C04 {field.name}", "missing": ""}
    found = fired([row_for(field) | {field.name: "Carer, on no list"}])

    codes = [each for each in found if each[2:5] in ("C01", "C02", "C03", "C04")]
    assert codes == [each for each in [rule[specification().list_of(field.name).status]] if each]


@pytest.mark.parametrize("field", LISTED, ids=lambda each: each.name)
def test_every_label_and_alias_of_a_list_is_accepted(field):
    code_list = specification().list_of(field.name)
    for value in code_list.values:
        for text in (value.label, *value.aliases):
            assert code_list.match(text).reading is Reading.EXACT
            assert code_list.recognises(text)


def test_two_values_differ_in_more_than_the_first_of_a_persons_rows():
    rows = [SERVICE, REQUEST, REVIEW | {"Gender": "Other"}]

    assert fired(rows) == ["1 P14 Gender", "2 P14 Gender", "3 P14 Gender"]


def test_a_release_1_value_without_equivalent_says_so():
    (finding,) = judged([REQUEST | {"Event_Outcome": "Progress to End of Life Care"}])

    assert finding.message == (
        "“Progress to End of Life Care” is the Release 1 wording. Release 2 has no equivalent."
    )


def test_mandatory_is_said_of_the_type_with_its_article_or_of_no_type():
    said = [
        each.message
        for row in (
            dict(REQUEST, Event_Type="Assessment", Request_Route_of_Access=""),
            REQUEST | {"Event_Type": ""},
        )
        for each in judged([row | {"Gender": ""}])
        if each.field == "Gender"
    ]

    assert said == ["Gender is mandatory for an Assessment.", "Gender is mandatory."]


def test_a_long_value_is_shown_by_its_first_80_characters():
    (finding,) = judged([REQUEST | {"Gender": "x" * 81}])

    assert f"“{'x' * 80}”" in finding.message


@pytest.mark.parametrize(
    "row,rule",
    [
        (REQUEST | {"LA_Code": "1" * 81}, "P01"),
        (SERVICE | {"Service_Type": "Long term support: Nursing care", "Service_Component": "1" * 81}, "S01"),
        (SERVICE | {"Service_Type": "1" * 81, "Service_Component": "Unpaid carer respite"}, "S01"),
        (REQUEST | {"Request_Route_of_Access": "1" * 81}, "C04"),
    ],
)
def test_so_is_it_in_every_message(row, rule):
    (finding,) = [each for each in judged([row]) if each.rule == rule]

    assert "1" * 80 in finding.message
    assert "1" * 81 not in finding.message


def test_the_limit_of_a_weekly_cost_is_a_setting():
    assert fired([SERVICE], limit("315.00")) == []
    assert fired([SERVICE], limit("314.99")) == ["1 K05 Unit_Cost"]


def test_a_row_is_judged_by_its_own_period_and_else_by_the_one_given():
    row = REQUEST | {"Event_Start_Date": "02/09/2025", "Event_End_Date": "03/09/2025"}
    its_own = {"Reporting_Period_Start_Date": "01/07/2025", "Reporting_Period_End_Date": "30/06/2026"}
    blank = dict.fromkeys(its_own, "")

    assert fired([row | its_own]) == []
    assert "1 D04 Event_End_Date" in fired([row | blank])


def test_a_carer_known_by_association_needs_no_details_of_a_service_user():
    assert fired([OF_A_CARER | {"Client_Type": "Unpaid carer known by association"}]) == []


@pytest.mark.parametrize(
    "severities,verdict",
    [
        (set(), Verdict.VALID),
        ({Severity.INFO}, Verdict.VALID),
        ({Severity.INFO, Severity.WARNING}, Verdict.WITH_WARNINGS),
        ({Severity.ERROR, Severity.INFO}, Verdict.INVALID),
        ({Severity.ERROR, Severity.WARNING}, Verdict.INVALID),
    ],
)
def test_any_error_makes_a_file_invalid_and_information_never_counts(severities, verdict):
    assert verdict_on(severities) is verdict
