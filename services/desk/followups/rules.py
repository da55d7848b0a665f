"""Follow-ups: one or two after each resolution; what was heard is recorded."""

from shared.errors import Conflict, Unprocessable
from shared.states import State
from shared.transitions import BarredByState, IllegalTransition

MOST_PER_ROUND = 2
"""One or two follow-ups after each resolution (complaint-handling practice)."""


class FollowUpStatus(State):
    """What became of it."""

    SCHEDULED = "scheduled", "Planned", "待回访"
    DONE = "done", "Done", "已完成"
    WAIVED = "waived", "Waived", "已免除"


TRANSITIONS: dict[FollowUpStatus, frozenset[FollowUpStatus]] = {
    FollowUpStatus.SCHEDULED: frozenset({FollowUpStatus.DONE, FollowUpStatus.WAIVED}),
    FollowUpStatus.DONE: frozenset(),
    FollowUpStatus.WAIVED: frozenset(),
}


class FollowUpSettled(IllegalTransition):
    """The follow-up is already done or waived."""

    title = {"en": "The follow-up is settled", "zh": "回访已了结"}
    text = {
        "en": "The follow-up is already “{current}” and cannot become “{target}”.",
        "zh": "该回访已是“{current}”状态，不能变为“{target}”。",
    }


class TooManyFollowUps(Conflict):
    """Two follow-ups exist for this resolution already."""

    code = "too_many_follow_ups"
    title = {"en": "Enough follow-ups", "zh": "回访已满"}
    text = {
        "en": "At most {most} follow-ups are made after a resolution.",
        "zh": "每次解决后最多回访 {most} 次。",
    }


class NothingToFollowUp(BarredByState):
    """The case is not resolved."""

    code = "case_not_resolved"
    title = {"en": "Not resolved", "zh": "尚未解决"}
    text = {
        "en": "Only a resolved case is followed up; this one is “{current}”.",
        "zh": "只有已解决的工单才需要回访，当前状态为“{current}”。",
    }


class FollowUpInPast(Unprocessable):
    """A follow-up is planned for today or later."""

    code = "follow_up_in_past"
    place = "/due_on"
    title = {"en": "Date has passed", "zh": "日期已过"}
    text = {
        "en": "A follow-up must be planned for today or later; {due_on} has passed.",
        "zh": "回访日期不能早于今天，{due_on} 已过。",
    }


class FollowUpPending(Conflict):
    """The case cannot be closed before its follow-ups are done or waived."""

    code = "follow_up_pending"
    title = {"en": "Follow-up outstanding", "zh": "回访未完成"}
    text = {
        "en": "Record the follow-up, or waive it with a reason, before closing the case.",
        "zh": "关闭工单前，请先记录回访结果，或说明理由后免除回访。",
    }


def settle(current: FollowUpStatus, target: FollowUpStatus) -> FollowUpStatus:
    """Answer `target`. Raises `FollowUpSettled` (409) when the table forbids the step."""
    if target not in TRANSITIONS[current]:
        raise FollowUpSettled(current, target)
    return target


REOPENED_BECAUSE = {
    "en": "the follow-up showed that it is not solved",
    "zh": "回访表明问题尚未解决",
}
"""Why a case is open again after a follow-up, by language."""
