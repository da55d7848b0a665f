"""Limits hold across processes, slide, and end."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.clock import utc_now
from shared.database import Database, Dsns
from shared.errors import TooMany
from shared.limits import Limit, LocalLimiter, SharedLimiter, purge_limits, seconds_to_wait
from tests.shared.durable.conftest import fetch

LIMIT = Limit("sign_in", count=10, seconds=3600)

ATTACKER = """
import asyncio, sys
from shared.database import Database, Dsns
from shared.errors import TooMany
from shared.limits import SharedLimiter
from tests.shared.durable.test_limits import LIMIT

async def main():
    database = Database(Dsns(*sys.argv[1:5]))
    await database.open()
    limiter, admitted = SharedLimiter(database), 0
    for _ in range(20):
        try:
            await limiter.hit(LIMIT, "li@huaxin.example")
            admitted += 1
        except TooMany:
            pass
    print(admitted)
    await database.close()

asyncio.run(main())
"""


async def attack(dsns: Dsns) -> int:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ATTACKER, dsns.owner, dsns.firm, dsns.client, dsns.worker,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    output, _ = await process.communicate()
    return int(output)


async def test_two_processes_together_get_one_limit(dsns: Dsns) -> None:
    admitted = await asyncio.gather(attack(dsns), attack(dsns))
    assert sum(admitted) == 10


async def test_100_tries_at_once_admit_ten_and_a_success_forgets_them(
    database: Database, dsns: Dsns
) -> None:
    limiter = SharedLimiter(database)

    async def admitted(subject: str) -> bool:
        try:
            await limiter.hit(LIMIT, subject)
        except TooMany as refused:
            assert 1 <= int(refused.headers["Retry-After"]) <= 2 * LIMIT.seconds
            return False
        return True

    assert sum(await asyncio.gather(*(admitted("li") for _ in range(100)))) == 10
    assert await admitted("wang"), "another subject has its own count"
    await limiter.forget(LIMIT, "li")
    assert await admitted("li")
    stored = str(await fetch(dsns, "SELECT limit_windows::text FROM limit_windows"))
    assert "wang" not in stored


async def test_a_window_ends_and_old_ones_are_purged(database: Database, dsns: Dsns) -> None:
    limiter = SharedLimiter(database)
    for _ in range(10):
        await limiter.hit(LIMIT, "li")
    with pytest.raises(TooMany):
        await limiter.hit(LIMIT, "li")
    database.clock = lambda: utc_now() + timedelta(seconds=2 * LIMIT.seconds)
    await limiter.hit(LIMIT, "li")
    database.clock = lambda: utc_now() + timedelta(days=3)
    async with database.worker_session() as session:
        await purge_limits(session)
    assert await fetch(dsns, "SELECT 1 FROM limit_windows") == []


@given(
    count=st.integers(1, 100),
    previous=st.integers(0, 101),
    current=st.integers(1, 101),
    elapsed=st.floats(0, 0.999),
)
def test_waiting_as_told_is_enough(count: int, previous: int, current: int, elapsed: float) -> None:
    limit = Limit("x", count, 1000)
    previous, current = min(previous, count + 1), min(current, count + 1)
    wait = seconds_to_wait(limit, previous, current, elapsed)
    if not wait:
        assert previous * (1 - elapsed) + current <= count
        return
    later = elapsed + wait / 1000
    if later >= 1:
        previous, current, later = current, 0, later - 1
    if later >= 1:
        previous, later = 0, later - 1
    assert seconds_to_wait(limit, previous, current + 1, later) == 0


def test_the_local_limiter_refills_and_forgets_the_least_recent() -> None:
    now = [0.0]
    limiter = LocalLimiter(Limit("all", count=5, seconds=10), subjects=2, clock=lambda: now[0])
    for _ in range(5):
        limiter.hit("a")
    with pytest.raises(TooMany) as refused:
        limiter.hit("a")
    assert refused.value.headers["Retry-After"] == "2"
    now[0] = 2.0
    limiter.hit("a")
    limiter.hit("b")
    limiter.hit("c")
    for _ in range(5):
        limiter.hit("a")
