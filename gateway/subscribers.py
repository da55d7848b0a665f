"""What the gateway listens to: event state -> handler, as data."""

from __future__ import annotations

from typing import Final

from gateway.live.actions import announce
from gateway.search.actions import find_cases, find_clients, find_contacts
from gateway.users.actions import take_over_client
from shared.contracts.clients import ClientState, ContactState, ImportState, InteractionState
from shared.contracts.desk import CaseState
from shared.contracts.gateway import UserState
from shared.subscriber import Subscription

_LIVE: Final = (ClientState, ContactState, InteractionState, ImportState, CaseState, UserState)

SUBSCRIPTIONS: Final = (
    Subscription(ClientState, take_over_client, tables=("client_refs",)),
    Subscription(ClientState, find_clients, tables=("search_entries",)),
    Subscription(ContactState, find_contacts, tables=("search_entries",)),
    Subscription(CaseState, find_cases, tables=("search_entries",)),
    *(Subscription(state, announce, many=True) for state in _LIVE),
)
