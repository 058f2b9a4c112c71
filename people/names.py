"""How a name is folded, sorted, searched and heard. Pure: words in, words out."""

from __future__ import annotations

import re
import unicodedata

SEARCH_TEXT_LENGTH = 700
NAME_SORT_LENGTH = 310
SOUND_MARK = "~"

# Letters that Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_NOT_A_WORD = re.compile(r"[^\w]+|_+")
_APOSTROPHES = re.compile(r"['’‘`´]")

# Sounds first at the start of a word, then anywhere, in this order (our own short form of Metaphone).
_AT_THE_START = (
    ("kn", "n"),
    ("gn", "n"),
    ("pn", "n"),
    ("wr", "r"),
    ("ps", "s"),
    ("wh", "w"),
    ("mc", "mak"),
    ("x", "s"),
)
_ANYWHERE = (
    (r"ph", "f"),
    (r"sch", "sk"),
    (r"tch|sh|ch", "x"),
    (r"dge", "j"),
    (r"gh(?=[aeiou])", "g"),
    (r"gh", ""),
    (r"ck", "k"),
    (r"c(?=[eiy])", "s"),
    (r"c|q", "k"),
    (r"g(?=[eiy])", "j"),
    (r"z", "s"),
    (r"v", "f"),
    (r"th", "0"),
    (r"d", "t"),
    (r"mb$", "m"),
)


def fold(text: str) -> str:
    """A name without accents, case and punctuation: “O’Brien-Łuc” becomes “obrien luc”. Other scripts are kept."""
    spread = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold()).translate(_LETTERS)
    bare = "".join(character for character in spread if not unicodedata.combining(character))
    return _NOT_A_WORD.sub(" ", bare).strip()


def sound(word: str) -> str:
    """How an English ear hears a word: Whitlow, Whitloe and Witlow are one sound. Empty for other scripts."""
    heard = re.sub(r"[^a-z]", "", fold(word))
    for letters, instead in _AT_THE_START:
        if heard.startswith(letters):
            heard = instead + heard[len(letters) :]
            break
    for letters, instead in _ANYWHERE:
        heard = re.sub(letters, instead, heard)
    if not heard:
        return ""
    first = "a" if heard[0] in "aeiou" else heard[0]
    return re.sub(r"(.)\1+", r"\1", first + re.sub(r"[aeiouwhy]", "", heard[1:]))


def name_sort(*, family_name: str, given_names: str) -> str:
    """What every list of names orders by: the family name, then the given ones, folded."""
    return f"{fold(family_name)} {fold(given_names)}".strip()[:NAME_SORT_LENGTH]


def search_text(*, names: list[str], numbers: list[str]) -> str:
    """The words a person is found by, each between spaces: names, numbers, and the sounds of the names."""
    words = [word for name in names for word in fold(name).split()]
    joined = [folded.replace(" ", "") for name in names if " " in (folded := fold(name)) and len(folded) < 40]
    digits = []
    for number in numbers:
        compact = fold(number).replace(" ", "")
        digits += [compact, re.sub(r"^[a-z]+", "", compact)]
    sounds = [SOUND_MARK + heard for word in words if len(heard := sound(word)) >= 2]
    text = ""
    for word in dict.fromkeys([*words, *digits, *joined, *sounds]):
        if word and len(text) + len(word) + 2 <= SEARCH_TEXT_LENGTH:
            text += f" {word}"
    return f"{text} " if text else ""


def sounds_like(heard: str) -> str:
    """How a whole sound stands in the search text."""
    return f" {SOUND_MARK}{heard} "
