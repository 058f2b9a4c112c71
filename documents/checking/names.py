"""The name of a file: which kinds we take, and the name made harmless."""

from __future__ import annotations

import re
import unicodedata

from documents.checking.refusing import Refused

KINDS = {"pdf": "pdf", "jpg": "jpeg", "jpeg": "jpeg", "png": "png", "txt": "text", "docx": "word"}
WHAT_WE_TAKE = "PDF, JPG, PNG, Word (.docx) or plain text (.txt)"
# A name that ends well and hides one of these before its end means harm, or fools whoever opens it.
RUNS = frozenset(
    [
        "exe",
        "com",
        "bat",
        "cmd",
        "scr",
        "pif",
        "msi",
        "msp",
        "ps1",
        "psm1",
        "vbs",
        "vbe",
        "js",
        "jse",
        "wsf",
        "wsh",
        "hta",
        "jar",
        "lnk",
        "url",
        "reg",
        "cpl",
        "dll",
        "sys",
        "app",
        "apk",
        "deb",
        "rpm",
        "dmg",
        "iso",
        "img",
        "html",
        "htm",
        "xhtml",
        "shtml",
        "svg",
        "svgz",
        "xml",
        "php",
        "php5",
        "phtml",
        "asp",
        "aspx",
        "jsp",
        "py",
        "pl",
        "rb",
        "sh",
        "bash",
        "docm",
        "dotm",
        "xlsm",
        "xltm",
        "pptm",
        "ppam",
        "xlam",
        "swf",
        "mht",
        "mhtml",
        "chm",
        "inf",
        "scf",
    ]
)
LONGEST = 100


def kind_of_name(name: str) -> str:
    """Which reader a file of this name gets. Raises Refused for a name that we do not take."""
    parts = [part.strip().lower() for part in harmless_name(name).split(".")]
    if len(parts) < 2 or parts[-1] not in KINDS:
        raise Refused(f"We take {WHAT_WE_TAKE}. Save the file as one of these, and send that.")
    if RUNS & set(parts[1:-1]):
        raise Refused("The file has two endings. Give it one that says what it is, and send it again.")
    return KINDS[parts[-1]]


def harmless_name(name: str) -> str:
    """The last part of a path, without characters that steer, hide or turn text round; at most 100 characters."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(
        letter for letter in last if unicodedata.category(letter)[0] not in "C" and letter not in '"<>:|?*%;'
    ).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        return kept[:LONGEST] or "file"
    return f"{stem[: LONGEST - len(ending) - 1] or 'file'}.{ending[:10]}"
