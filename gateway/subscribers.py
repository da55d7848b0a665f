"""What the gateway listens to: event state -> handler, as data."""

from __future__ import annotations

from typing import Final

from gateway.audit.actions import gather, keep_apart
from gateway.belonging import OWNED, SNAPSHOTS
from gateway.live.actions import announce
from gateway.memberships.actions import take_over_member
from gateway.search.actions import find_cases, find_clients, find_contacts, find_engagements
from gateway.users.actions import take_over_client
from shared.contracts.audit import SEALED
from shared.contracts.clients import (
    ClientState,
    ContactState,
    ImportState,
    InteractionState,
    OpportunityState,
)
from shared.contracts.desk import CaseState
from shared.contracts.engagements import (
    DeliverableState,
    EngagementState,
    MemberState,
    TaskState,
)
from shared.contracts.gateway import UserState
from shared.contracts.surveys import ResponseState, RoundState
from shared.following import following
from shared.subscriber import Subscription

_LIVE: Final = (
    ClientState,
    ContactState,
    InteractionState,
    OpportunityState,
    ImportState,
    CaseState,
    EngagementState,
    MemberState,
    DeliverableState,
    TaskState,
    ResponseState,
    RoundState,
    UserState,
)
_TRAILS: Final = tuple(sealed.state_type() for sealed in SEALED.values())

SUBSCRIPTIONS: Final = (
    Subscription(ClientState, take_over_client, tables=("client_refs",)),
    Subscription(ClientState, find_clients, tables=("search_entries",)),
    Subscription(ContactState, find_contacts, tables=("search_entries",)),
    Subscription(CaseState, find_cases, tables=("search_entries",)),
    Subscription(EngagementState, find_engagements, tables=("search_entries",)),
    Subscription(MemberState, take_over_member, tables=("memberships",)),
    Subscription(ClientState, following(OWNED, SNAPSHOTS)),
    Subscription(CaseState, keep_apart, tables=("record_exclusions",)),
    Subscription(ResponseState, keep_apart, tables=("record_exclusions",)),
    *(Subscription(lot, gather, many=True, tables=("audit_trail",)) for lot in _TRAILS),
    *(Subscription(state, announce, many=True) for state in _LIVE),
)
