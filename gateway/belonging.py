"""What a client brings along when it becomes part of another one: its people, with their times."""

from __future__ import annotations

from typing import Final

from gateway.users.actions import all_states
from shared.contracts.gateway import UserState
from shared.following import Owned
from shared.snapshot import Snapshots

SNAPSHOTS: Final[Snapshots] = {UserState: all_states}
OWNED: Final = (Owned("affiliations", UserState, named="user_id", versioned=False),)
STAYING: Final = {
    "client_refs": "the client itself",
    "memberships": "a projection: engagements tell their members anew",
    "search_entries": "a projection: whoever owns a record tells it anew",
    "live_events": "the past minutes as they were told; what moved is told as news",
}
"""Tables that name a client and move nothing, and why."""
