"""The need as the agent understood it, before anything is offered; pure."""

from services.desk.cases.rules import WORKABLE, CaseStatus
from shared.errors import Conflict, Unprocessable
from shared.transitions import BarredByState


class NeedNotRestated(Conflict):
    """Nothing has been restated yet, so nothing can be confirmed or corrected."""

    code = "need_not_restated"
    title = {"en": "Need not restated yet", "zh": "尚未复述需求"}
    text = {
        "en": "The need has not been restated yet; there is nothing to confirm.",
        "zh": "尚未复述需求，暂无可确认的内容。",
    }


class NotRestatable(BarredByState):
    """The need is restated while the matter is being studied, not before or after."""

    code = "case_not_in_work"
    title = {"en": "Not possible now", "zh": "当前状态不允许此操作"}
    text = {
        "en": "The need is restated while the case is being studied; it is “{current}”.",
        "zh": "只有正在处理的工单才能复述需求，当前状态为“{current}”。",
    }


class CorrectionNeedsComment(Unprocessable):
    """Whoever says the need is not right says what is."""

    code = "comment_required"
    place = "/comment"
    title = {"en": "What is not right?", "zh": "请说明不符之处"}
    text = {
        "en": "Say in the comment what the need really is.",
        "zh": "请在说明中写出真正的需求。",
    }


def require_restatable(current: CaseStatus) -> None:
    """Raise `NotRestatable` (409) outside the time of study, which waiting may interrupt."""
    if current not in WORKABLE | {CaseStatus.WAITING_CLIENT}:
        raise NotRestatable(current)
