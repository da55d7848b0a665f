"""What the desk listens to: event state -> handler, as data."""

from zoneinfo import ZoneInfo

from services.desk.belonging import OWNED
from services.desk.cases.actions import take_over_client
from services.desk.feedback.actions import (
    follow_reach,
    following_up_answers,
    following_up_rounds,
)
from services.desk.snapshots import SNAPSHOTS
from shared.contracts.clients import ClientState
from shared.contracts.gateway import UserState
from shared.contracts.surveys import ResponseState, RoundState
from shared.following import following
from shared.refs import take_over_user
from shared.subscriber import Subscription

SUBSCRIPTIONS = [
    Subscription(ClientState, take_over_client, tables=("client_refs",)),
    Subscription(UserState, take_over_user, tables=("user_refs",)),
]


MERGES = [Subscription(ClientState, following(OWNED, SNAPSHOTS))]
"""Effects: cases go with their client."""


def follow_ups(zone: ZoneInfo) -> list[Subscription]:
    """Effects: low scores open cases, numbered in the year of the firm's `zone`."""
    return [
        # From whom it is kept before it is there: the newest says so, any may open it.
        Subscription(ResponseState, follow_reach),
        Subscription(RoundState, follow_reach),
        Subscription(ResponseState, following_up_answers(zone), every=True),
        Subscription(RoundState, following_up_rounds(zone), every=True),
    ]
