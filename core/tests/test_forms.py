"""Questions on our pages: what is read, what is refused in which words, and how it looks."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from core import form_keys
from core.forms import (
    CheckboxesField,
    ConfirmField,
    GovukDateField,
    GovukForm,
    GovukTimeField,
    KeyedForm,
    MoneyField,
    NhsNumberField,
    PhoneField,
    PostcodeField,
    PublicForm,
    RadiosField,
    TextAreaField,
    TextField,
    VersionedForm,
    YesNoField,
)
from core.tests.questions import Controls, answer, only, refusal


class EveryQuestion(GovukForm):
    name = TextField(label="Full name", max_length=40, help_text="As the person says it")
    born_on = GovukDateField(label="Date of birth", when="past")
    note = TextAreaField(label="Case note", max_length=50, counted=True, help_text="Facts first")
    cost = MoneyField(label="Weekly cost")
    nhs_number = NhsNumberField()
    postcode = PostcodeField()
    phone = PhoneField(label="Telephone")
    visited_at = GovukTimeField(label="Time of the visit")
    agreed = YesNoField(label="Does the person agree?")
    risk = RadiosField(label="Risk", choices=[("high", "High"), ("standard", "Standard")])
    outcomes = CheckboxesField(label="Outcomes", choices=[("eat", "Eating"), ("wash", "Washing")])
    read = ConfirmField(label="I have read this")
    team = forms.ChoiceField(label="Team", choices=[("", "Choose a team"), ("1", "Riverside")])
    hours = forms.IntegerField(label="Hours a week", min_value=1, max_value=168)
    email = forms.EmailField(label="E-mail")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    letter = forms.FileField(label="Letter")


GOOD = {
    "name": "Peggy Whitlow",
    "born_on_day": "14",
    "born_on_month": "3",
    "born_on_year": "1944",
    "note": "Walks to the shop again.",
    "cost": "£1,234.50",
    "nhs_number": "999 000 0018",
    "postcode": "zz1 4qt",
    "phone": "01632 960 142",
    "visited_at": "2.30pm",
    "agreed": "yes",
    "risk": "high",
    "outcomes": ["eat"],
    "read": "on",
    "team": "1",
    "hours": "12",
    "email": "peggy@example.org",
    "password": "something long enough",
}


# The whole form -------------------------------------------------------------------------------------------------


def test_good_answers_are_read_into_what_services_take():
    form = EveryQuestion(GOOD)
    form.fields["letter"].required = False

    assert form.is_valid(), form.errors
    assert form.cleaned_data["born_on"] == datetime.date(1944, 3, 14)
    assert form.cleaned_data["cost"] == Decimal("1234.50")
    assert form.cleaned_data["nhs_number"] == "9990000018"
    assert form.cleaned_data["postcode"] == "ZZ1 4QT"
    assert form.cleaned_data["visited_at"] == datetime.time(14, 30)
    assert form.cleaned_data["agreed"] is True
    assert form.cleaned_data["hours"] == 12


@pytest.mark.parametrize("data", [None, {}], ids=["fresh", "with every question refused"])
def test_each_control_has_a_label_that_names_it_and_descriptions_that_exist(data):
    page = Controls(str(EveryQuestion(data)))

    for control in page.controls:
        assert control["id"] in page.labels, control
        for described_by in (control.get("aria-describedby") or "").split():
            assert described_by in page.by_id, control
    assert len(page.controls) == len(EveryQuestion.base_fields) + 2 + 1 + 1 + 1


def test_every_refused_question_is_marked_and_its_line_in_the_summary_leads_to_a_control():
    form = EveryQuestion({})
    page = Controls(str(form))

    items = form.error_items()

    assert len(items) == len(EveryQuestion.base_fields)
    for control_id, message in items:
        assert page.by_id[control_id]["tag"] in ("input", "textarea", "select"), message
    assert str(form).count("govuk-form-group--error") == len(EveryQuestion.base_fields)


def test_required_messages_say_what_to_do():
    messages = {field: errors[0] for field, errors in EveryQuestion({}).errors.items()}

    assert messages["name"] == "Enter full name"
    assert messages["born_on"] == "Enter date of birth"
    assert messages["nhs_number"] == "Enter NHS number"
    assert messages["agreed"] == "Answer “Does the person agree?”"
    assert messages["risk"] == "Select risk"
    assert messages["read"] == "Tick “I have read this” to go on"
    assert messages["letter"] == "Choose a file for “Letter”"


def test_a_message_written_for_one_question_is_kept():
    field = TextField(label="Reason", error_messages={"required": "Say why the plan goes back"})

    assert refusal(field, "") == "Say why the plan goes back"


def test_a_page_without_errors_shows_none():
    html = str(EveryQuestion())

    assert "error" not in html.replace("data-error", "")
    assert EveryQuestion().error_items() == []


def test_what_was_typed_stands_in_the_page_again_when_it_is_refused():
    typed = {
        **GOOD,
        "born_on_day": "31",
        "born_on_month": "Febr",
        "born_on_year": "44",
        "cost": "12 or so",
        "hours": "a dozen",
        "nhs_number": "<b>1</b>",
    }
    page = Controls(str(EveryQuestion(typed)))

    values = {control["name"]: control.get("value") for control in page.controls}
    assert values["born_on_day"] == "31"
    assert values["born_on_month"] == "Febr"
    assert values["born_on_year"] == "44"
    assert values["cost"] == "12 or so"
    assert values["hours"] == "a dozen"
    assert values["nhs_number"] == "<b>1</b>"
    assert "<b>1</b>" not in str(EveryQuestion(typed))


def test_no_control_cuts_text_by_itself_and_none_leans_on_the_browser_to_refuse():
    html = str(EveryQuestion())

    assert " maxlength" not in html
    assert " required" not in html
    assert 'type="number"' not in html


def test_a_password_is_never_written_back_into_the_page():
    assert "something long enough" not in str(EveryQuestion(GOOD))


# Choices --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed,read", [("yes", True), ("no", False), (True, True), (False, False)])
def test_yes_and_no_become_true_and_false(typed, read):
    assert answer(YesNoField(label="Agreed?"), typed) is read


def test_an_open_question_stays_open():
    assert answer(YesNoField(label="Agreed?", required=False), {}) is None


@pytest.mark.parametrize("initial,checked", [(True, "yes"), (False, "no"), (None, None)])
def test_what_was_answered_is_ticked(initial, checked):
    form = only(YesNoField(label="Agreed?"))
    form.initial["answer"] = initial
    page = Controls(str(form))

    assert [c["value"] for c in page.controls if "checked" in c] == ([checked] if checked else [])


def test_an_answer_that_is_not_on_the_page_is_refused():
    field = RadiosField(label="Risk", choices=[("high", "High")])

    assert refusal(field, "enormous") == "Choose an answer to “Risk” from the list"


def test_radios_are_small_on_staff_pages_and_large_on_peoples_pages():
    field = RadiosField(label="Risk", choices=[("high", "High")])

    assert "govuk-radios--small" in str(only(field))
    assert "govuk-radios--small" not in str(only(field, base=PublicForm))


def test_the_size_of_a_group_is_written_on_the_group_alone():
    page = Controls(str(only(CheckboxesField(label="Outcomes", choices=[("eat", "Eating")]))))

    assert page.controls[0]["class"] == "govuk-checkboxes__input"
    assert page.by_id["id_answer"]["class"] == "govuk-checkboxes govuk-checkboxes--small"


def test_a_hint_under_an_answer_is_read_out_with_it():
    field = RadiosField(
        label="Risk", choices=[("high", "High"), ("low", "Low")], hints={"high": "Within a week"}
    )
    page = Controls(str(only(field)))

    assert page.controls[0]["aria-describedby"] == "id_answer_0_hint"
    assert "aria-describedby" not in page.controls[1]
    assert "id_answer_0_hint" in page.by_id


def test_no_radio_says_it_is_invalid_because_a_radio_may_not():
    html = str(only(RadiosField(label="Risk", choices=[("high", "High")]), {}))

    assert "aria-invalid" not in html


class Moved(GovukForm):
    reveals = {"moved": {"yes": ["moved_on"]}}
    moved = YesNoField(label="Has the person moved?")
    moved_on = GovukDateField(label="Moved on", required=False)


def test_a_question_inside_an_answer_is_shown_once_and_stands_under_it():
    page = Controls(str(Moved()))

    assert [control["name"] for control in page.controls] == [
        "moved",
        "moved_on_day",
        "moved_on_month",
        "moved_on_year",
        "moved",
    ]
    assert str(Moved()).count("app-reveals") == 1


def test_a_number_says_its_limits():
    def field():
        return forms.IntegerField(label="100% of hours", min_value=1, max_value=168)

    assert refusal(field(), "0") == "100% of hours must be 1 or more"
    assert refusal(field(), "169") == "100% of hours must be 168 or less"


# One question a page --------------------------------------------------------------------------------------------


def test_the_only_question_of_a_page_is_its_heading():
    class Ask(PublicForm):
        heading_field = "name"
        label_size = "l"
        name = TextField(label="What is your name?")

    assert '<h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l" for="id_name">' in str(
        Ask()
    )


# Keys and versions ----------------------------------------------------------------------------------------------


class AddNote(KeyedForm):
    text = TextAreaField(label="Note")


class ChangeNote(VersionedForm):
    text = TextAreaField(label="Note")
    kind = RadiosField(label="Kind", choices=[("visit", "Visit"), ("call", "Telephone call")])


def test_each_opening_of_a_creating_form_has_its_own_key_and_a_refused_one_keeps_it():
    first, second = AddNote()["form_key"].value(), AddNote()["form_key"].value()
    refused = AddNote({"text": "", "form_key": first})

    assert first != second
    assert len(first) == len(form_keys.new_key())
    assert f'value="{first}"' in str(refused)


def test_a_creating_form_without_a_key_is_refused_once_and_given_one():
    form = AddNote({"text": "Rang."})

    assert not form.is_valid()
    assert form.error_items()[0][0] == ""
    assert 'name="form_key" value="' in str(form)


@pytest.mark.parametrize("version", ["", "x", "-1", "1\x00"])
def test_a_change_without_a_readable_version_is_refused(version):
    form = ChangeNote({"text": "Rang.", "kind": "call", "version": version})

    assert not form.is_valid()
    assert form.errors["version"][0].startswith("We cannot tell which version")


def test_a_stale_save_shows_both_texts_keeps_what_was_typed_and_can_be_saved_knowingly():
    # Given a change made from version 3 while somebody else saved version 4
    form = ChangeNote({"text": "Mine", "kind": "call", "version": "3"})
    assert form.is_valid()

    # When the view is told that the version is stale
    form.show_conflict(version=4, saved={"text": "Theirs", "kind": "call"})

    # Then only what differs is set side by side, and the next press goes on from version 4
    assert [(row.label, row.saved, row.typed) for row in form.differences] == [("Note", "Theirs", "Mine")]
    assert not form.is_valid()
    page = Controls(str(form))
    assert page.by_id["id_version"]["value"] == "4"
    assert ">\nMine</textarea>" in str(form)


def test_differences_are_shown_in_words():
    form = ChangeNote({"text": "Same", "kind": "call", "version": "3"})
    assert form.is_valid()

    form.show_conflict(version=4, saved={"text": "Same", "kind": "visit"})

    assert [(row.saved, row.typed) for row in form.differences] == [("Visit", "Telephone call")]


def test_what_a_service_refuses_stands_beside_its_question_or_at_the_top():
    form = AddNote({"text": "Rang.", "form_key": form_keys.new_key()})
    assert form.is_valid()

    form.add_service_error(ValidationError({"text": "Too vague", "worker": "Nobody is allocated"}))

    assert form.error_items() == [("", "Nobody is allocated"), ("id_text", "Too vague")]
