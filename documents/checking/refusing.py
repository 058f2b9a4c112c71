"""How a check says no: a sentence for whoever sent the file."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818
    """The file is not accepted. The words say why and what to do."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(words)


UNLIKE_ITS_NAME = "The file is not what its name says. Save it again in its own format, and send that."
UNREADABLE = "We cannot read the file. It may be damaged. Save it again, and send that."
PROTECTED = "The file is protected by a password. Save it without one, and send that."
ACTIVE = (
    "The file holds a program, a script or another file. Save it as a plain PDF or picture, and send that."
)
TOO_LARGE_INSIDE = "The file is too large once it is unpacked. Send it in parts."
