"""Lets searches under row security use their indexes.

PostgreSQL evaluates a policy before any operator that might reveal rows through its errors, and
so cannot start from that operator's index. Text-search match and array containment raise nothing
that depends on a row, yet are not marked so. Only a superuser may mark them; elsewhere searches
of tables with firm-side exclusions stay right and get slower with size.
"""

from typing import Final
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from shared.telemetry import log

FUNCTIONS: Final = ("ts_match_vq(tsvector, tsquery)", "arraycontains(anyarray, anyarray)")
_log = log(__name__)


async def mark_leakproof(admin_dsn: str, database: str) -> bool:
    """Mark `FUNCTIONS` leakproof in `database`; False where the administrator may not."""
    dsn = urlunsplit(urlsplit(admin_dsn)._replace(path=f"/{database}"))
    connection = await asyncpg.connect(dsn)
    try:
        for function in FUNCTIONS:
            await connection.execute(f"ALTER FUNCTION pg_catalog.{function} LEAKPROOF")
    except asyncpg.InsufficientPrivilegeError:
        _log.warning("search_indexes_unused_under_row_security", database=database)
        return False
    finally:
        await connection.close()
    return True
