"""Words by which an effect is found again."""

from __future__ import annotations

from uuid import uuid4


def unique(kind: str) -> str:
    """Words that occur once in the world."""
    return f"{uuid4().hex} {kind}"
