"""What an engagement is and which step may follow which: pure tables, no I/O."""

from enum import StrEnum

from shared.errors import Conflict, Unprocessable


class EngagementStatus(StrEnum):
    """Where an engagement stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACTIVE = "active"
    ON_HOLD = "on_hold"
    CLOSING = "closing"
    CLOSED = "closed"
    CANCELLED = "cancelled"


S = EngagementStatus

TRANSITIONS: dict[EngagementStatus, frozenset[EngagementStatus]] = {
    S.DRAFT: frozenset({S.PROPOSED, S.CANCELLED}),
    S.PROPOSED: frozenset({S.ACTIVE, S.CANCELLED}),
    S.ACTIVE: frozenset({S.ON_HOLD, S.CLOSING, S.CANCELLED}),
    S.ON_HOLD: frozenset({S.ACTIVE, S.CANCELLED}),
    # Active again: something turned up that is not done.
    S.CLOSING: frozenset({S.ACTIVE, S.CLOSED}),
    S.CLOSED: frozenset(),
    S.CANCELLED: frozenset(),
}

LIVE = frozenset(S) - {S.CLOSED, S.CANCELLED}
"""The engagement can still be changed and staffed."""

PLANNABLE = LIVE - {S.CLOSING}
"""The plan may be changed and confirmed."""


class IllegalEngagementStep(Conflict):
    """The engagement does not allow this step from where it stands."""

    code = "illegal_transition"
    title = {"en": "Not possible now", "zh": "当前状态不允许此操作"}
    text = {
        "en": "An engagement that is {current} cannot become {target}.",
        "zh": "处于“{current}”状态的项目不能变为“{target}”。",
    }


class EngagementNotLive(Conflict):
    """The engagement is over."""

    code = "engagement_not_live"
    title = {"en": "The engagement is over", "zh": "项目已结束"}
    text = {
        "en": "The engagement is {current} and cannot be changed.",
        "zh": "项目处于“{current}”状态，不能修改。",
    }


class EngagementNotRunning(Conflict):
    """Work is done on a running engagement only."""

    code = "engagement_not_running"
    title = {"en": "The engagement is not running", "zh": "项目未在执行中"}
    text = {
        "en": "The engagement is {current}; work is done while it is active.",
        "zh": "项目处于“{current}”状态，执行中的项目才能进行此操作。",
    }


class ClientGone(Unprocessable):
    """The client is archived."""

    code = "client_archived"
    title = {"en": "The client is archived", "zh": "客户已归档"}
    text = {
        "en": "No engagement can be drafted for an archived client.",
        "zh": "不能为已归档的客户起草项目。",
    }


def become(current: EngagementStatus, target: EngagementStatus) -> EngagementStatus:
    """Answer `target`. Raises `IllegalEngagementStep` (409) when the table forbids the step."""
    if target not in TRANSITIONS[current]:
        raise IllegalEngagementStep(current=current.value, target=target.value)
    return target


def require_live(current: EngagementStatus) -> None:
    """Raise `EngagementNotLive` (409) when the engagement is closed or cancelled."""
    if current not in LIVE:
        raise EngagementNotLive(current=current.value)


def require_running(current: EngagementStatus) -> None:
    """Raise `EngagementNotRunning` (409) unless work goes on: active or closing."""
    if current not in {S.ACTIVE, S.CLOSING}:
        raise EngagementNotRunning(current=current.value)


def engagement_number(year: int, sequence: int) -> str:
    """The number people use, such as E-2026-014."""
    return f"E-{year}-{sequence:03d}"
