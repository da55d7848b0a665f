"""Looking for an organisation in the registry: by index, never by scan."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.duplicates.rules import Known, Marks, domains, keys

_CANDIDATES: Final = text(
    "SELECT id, number, legal_name, comparison_name, credit_code, web_domain, email_domain,"
    " phone_digits"
    " FROM clients WHERE archived_at IS NULL AND id IS DISTINCT FROM CAST(:self AS uuid) AND ("
    " credit_code = :credit_code OR comparison_name = :name OR comparison_name % :name"
    " OR web_domain = ANY(:domains) OR email_domain = ANY(:domains) OR phone_digits = :phone)"
    " ORDER BY comparison_name <-> :name LIMIT 50"
)

# In the order of the keys, so that two who share several cannot wait for each other in a circle.
_TAKE_TURNS: Final = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('client ' || key, 0))"
    " FROM unnest(CAST(:keys AS text[])) AS key"
)


async def take_turns(session: AsyncSession, marks: Marks) -> None:
    """Wait for whoever is just writing an organisation that shares a mark; until the transaction
    ends, whoever comes later waits. What was waited for is seen by the next statement."""
    await session.execute(_TAKE_TURNS, {"keys": keys(marks)})


async def candidates(
    session: AsyncSession, marks: Marks, *, but: UUID | None = None
) -> list[Known]:
    """Organisations that share a mark with this one or are named much like it; at most 50."""
    rows = await session.execute(
        _CANDIDATES,
        {
            "self": but,
            "credit_code": marks.credit_code,
            "name": marks.comparison_name,
            "domains": sorted(marks.domains),
            "phone": marks.phone,
        },
    )
    return [_known(row) for row in rows]


def _known(row: Any) -> Known:
    return Known(
        id=row.id,
        number=row.number,
        legal_name=row.legal_name,
        marks=Marks(
            comparison_name=row.comparison_name,
            credit_code=row.credit_code,
            domains=domains((row.web_domain, row.email_domain)),
            phone=row.phone_digits,
        ),
    )
