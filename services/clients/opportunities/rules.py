"""The default pipeline as a state machine (product.md, "Opportunities"); no input or output."""

from enum import StrEnum
from typing import Final

from shared.errors import IllegalTransition, Unprocessable


class OpportunityStage(StrEnum):
    """How far an opportunity is."""

    LEAD = "lead"
    SITE_SURVEY = "site_survey"
    VALUE_PROPOSITION = "value_proposition"
    DECISION_MAKER_CONFIRMED = "decision_maker_confirmed"
    QUALIFIED = "qualified"
    NEEDS_ANALYSIS = "needs_analysis"
    PERCEPTION_ANALYSIS = "perception_analysis"
    PROPOSAL = "proposal"
    NEGOTIATION = "negotiation"
    WON = "won"
    LOST = "lost"


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

    def __init__(self, stage: OpportunityStage) -> None:
        super().__init__(stage, "changed")


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
