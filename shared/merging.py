"""Making a table equal to its copy in the schema `shadow`, row by row, in one statement.

Rows that are the same stay untouched, so that foreign keys to them hold and readers wait for
nothing.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_COLUMNS: Final = text(
    "SELECT a.attname AS name, coalesce(a.attnum = ANY(i.indkey), false) AS key,"
    " a.attidentity <> '' AS identity"
    " FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary"
    " WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped"
    " AND a.attgenerated = '' ORDER BY a.attnum"
)


def identifier(table: str) -> str:
    """The name, checked: names come from SUBSCRIPTIONS, and anything unusual is refused."""
    if not table.isidentifier():
        raise ValueError(f"{table!r} is no table name")
    return table


async def merge(session: AsyncSession, table: str, *, remove: bool = True) -> int:
    """Make `public.<table>` equal to `shadow.<table>`; returns how many rows changed.

    With `remove=False` rows that only `public` has stay. The table needs a primary key.
    """
    columns = (await session.execute(_COLUMNS, {"table": f"public.{identifier(table)}"})).all()
    statement = _statement(table, columns, remove=remove)
    changed = f"WITH changed AS ({statement} RETURNING 1) SELECT count(*) FROM changed"
    return int(await session.scalar(text(changed)) or 0)


def _statement(table: str, columns: Any, *, remove: bool) -> str:
    names = [f'"{column.name}"' for column in columns]
    keys = [f'"{column.name}"' for column in columns if column.key]
    # A fresh identity in the shadow is no change of the row.
    rest = [f'"{c.name}"' for c in columns if not c.key and not c.identity]
    if not keys:
        raise ValueError(f"{table} has no primary key")
    same_key = " AND ".join(f"live.{key} = shadow.{key}" for key in keys)
    update = ""
    if rest:
        differs = (
            f"({', '.join(f'live.{n}' for n in rest)})"
            f" IS DISTINCT FROM ({', '.join(f'shadow.{n}' for n in rest)})"
        )
        assignments = ", ".join(f"{name} = shadow.{name}" for name in rest)
        update = f" WHEN MATCHED AND {differs} THEN UPDATE SET {assignments}"
    # nothing from a request becomes an identifier here: the catalogue names the columns
    return (
        f"MERGE INTO public.{table} AS live USING shadow.{table} AS shadow ON {same_key}{update}"
        f" WHEN NOT MATCHED BY TARGET THEN INSERT ({', '.join(names)}) OVERRIDING SYSTEM VALUE"
        f" VALUES ({', '.join(f'shadow.{name}' for name in names)})"
        + (" WHEN NOT MATCHED BY SOURCE THEN DELETE" if remove else "")
    )
