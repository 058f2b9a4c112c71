"""What a line of the log may say: which page, and never what was searched for or a key that opens something."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

QUERY = re.compile(r"(/[^\s?]*)\?\S*")
# Joining, choosing a new password, and starting a lost second step again: whoever has the address may do it.
KEYS = re.compile(r"(/join/|/password/reset/|/sign-in/lost-second-step/\w+/)[^/\s]{10,}(?=/)")


def without_values(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take the query and the keys out of every address in a line, our own and those of Django."""
    for name, said in line.items():
        if isinstance(said, str) and "/" in said:
            line[name] = KEYS.sub(r"\1…", QUERY.sub(r"\1", said))
    return line
