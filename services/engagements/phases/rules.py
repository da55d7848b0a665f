"""Where a phase stands; pure."""

from enum import StrEnum

from shared.errors import Conflict


class PhaseStatus(StrEnum):
    """Where a phase stands."""

    PLANNED = "planned"
    ACTIVE = "active"
    ENDED = "ended"


TRANSITIONS: dict[PhaseStatus, frozenset[PhaseStatus]] = {
    PhaseStatus.PLANNED: frozenset({PhaseStatus.ACTIVE}),
    PhaseStatus.ACTIVE: frozenset({PhaseStatus.ENDED}),
    PhaseStatus.ENDED: frozenset(),
}


class IllegalPhaseStep(Conflict):
    """The phase does not allow this step from where it stands."""

    code = "illegal_transition"
    title = {"en": "Not possible now", "zh": "当前状态不允许此操作"}
    text = {
        "en": "A phase that is {current} cannot become {target}.",
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
        raise IllegalPhaseStep(current=current.value, target=target.value)
    return target
