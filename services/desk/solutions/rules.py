"""Solutions on offer: up to four at once, one chosen by the requester."""

from enum import StrEnum

from services.desk.cases.rules import CaseStatus, after_firm_contact, become
from shared.errors import Conflict
from shared.states import State
from shared.transitions import IllegalTransition

MOST_ON_OFFER = 4
"""More alternatives than four make choosing harder, not easier (complaint-handling practice)."""


class SolutionStatus(State):
    """What became of an offer."""

    OFFERED = "offered", "On offer", "待选择"
    ACCEPTED = "accepted", "Accepted", "已接受"
    DECLINED = "declined", "Declined", "已谢绝"
    NOT_CHOSEN = "not_chosen", "Not chosen", "未选用"
    WITHDRAWN = "withdrawn", "Taken back", "已撤回"


class Risk(StrEnum):
    """How likely the solution is not to do what it should."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


O = SolutionStatus  # noqa: E741 - reads as a column heading in the table below

TRANSITIONS: dict[SolutionStatus, frozenset[SolutionStatus]] = {
    O.OFFERED: frozenset({O.ACCEPTED, O.DECLINED, O.NOT_CHOSEN, O.WITHDRAWN}),
    O.ACCEPTED: frozenset(),
    O.DECLINED: frozenset(),
    O.NOT_CHOSEN: frozenset(),
    O.WITHDRAWN: frozenset(),
}


class SolutionSettled(IllegalTransition):
    """The offer is already answered or taken back."""

    title = {"en": "The solution is settled", "zh": "方案已了结"}
    text = {
        "en": "The solution is already “{current}” and cannot become “{target}”.",
        "zh": "该方案已是“{current}”状态，不能变为“{target}”。",
    }


class NeedNotConfirmed(Conflict):
    """The requester has not confirmed the restated need."""

    code = "need_not_confirmed"
    title = {"en": "Need not confirmed", "zh": "需求尚未确认"}
    text = {
        "en": "Restate the need and let the requester confirm it before offering a solution.",
        "zh": "提出方案前，请先复述需求并由提出人确认。",
    }


class TooManyOnOffer(Conflict):
    """Four solutions are on offer already."""

    code = "too_many_solutions"
    title = {"en": "Enough on offer", "zh": "方案已满"}
    text = {
        "en": "At most {most} solutions can be on offer at once.",
        "zh": "同时最多提供 {most} 个方案。",
    }


class AlreadyAccepted(Conflict):
    """The requester has chosen; another solution needs the case reopened."""

    code = "solution_already_accepted"
    title = {"en": "Already chosen", "zh": "方案已选定"}
    text = {
        "en": "A solution has been accepted already; reopen the case for another need or solution.",
        "zh": "已有方案被接受；如需重新复述需求或另提方案，请先重新打开工单。",
    }


class SolutionNotAccepted(Conflict):
    """No work starts before the requester has accepted a solution."""

    code = "solution_not_accepted"
    title = {"en": "Not accepted yet", "zh": "方案尚未被接受"}
    text = {
        "en": "Solutions are on offer; work starts when the requester has accepted one.",
        "zh": "方案尚待提出人接受，接受后方可开始实施。",
    }


def settle(current: SolutionStatus, target: SolutionStatus) -> SolutionStatus:
    """Answer `target`. Raises `SolutionSettled` (409) when the table forbids the step."""
    if target not in TRANSITIONS[current]:
        raise SolutionSettled(current, target)
    return target


def after_offer(current: CaseStatus) -> CaseStatus:
    """Where a case stands once something is on offer. Raises `IllegalCaseStep` (409)."""
    if current is CaseStatus.SOLUTION_OFFERED:
        return current
    return become(after_firm_contact(current), CaseStatus.SOLUTION_OFFERED)
