"""Marks the routes that are answered without a sign-in; a test lists them one by one."""

from __future__ import annotations

from typing import Any

from fastapi import Depends


class Public:
    """Admits everybody, on purpose; `reason` says why that is right."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    async def __call__(self) -> None:
        """Nothing to check."""


def public(reason: str) -> Any:
    """In place of `allowed(...)`, for `dependencies=[...]`."""
    return Depends(Public(reason))
