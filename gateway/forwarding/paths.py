"""Which request paths are taken at all: the string that is routed is the string authorised."""

from __future__ import annotations

import re
from typing import Final

from shared.errors import BadRequest

_AMBIGUOUS: Final = re.compile(
    rb"%2[ef]|%5c|%[01][0-9a-f]|%7f|%(?![0-9a-f]{2})|//|\\|[\x00-\x20\x7f-\xff]|/\.\.?(?:/|\Z)",
    re.IGNORECASE,
)
"""Encoded dots, slashes, backslashes, controls; doubled slashes; dot segments; broken escapes."""

LONGEST_PATH: Final = 2_000


class AmbiguousPath(BadRequest):
    """A path that two programs could read in two ways."""

    code = "ambiguous_path"
    title = {"en": "This address is ambiguous", "zh": "地址含义不明确"}
    text = {
        "en": "Addresses hold no encoded slashes, dots or backslashes and no empty segments.",
        "zh": "地址中不能有编码的斜杠、点、反斜杠，也不能有空段。",
    }


def check_path(raw_path: bytes) -> None:
    """Raise `AmbiguousPath` (400) unless every program decodes the path to the same segments."""
    plain = raw_path[:1] == b"/" and len(raw_path) <= LONGEST_PATH
    if not plain or _AMBIGUOUS.search(raw_path):
        raise AmbiguousPath()
