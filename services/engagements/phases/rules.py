"""Where a phase stands; pure."""

from shared.errors import Conflict
from shared.states import State
from shared.transitions import IllegalTransition


class PhaseStatus(State):
    """Where a phase stands."""

    PLANNED = "planned", "Planned", "未开始"
    ACTIVE = "active", "At work", "进行中"
    ENDED = "ended", "Ended", "已结束"


TRANSITIONS: dict[PhaseStatus, frozenset[PhaseStatus]] = {
    PhaseStatus.PLANNED: frozenset({PhaseStatus.ACTIVE}),
    PhaseStatus.ACTIVE: frozenset({PhaseStatus.ENDED}),
    PhaseStatus.ENDED: frozenset(),
}


class IllegalPhaseStep(IllegalTransition):
    """The phase does not allow this step from where it stands."""

    text = {
        "en": "A phase that is “{current}” cannot become “{target}”.",
        "zh": "处于“{current}”状态的阶段不能变为“{target}”。",
    }


class PhaseRunning(Conflict):
    """An engagement is closed when all its phases are over."""

    code = "phase_running"
    title = {"en": "A phase is still running", "zh": "仍有阶段在执行"}
    text = {
        "en": "End the running phase before closing the engagement.",
        "zh": "请先结束执行中的阶段，再进入收尾。",
    }


def become(current: PhaseStatus, target: PhaseStatus) -> PhaseStatus:
    """Answer `target`. Raises `IllegalPhaseStep` (409) when the table forbids the step."""
    if target not in TRANSITIONS[current]:
        raise IllegalPhaseStep(current, target)
    return target
