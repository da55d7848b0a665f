"""What crosses HTTP about merges."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.clients.merges.rules import Fate
from shared.inputs import Body, Flag, Text


class MergeIn(Body):
    """Which client goes into this one."""

    source_id: UUID
    preview: Flag = Field(default=False, description="Only say what would happen.")


class SplitIn(Body):
    """Which client is to be itself again, and why."""

    source_id: UUID
    reason: Text


class PreviewField(BaseModel):
    """A field of both records, and what becomes of it."""

    name: str
    fate: Fate
    kept: Any
    source: Any


class PreviewClient(BaseModel):
    """One of the two."""

    id: UUID
    number: str
    legal_name: str


class MergePreview(BaseModel):
    """What a merge would do; nothing was written."""

    kept: PreviewClient
    source: PreviewClient
    fields: list[PreviewField]
    moves: dict[str, int] = Field(description="Rows that move, by kind.")
