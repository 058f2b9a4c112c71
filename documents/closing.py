"""How every letter with a decision ends: what to do when it seems wrong, and how to have it in another format."""

from __future__ import annotations

from documents.kinds import Text


def if_you_disagree(text: Text) -> Text:
    """The way to ask again, to complain, and to the Ombudsman (care-act.md 7)."""
    text.heading("If you do not agree").say(
        "Tell your worker, or ring us on the number above. You can ask us to look again. You can complain to us, and "
        "somebody who was not part of the decision answers. If you are still not content, the Local Government and "
        "Social Care Ombudsman can look at it, free of charge. An advocate can help you with any of this."
    )
    return another_format(text)


def another_format(text: Text) -> Text:
    """The Accessible Information Standard, in one sentence."""
    text.heading("If you need this in another format").say(
        "Tell us, and we send it in large print, easy read, braille, audio or British Sign Language."
    )
    return text
