"""What engagements listen to: event state -> handler, as data."""

from zoneinfo import ZoneInfo

from services.engagements.belonging import OWNED
from services.engagements.drafting.actions import won_in
from services.engagements.snapshots import SNAPSHOTS
from services.engagements.work.closing import give_tasks_back
from shared.contracts.clients import ClientState, OpportunityState
from shared.contracts.gateway import UserState
from shared.following import following
from shared.refs import take_over_client, take_over_user
from shared.subscriber import Subscription

SUBSCRIPTIONS = [
    Subscription(ClientState, take_over_client, tables=("client_refs",)),
    Subscription(UserState, take_over_user, tables=("user_refs",)),
]


CLOSINGS = [Subscription(UserState, give_tasks_back)]
"""Effects: open tasks of whose account is closed are their role's."""


MERGES = [Subscription(ClientState, following(OWNED, SNAPSHOTS))]
"""Effects: engagements go with their client."""


def drafts(zone: str) -> list[Subscription]:
    """The effect of a won opportunity; days are those of the firm's `zone`."""
    return [Subscription(OpportunityState, won_in(ZoneInfo(zone)))]
