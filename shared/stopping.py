"""Ends background loops for certain, however often one of them misses its cancellation."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Coroutine
from typing import Any, Final

from shared.telemetry import log

AGAIN_SECONDS: Final = 1.0
_log = log(__name__)


async def stop(tasks: Collection[asyncio.Task[Any]], *, again: float = AGAIN_SECONDS) -> None:
    """Cancel the tasks and wait until every one has ended; what they raised is not raised again.

    A single cancellation may get lost: `asyncio.wait_for` of Python 3.11, and through it nats-py
    and asyncpg's pool, forget one that arrives together with the answer they wait for. The loop
    around them then goes on for ever, so whatever still runs is cancelled again each `again`
    seconds.
    """
    running = set(tasks)
    while running:
        for task in running:
            task.cancel()
        ended, running = await asyncio.wait(running, timeout=again)
        for task in ended:
            if not task.cancelled() and (error := task.exception()) is not None:
                _log.warning("loop_failed_while_stopping", exc_info=error)
        if running:
            names = sorted(task.get_name() for task in running)
            _log.warning("loops_cancelled_again", loops=names)


async def together(*loops: Coroutine[Any, Any, None]) -> None:
    """Run loops side by side until one of them fails or the caller is cancelled; none stays behind.

    Every cancellation is passed on to each loop. A task group passes on the first alone, and then
    waits for ever for a loop that missed it.
    """
    tasks = [asyncio.create_task(loop) for loop in loops]
    try:
        await asyncio.gather(*tasks)
    except asyncio.CancelledError:
        await _see_off({task for task in tasks if not task.done()})
        raise
    except BaseException:
        await stop([task for task in tasks if not task.done()])
        raise


async def _see_off(running: set[asyncio.Task[None]]) -> None:
    while running:
        try:
            _, running = await asyncio.wait(running)
        except asyncio.CancelledError:
            for task in running:
                task.cancel()
