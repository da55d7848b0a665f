"""What engagements listen to: event state -> handler, as data."""

from services.engagements.refs.actions import take_over_client, take_over_user
from shared.contracts.clients import ClientState
from shared.contracts.gateway import UserState
from shared.subscriber import Subscription

SUBSCRIPTIONS = [
    Subscription(ClientState, take_over_client, tables=("client_refs",)),
    Subscription(UserState, take_over_user, tables=("user_refs",)),
]
