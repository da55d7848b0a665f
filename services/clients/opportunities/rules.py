"""The default pipeline as a state machine (product.md, "Opportunities"); no input or output."""

from typing import Final

from shared.errors import Unprocessable
from shared.states import State
from shared.transitions import IllegalTransition


class OpportunityStage(State):
    """How far an opportunity is."""

    LEAD = "lead", "Lead", "线索"
    SITE_SURVEY = "site_survey", "Site survey", "现场调研"
    VALUE_PROPOSITION = "value_proposition", "Value proposition", "价值主张"
    DECISION_MAKER_CONFIRMED = "decision_maker_confirmed", "Decision maker", "确认决策人"
    QUALIFIED = "qualified", "Qualified", "资格确认"
    NEEDS_ANALYSIS = "needs_analysis", "Needs analysis", "需求分析"
    PERCEPTION_ANALYSIS = "perception_analysis", "Perception analysis", "认知分析"
    PROPOSAL = "proposal", "Proposal", "提交方案"
    NEGOTIATION = "negotiation", "Negotiation", "商务谈判"
    WON = "won", "Won", "赢单"
    LOST = "lost", "Lost", "输单"


CLOSED: Final = frozenset({OpportunityStage.WON, OpportunityStage.LOST})
OPEN: Final = frozenset(OpportunityStage) - CLOSED

# Stages are skipped and stepped back to in practice; what may not happen is leaving a win, losing
# twice, or winning what was lost without opening it again.
TRANSITIONS: Final[dict[OpportunityStage, frozenset[OpportunityStage]]] = {
    **{stage: frozenset(OpportunityStage) - {stage} for stage in OPEN},
    OpportunityStage.WON: frozenset(),
    OpportunityStage.LOST: OPEN,
}

PROBABILITY: Final[dict[OpportunityStage, int]] = {
    OpportunityStage.LEAD: 5,
    OpportunityStage.SITE_SURVEY: 10,
    OpportunityStage.VALUE_PROPOSITION: 20,
    OpportunityStage.DECISION_MAKER_CONFIRMED: 30,
    OpportunityStage.QUALIFIED: 40,
    OpportunityStage.NEEDS_ANALYSIS: 50,
    OpportunityStage.PERCEPTION_ANALYSIS: 60,
    OpportunityStage.PROPOSAL: 70,
    OpportunityStage.NEGOTIATION: 85,
    OpportunityStage.WON: 100,
    OpportunityStage.LOST: 0,
}
"""Percent a stage starts with; whoever knows better says so."""


class LossReasonNeeded(Unprocessable):
    """An opportunity is lost for a reason."""

    code = "loss_reason_needed"
    place = "/reason"
    title = {"en": "Please give a reason", "zh": "请填写原因"}
    text = {
        "en": "Say why the opportunity was lost; the next one profits from it.",
        "zh": "请说明输单原因，以供后续借鉴。",
    }


class OpportunityClosed(IllegalTransition):
    """The opportunity is won or lost."""

    code = "opportunity_closed"
    title = {"en": "This opportunity is closed", "zh": "该商机已关闭"}
    text = {
        "en": "Only an open opportunity can be changed.",
        "zh": "只能修改未关闭的商机。",
    }


class BeginsClosed(IllegalTransition):
    """An opportunity is won or lost after it was open."""

    text = {
        "en": "An opportunity begins in an open stage, not as “{current}”.",
        "zh": "商机须从未关闭的阶段开始，不能直接登记为“{current}”。",
    }


def move_to(
    current: OpportunityStage, target: OpportunityStage, reason: str | None
) -> OpportunityStage:
    """The new stage. Raises `IllegalTransition` (409) or `LossReasonNeeded` (422)."""
    if target not in TRANSITIONS[current]:
        raise IllegalTransition(current, target)
    if target is OpportunityStage.LOST and not reason:
        raise LossReasonNeeded()
    return target


def require_open(stage: OpportunityStage) -> None:
    """Raise `OpportunityClosed` (409) for one that is won or lost."""
    if stage in CLOSED:
        raise OpportunityClosed(stage)


def probability_after(target: OpportunityStage, given: int | None) -> int:
    """Percent after a move: as given, else as the stage starts; a closed one leaves no doubt."""
    return PROBABILITY[target] if given is None or target in CLOSED else given


def opportunity_number(sequence: int) -> str:
    """`O-000123`."""
    return f"O-{sequence:06d}"
