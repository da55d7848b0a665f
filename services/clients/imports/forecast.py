"""How many rows applying would add, update or find there already, by what clients are known by."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.imports.rules import Key

# As a lot is planned: a key finds clients of no other credit code, and one code is one client.
_FORECAST: Final = """
    WITH each AS (
        SELECT r.number, r.status, h.id AS holder, count(DISTINCT c.id) AS found,
               bool_and(h.id IS NULL OR h.id = c.id) AS agreed
        FROM import_rows r
        LEFT JOIN clients c ON c.{theirs} = r.{own} AND c.archived_at IS NULL
          AND (r.credit_code IS NULL OR c.credit_code IS NULL OR r.credit_code = c.credit_code)
        LEFT JOIN clients h ON h.credit_code = r.credit_code AND h.archived_at IS NULL
        WHERE r.import_id = :id AND r.status IN ('ok', 'known', 'similar')
        GROUP BY r.number, r.status, h.id
    ), judged AS (
        SELECT status, found = 1 AND agreed AS known,
               found = 0 AND holder IS NULL AND status <> 'known' AS new
        FROM each
    )
    SELECT count(*) FILTER (WHERE new AND status = 'ok') AS new,
           count(*) FILTER (WHERE new AND status = 'similar') AS similar,
           count(*) FILTER (WHERE known) AS known,
           count(*) FILTER (WHERE NOT new AND NOT known) AS unclear
    FROM judged
"""
_COLUMNS: Final = {
    Key.CREDIT_CODE: ("credit_code", "credit_code"),
    Key.LEGAL_NAME: ("comparison_name", "comparison_name"),
    Key.NUMBER: ("number", "client_number"),
}


async def forecast(session: AsyncSession, import_id: UUID) -> dict[str, dict[str, Any]]:
    """Rows by key and by what would become of them, as `schemas.Forecast` counts them.

    Rows with an error and repeated ones are in no figure: they stay out whatever is chosen.
    """
    found = {}
    for key, (theirs, own) in _COLUMNS.items():
        statement = text(_FORECAST.format(theirs=theirs, own=own))
        row = (await session.execute(statement, {"id": import_id})).mappings().one()
        found[key.value] = dict(row)
    return found
