"""What the registry listens to: event state -> handler, as data."""

from services.clients.cadence.actions import reset_by_cases
from services.clients.refs.store import take_over_user
from services.clients.timeline.store import take_over_case
from shared.contracts.desk import CaseState
from shared.contracts.gateway import UserState
from shared.subscriber import Subscription

SUBSCRIPTIONS = [
    Subscription(UserState, take_over_user, tables=("user_refs",)),
    Subscription(CaseState, take_over_case, tables=("case_refs", "case_entries")),
]


def clocks(zone: str) -> list[Subscription]:
    """Effects on the clocks of calls and visits; days are those of the firm's `zone`."""
    return [Subscription(CaseState, reset_by_cases(zone))]
