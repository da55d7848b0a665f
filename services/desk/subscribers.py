"""What the desk listens to: event state -> handler, as data."""

from shared.subscriber import Subscription

from services.desk.cases.actions import take_over_client
from services.desk.refs.actions import take_over_user
from shared.contracts.clients import ClientState
from shared.contracts.gateway import UserState

SUBSCRIPTIONS = [
    Subscription(ClientState, take_over_client),
    Subscription(UserState, take_over_user),
]
