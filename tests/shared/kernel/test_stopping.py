"""A loop that misses its cancellation is stopped all the same."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from shared.stopping import stop, together


@dataclass
class Asker:
    """Waits for answers for ever, the way a client library does."""

    answers: list[asyncio.Future[str]] = field(default_factory=list)

    async def run(self) -> None:
        while True:
            answer = asyncio.get_running_loop().create_future()
            self.answers.append(answer)
            await asyncio.wait_for(answer, timeout=60)


async def test_a_cancellation_lost_beside_an_answer_is_repeated() -> None:
    asker = Asker()
    task = asyncio.create_task(asker.run())
    await asyncio.sleep(0)
    asker.answers[0].set_result("came at the same moment")
    stopping = asyncio.create_task(stop([task], again=0.05))
    await asyncio.sleep(0.02)
    assert not task.done(), "the first cancellation was not lost: this test shows nothing"
    await asyncio.wait_for(stopping, timeout=5)
    assert task.cancelled()
    assert len(asker.answers) == 2


async def test_what_a_loop_raises_while_stopping_holds_nothing_up() -> None:
    async def fails_at_the_end() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            raise OSError("gone")

    tasks = [asyncio.create_task(fails_at_the_end()), asyncio.create_task(asyncio.sleep(60))]
    await asyncio.sleep(0)
    await stop(tasks)
    assert all(task.done() for task in tasks)


async def test_a_cancellation_lost_by_one_of_several_is_repeated_too() -> None:
    """Under a task group this hangs: it cancels each of its tasks once."""
    asker = Asker()
    task = asyncio.create_task(together(asker.run(), asyncio.sleep(60)))
    await asyncio.sleep(0.01)
    asker.answers[0].set_result("came at the same moment")
    await asyncio.wait_for(stop([task]), timeout=10)
    assert task.cancelled()
    assert len(asker.answers) == 2, "the first cancellation was not lost: this test shows nothing"


async def test_one_that_fails_ends_the_others_and_is_heard() -> None:
    ended = asyncio.Event()

    async def waits() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    async def fails() -> None:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        await together(waits(), fails())
    assert ended.is_set()


async def test_nothing_to_stop() -> None:
    await stop([])
