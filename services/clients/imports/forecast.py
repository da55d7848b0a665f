"""How many rows applying would add, update or find there already, by what clients are known by."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.imports.matching import LATER_NAMED, MATCHED
from services.clients.imports.rules import Key

# As a lot is planned: a key finds clients of no other credit code, and one code is one client.
_FORECAST: Final = f"""
    WITH later AS ({{later}}), each AS (
        SELECT r.number, r.status, h.id AS holder, count(DISTINCT c.id) AS found,
               bool_and(h.id IS NULL OR h.id = c.id) AS agreed
        FROM import_rows r LEFT JOIN later l USING (number)
        LEFT JOIN clients c ON {{same}} AND c.archived_at IS NULL
          AND (r.credit_code IS NULL OR c.credit_code IS NULL OR r.credit_code = c.credit_code)
          AND (l.number IS NULL OR r.credit_code = c.credit_code)
        LEFT JOIN clients h ON h.credit_code = r.credit_code AND h.archived_at IS NULL
        WHERE r.import_id = :id AND r.status IN {MATCHED} AND l.repeated IS NOT TRUE
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
_SAME: Final = {
    Key.CREDIT_CODE: ("c.credit_code = r.credit_code", LATER_NAMED.format(among="false")),
    Key.LEGAL_NAME: (
        "c.comparison_name = r.comparison_name AND c.spelled_name = r.spelled_name",
        LATER_NAMED.format(among="spelled_name IS NOT NULL"),
    ),
    Key.NUMBER: ("c.number = r.client_number", LATER_NAMED.format(among="false")),
}
"""By key: what makes a client a row's, and the rows that an earlier one is named as."""


async def forecast(session: AsyncSession, import_id: UUID) -> dict[str, dict[str, Any]]:
    """Rows by key and by what would become of them, as `schemas.Forecast` counts them.

    Rows with an error and repeated ones are in no figure: they stay out whatever is chosen.
    """
    found = {}
    for key, (same, later) in _SAME.items():
        statement = text(_FORECAST.format(same=same, later=later))
        row = (await session.execute(statement, {"id": import_id})).mappings().one()
        found[key.value] = dict(row)
    return found
