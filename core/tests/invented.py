"""Names for the people of tests: in turn, so that no two of a test agree, and none of them a word of a page.

A name by chance is now and then "North", with which the council of the tests begins, or begins itself with the name
that another test looks for, or has an apostrophe, which a page writes otherwise. Tests of such names state them.
"""

from __future__ import annotations

import itertools

GIVEN = [
    "Abigail", "Adrian", "Amanda", "Amelia", "Angela", "Anthony", "Bernard", "Bethan", "Chelsea",
    "Christopher", "Damian", "Deborah", "Denise", "Dominic", "Elaine", "Eleanor", "Frederick",
    "Geraldine", "Graeme", "Heather", "Hilary", "Jacqueline", "Jeffrey", "Jeremy", "Jessica", "Judith",
    "Julian", "Kathryn", "Kayleigh", "Leanne", "Lesley", "Louise", "Malcolm", "Maurice", "Melanie",
    "Michael", "Mohamed", "Natalie", "Philip", "Rebecca", "Rosemary", "Sophie", "Stuart", "Sylvia",
    "Teresa", "Timothy", "Vanessa",
]  # fmt: skip

FAMILY = [
    "Abbott", "Alexander", "Armstrong", "Arnold", "Atkins", "Austin", "Baldwin", "Bolton", "Bradley",
    "Brennan", "Briggs", "Bryant", "Burgess", "Butler", "Carroll", "Cartwright", "Chamberlain",
    "Clements", "Coates", "Coleman", "Connolly", "Cooper", "Crawford", "Cunningham", "Curtis",
    "Dickinson", "Douglas", "Edwards", "Elliott", "Faulkner", "Fleming", "Gardiner", "George",
    "Gibbons", "Gilbert", "Goddard", "Gregory", "Griffin", "Hammond", "Hancock", "Harris", "Haynes",
    "Henderson", "Hewitt", "Higgins", "Horton", "Humphreys", "Hunter", "Ingram", "Jarvis", "Jennings",
    "Jordan", "Kennedy", "Knowles", "Mitchell", "Morgan", "Murphy", "Nelson", "Nicholls", "Oliver",
    "Palmer", "Parkes", "Pearce", "Pollard", "Potter", "Reeves", "Reynolds", "Roberts", "Russell",
    "Saunders", "Sharpe", "Simmons", "Sinclair", "Slater", "Spencer", "Steele", "Sullivan", "Sutton",
    "Talbot", "Taylor", "Thomas", "Townsend", "Tucker", "Vaughan", "Vincent", "Watson", "Wheeler",
    "Williams",
]  # fmt: skip

_given, _family = itertools.cycle(GIVEN), itertools.cycle(FAMILY)


def given_name() -> str:
    """The next given name."""
    return next(_given)


def family_name() -> str:
    """The next family name."""
    return next(_family)


def full_name() -> str:
    """The next given name with the next family name."""
    return f"{given_name()} {family_name()}"
