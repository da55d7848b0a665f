"""Every statement about rounds, invitations and tokens."""

from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.surveys.lots import by_lots, in_lots
from services.surveys.rounds.rules import InvitationStatus, leading_to

_TURN: Final = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('asking ' || CAST(:campaign AS uuid), 0))"
)
_OPEN: Final = text(
    "INSERT INTO survey_rounds (id, campaign_id, campaign, source_id, survey_id, survey_key, kind,"
    " anonymous, low_at_most, client_id, engagement_id, phase_id, phase_title, case_id, subject,"
    " excluded, opened_at, closes_at) VALUES (:id, :campaign_id, :campaign, :source_id,"
    " :survey_id, :survey_key, :kind, :anonymous, :low_at_most, :client_id, :engagement_id,"
    " :phase_id, CAST(:phase_title AS jsonb), :case_id, :subject, CAST(:excluded AS uuid[]),"
    " :opened_at, :closes_at) ON CONFLICT ON CONSTRAINT once_per_cause DO NOTHING RETURNING id"
)
_OF_SOURCE: Final = text(
    "SELECT id FROM survey_rounds WHERE campaign_id = :campaign AND source_id = :source"
)
_ROUND: Final = text("SELECT * FROM survey_rounds WHERE id = :id")
# Weak enough for an answer to be written beside it: that holds its token, which a close waits for.
_LOCKED: Final = text("SELECT * FROM survey_rounds WHERE id = :id FOR NO KEY UPDATE")
_DIFFERENT: Final = text(
    "SELECT id FROM survey_rounds WHERE case_id = :case"
    " AND excluded <> CAST(:excluded AS uuid[]) ORDER BY id FOR NO KEY UPDATE"
)
# Whoever answers holds the token until the answer is there.
_HOLD_TOKENS: Final = text("SELECT 1 FROM survey_tokens WHERE round_id = :id FOR UPDATE")
HOLD_ANSWERS: Final = "SELECT 1 FROM survey_tokens WHERE round_id = ANY ($1) FOR UPDATE"
_OF_ENGAGEMENT: Final = text(
    "SELECT *, EXISTS (SELECT 1 FROM survey_invitations WHERE round_id = survey_rounds.id)"
    " AS announced FROM survey_rounds WHERE engagement_id = :engagement"
    " ORDER BY id FOR NO KEY UPDATE"
)
_EXCLUDE: Final = text(
    "UPDATE survey_rounds SET excluded = CAST(:excluded AS uuid[]) WHERE id = :id RETURNING *,"
    " EXISTS (SELECT 1 FROM survey_invitations WHERE round_id = survey_rounds.id) AS announced"
)
_EXCLUDE_INVITED: Final = text(
    "UPDATE survey_invitations SET excluded = CAST(:excluded AS uuid[]) WHERE round_id = :id"
)
_EVERY: Final = by_lots("SELECT * FROM survey_rounds", "id")
_SET_INVITED: Final = text("UPDATE survey_rounds SET invited = :invited WHERE id = :id")
_INVITE: Final = text(
    "INSERT INTO survey_invitations (id, round_id, survey_id, campaign_id, client_id,"
    " engagement_id, person_id, person_name, role, language, anonymous, subject, about, excluded,"
    " status, spared_because, created_at, closes_at) VALUES (:id, :round_id, :survey_id,"
    " :campaign_id, :client_id, :engagement_id, :person_id, :person_name, :role, :language,"
    " :anonymous, :subject, CAST(:about AS jsonb), CAST(:excluded AS uuid[]), :status,"
    " :spared_because, :created_at, :closes_at)"
)
_ASKED_SINCE: Final = text(
    "SELECT DISTINCT person_id FROM survey_invitations WHERE campaign_id = :campaign"
    " AND person_id = ANY(CAST(:people AS uuid[])) AND status <> 'spared' AND created_at > :since"
)
_TOKEN: Final = text(
    "INSERT INTO survey_tokens (hash, round_id, invitation_id, role, language, closes_at)"
    " VALUES (:hash, :round_id, :invitation_id, :role, :language, :closes_at)"
)
_TO_REMIND: Final = text(
    "SELECT i.id, i.person_id, i.person_name, i.language, i.about, u.email"
    " FROM survey_invitations i"
    " LEFT JOIN user_refs u ON u.id = i.person_id WHERE i.round_id = :round AND i.status = 'open'"
    " AND i.reminders_sent < :most AND coalesce(u.active, true) ORDER BY i.id"
)
_REMINDED: Final = text(
    "UPDATE survey_invitations SET reminders_sent = reminders_sent + 1"
    " WHERE round_id = :round AND status = 'open' AND reminders_sent < :most"
)
_CLOSE: Final = text("UPDATE survey_rounds SET closed_at = :now, low = :low WHERE id = :id")
_CLOSE_INVITATIONS: Final = text(
    "UPDATE survey_invitations SET status = :closed WHERE round_id = :id"
    " AND status = ANY(CAST(:ending AS text[]))"
)
_DROP_TOKENS: Final = text("DELETE FROM survey_tokens WHERE round_id = :id")
_ANSWERED: Final = text("SELECT count(*) FROM survey_responses WHERE round_id = :id")
_ROLES: Final = text(
    "SELECT DISTINCT role FROM survey_invitations WHERE round_id = :id AND status <> 'spared'"
    " AND role IS NOT NULL"
)
_OWN: Final = text(
    "SELECT id, closes_at FROM survey_invitations WHERE id = :id AND person_id = :person"
    " AND status = 'open' AND closes_at > :now"
)


async def open_round(session: AsyncSession, columns: dict[str, Any]) -> bool:
    """Insert a round; False where this campaign asked about the same cause before.

    Waits until nobody else opens a round of the campaign: from here on it is known whom it asked.
    """
    await session.execute(_TURN, {"campaign": columns["campaign_id"]})
    title = columns["phase_title"]
    values = columns | {"phase_title": orjson.dumps(title).decode() if title else None}
    return (await session.execute(_OPEN, values)).one_or_none() is not None


async def round_of(session: AsyncSession, campaign_id: UUID, source_id: UUID) -> UUID | None:
    """The round in which a campaign asked about a cause."""
    found: UUID | None = await session.scalar(
        _OF_SOURCE, {"campaign": campaign_id, "source": source_id}
    )
    return found


async def read_round(session: AsyncSession, round_id: UUID, *, lock: bool = False) -> Any:
    """A round that is there."""
    return (await session.execute(_LOCKED if lock else _ROUND, {"id": round_id})).one()


async def rounds_to_keep(
    session: AsyncSession, case_id: UUID, excluded: Sequence[UUID]
) -> list[UUID]:
    """The rounds about a case that are kept from others than these people, locked."""
    values = {"case": case_id, "excluded": list(excluded)}
    return list((await session.execute(_DIFFERENT, values)).scalars())


async def hold_answers(session: AsyncSession, round_id: UUID) -> None:
    """Wait for the answers that are just being written, and let nobody begin another."""
    await session.execute(_HOLD_TOKENS, {"id": round_id})


async def keep_from(session: AsyncSession, round_id: UUID, excluded: Sequence[UUID]) -> Any:
    """Let these people, and nobody else, not see a round and its invitations; the round.

    It says whether it was `announced`: a round of imported answers asked nobody. Waits for answers
    that are just being written.
    """
    values = {"id": round_id, "excluded": list(excluded)}
    await hold_answers(session, round_id)
    await session.execute(_EXCLUDE_INVITED, values)
    return (await session.execute(_EXCLUDE, values)).one()


async def rounds_about(session: AsyncSession, engagement_id: UUID) -> list[Any]:
    """The rounds about an engagement, locked; each says whether it was `announced`."""
    return list(await session.execute(_OF_ENGAGEMENT, {"engagement": engagement_id}))


async def every_round(session: AsyncSession, ids: Collection[UUID] | None) -> AsyncIterator[Any]:
    """Every round, or these, oldest first."""
    async for row in in_lots(session, _EVERY, ids):
        yield row


async def asked_since(
    session: AsyncSession, campaign_id: UUID, people: Iterable[UUID], since: datetime
) -> set[UUID]:
    """Those whom the campaign has asked after `since`; for who opens a round."""
    rows = await session.execute(
        _ASKED_SINCE, {"campaign": campaign_id, "people": list(people), "since": since}
    )
    return set(rows.scalars())


async def invite(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Insert invitations."""
    told = [
        row | {"about": orjson.dumps(row["about"]).decode() if row["about"] else None}
        for row in rows
    ]
    await session.execute(_INVITE, told)


async def keep_tokens(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Insert tokens, in the order of their hashes: their place in the table tells nothing."""
    if rows:
        await session.execute(_TOKEN, sorted(rows, key=lambda row: bytes(row["hash"])))


async def set_invited(session: AsyncSession, round_id: UUID, invited: int) -> None:
    """Say how many people a round asked."""
    await session.execute(_SET_INVITED, {"id": round_id, "invited": invited})


async def to_remind(session: AsyncSession, round_id: UUID, most: int) -> list[Any]:
    """Open invitations with fewer than `most` reminders; those of an anonymous round stay open
    whether they were answered or not."""
    return list(await session.execute(_TO_REMIND, {"round": round_id, "most": most}))


async def count_reminder(session: AsyncSession, round_id: UUID, most: int) -> None:
    """Count one more reminder for every open invitation."""
    await session.execute(_REMINDED, {"round": round_id, "most": most})


async def close_round(session: AsyncSession, round_id: UUID, now: datetime, *, low: bool) -> None:
    """Take no more answers: invitations closed, tokens and drafts gone."""
    await session.execute(_CLOSE, {"id": round_id, "now": now, "low": low})
    closed = InvitationStatus.CLOSED
    await session.execute(
        _CLOSE_INVITATIONS, {"id": round_id, "closed": closed, "ending": leading_to(closed)}
    )
    await session.execute(_DROP_TOKENS, {"id": round_id})


async def own_open(
    session: AsyncSession, invitation_id: UUID, person_id: UUID, now: datetime
) -> bool:
    """Whether this is an open invitation of that person."""
    found = await session.execute(_OWN, {"id": invitation_id, "person": person_id, "now": now})
    return found.one_or_none() is not None


async def answered(session: AsyncSession, round_id: UUID) -> int:
    """How many personal answers a round has."""
    return int(await session.scalar(_ANSWERED, {"id": round_id}) or 0)


async def asked_roles(session: AsyncSession, round_id: UUID) -> list[str]:
    """The roles a round asked."""
    return list((await session.execute(_ROLES, {"id": round_id})).scalars())
