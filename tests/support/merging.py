"""What the registry tells other services of merges."""

from __future__ import annotations

from itertools import count
from uuid import UUID

from shared.contracts.clients import ClientState
from tests.support.services import MONDAY_TEN

_NUMBERS = count(1)


def client(client_id: UUID, name: str = "华信科技有限公司") -> ClientState:
    """A client by itself."""
    return ClientState(id=client_id, number="C-000001", legal_name=name)


def merged(client_id: UUID, into: UUID, merge_id: UUID | None = None) -> ClientState:
    """A client that became part of another; later merges have higher ids."""
    changes = {
        "archived_at": MONDAY_TEN,
        "merged_into_id": into,
        "merge_id": merge_id or UUID(int=next(_NUMBERS)),
    }
    return client(client_id).model_copy(update=changes)
