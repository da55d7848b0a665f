"""What the registry listens to: event state -> handler, as data."""

from services.clients.refs.store import take_over_user
from services.clients.timeline.store import take_over_case
from shared.contracts.desk import CaseState
from shared.contracts.gateway import UserState
from shared.subscriber import Subscription

SUBSCRIPTIONS = [
    Subscription(UserState, take_over_user, tables=("user_refs",)),
    Subscription(CaseState, take_over_case, tables=("case_refs", "case_entries")),
]
