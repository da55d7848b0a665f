"""A promise: every committed time is a record that is kept, moved in time, or broken."""

from datetime import datetime
from enum import StrEnum

from shared.errors import Conflict, Unprocessable
from shared.states import State
from shared.transitions import IllegalTransition


class PromiseKind(StrEnum):
    """What the client was told to expect."""

    FIRST_RESPONSE = "first_response"
    UPDATE = "update"
    RESOLUTION = "resolution"
    SOLUTION = "solution"
    CALLBACK = "callback"


class PromiseStatus(State):
    """What became of it. Released: the case ended before it was due."""

    MADE = "made", "Promised", "已承诺"
    KEPT = "kept", "Kept", "已兑现"
    BROKEN = "broken", "Broken", "未兑现"
    SUPERSEDED = "superseded", "Moved", "已改期"
    RELEASED = "released", "No longer needed", "不再需要"


class Act(StrEnum):
    """What the firm does that may keep a promise by itself."""

    REPLIED = "replied"
    OFFERED = "offered"
    RESOLVED = "resolved"


P = PromiseStatus
K = PromiseKind

TRANSITIONS: dict[PromiseStatus, frozenset[PromiseStatus]] = {
    P.MADE: frozenset({P.KEPT, P.BROKEN, P.SUPERSEDED, P.RELEASED}),
    P.KEPT: frozenset(),
    P.BROKEN: frozenset(),
    P.SUPERSEDED: frozenset(),
    P.RELEASED: frozenset(),
}

KEEPS: dict[Act, frozenset[PromiseKind]] = {
    Act.REPLIED: frozenset({K.FIRST_RESPONSE, K.UPDATE}),
    Act.OFFERED: frozenset({K.FIRST_RESPONSE, K.UPDATE, K.SOLUTION}),
    Act.RESOLVED: frozenset({K.FIRST_RESPONSE, K.UPDATE, K.SOLUTION, K.RESOLUTION}),
}
"""The right kind of act keeps a promise; a promised call is kept by hand only."""


class PromiseInPast(Unprocessable):
    """The committed time is not in the future."""

    code = "promise_in_past"
    title = {"en": "Time has passed", "zh": "时间已过"}
    text = {
        "en": "A promise must lie in the future; {due_at} has passed.",
        "zh": "承诺时间必须在将来，{due_at} 已过。",
    }


class PromiseTooFar(Unprocessable):
    """The committed time is years away."""

    code = "promise_too_far"
    title = {"en": "Too far off", "zh": "时间过远"}
    text = {
        "en": "A promise lies at most two years ahead; {due_at} does not.",
        "zh": "承诺时间最多在两年之内，{due_at} 超出范围。",
    }


class PromiseOutsideHours(Unprocessable):
    """The committed time is outside working hours."""

    code = "promise_outside_hours"
    title = {"en": "Outside working hours", "zh": "不在工作时间内"}
    text = {
        "en": "{due_at} is outside working hours; the next working moment is {suggestion}.",
        "zh": "{due_at} 不在工作时间内，下一个工作时刻是 {suggestion}。",
    }


class PromisePassed(Conflict):
    """The time has passed: the promise is broken and nothing mends it afterwards."""

    code = "promise_passed"
    title = {"en": "The promised time has passed", "zh": "承诺时间已过"}
    text = {
        "en": "The promise was due at {due_at}; it can no longer be kept or renegotiated.",
        "zh": "该承诺应于 {due_at} 兑现，现已不能兑现或重新约定。",
    }


class PromiseSettled(IllegalTransition):
    """The promise is already kept, broken, superseded or released."""

    title = {"en": "The promise is settled", "zh": "承诺已了结"}
    text = {
        "en": "The promise is already “{current}” and cannot become “{target}”.",
        "zh": "该承诺已是“{current}”状态，不能变为“{target}”。",
    }


def settle(current: PromiseStatus, target: PromiseStatus) -> PromiseStatus:
    """Answer `target`. Raises `PromiseSettled` (409) when the table forbids the step."""
    if target not in TRANSITIONS[current]:
        raise PromiseSettled(current, target)
    return target


def has_passed(due_at: datetime, now: datetime) -> bool:
    """A promise is broken from its due instant on, whether or not the timer has run yet."""
    return now >= due_at


def require_open(
    status: PromiseStatus, due_at: datetime, now: datetime, *, paused: bool = False
) -> None:
    """Raise `PromisePassed` (409) once the time has come, `PromiseSettled` when not open.

    The time of a `paused` promise does not come.
    """
    passed = has_passed(due_at, now) and not paused
    if status is PromiseStatus.BROKEN or (status is PromiseStatus.MADE and passed):
        raise PromisePassed(due_at=due_at.isoformat())
    settle(status, PromiseStatus.KEPT)


def kept_rate(kept: int, broken: int) -> float | None:
    """Kept promises as a share of those that came due, 0 to 1; None before the first."""
    settled = kept + broken
    return kept / settled if settled else None
