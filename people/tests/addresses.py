"""Reading the addresses that a page offers, for tests of what must not stand in one."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlsplit


def addresses_in(response: Any) -> list[str]:
    """Every address behind a link or a form of a page."""
    return [
        html.unescape(found) for found in re.findall(r'(?:href|action)="([^"]*)"', response.content.decode())
    ]


def _readings(address: str) -> Iterable[str]:
    """The address as it stands, and what each value of its query says when it is only written in another alphabet."""
    yield address
    for _, value in parse_qsl(urlsplit(address).query):
        try:
            yield base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode("latin-1")
        except binascii.Error:
            continue


def keys_in(addresses: Iterable[str], keys: Iterable[int]) -> list[str]:
    """The addresses in which one of the keys can be read."""
    wanted = [str(key) for key in keys]
    return [
        address
        for address in addresses
        if any(key in reading for reading in _readings(address) for key in wanted)
    ]
