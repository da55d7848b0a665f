"""Where tasks and key nodes stand, and who may be given a task: pure."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from services.engagements.members.rules import CLIENT_ROLES, MemberRole
from shared.errors import Conflict, Field, Forbidden, Unprocessable
from shared.states import State
from shared.transitions import BarredByState, IllegalTransition

MOST_AHEAD_OF_PLAN = timedelta(days=366)
"""Work begins at most a year before it was planned."""


class TaskStatus(State):
    """Where a task stands."""

    PLANNED = "planned", "Planned", "未开始"
    ACTIVE = "active", "At work", "进行中"
    DONE = "done", "Done", "已完成"


class NodeStatus(State):
    """Whether a key node was held."""

    PLANNED = "planned", "Planned", "未开始"
    HELD = "held", "Held", "已召开"


TRANSITIONS: dict[TaskStatus, frozenset[TaskStatus]] = {
    TaskStatus.PLANNED: frozenset({TaskStatus.ACTIVE}),
    TaskStatus.ACTIVE: frozenset({TaskStatus.DONE}),
    TaskStatus.DONE: frozenset(),
}
NODE_TRANSITIONS: dict[NodeStatus, frozenset[NodeStatus]] = {
    NodeStatus.PLANNED: frozenset({NodeStatus.HELD}),
    NodeStatus.HELD: frozenset(),
}


class IllegalTaskStep(IllegalTransition):
    """The task does not allow this step from where it stands."""

    text = {
        "en": "A task that is “{current}” cannot become “{target}”.",
        "zh": "处于“{current}”状态的任务不能变为“{target}”。",
    }


class TaskDone(Conflict):
    """What is done is neither handed over nor planned anew."""

    code = "illegal_transition"
    title = {"en": "The task is done", "zh": "任务已完成"}
    text = {
        "en": "A task that is done is not given to somebody else and does not change its length.",
        "zh": "已完成的任务不能再分派，也不能修改工期。",
    }


class NodeHeldAlready(Conflict):
    """A key node is held once."""

    code = "illegal_transition"
    title = {"en": "Held already", "zh": "已举行"}
    text = {"en": "This key node was held already.", "zh": "该关键节点已举行。"}


class PhaseNotRunning(BarredByState):
    """Work is done in phases that have started."""

    code = "phase_not_running"
    title = {"en": "The phase is not running", "zh": "阶段未启动"}
    text = {
        "en": "The phase of this task is “{current}”; tasks are worked on in a running phase.",
        "zh": "该任务所在阶段处于“{current}”状态，任务只能在进行中的阶段内开展。",
    }


class TeamHasGaps(Conflict):
    """The team lacks what the phase needs; `gaps` lists it."""

    code = "team_has_gaps"
    title = {"en": "The team is not complete", "zh": "项目组尚不完整"}
    text = {
        "en": "The phase cannot start: {gaps}",
        "zh": "阶段不能启动：{gaps_zh}",
    }


class TasksOpen(Conflict):
    """A phase ends when its tasks are done."""

    code = "tasks_open"
    title = {"en": "Tasks are open", "zh": "仍有任务未完成"}
    text = {
        "en": "{count} tasks of this phase are not done.",
        "zh": "该阶段还有 {count} 项任务未完成。",
    }


class AlreadyConfirmed(Conflict):
    """This side has confirmed the plan as it stands."""

    code = "already_confirmed"
    title = {"en": "Confirmed already", "zh": "已确认"}
    text = {"en": "You confirmed this plan already.", "zh": "您已确认过该计划。"}


class NotYoursToAssign(Forbidden):
    """Whoever leads gives tasks away, a core member those of the own peripheral members."""

    title = {"en": "This task is not yours to give", "zh": "不能分派该任务"}
    text = {
        "en": "Core members give tasks to the peripheral members who answer to them;"
        " others are given by the project managers.",
        "zh": "核心小组成员只能向归属自己的外围小组成员分派任务，其他任务由项目经理分派。",
    }


class WrongAssignee(Unprocessable):
    """A task goes to a live member in the task's role."""

    code = "wrong_assignee"
    place = "/user_id"
    title = {"en": "Not in this role", "zh": "此人不担任该角色"}
    text = {
        "en": "The task is for a live member of the team in its role.",
        "zh": "该任务须由项目组中担任相应角色的在任成员承担。",
    }


class DayAhead(Unprocessable):
    """What happened, happened today or before."""

    code = "day_ahead"
    title = {"en": "This day is still to come", "zh": "日期尚未到来"}
    text = {
        "en": "Give a day that is not ahead, and not before the start.",
        "zh": "日期不能晚于今天，也不能早于开始日期。",
    }


def become(current: TaskStatus, target: TaskStatus) -> TaskStatus:
    """Answer `target`. Raises `IllegalTaskStep` (409) when the table forbids the step."""
    if target not in TRANSITIONS[current]:
        raise IllegalTaskStep(current, target)
    return target


def hold(current: NodeStatus) -> NodeStatus:
    """Answer held. Raises `NodeHeldAlready` (409)."""
    if NodeStatus.HELD not in NODE_TRANSITIONS[current]:
        raise NodeHeldAlready()
    return NodeStatus.HELD


def earliest(starts_on: date) -> date:
    """Before this day nothing of an engagement that starts on `starts_on` has happened."""
    return starts_on - MOST_AHEAD_OF_PLAN


def actual_day(on: date | None, today: date, not_before: date) -> date:
    """The day something happened, today when not said. Raises `DayAhead` (422)."""
    day = on or today
    if day > today or (on is not None and day < not_before):
        raise DayAhead(errors=[Field("/on", en="ahead, or before the start", zh="日期不合理")])
    return day


def may_assign(
    held: Collection[str], role: MemberRole, *, own: Collection[UUID], places: Collection[UUID]
) -> bool:
    """Whether somebody holding these roles may give a task of that role away: `places` are that
    which has it and that which gets it, where there are such.

    Who leads gives any task; the client's project manager those of the client's side; core
    members those of the peripheral members who answer to them (`own`).
    """
    if not {MemberRole.DIRECTOR, MemberRole.CONSULTING_PM}.isdisjoint(held):
        return True
    if MemberRole.CLIENT_PM in held and role in CLIENT_ROLES:
        return True
    chases = MemberRole.CORE in held and role is MemberRole.PERIPHERAL
    return chases and set(own).issuperset(places)
