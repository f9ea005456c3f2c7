"""Any noun goes in, one line of JSON comes out that no terminal can stumble over."""

import json
import re

import msgspec

from onrecord.text import HIDDEN


def line(noun: object) -> bytes:
    """Encode `noun` as a line of UTF-8; marks that steer a terminal are written as numbers, which read back as the same text."""
    text = msgspec.json.encode(noun).decode()
    return HIDDEN.sub(_escaped, text).encode() + b"\n"


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]
