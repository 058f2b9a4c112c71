"""What is read from text, numbers, money, dates and times, and what is refused in which words."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django import forms

from core.forms import (
    GovukDateField,
    GovukTimeField,
    MoneyField,
    NhsNumberField,
    PhoneField,
    PostcodeField,
    TextAreaField,
    TextField,
    first_input_id,
)
from core.tests.questions import Controls, answer, only, refusal

# Text -----------------------------------------------------------------------------------------------------------


def test_nul_is_refused_with_words_that_help():
    expected = "Full name contains a character we cannot store; delete it and type it again"

    assert refusal(TextField(label="Full name"), "Peg\x00gy") == expected
    assert refusal(forms.CharField(label="Full name"), "Peg\x00gy") == expected
    assert refusal(TextAreaField(label="Full name"), "half \ud83d of a sign") == expected


@pytest.mark.parametrize("length,words", [(41, "1 character too long"), (1240, "1,200 characters too long")])
def test_a_text_that_is_too_long_says_by_how_much(length, words):
    message = refusal(TextField(label="Full name", max_length=40), "x" * length)

    assert message == f"Full name is {words}. It can have at most 40 characters"


def test_letters_are_kept_in_one_spelling_and_line_ends_count_once():
    assert answer(TextField(label="Name"), "Zoe\u0308") == "Zoë"
    assert answer(TextAreaField(label="Note", max_length=3), "a\r\nb") == "a\nb"


@pytest.mark.parametrize("text", ["مرحبا بالعالم", "👩🏽‍🦽 uses a chair", "O’Neill–Ó Súilleabháin", "a\tb"])
def test_right_to_left_and_four_byte_text_is_kept(text):
    assert answer(TextField(label="Name"), text) == text


# Numbers that identify ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["9990000018", "999 000 0018", "999-000-0018", " 999 0000018 "])
def test_an_nhs_number_is_read_however_it_is_spaced(typed):
    assert answer(NhsNumberField(), typed) == "9990000018"


@pytest.mark.parametrize(
    "typed,words",
    [
        ("999 000 001", "NHS number must be 10 digits, like 999 000 0018"),
        ("999 000 00181", "NHS number must be 10 digits, like 999 000 0018"),
        ("٩٩٩٠٠٠٠٠١٨", "NHS number must be 10 digits, like 999 000 0018"),
        ("999 000 0019", "That is not a real NHS number. Check each digit"),
    ],
)
def test_a_wrong_nhs_number_is_refused(typed, words):
    assert refusal(NhsNumberField(), typed) == words


@pytest.mark.parametrize(
    "typed,kept", [("zz99 3vz", "ZZ99 3VZ"), ("ZZ14QT", "ZZ1 4QT"), (" ec1a1bb", "EC1A 1BB")]
)
def test_a_postcode_is_kept_in_capitals_with_one_space(typed, kept):
    assert answer(PostcodeField(), typed) == kept


@pytest.mark.parametrize("typed", ["ZZ1", "12345", "ZZ1 QT4", "ZZ1 4QTX"])
def test_a_postcode_that_cannot_be_one_is_refused(typed):
    assert refusal(PostcodeField(), typed) == "Enter a full UK postcode, like ZZ1 4QT"


@pytest.mark.parametrize("typed", ["01632 960 142", "+44 1632 960142", "(01632) 960142 ext 12"])
def test_a_telephone_number_is_kept_as_written(typed):
    assert answer(PhoneField(label="Telephone"), typed) == typed


@pytest.mark.parametrize("typed", ["ring Karen", "123", "+" * 12])
def test_what_is_no_telephone_number_is_refused(typed):
    assert refusal(PhoneField(label="Telephone"), typed).startswith("Enter a telephone number")


# Money ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed,pounds",
    [
        ("1,234.50", "1234.50"),
        ("£1234.5", "1234.50"),
        ("£ 12", "12.00"),
        ("12.", "12.00"),
        ("1 234", "1234.00"),
        ("0", "0.00"),
        (Decimal("143.40"), "143.40"),
    ],
)
def test_money_is_read_as_people_write_it(typed, pounds):
    read = answer(MoneyField(label="Cost"), typed)

    assert read == Decimal(pounds)
    assert read.as_tuple().exponent == -2


@pytest.mark.parametrize(
    "typed,words",
    [
        ("twelve", "Cost must be an amount of money, like 1,234.50"),
        ("1,23", "Cost must be an amount of money, like 1,234.50"),
        ("1e3", "Cost must be an amount of money, like 1,234.50"),
        ("NaN", "Cost must be an amount of money, like 1,234.50"),
        ("££1", "Cost must be an amount of money, like 1,234.50"),
        ("12.345", "Cost must have at most two digits for the pence"),
        ("-1", "Cost must be £0.00 or more"),
        ("10000000", "Cost must be £9,999,999.99 or less"),
        ("1\x00", "Cost must be an amount of money, like 1,234.50"),
        ("", "Enter cost"),
    ],
)
def test_money_that_cannot_be_read_is_refused(typed, words):
    assert refusal(MoneyField(label="Cost"), typed) == words


def test_an_amount_on_record_is_shown_with_its_pence():
    form = only(MoneyField(label="Cost"))
    form.initial["answer"] = Decimal("1234.5")

    assert 'value="1,234.50"' in str(form)


# Dates and times ------------------------------------------------------------------------------------------------

DATES = [
    # day, month, year, read as
    ("14", "3", "1944", datetime.date(1944, 3, 14)),
    ("1", "nov", "2026", datetime.date(2026, 11, 1)),
    ("1", "November", "2026", datetime.date(2026, 11, 1)),
    (" 09", "09 ", "2026", datetime.date(2026, 9, 9)),
    ("29", "2", "2028", datetime.date(2028, 2, 29)),
    ("29", "2", "2027", "Visit must be a real date"),
    ("31", "4", "2026", "Visit must be a real date"),
    ("32", "1", "2026", "Visit must be a real date"),
    ("1", "13", "2026", "Visit must be a real date"),
    ("1", "0", "2026", "Visit must be a real date"),
    ("one", "1", "2026", "Visit must be a real date"),
    ("1", "ja", "2026", "Visit must be a real date"),
    ("1", "x\x00", "2026", "Visit must be a real date"),
    ("1", "1", "26", "Visit must have a year of 4 numbers, like 1944"),
    ("1", "1", "20260", "Visit must have a year of 4 numbers, like 1944"),
    ("1", "1", "0001", "Visit must be 1 January 1880 or later"),
    ("1", "1", "9999", "Visit must be 1 January 2200 or earlier"),
    ("", "1", "2026", "Visit must include a day"),
    ("1", "", "", "Visit must include a month and year"),
    ("", "", "", "Enter visit"),
    ("²", "1", "2026", "Visit must be a real date"),
]


@pytest.mark.parametrize("day,month,year,outcome", DATES)
def test_a_date_is_read_or_refused_with_its_reason(day, month, year, outcome):
    typed = {"answer_day": day, "answer_month": month, "answer_year": year}

    if isinstance(outcome, str):
        assert refusal(GovukDateField(label="Visit"), typed) == outcome
    else:
        assert answer(GovukDateField(label="Visit"), typed) == outcome


@pytest.mark.parametrize(
    "day,month,year,wrong",
    [
        ("31", "2", "2026", ["day", "month", "year"]),
        ("", "2", "2026", ["day"]),
        ("1", "2", "26", ["year"]),
        ("1", "13", "2026", ["month"]),
        ("", "", "", ["day", "month", "year"]),
    ],
)
def test_only_the_boxes_to_look_at_again_are_marked(day, month, year, wrong):
    form = only(
        GovukDateField(label="Visit"), {"answer_day": day, "answer_month": month, "answer_year": year}
    )
    page = Controls(str(form))

    marked = [c["name"].removeprefix("answer_") for c in page.controls if "govuk-input--error" in c["class"]]
    assert marked == wrong


def test_an_error_about_a_date_leads_to_the_day():
    form = only(GovukDateField(label="Visit"), {})

    assert form.error_items() == [("id_answer_day", "Enter visit")]
    assert first_input_id(form["answer"]) == "id_answer_day"


@pytest.mark.parametrize(
    "when,days,accepted",
    [
        ("past", -1, True),
        ("past", 0, False),
        ("past_or_today", 0, True),
        ("past_or_today", 1, False),
        ("future", 1, True),
        ("future", 0, False),
        ("future_or_today", 0, True),
        ("future_or_today", -1, False),
    ],
)
def test_a_date_may_be_held_to_the_past_or_the_future(monkeypatch, when, days, accepted):
    today = datetime.date(2026, 11, 21)
    monkeypatch.setattr("core.clock.today", lambda: today)
    day = today + datetime.timedelta(days=days)

    message = refusal(GovukDateField(label="Visit", when=when), {"answer": day.isoformat()})

    assert (message == "") is accepted
    if not accepted:
        assert message.startswith("Visit must be ")


def test_a_date_on_record_fills_the_boxes_and_is_unchanged_when_sent_again():
    form = only(GovukDateField(label="Visit"))
    form.initial["answer"] = datetime.date(2026, 11, 5)
    page = Controls(str(form))
    sent = {control["name"]: control["value"] for control in page.controls}

    again = type(form)(sent, initial=form.initial)

    assert sent == {"answer_day": "5", "answer_month": "11", "answer_year": "2026"}
    assert again.is_valid()
    assert not again.has_changed()


def test_an_empty_date_that_need_not_be_answered_is_none():
    assert answer(GovukDateField(label="Visit", required=False), {}) is None


@pytest.mark.parametrize(
    "typed,read",
    [
        ("10:30am", (10, 30)),
        ("2pm", (14, 0)),
        ("14.15", (14, 15)),
        ("12am", (0, 0)),
        ("midday", (12, 0)),
        ("9:05 PM", (21, 5)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, read):
    assert answer(GovukTimeField(label="Time"), typed) == datetime.time(*read)


@pytest.mark.parametrize("typed", ["25:00", "13pm", "10:75am", "soon", "7"])
def test_a_time_that_cannot_be_read_is_refused(typed):
    assert refusal(GovukTimeField(label="Time"), typed) == "Enter a time, like 10:30am or 2pm"
