"""Everything that changes a file or a letter. One module for each topic."""

from documents.services.checking import CHECK, check, check_from_outbox
from documents.services.giving import ask_other_format, give_letter
from documents.services.uploading import store_upload
from documents.services.writing import make_again, throw_away, write_letter

__all__ = [
    "CHECK",
    "ask_other_format",
    "check",
    "check_from_outbox",
    "give_letter",
    "make_again",
    "store_upload",
    "throw_away",
    "write_letter",
]
