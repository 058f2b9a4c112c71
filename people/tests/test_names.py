"""How names are folded, heard and read out of the search box."""

from datetime import date

import pytest

from people import names
from people.search import read, read_birth_dates

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "written,folded",
    [
        ("O’Brien-Łuc", "obrien luc"),
        ("  José  María ", "jose maria"),
        ("Groß", "gross"),
        ("Ærø", "aero"),
        ("Ní Dhónaill", "ni dhonaill"),
        ("李 小龙", "李 小龙"),
        ("…", ""),
    ],
)
def test_a_name_is_folded_to_letters_that_everybody_can_type(written, folded):
    assert names.fold(written) == folded


@pytest.mark.parametrize(
    "one,other",
    [
        ("Whitlow", "Witlow"),
        ("Phillips", "Filips"),
        ("Knight", "Night"),
        ("Catherine", "Katherine"),
        ("Stephen", "Steven"),
        ("Macdonald", "McDonald"),
        ("Smith", "Smyth"),
        ("Zoe", "Soe"),
    ],
)
def test_names_that_sound_alike_have_one_sound(one, other):
    assert names.sound(one) == names.sound(other) != ""


@pytest.mark.parametrize("one,other", [("Patel", "Begum"), ("Jones", "Smith"), ("Khan", "Hussain")])
def test_names_that_sound_unlike_have_different_sounds(one, other):
    assert names.sound(one) != names.sound(other)


def test_the_text_a_person_is_found_by_never_grows_too_long():
    text = names.search_text(names=["word" + str(number) for number in range(400)], numbers=["NB 104273"])

    assert len(text) <= names.SEARCH_TEXT_LENGTH


@pytest.mark.parametrize(
    "typed",
    [
        "14/03/1944",
        "14.3.44",
        "14 March 1944",
        "14th mar 1944",
        "1944-03-14",
        "14-3-1944",
        "14 3 1944",
        "14031944",
    ],
)
def test_a_date_of_birth_is_read_in_many_forms(typed):
    assert read(typed, TODAY).born == (date(1944, 3, 14),)


def test_a_year_of_two_digits_may_be_of_either_century():
    assert read_birth_dates("1/2/05", TODAY)[0] == (date(1905, 2, 1), date(2005, 2, 1))


@pytest.mark.parametrize("typed", ["31/02/1944", "14/13/1944"])
def test_a_day_that_never_was_is_no_date(typed):
    assert read(typed, TODAY).born == ()


def test_a_name_and_a_birthday_may_stand_together():
    wanted = read("Whitlow 14/3/1944", TODAY)

    assert (wanted.born, wanted.words) == ((date(1944, 3, 14),), ("whitlow",))


@pytest.mark.parametrize("typed", ["999 104 2733", "9991042733", "999-104-2733"])
def test_an_nhs_number_is_read_in_any_spacing(typed):
    assert read(typed, TODAY).numbers == ("9991042733",)


@pytest.mark.parametrize("typed", ["NB 104273", "nb104273"])
def test_our_own_number_is_read_with_and_without_its_space(typed):
    assert read(typed, TODAY).numbers == ("nb104273",)


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "%%%", "___"])
def test_nothing_is_looked_for_when_nothing_is_typed(typed):
    assert not read(typed, TODAY)
