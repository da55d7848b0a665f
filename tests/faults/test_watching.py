"""What a soak makes of what it saw: each kind of growth is told, and what only breathes is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from tests.faults.watching import ALL_BUT_NATS, NATS, Held, Kind, Watch, errors_let_go, report

HOUR: Final = 3600
OTHERS: Final = (Kind.MEMORY, ALL_BUT_NATS)
JETSTREAM: Final = (Kind.MEMORY, NATS)
CONNECTIONS: Final = (Kind.CONNECTIONS, "postgres")
FLAT: Final = {OTHERS: 500.0, JETSTREAM: 90.0, CONNECTIONS: 70.0}

Way = Callable[[float], float]


def told(thing: tuple[Kind, str], way: Way, *, rested: float = 40.0) -> list[str]:
    """What is said of half an hour in which one thing went its way and all others stayed."""
    watch = Watch()
    for at in range(0, HOUR // 2, 2):
        held: Held = FLAT | {thing: way(at)}
        watch.note(at, held)
    return report(watch.courses(), {JETSTREAM: rested})[1]


def test_blocks_that_fill_and_are_let_go_are_no_growth() -> None:
    assert told(JETSTREAM, lambda at: 60 + 50 * (at % 1700) / 1700) == []


@pytest.mark.parametrize(
    ("thing", "way", "words"),
    [
        (OTHERS, lambda at: 500 + 10 * at / HOUR, "MB of all but NATS: rises by 1.99 % an hour"),
        (JETSTREAM, lambda at: 100 + 120 * at / HOUR, "MB of nats-server: rises to 160 MB"),
        (CONNECTIONS, lambda at: 70 + 200 * at / HOUR, "connections of postgres: rises to 170"),
    ],
)
def test_what_gathers_is_told_of(thing: tuple[Kind, str], way: Way, words: str) -> None:
    assert told(thing, way) == [words]


def test_what_nats_keeps_when_nothing_is_written_is_told_of() -> None:
    kept = told(JETSTREAM, lambda at: 90.0, rested=70.0)
    assert kept == ["MB of nats-server: keeps 70 MB at rest"]


def test_of_a_log_that_is_let_go_the_errors_are_kept() -> None:
    lines = [
        'desk        │ {"event": "failed", "level": "error", "exception": "in\\n  StaleRow"}',
        'gateway     │ {"event":"request","status":200}',
        "postgres    │ 2026-11-29 UTC [7] ERROR:  deadlock detected",
        "rapport     │ ready after 1.4 s",
        "desk        │ uvicorn.error Exception in ASGI application",
        "desk        │ Traceback (most recent call last):",
        'desk        │ {"event": "request", "level": "warning", "status": 503}',
        'desk        │ {"event": "loop_failed", "level": "error"}',
    ]
    kept = errors_let_go(lines, 2)
    assert [line.partition("│ ")[2] for line in kept] == [
        '{"event": "failed", "level": "error", "exception": "in\n  StaleRow"}',
        "2026-11-29 UTC [7] ERROR:  deadlock detected",
        "uvicorn.error Exception in ASGI application",
        "Traceback (most recent call last):",
    ]
    assert [len(lines), len(errors_let_go(lines)), len(lines)] == [2, 1, 0]
