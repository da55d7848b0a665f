"""What an engagement is and which step may follow which: pure tables, no I/O."""

from shared.errors import Conflict, Unprocessable
from shared.states import State
from shared.transitions import BarredByState, IllegalTransition


class EngagementStatus(State):
    """Where an engagement stands."""

    DRAFT = "draft", "Draft", "草案"
    PROPOSED = "proposed", "Proposed", "已提交客户"
    ACTIVE = "active", "Running", "执行中"
    ON_HOLD = "on_hold", "On hold", "暂停"
    CLOSING = "closing", "Closing", "收尾"
    CLOSED = "closed", "Closed", "已结项"
    CANCELLED = "cancelled", "Cancelled", "已取消"


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

ALWAYS = frozenset(S)
LIVE = ALWAYS - {S.CLOSED, S.CANCELLED}
"""The engagement is not over."""
PLANNABLE = LIVE - {S.ON_HOLD, S.CLOSING}
"""There is a plan to make or to follow."""
STAFFABLE = LIVE - {S.ON_HOLD}
"""Somebody may be needed: for the work, or to accept it."""
INTO_WORK = frozenset({S.PROPOSED, S.ACTIVE})
"""What an engagement for an archived client cannot become: the firm offers it nothing new."""
AT_WORK = frozenset({S.ACTIVE})
RUNNING = AT_WORK | {S.CLOSING}
"""Work goes on; while the engagement is closing, what was made is still decided and introduced."""

ADMITS: dict[str, frozenset[EngagementStatus]] = {
    "engagement:edit": LIVE,
    "plan:change": PLANNABLE,
    "plan:confirm": PLANNABLE,
    "member:add": STAFFABLE,
    "member:edit": STAFFABLE,
    # Whoever goes is shut out whether the work runs, rests or is over: this is no work.
    "member:end": ALWAYS,
    "phase:start": AT_WORK,
    "phase:end": AT_WORK,
    "task:edit": PLANNABLE,
    "task:assign": PLANNABLE,
    "task:start": AT_WORK,
    "task:finish": AT_WORK,
    "key-node:hold": RUNNING,
    "deliverable:add": PLANNABLE,
    "deliverable:submit": RUNNING,
    "deliverable:comment": RUNNING,
    "deliverable:take-back": RUNNING,
    "deliverable:request-check": RUNNING,
    "deliverable:check": RUNNING,
    "deliverable:decide": RUNNING,
    "deliverable:start-rollout": RUNNING,
    "deliverable:finish-rollout": RUNNING,
    # What the firm notes for itself goes on while the work rests.
    "stakeholder:add": LIVE,
    "stakeholder:edit": LIVE,
    "stakeholder:plan": LIVE,
    "bypass:record": LIVE,
}
"""In which states an engagement admits an act; in all others it is at rest for it.

`plan:change` is an edit that moves the plan or the team it needs. The steps of the lifecycle are
`TRANSITIONS`.
"""


class PlanNotConfirmed(Conflict):
    """Plan and staffing take effect when both project managers confirmed them (product.md)."""

    code = "plan_not_confirmed"
    title = {"en": "The plan is not confirmed", "zh": "阶段计划尚未确认"}
    text = {
        "en": "Both project managers confirm plan and team before the work and a phase start.",
        "zh": "项目及其阶段启动前，需双方项目经理确认阶段计划和项目组。",
    }


class IllegalEngagementStep(IllegalTransition):
    """The engagement does not allow this step from where it stands."""

    text = {
        "en": "An engagement that is “{current}” cannot become “{target}”.",
        "zh": "处于“{current}”状态的项目不能变为“{target}”。",
    }


class EngagementNotLive(BarredByState):
    """The engagement is over."""

    code = "engagement_not_live"
    title = {"en": "The engagement is over", "zh": "项目已结束"}
    text = {
        "en": "The engagement is “{current}” and cannot be changed.",
        "zh": "项目处于“{current}”状态，不能修改。",
    }


class EngagementNotRunning(BarredByState):
    """Work is done on a running engagement only."""

    code = "engagement_not_running"
    title = {"en": "The engagement is not running", "zh": "项目未在执行中"}
    text = {
        "en": "The engagement is “{current}”, which does not admit this act.",
        "zh": "项目处于“{current}”状态，不能进行此操作。",
    }


class ClientArchived(Conflict):
    """The engagement's client left the working lists."""

    code = "client_archived"
    title = {"en": "The client is archived", "zh": "客户已归档"}
    text = {
        "en": "Restore the client before this engagement goes on.",
        "zh": "请先恢复该客户，再推进此项目。",
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
        raise IllegalEngagementStep(current, target)
    return target


def require_admits(current: str, act: str) -> None:
    """Raise `EngagementNotLive` or `EngagementNotRunning` (409) where `ADMITS` bars the act."""
    if current in ADMITS[act]:
        return
    raise (EngagementNotRunning if current in LIVE else EngagementNotLive)(
        EngagementStatus(current)
    )


def engagement_number(year: int, sequence: int) -> str:
    """The number people use, such as E-2026-014."""
    return f"E-{year}-{sequence:03d}"
