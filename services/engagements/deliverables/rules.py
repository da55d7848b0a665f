"""The chain of a deliverable: draft, comments, first check, decision, rollout; pure."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from services.engagements.members.rules import MemberRole, Place
from shared.errors import Conflict, Field, Unprocessable
from shared.states import State
from shared.transitions import IllegalTransition


class DeliverableStatus(State):
    """Where a deliverable stands."""

    DRAFT = "draft", "Being written", "起草中"
    COMMENTING = "commenting", "Open for comments", "征求意见中"
    CHECKING = "checking", "In first check", "初审中"
    DECIDING = "deciding", "Waits for a decision", "待决策"
    ACCEPTED = "accepted", "Accepted", "已通过"
    ROLLING_OUT = "rolling_out", "Being introduced", "宣贯中"
    DONE = "done", "Introduced", "已宣贯"


class ReviewStep(StrEnum):
    """What a deliverable waits for."""

    DRAFT = "draft"
    COMMENT = "comment"
    CHECK = "check"
    DECIDE = "decide"
    ROLLOUT = "rollout"


class VerdictKind(StrEnum):
    """What a check or a decision says."""

    PASSED = "passed"
    REJECTED = "rejected"


S = DeliverableStatus

TRANSITIONS: dict[DeliverableStatus, frozenset[DeliverableStatus]] = {
    # Straight to the check where nobody is there to comment.
    S.DRAFT: frozenset({S.COMMENTING, S.CHECKING}),
    # A draft again: taken back to work the comments in.
    S.COMMENTING: frozenset({S.CHECKING, S.DRAFT}),
    S.CHECKING: frozenset({S.DECIDING, S.DRAFT}),
    S.DECIDING: frozenset({S.ACCEPTED, S.DRAFT}),
    S.ACCEPTED: frozenset({S.ROLLING_OUT}),
    S.ROLLING_OUT: frozenset({S.DONE}),
    S.DONE: frozenset(),
}

WAITS_FOR: dict[DeliverableStatus, tuple[ReviewStep, MemberRole]] = {
    S.DRAFT: (ReviewStep.DRAFT, MemberRole.CORE),
    S.COMMENTING: (ReviewStep.COMMENT, MemberRole.PERIPHERAL),
    S.CHECKING: (ReviewStep.CHECK, MemberRole.CLIENT_PM),
    S.DECIDING: (ReviewStep.DECIDE, MemberRole.EXECUTIVE),
    S.ACCEPTED: (ReviewStep.ROLLOUT, MemberRole.CORE),
    S.ROLLING_OUT: (ReviewStep.ROLLOUT, MemberRole.CORE),
}
"""Who takes the next step, by where the deliverable stands; nobody once it is done."""


SILENCE = (
    "Silence decides nothing: a step that is not taken by its day stays where it is, and shows as"
    " overdue to whoever is to take it."
)
"""What a passed day does to a deliverable."""


class IllegalDeliverableStep(IllegalTransition):
    """The deliverable does not allow this step from where it stands."""

    text = {
        "en": "A deliverable that is “{current}” cannot become “{target}”.",
        "zh": "处于“{current}”状态的交付物不能变为“{target}”。",
    }


class NotOpenForComments(Conflict):
    """Comments are taken between the draft and the first check."""

    code = "not_open_for_comments"
    title = {"en": "Not open for comments", "zh": "当前不征求意见"}
    text = {
        "en": "Comments are taken between the draft and the first check.",
        "zh": "仅在草稿提交后、初审前征求意见。",
    }


class NothingPutForward(Unprocessable):
    """A version has a text or a reference."""

    code = "nothing_put_forward"
    title = {"en": "Nothing to review", "zh": "没有可评审的内容"}
    text = {
        "en": "Give a text or a reference to a document.",
        "zh": "请填写正文或文档引用。",
    }


class ReasonMissing(Unprocessable):
    """Whoever rejects says why."""

    code = "reason_required"
    title = {"en": "A reason is needed", "zh": "请说明理由"}
    text = {"en": "Say why it is rejected.", "zh": "退回时须说明理由。"}


def become(current: DeliverableStatus, target: DeliverableStatus) -> DeliverableStatus:
    """Answer `target`. Raises `IllegalDeliverableStep` (409) when the table forbids the step."""
    if target not in TRANSITIONS[current]:
        raise IllegalDeliverableStep(current, target)
    return target


def after_draft(team: Sequence[Place], domain: str | None) -> DeliverableStatus:
    """Where a version that is put forward goes: to whoever comments, else to the first check."""
    asked = list(concerned(team, MemberRole.PERIPHERAL, domain))
    return S.COMMENTING if asked else S.CHECKING


def concerned(team: Iterable[Place], role: MemberRole, domain: str | None) -> Iterable[Place]:
    """The places in a role that a deliverable of this domain (or of all) concerns."""
    for place in team:
        by_domain = domain is None or not place.domains or domain in place.domains
        if place.role is role and by_domain:
            yield place


def require_content(text: str | None, reference: str | None) -> None:
    """Raise `NothingPutForward` (422) where a version would be empty."""
    if text is None and reference is None:
        raise NothingPutForward(errors=[Field("/text", en="is required", zh="必填")])


def require_reason(passed: bool, reason: str | None) -> None:
    """Raise `ReasonMissing` (422) where a rejection has none."""
    if not passed and reason is None:
        raise ReasonMissing(errors=[Field("/reason", en="is required", zh="必填")])
