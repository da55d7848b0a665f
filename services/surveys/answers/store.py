"""Every statement about open links and their drafts."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.surveys.rounds.rules import InvitationStatus
from shared.writing import execute, fetch_one

_FOUND: Final = text(
    "SELECT t.hash, t.round_id, t.invitation_id, t.role, t.language, t.closes_at, t.draft,"
    " (SELECT about FROM survey_invitations i WHERE i.id = t.invitation_id) AS about"
    " FROM survey_tokens t WHERE t.hash = :hash AND t.closes_at > :now"
)
_LOCKED: Final = text(f"{_FOUND.text} FOR UPDATE OF t")
# Joined although others change rounds while this waits for the lock: which form a round asks, and
# what a version of a form asks, never change.
_DRAFT: Final = (
    "SELECT t.draft, s.questions FROM survey_tokens t JOIN survey_rounds r ON r.id = t.round_id"
    " JOIN surveys s ON s.id = r.survey_id WHERE t.hash = $1 AND t.closes_at > $2 FOR UPDATE OF t"
)
_KEEP: Final = "UPDATE survey_tokens SET draft = $2 WHERE hash = $1"
_SPEND: Final = text("DELETE FROM survey_tokens WHERE hash = :hash")
_INVITATION: Final = text(
    "SELECT id, person_id, person_name, role, language, status FROM survey_invitations"
    " WHERE id = :id FOR UPDATE"
)
_ANSWERED: Final = text(
    "UPDATE survey_invitations SET status = :status, answered_at = :now WHERE id = :id"
)


async def find_token(
    session: AsyncSession, hashed: bytes, now: datetime, *, lock: bool = False
) -> Any | None:
    """What is kept of an open link, or None."""
    query = _LOCKED if lock else _FOUND
    return (await session.execute(query, {"hash": hashed, "now": now})).one_or_none()


async def lock_draft(session: AsyncSession, hashed: bytes, now: datetime) -> asyncpg.Record | None:
    """What is kept on an open link and what it asks, locked, or None."""
    return await fetch_one(session, _DRAFT, hashed, now)


async def keep_draft(session: AsyncSession, hashed: bytes, draft: str) -> None:
    """Keep sealed partial answers on the link."""
    await execute(session, _KEEP, hashed, draft)


async def spend(session: AsyncSession, hashed: bytes) -> None:
    """Forget the link and its draft."""
    await session.execute(_SPEND, {"hash": hashed})


async def lock_invitation(session: AsyncSession, invitation_id: UUID) -> Any | None:
    """The invitation of a personal link, locked; None once it is erased."""
    return (await session.execute(_INVITATION, {"id": invitation_id})).one_or_none()


async def set_answered(
    session: AsyncSession, invitation_id: UUID, status: InvitationStatus, now: datetime
) -> None:
    """Remember that a personal invitation was answered."""
    await session.execute(_ANSWERED, {"id": invitation_id, "status": status, "now": now})
