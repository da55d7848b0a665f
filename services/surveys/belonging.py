"""What a client brings along when it becomes part of another one: what its people were asked."""

from typing import Final

from services.surveys.rounds.store import HOLD_ANSWERS
from shared.contracts.surveys import ResponseState, RoundState
from shared.following import Owned, Part

OWNED: Final = (
    Owned(
        "survey_rounds",
        RoundState,
        parts=(
            Part("survey_invitations", "round_id"),
            Part("survey_responses", "round_id", ResponseState),
        ),
        versioned=False,
        hold=HOLD_ANSWERS,
    ),
)
STAYING: Final = {
    "client_refs": "the client itself",
    "user_refs": "a projection: the door says with whom a person is",
    "case_refs": "a projection: the desk moves its cases and tells them anew",
    "engagement_refs": "a projection: engagements move theirs and tell them anew",
}
"""Tables that name a client and move nothing, and why."""
