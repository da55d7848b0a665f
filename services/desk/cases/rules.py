"""What a case is and which step may follow which: pure tables, no I/O."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from shared.assigning import NotActive, NotAssignable
from shared.errors import Conflict, Unprocessable
from shared.states import State
from shared.transitions import BarredByState, IllegalTransition

FIRST_ROUND = 1


class CaseKind(StrEnum):
    """What the client came with."""

    REQUEST = "request"
    COMPLAINT = "complaint"
    PRAISE = "praise"
    SUGGESTION = "suggestion"
    INQUIRY = "inquiry"


class Priority(StrEnum):
    """How soon the firm wants to deal with it; the firm's word, not shown to the client."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Severity(StrEnum):
    """How bad the matter is, as the firm assesses it (ISO 10002, initial assessment)."""

    MINOR = "minor"
    MODERATE = "moderate"
    MAJOR = "major"
    CRITICAL = "critical"


class Channel(StrEnum):
    """How the case reached the firm."""

    PORTAL = "portal"
    PHONE = "phone"
    MAIL = "mail"
    API = "api"
    SURVEY = "survey"


class CaseStatus(State):
    """Where a case stands."""

    OPEN = "open", "New", "新建"
    ASSIGNED = "assigned", "Assigned", "已分派"
    IN_PROGRESS = "in_progress", "In progress", "处理中"
    WAITING_CLIENT = "waiting_client", "Waiting for client", "等待客户"
    SOLUTION_OFFERED = "solution_offered", "Solution offered", "已提方案"
    SOLUTION_ACCEPTED = "solution_accepted", "Solution accepted", "方案已接受"
    RESOLVED = "resolved", "Resolved", "已解决"
    CLOSED = "closed", "Closed", "已关闭"
    REOPENED = "reopened", "Reopened", "已重开"
    WITHDRAWN = "withdrawn", "Withdrawn", "已撤回"


S = CaseStatus

TRANSITIONS: dict[CaseStatus, frozenset[CaseStatus]] = {
    S.OPEN: frozenset({S.ASSIGNED, S.WITHDRAWN}),
    S.ASSIGNED: frozenset({S.OPEN, S.IN_PROGRESS, S.WAITING_CLIENT, S.RESOLVED, S.WITHDRAWN}),
    S.IN_PROGRESS: frozenset({S.SOLUTION_OFFERED, S.WAITING_CLIENT, S.RESOLVED, S.WITHDRAWN}),
    # What was interrupted is taken up again by `resume_target` alone, whichever act wants it.
    S.WAITING_CLIENT: frozenset({S.WITHDRAWN}),
    # In progress again means: everything on offer was declined or taken back.
    S.SOLUTION_OFFERED: frozenset({S.IN_PROGRESS, S.SOLUTION_ACCEPTED, S.WITHDRAWN}),
    S.SOLUTION_ACCEPTED: frozenset({S.IN_PROGRESS, S.WAITING_CLIENT, S.RESOLVED, S.WITHDRAWN}),
    S.RESOLVED: frozenset({S.CLOSED, S.REOPENED}),
    S.CLOSED: frozenset({S.REOPENED}),
    S.REOPENED: frozenset({S.ASSIGNED, S.IN_PROGRESS, S.WAITING_CLIENT, S.RESOLVED, S.WITHDRAWN}),
    S.WITHDRAWN: frozenset(),
}

LIVE = frozenset(S) - {S.RESOLVED, S.CLOSED, S.WITHDRAWN}
"""The firm still owes something: promises, assignment and messages make sense."""

WORKABLE = frozenset({S.ASSIGNED, S.IN_PROGRESS, S.REOPENED})
"""An agent may study the matter: restate the need, offer solutions."""

INTERRUPTIBLE = frozenset({S.ASSIGNED, S.IN_PROGRESS, S.SOLUTION_ACCEPTED, S.REOPENED})
"""From here the firm may wait for the client; the same state is taken up again afterwards."""


RUNS_WHILE_WAITING = frozenset({"callback"})
"""Promises whose clock waiting for the client does not stop: a call agreed for a time stays."""


def stands_still(status: str, promise: str) -> bool:
    """Whether the clock of a promise of that kind stands still on a case of that status."""
    return status == S.WAITING_CLIENT and promise not in RUNS_WHILE_WAITING


class IllegalCaseStep(IllegalTransition):
    """The case does not allow this step from where it stands."""

    text = {
        "en": "A case that is “{current}” cannot become “{target}”.",
        "zh": "处于“{current}”状态的工单不能变为“{target}”。",
    }


class CaseNotLive(BarredByState):
    """The case is over: resolved, closed or withdrawn."""

    code = "case_not_live"
    title = {"en": "The case is over", "zh": "工单已结束"}
    text = {
        "en": "The case is “{current}”; reopen it first.",
        "zh": "工单处于“{current}”状态，请先重新打开。",
    }


class CaseWithdrawn(CaseNotLive):
    """The case is over for good: nothing reopens what its requester took back."""

    text = {
        "en": "The case was withdrawn; open a new one if the matter goes on.",
        "zh": "工单已撤回；如事情仍需处理，请登记新工单。",
    }


class AssignedMeanwhile(Conflict):
    """The case is with somebody else than the caller saw it with."""

    code = "assigned_meanwhile"
    title = {"en": "Somebody else was quicker", "zh": "工单已有变动"}
    text = {
        "en": "The case is with {holder} now; nothing was changed.",
        "zh": "该工单现由{holder}负责，未作更改。",
    }


class GivenBackMeanwhile(Conflict):
    """The case was somebody's when the caller saw it, and is nobody's now."""

    code = "given_back_meanwhile"
    title = {"en": "The case waits for dispatch", "zh": "工单待分派"}
    text = {
        "en": "Nobody has the case any more; nothing was changed.",
        "zh": "该工单已无人负责，未作更改。",
    }


class NamedMeanwhile(Conflict):
    """The case is about others than the caller saw."""

    code = "named_meanwhile"
    title = {"en": "Somebody else was quicker", "zh": "涉及人员已有变动"}
    text = {
        "en": "Whom the case is about has changed meanwhile; nothing was changed.",
        "zh": "该工单的涉及人员已被他人修改，未作更改。",
    }


class NotRequester(Unprocessable):
    """The requester must be an active client-side person of the client."""

    code = "not_requester"
    title = {"en": "Not a person of this client", "zh": "不是该客户的人员"}
    text = {
        "en": "The requester must be an active person of the client.",
        "zh": "提出人必须是该客户的在职人员。",
    }


class NotAbout(Unprocessable):
    """A case can be about other people of the firm only."""

    code = "not_about"
    title = {"en": "Cannot be about this person", "zh": "不能指定此人为当事人"}
    text = {
        "en": "A case can only be about other people of the firm: {reason_en}.",
        "zh": "当事人只能是本公司的其他人员：{reason_zh}。",
    }


def may_become(current: CaseStatus, target: CaseStatus) -> bool:
    """Whether the transition table allows `current` to become `target`."""
    return target in TRANSITIONS[current]


def become(current: CaseStatus, target: CaseStatus) -> CaseStatus:
    """Answer `target`. Raises `IllegalCaseStep` (409) when the table forbids the step."""
    if not may_become(current, target):
        raise IllegalCaseStep(current, target)
    return target


def over(current: CaseStatus) -> CaseNotLive:
    """The refusal (409) for a case that is over."""
    return (CaseWithdrawn if current is S.WITHDRAWN else CaseNotLive)(current)


def require_live(current: CaseStatus) -> None:
    """Raise `CaseNotLive` (409) when the firm owes nothing on the case any more."""
    if current not in LIVE:
        raise over(current)


def after_assignment(current: CaseStatus) -> CaseStatus:
    """The status once someone has the case; a case in work keeps its own.

    Raises `CaseNotLive` (409).
    """
    require_live(current)
    return CaseStatus.ASSIGNED if current in {S.OPEN, S.REOPENED} else current


def after_firm_contact(current: CaseStatus) -> CaseStatus:
    """The first word from the firm to the client puts an assigned or reopened case in work."""
    return S.IN_PROGRESS if current in {S.ASSIGNED, S.REOPENED} else current


def resume_target(interrupted: CaseStatus) -> CaseStatus:
    """What a waiting case becomes again when the client has answered.

    Raises `IllegalCaseStep` (409) for a state that the firm may not wait in.
    """
    if interrupted not in INTERRUPTIBLE:
        raise IllegalCaseStep(S.WAITING_CLIENT, interrupted)
    return interrupted


def case_number(year: int, sequence: int) -> str:
    """The number people use, such as K-2026-000381."""
    return f"K-{year}-{sequence:06d}"


def check_assignee(
    user_id: UUID, *, roles: Iterable[str], active: bool, about: Iterable[UUID]
) -> None:
    """Raise `NotAssignable` (422) unless this is an active agent the case is not about."""
    if user_id in set(about) or not {"agent", "service_lead"} & set(roles):
        # One answer for both, so that nobody learns from it whom a complaint is about.
        raise NotAssignable(reason_en="not available for this case", reason_zh="不能处理此工单")
    if not active:
        raise NotActive("/assignee_id")
