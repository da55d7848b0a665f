"""Passwords: argon2id, computed in threads, a few at once, in the same time for everyone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cache
from typing import Final, TypeVar

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from shared.errors import Field, Overloaded, Unprocessable

T = TypeVar("T")
DEMO_PASSWORD: Final = "rapport-demo"
"""Public knowledge, so good in demonstration mode only."""
SHORTEST: Final = 10
LONGEST: Final = 200
_HASHER: Final = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=47_104, parallelism=1),))
"""As OWASP recommends for argon2id: 46 MiB, one pass, one lane."""
_AT_ONCE: Final = 2
_WAITING: Final = 50
_COMMON: Final = frozenset(
    ("password", "passwort", "1234567890", "12345678", "qwertyuiop", "administrator", "letmein")
)


class WeakPassword(Unprocessable):
    """Too short, too long, or what everyone tries first."""

    code = "weak_password"

    def __init__(self, pointer: str = "/password") -> None:
        place = Field(
            pointer,
            f"Use {SHORTEST} to {LONGEST} characters that are not easy to guess.",
            f"请使用 {SHORTEST} 至 {LONGEST} 个不易猜到的字符。",
            code=self.code,
        )
        super().__init__(errors=[place])


def check_strength(password: str, *, email: str, pointer: str = "/password") -> None:
    """Raise `WeakPassword` (422) for a password that would not protect the account."""
    lowered = password.casefold()
    mailbox = email.partition("@")[0].casefold()
    guessable = (
        lowered in _COMMON
        or lowered == DEMO_PASSWORD
        or lowered.rstrip("0123456789!.") in _COMMON
        or lowered in {email.casefold(), mailbox}
        or len(set(lowered)) < 4
    )
    if guessable or not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(pointer)


@cache
def _of_nobody() -> str:
    """What is verified against where nothing is stored; made once in a process."""
    return _HASHER.hash("a password that nobody has")


class Passwords:
    """Hashes and verifies; at most a few at once, because each takes memory and a core."""

    def __init__(self, *, demo: bool) -> None:
        self._demo = demo
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._waiting = 0
        self._nobody = _of_nobody()

    def require_strong(self, password: str, *, email: str, pointer: str = "/password") -> None:
        """Raise `WeakPassword` (422) for a password that may not be chosen here.

        In demonstration mode the public one may be: it opens nothing that is not invented.
        """
        if not (self._demo and password == DEMO_PASSWORD):
            check_strength(password, email=email, pointer=pointer)

    async def hash(self, password: str) -> str:
        """The hash to store. Raises `Overloaded` (503) when too many wait."""
        return await self._in_turn(_HASHER.hash, password)

    async def verify(self, password: str, stored: str | None) -> bool:
        """Whether the password is the stored one; takes as long when nothing is stored."""
        right = await self._in_turn(_HASHER.verify, password[: LONGEST + 1], stored or self._nobody)
        refused = password == DEMO_PASSWORD and not self._demo
        return right and stored is not None and not refused

    async def _in_turn(self, work: Callable[..., T], *arguments: str) -> T:
        if self._waiting >= _WAITING:
            raise Overloaded(2)
        self._waiting += 1
        try:
            async with self._places:
                return await asyncio.to_thread(work, *arguments)
        finally:
            self._waiting -= 1
