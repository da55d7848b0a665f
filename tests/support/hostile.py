"""Texts that would be a statement, a pattern or a header where a parameter is not kept as text."""

from typing import Final

HOSTILE: Final = (
    "'",
    "''; DROP TABLE loans; --",
    "x' OR '1'='1",
    "$1",
    ":actor_id",
    "%(id)s",
    "\\",
    "{}",
    "1; SELECT pg_sleep(9)",
    "' & '!",
    "<->",
    "a:*",
    "!x",
    "()",
    "'x':* | 'y'",
    "null",
    "\u202e",
    "😀",
    "a" * 5000,
    "-" * 500,
    "../../etc/passwd",
    "\r\nX: y",
    "'\\'':*",
)
