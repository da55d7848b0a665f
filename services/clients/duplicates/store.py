"""Looking for an organisation in the registry: by index, never by scan."""

from typing import Final
from uuid import UUID

import asyncpg
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.duplicates.rules import Known, Marks, domains, keys
from shared.writing import execute, fetch

_CANDIDATES: Final = (
    "SELECT id, number, legal_name, comparison_name, credit_code, web_domain, email_domain,"
    " phone_digits"
    " FROM clients WHERE archived_at IS NULL AND id IS DISTINCT FROM $1::uuid AND ("
    " credit_code = $2 OR comparison_name = $3 OR comparison_name % $3"
    " OR web_domain = ANY($4::text[]) OR email_domain = ANY($4::text[]) OR phone_digits = $5)"
    " ORDER BY (credit_code = $2) IS NOT TRUE, comparison_name <-> $3 LIMIT 50"
)

# In the order of the keys, so that two who share several cannot wait for each other in a circle.
_TAKE_TURNS: Final = (
    "SELECT pg_advisory_xact_lock(hashtextextended('client ' || key, 0))"
    " FROM unnest($1::text[]) AS key"
)


async def take_turns(session: AsyncSession, marks: Marks) -> None:
    """Wait for whoever is just writing an organisation that shares a mark; until the transaction
    ends, whoever comes later waits. What was waited for is seen by the next statement."""
    await execute(session, _TAKE_TURNS, keys(marks))


async def candidates(
    session: AsyncSession, marks: Marks, *, but: UUID | None = None
) -> list[Known]:
    """Organisations that share a mark with this one or are named much like it; at most 50."""
    rows = await fetch(
        session,
        _CANDIDATES,
        but,
        marks.credit_code,
        marks.comparison_name,
        sorted(marks.domains),
        marks.phone,
    )
    return [_known(row) for row in rows]


def _known(row: asyncpg.Record) -> Known:
    return Known(
        id=row["id"],
        number=row["number"],
        legal_name=row["legal_name"],
        marks=Marks(
            comparison_name=row["comparison_name"],
            credit_code=row["credit_code"],
            domains=domains((row["web_domain"], row["email_domain"])),
            phone=row["phone_digits"],
        ),
    )
