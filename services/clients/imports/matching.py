"""Rows that are the same organisation as another row, or as a client: by set, never row by row.

In this order, each step looking only at rows still in order: the same credit code or number in the
sheet; a client by credit code or number; the same name in the sheet, then in the registry. Rows
with two different credit codes are two organisations, however they are named. Rows without a code
are then compared by likeness, domain and telephone.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.duplicates.rules import SIMILAR_FROM, likeness
from services.clients.imports.likeness import alike
from services.clients.imports.rules import RowStatus
from services.clients.imports.store import add_problems
from services.clients.imports.wording import TEXTS, sentence, severity

MOST_COMPARED: Final = 2_000
"""Rows without credit code whose names are looked up in the registry by likeness."""
_AT_ONCE: Final = 200

MATCHED: Final = "('ok', 'known', 'similar')"
"""The rows that are somebody's: neither wrong nor the same as another of the file."""
_ROWS: Final = "FROM import_rows r WHERE r.import_id = :id AND r.status = 'ok'"
_CLIENT: Final = "c.number || ' ' || c.legal_name"
_IN_SHEET: Final = """
    SELECT number, first::text AS other, value FROM (
        SELECT number, {column} AS value, min(number) OVER (PARTITION BY {column}) AS first
        FROM import_rows r WHERE r.import_id = :id AND r.status = 'ok' AND {column} IS NOT NULL
    ) s WHERE number > first
"""
_NAMED_ALIKE: Final = f"""
    SELECT number, first::text AS other, name AS value FROM (
        SELECT number, status, credit_code, spelled_name, client ->> 'legal_name' AS name,
               first_value(number) OVER named AS first,
               first_value(credit_code) OVER named AS first_code,
               first_value(spelled_name) OVER named AS first_spelled
        FROM import_rows r WHERE r.import_id = :id AND r.status IN {MATCHED}
          AND comparison_name IS NOT NULL
        WINDOW named AS (PARTITION BY comparison_name ORDER BY number)
    ) s WHERE number > first AND status = 'ok' AND {{which}}
"""
LATER_NAMED: Final = f"""
    SELECT number, first, credit_code IS NULL OR first_code IS NULL AS repeated FROM (
        SELECT number, credit_code, first_value(number) OVER named AS first,
               first_value(credit_code) OVER named AS first_code
        FROM import_rows WHERE import_id = :id AND status IN {MATCHED} AND {{among}}
        WINDOW named AS (PARTITION BY spelled_name ORDER BY number)
    ) s WHERE number > first
"""
"""The rows that have the name of an earlier one, where names are the key.

A row `repeated` it unless the two have two credit codes: then they are two organisations.
"""
_BOTH_CODED: Final = "credit_code IS NOT NULL AND first_code IS NOT NULL"
_NAMED_LIKE_CLIENT: Final = f"""
    SELECT DISTINCT ON (r.number) r.number, {_CLIENT} AS other, r.client ->> 'legal_name' AS value
    FROM import_rows r JOIN clients c
      ON c.comparison_name = r.comparison_name AND c.archived_at IS NULL
    WHERE r.import_id = :id AND r.status = 'ok'
      AND {{which}}
    ORDER BY r.number, c.id
"""
_CODED_CLIENT: Final = "r.credit_code IS NOT NULL AND c.credit_code IS NOT NULL"
_SHARING: Final = f"""
    SELECT DISTINCT ON (r.number) r.number, {_CLIENT} AS other, {{value}} AS value
    FROM import_rows r JOIN clients c ON {{join}} AND c.archived_at IS NULL
    WHERE r.import_id = :id AND r.status = 'ok' AND r.credit_code IS NULL
    ORDER BY r.number, c.id
"""
_ALONE: Final = (
    "NOT EXISTS (SELECT 1 FROM clients d WHERE d.email_domain = r.email_domain"
    " AND d.archived_at IS NULL AND d.id <> c.id)"
)
STEPS: Final[tuple[tuple[str, str, str, RowStatus | None], ...]] = (
    ("same_organisation", "credit_code", _IN_SHEET.format(column="credit_code"),
     RowStatus.DUPLICATE),
    ("same_number", "number", _IN_SHEET.format(column="client_number"), RowStatus.DUPLICATE),
    ("known_client", "credit_code",
     f"SELECT r.number, {_CLIENT} AS other, r.credit_code AS value FROM import_rows r"
     " JOIN clients c ON c.credit_code = r.credit_code AND c.archived_at IS NULL"
     " WHERE r.import_id = :id AND r.status = 'ok'", RowStatus.KNOWN),
    ("known_client", "number",
     f"SELECT r.number, {_CLIENT} AS other, r.client_number AS value FROM import_rows r"
     " JOIN clients c ON c.number = r.client_number AND c.archived_at IS NULL"
     " WHERE r.import_id = :id AND r.status = 'ok'", RowStatus.KNOWN),
    ("same_name_other_code", "legal_name", _NAMED_ALIKE.format(which=_BOTH_CODED), None),
    ("same_name", "legal_name",
     _NAMED_ALIKE.format(which=f"NOT ({_BOTH_CODED}) AND spelled_name = first_spelled"),
     RowStatus.SIMILAR),
    ("similar_name", "legal_name",
     _NAMED_ALIKE.format(which=f"NOT ({_BOTH_CODED})"), RowStatus.SIMILAR),
    ("same_name_client", "legal_name",
     _NAMED_LIKE_CLIENT.format(
         which=f"NOT ({_CODED_CLIENT}) AND c.spelled_name = r.spelled_name"), RowStatus.SIMILAR),
    ("similar_client", "legal_name",
     _NAMED_LIKE_CLIENT.format(which=f"NOT ({_CODED_CLIENT})"), RowStatus.SIMILAR),
    ("client_other_code", "legal_name", _NAMED_LIKE_CLIENT.format(which=_CODED_CLIENT), None),
    ("shares_domain", "website",
     _SHARING.format(value="r.web_domain", join="c.web_domain = r.web_domain"),
     RowStatus.SIMILAR),
    ("shares_phone", "phone",
     _SHARING.format(value="r.phone_digits", join="c.phone_digits = r.phone_digits"),
     RowStatus.SIMILAR),
    ("shares_domain", "contact_email",
     _SHARING.format(value="r.email_domain",
                     join=f"c.email_domain = r.email_domain AND {_ALONE}"), RowStatus.SIMILAR),
)  # fmt: skip
"""Reason, the field it is shown at, the rows it holds for, and what those rows become."""

_MARK: Final = """
    WITH found AS ({found}), marked AS (
        UPDATE import_rows r SET status = coalesce(:status, r.status) FROM found f
        WHERE r.import_id = :id AND r.number = f.number AND CAST(:status AS text) IS NOT NULL
        RETURNING r.number)
    INSERT INTO import_problems (import_id, number, place, code, severity, value, sentence)
    SELECT :id, f.number, CAST(:place AS integer), :code, :severity, f.value,
           jsonb_build_object('en', replace(:en, '{{other}}', f.other),
                              'zh', replace(:zh, '{{other}}', f.other))
    FROM found f ORDER BY f.number
"""
_UNCODED: Final = text(
    f"SELECT r.number {_ROWS} AND r.credit_code IS NULL"
    " AND r.comparison_name IS NOT NULL ORDER BY r.number"
)
_NAMES: Final = text(
    "SELECT number, comparison_name, credit_code IS NULL AS uncoded FROM import_rows"
    " WHERE import_id = :id AND status IN ('ok', 'known') AND comparison_name IS NOT NULL"
)
_REGISTRY_ALIKE: Final = text(
    f"SELECT r.number, r.comparison_name AS name, {_CLIENT} AS other, c.comparison_name"
    " FROM import_rows r CROSS JOIN LATERAL (SELECT number, legal_name, comparison_name"
    " FROM clients WHERE archived_at IS NULL AND comparison_name % r.comparison_name"
    " ORDER BY comparison_name <-> r.comparison_name LIMIT 5) c"
    " WHERE r.import_id = :id AND r.number = ANY(:numbers) AND r.status = 'ok'"
)
_SIMILAR: Final = text(
    "UPDATE import_rows SET status = 'similar' WHERE import_id = :id AND number = ANY(:numbers)"
    " RETURNING number, client ->> 'legal_name' AS name"
)


class Names(NamedTuple):
    """Names by row, and the rows without a credit code, which are compared with all of them."""

    all: dict[int, str]
    uncoded: frozenset[int]


async def match_rows(session: AsyncSession, import_id: UUID, places: dict[str, int]) -> Names:
    """Mark the rows that are, or may be, organisations met elsewhere, and say why.

    Answers the names that are to be compared by likeness.
    """
    for code, field, found, status in STEPS:
        await session.execute(
            text(_MARK.format(found=found)),
            {
                "id": import_id,
                "status": status,
                "place": places.get(field),
                "code": code,
                "severity": severity(code),
                **TEXTS[code],
            },
        )
    uncoded = (await session.execute(_UNCODED, {"id": import_id})).scalars().all()
    rows = await session.execute(_NAMES, {"id": import_id}) if uncoded else ()
    return Names({row.number: row.comparison_name for row in rows}, frozenset(uncoded))


async def compare(names: Names) -> dict[int, int]:
    """Rows named much like another of the file, and which: minutes for the largest files."""
    found: dict[int, int] = {}
    for row, other in (await asyncio.to_thread(alike, names.all, sorted(names.uncoded))).items():
        # Of two rows without a code the later one is the one to ask about.
        late, early = (other, row) if other > row and other in names.uncoded else (row, other)
        found.setdefault(late, early)
    return found


async def match_alike(
    session: AsyncSession,
    import_id: UUID,
    places: dict[str, int],
    names: Names,
    found: Mapping[int, int],
) -> None:
    """Mark the rows without credit code whose names are like another's, and say which."""
    place = places.get("legal_name")
    others = {row: str(other) for row, other in found.items()}
    await _report(session, import_id, place, "similar_name", others)
    await _match_in_registry(session, import_id, sorted(names.uncoded), place)


async def _match_in_registry(
    session: AsyncSession, import_id: UUID, numbers: list[int], place: int | None
) -> None:
    found: dict[int, str] = {}
    for start in range(0, min(len(numbers), MOST_COMPARED), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        for row in await session.execute(_REGISTRY_ALIKE, {"id": import_id, "numbers": some}):
            if likeness(row.name, row.comparison_name) >= SIMILAR_FROM:
                found.setdefault(row.number, row.other)
    await _report(session, import_id, place, "similar_client", found)


async def _report(
    session: AsyncSession, import_id: UUID, place: int | None, code: str, found: dict[int, str]
) -> None:
    if not found:
        return
    rows = await session.execute(_SIMILAR, {"id": import_id, "numbers": list(found)})
    names = {row.number: row.name for row in rows}
    problems: list[dict[str, Any]] = [
        {
            "number": number,
            "place": place,
            "code": code,
            "severity": severity(code),
            "value": names[number],
            "sentence": sentence(code, {"other": other}),
        }
        for number, other in sorted(found.items())
    ]
    await add_problems(session, import_id, orjson.dumps(problems).decode())
