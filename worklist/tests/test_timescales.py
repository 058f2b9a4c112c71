"""The worked dates of the domain page, leap days and holidays, as tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from worklist import timescales

# England, winter 2026 to 2028 (gov.uk/bank-holidays; background, verify).
HOLIDAYS = frozenset(
    {
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 12, 27),
        date(2027, 12, 28),
    }
)


@dataclass
class ARule:
    offset: int
    unit: str
    shift: str
    lead_days: list[int] = field(default_factory=list)
    lead_unit: str = "days"
    opens_at_once: bool = False
    escalation: list[dict[str, Any]] = field(default_factory=list)


REVIEW_INITIAL = ARule(42, "days", "back", [-14, -5])
REVIEW_ANNUAL = ARule(12, "months", "back", [-56, -28, -7])
ASSESS_COMPLETE = ARule(28, "days", "back", [-7, -2])
DP_REVIEW_1 = ARule(6, "months", "back", [-42, -14])
ONE_WORKING_DAY = ARule(1, "working_days", "wd")
FIVE_WORKING_DAYS = ARule(5, "working_days", "wd")
SUBJECT_ACCESS = ARule(1, "months", "fwd", [-14, -5])
DP_RETURN = ARule(28, "days", "none", [-14])


@pytest.mark.parametrize(
    ("rule", "anchor", "legal", "due"),
    [
        (REVIEW_INITIAL, date(2026, 10, 12), date(2026, 11, 23), date(2026, 11, 23)),
        (REVIEW_ANNUAL, date(2026, 11, 24), date(2027, 11, 24), date(2027, 11, 24)),
        (ASSESS_COMPLETE, date(2026, 11, 4), date(2026, 12, 2), date(2026, 12, 2)),
        (ASSESS_COMPLETE, date(2026, 11, 27), date(2026, 12, 25), date(2026, 12, 24)),
        (DP_REVIEW_1, date(2026, 8, 31), date(2027, 2, 28), date(2027, 2, 26)),
        (ONE_WORKING_DAY, date(2026, 12, 24), date(2026, 12, 29), date(2026, 12, 29)),
        (FIVE_WORKING_DAYS, date(2026, 12, 24), date(2027, 1, 5), date(2027, 1, 5)),
        (SUBJECT_ACCESS, date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 1)),
        (DP_RETURN, date(2026, 9, 30), date(2026, 10, 28), date(2026, 10, 28)),
        # 29 February 2028 + 12 months is the last day of February 2029 (a Wednesday).
        (REVIEW_ANNUAL, date(2028, 2, 29), date(2029, 2, 28), date(2029, 2, 28)),
        # A Good Friday, and the Saturday before Easter: both act on the Thursday.
        (REVIEW_ANNUAL, date(2026, 3, 26), date(2027, 3, 26), date(2027, 3, 25)),
        (REVIEW_ANNUAL, date(2026, 3, 27), date(2027, 3, 27), date(2027, 3, 25)),
    ],
)
def test_the_worked_dates_of_the_domain_page(rule, anchor, legal, due):
    dates = timescales.dates_of(rule, anchor, HOLIDAYS)

    assert (dates.legal_on, dates.due_on) == (legal, due)


def test_lead_times_count_from_the_legal_date_and_go_back_to_a_working_day():
    # 25 December: 7 days before is Friday 18, 2 days before is Wednesday 23.
    assert timescales.lead_dates(ASSESS_COMPLETE, date(2026, 11, 27), HOLIDAYS) == [
        date(2026, 12, 18),
        date(2026, 12, 23),
    ]
    # Monday 23 November: 14 days before is a Monday, 5 days before is a Wednesday.
    assert timescales.lead_dates(REVIEW_INITIAL, date(2026, 10, 12), HOLIDAYS) == [
        date(2026, 11, 9),
        date(2026, 11, 18),
    ]
    # Legal date Sunday 28 February: 42 days before is Sunday 17 January, told on Friday 15.
    assert timescales.lead_dates(DP_REVIEW_1, date(2026, 8, 31), HOLIDAYS)[0] == date(2027, 1, 15)


def test_lead_times_of_a_date_that_stays_stay_too():
    assert timescales.lead_dates(DP_RETURN, date(2026, 9, 26), frozenset()) == [date(2026, 10, 10)]


def test_escalation_counts_from_the_day_to_act_by_and_red_from_the_legal_date():
    rule = ARule(
        28,
        "days",
        "back",
        escalation=[
            {"after": 0, "unit": "days", "to": "team_manager"},
            {"after": 5, "unit": "working_days", "to": "service_manager"},
            {"after": 14, "unit": "days", "to": "red", "from": "legal"},
        ],
    )
    legal, due = date(2026, 12, 25), date(2026, 12, 24)

    assert timescales.escalation_dates(rule, legal_on=legal, due_on=due, holidays=HOLIDAYS) == [
        (date(2026, 12, 24), "team_manager"),
        (date(2027, 1, 5), "service_manager"),
        (date(2027, 1, 8), "red"),
    ]


def test_the_first_review_breaches_after_eight_weeks():
    rule = ARule(42, "days", "back", escalation=[{"after": 14, "unit": "days", "to": "red", "from": "legal"}])

    dates = timescales.dates_of(rule, date(2026, 10, 12), HOLIDAYS)

    assert dates.steps[-1].on == date(2026, 12, 7)


def test_a_step_done_is_not_due_again_and_a_moved_date_makes_a_step_anew():
    before = timescales.dates_of(REVIEW_INITIAL, date(2026, 10, 12), HOLIDAYS).steps
    done = [step.code for step in before[:2]]
    after = timescales.dates_of(REVIEW_INITIAL, date(2026, 10, 26), HOLIDAYS).steps

    assert timescales.next_step(before, done) == date(2026, 11, 23)
    assert timescales.next_step(after, done) == after[0].on
    assert timescales.next_step(before, [step.code for step in before]) is None


@pytest.mark.parametrize(
    ("came_in", "counts_from"),
    [
        (date(2026, 11, 25), date(2026, 11, 25)),
        (date(2026, 11, 25), date(2026, 11, 26)),
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 12, 24), date(2026, 12, 29)),
    ],
    ids=["by day", "after five", "on a Saturday", "on Christmas Eve after five"],
)
def test_a_rule_that_opens_at_once_has_its_task_on_the_day_it_came_in(came_in: date, counts_from: date):
    rule = ARule(5, "working_days", "wd", opens_at_once=True)

    assert timescales.dates_of(rule, counts_from, HOLIDAYS).steps[0].on <= came_in


def test_a_unit_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="fortnights"):
        timescales.moved(date(2026, 1, 1), 1, "fortnights", HOLIDAYS)


@pytest.mark.parametrize(("risk", "day"), [("high", 8), ("medium", 15), ("standard", 29)])
def test_the_next_contact_comes_sooner_for_a_higher_risk(risk, day):
    days = {"high": 7, "medium": 14, "standard": 28}

    assert timescales.next_contact_on(risk, date(2026, 11, 1), days) == date(2026, 11, day)
