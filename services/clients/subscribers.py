"""What the registry listens to: event state -> handler, as data."""

from services.clients.cadence.actions import resetting_clocks
from services.clients.engagements.store import take_over_engagement, tell_engagement_steps
from services.clients.refs.store import take_over_user
from services.clients.surveys.store import take_over_response, take_over_round
from services.clients.timeline.store import take_over_case, tell_case_steps
from shared.contracts.desk import CaseState
from shared.contracts.engagements import EngagementState
from shared.contracts.gateway import UserState
from shared.contracts.surveys import ResponseState, RoundState
from shared.subscriber import Subscription

SUBSCRIPTIONS = [
    Subscription(UserState, take_over_user, tables=("user_refs",)),
    # A record before its steps: they show it, and who may know of them, as it is now.
    Subscription(CaseState, take_over_case, tables=("case_refs", "case_entries")),
    Subscription(CaseState, tell_case_steps, every=True, many=True, tables=("case_entries",)),
    Subscription(
        EngagementState, take_over_engagement, tables=("engagement_refs", "engagement_entries")
    ),
    Subscription(
        EngagementState,
        tell_engagement_steps,
        every=True,
        many=True,
        tables=("engagement_entries",),
    ),
    Subscription(ResponseState, take_over_response, tables=("survey_results", "survey_entries")),
    Subscription(RoundState, take_over_round, tables=("survey_results", "survey_entries")),
]


def clocks(zone: str) -> list[Subscription]:
    """Effects on the clocks of calls and visits; days are those of the firm's `zone`."""
    handler = resetting_clocks(zone)
    return [Subscription(state, handler, every=True) for state in (CaseState, EngagementState)]
