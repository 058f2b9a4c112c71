"""What can be written in the trail about files and letters."""

from audit.catalogue import EventCode

UPLOADED = "documents.document.uploaded"
CHECKED = "documents.document.checked"
REFUSED = "documents.document.refused"
WRITTEN = "documents.letter.written"
MADE_AGAIN = "documents.letter.made_again"
THROWN_AWAY = "documents.letter.thrown_away"
GIVEN = "documents.letter.given"
OTHER_FORMAT_ASKED = "documents.letter.other_format_asked"

CODES = [
    EventCode(UPLOADED, "File received: {kind}"),
    EventCode(CHECKED, "File checked and accepted: {kind}"),
    EventCode(REFUSED, "File refused when it was checked: {because}"),
    EventCode(WRITTEN, "Letter written: {title}, version {number}, {format}"),
    EventCode(MADE_AGAIN, "Letter made again from the record: {title}, version {number}"),
    EventCode(THROWN_AWAY, "Letter thrown away before it was given: {title}, version {number}"),
    EventCode(
        GIVEN,
        "Letter given to the person: {title}, version {number}, {format}, {how}",
        significant=True,
        erasure="keep_fact",
    ),
    EventCode(OTHER_FORMAT_ASKED, "The person asked for a letter in another format: {title}, {format}"),
]
