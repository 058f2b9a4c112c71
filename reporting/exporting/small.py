"""Small numbers are not written into what leaves the portal: a few people in a place are soon recognised."""

from __future__ import annotations

from collections.abc import Sequence

NOT_SHOWN = "not shown"


def hidden(number: int | None, smallest: int) -> int | str:
    """A number of people as it may leave: nought, or at least the smallest; else “1 to 4”, where the smallest is 5."""
    if number is None:
        return ""
    return number if number == 0 or number >= smallest else f"1 to {smallest - 1}"


def hidden_parts(parts: Sequence[int], smallest: int) -> list[int | str]:
    """The parts of a known sum. Where a single one is too small to show, the next smallest is not shown either: else the
    hidden one is what is missing from the sum."""
    small = [place for place, number in enumerate(parts) if 0 < number < smallest]
    shown: list[int | str] = [hidden(number, smallest) for number in parts]
    if len(small) == 1:
        rest = [place for place, number in enumerate(parts) if number >= smallest]
        if rest:
            shown[min(rest, key=lambda place: (parts[place], place))] = NOT_SHOWN
    return shown


def hidden_share(done: int, whole: int, smallest: int) -> tuple[int | str, int | str, bool]:
    """How many of how many, and whether their share may be said: not where few did, or few did not."""
    rest = whole - done
    may = not (0 < done < smallest or 0 < rest < smallest or 0 < whole < smallest)
    return (done if may else NOT_SHOWN), hidden(whole, smallest), may
