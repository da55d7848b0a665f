"""One lot of rows into the registry, in the transaction of its step."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.imports import store
from services.clients.imports.creating import create_clients
from services.clients.imports.matching import LATER_NAMED
from services.clients.imports.rules import Key, Mode, RowStatus, Similar, decide
from services.clients.imports.tables import Import
from services.clients.imports.updating import update_known
from services.clients.imports.wording import sentence, severity
from services.clients.imports.words import Words
from services.clients.refs.store import people_by_name
from shared import audit

Row = Mapping[str, Any]
_LIVE: Final = "FROM clients WHERE archived_at IS NULL AND"
_BY_CODE: Final = text(
    f"SELECT id, credit_code AS value, credit_code, number || ' ' || legal_name AS called {_LIVE}"
    " credit_code = ANY(:v)"
)
_BY_KEY: Final = {
    Key.CREDIT_CODE: (_BY_CODE, "credit_code", "credit_code"),
    Key.LEGAL_NAME: (
        text(f"SELECT id, spelled_name AS value, credit_code {_LIVE} comparison_name = ANY(:v)"),
        "comparison_name",
        "spelled_name",
    ),
    Key.NUMBER: (
        text(f"SELECT id, number AS value, credit_code {_LIVE} number = ANY(:v)"),
        "client_number",
        "client_number",
    ),
}
"""By key: the clients found, the column of a row they are looked for by, and the one compared."""
_LATER: Final = text(LATER_NAMED.format(among="comparison_name = ANY(:names)"))


class Named(NamedTuple):
    """The first row of the same name, and whether this one repeats it."""

    first: int
    repeated: bool


@dataclass
class Plan:
    """What happens with each row of a lot."""

    creates: list[tuple[Row, Words]] = field(default_factory=list)
    updates: list[tuple[Row, UUID]] = field(default_factory=list)
    skipped: dict[int, str | None] = field(default_factory=dict)
    """Row number to the reason, where the dry run did not give it."""
    others: dict[int, str] = field(default_factory=dict)
    """Row number to the client that has its credit code, or to the row it repeats."""


async def write_lot(
    session: AsyncSession, batch: Import, lot: Sequence[tuple[Row, Words | None]]
) -> dict[str, int]:
    """Create and update the clients of a lot; answers how many rows were what."""
    plan = await _plan(session, batch, lot)
    names = {row["client"]["owner"] for row, _ in lot if "owner" in row["client"]}
    owners = await people_by_name(session, sorted(names))
    outcomes: list[dict[str, Any]] = []
    if plan.creates:
        written = await create_clients(session, batch, plan.creates, owners)
        for row, _ in plan.creates:
            if row["number"] in written:
                outcomes.append(_outcome(row["number"], "created", *written[row["number"]]))
            else:
                plan.skipped[row["number"]] = "taken_meanwhile"
    if plan.updates:
        changed = await update_known(session, batch, plan.updates, owners)
        outcomes += [_outcome(number, "updated", *ids) for number, ids in changed.items()]
    outcomes += [_outcome(number, "skipped") for number in plan.skipped]
    await store.note_outcomes(session, batch.id, outcomes)
    await _report(session, batch.id, plan)
    result = {
        what: sum(outcome["outcome"] == what for outcome in outcomes)
        for what in ("created", "updated", "skipped")
    }
    span = {"rows": [lot[0][0]["number"], lot[-1][0]["number"]]}
    await audit.record(session, "import:apply", ("import", batch.id), after=span | result)
    return result


async def _plan(
    session: AsyncSession, batch: Import, lot: Sequence[tuple[Row, Words | None]]
) -> Plan:
    key, mode = Key(batch.match_key or Key.CREDIT_CODE), Mode(batch.mode or Mode.CREATE)
    similar = Similar(batch.similar_rows or Similar.SKIP)
    rows = [row for row, _ in lot]
    later = await _later_named(session, batch.id, key, rows)
    known = await _known(session, key, rows, later)
    taken = await _taken_codes(session, rows)
    plan = Plan()
    for row, words in lot:
        number, found = row["number"], known.get(row["number"], [])
        if number in later and later[number].repeated:
            _plan_repeated(plan, row, later[number].first)
            continue
        act = decide(mode, similar, RowStatus(row["status"]), known=bool(found))
        if act == "update" and len(found) > 1:
            plan.skipped[number] = "ambiguous_key"
        elif act == "update":
            _plan_update(plan, row, found[0], taken.get(row["credit_code"]))
        elif act == "create" and (words is None or row["credit_code"] in taken):
            plan.skipped[number] = "taken_meanwhile" if row["status"] == RowStatus.OK else None
        elif act == "create" and words is not None:
            plan.creates.append((row, words))
        else:
            plan.skipped[number] = _why_skipped(mode, row, found)
    return plan


def _plan_update(plan: Plan, row: Row, client_id: UUID, holder: tuple[UUID, str] | None) -> None:
    """Update the client, unless the row's credit code is another's: one code, one organisation."""
    if holder is None or holder[0] == client_id:
        plan.updates.append((row, client_id))
    else:
        plan.skipped[row["number"]] = "code_of_another"
        plan.others[row["number"]] = holder[1]


def _plan_repeated(plan: Plan, row: Row, first: int) -> None:
    """Leave out a row of the same client as an earlier one; who is similar was told so before."""
    told = row["status"] == RowStatus.SIMILAR
    plan.skipped[row["number"]] = None if told else "same_name"
    plan.others[row["number"]] = str(first)


def _why_skipped(mode: Mode, row: Row, found: Sequence[UUID]) -> str | None:
    if row["status"] in {RowStatus.ERROR, RowStatus.DUPLICATE}:
        return None
    if found:
        return "taken_meanwhile" if row["status"] == RowStatus.OK else None
    return "no_match" if mode is Mode.UPDATE_ONLY else None


async def _known(
    session: AsyncSession, key: Key, rows: Sequence[Row], later: Mapping[int, Named]
) -> dict[int, list[UUID]]:
    """The clients that each row's key names; another credit code is another organisation.

    A client without one is of the first row of its name: a later row is another organisation.
    """
    statement, sought, column = _BY_KEY[key]
    values = sorted({row[sought] for row in rows if row[sought] is not None})
    found: dict[str, list[tuple[UUID, str | None]]] = defaultdict(list)
    for each in await session.execute(statement, {"v": values}):
        found[each.value].append((each.id, each.credit_code))
    known = {}
    for row in rows:
        own = row["credit_code"]
        known[row["number"]] = [
            client_id
            for client_id, code in found.get(row[column], ())
            if own == code or ((own is None or code is None) and row["number"] not in later)
        ]
    return known


async def _later_named(
    session: AsyncSession, import_id: UUID, key: Key, rows: Sequence[Row]
) -> dict[int, Named]:
    """By number the rows that have an earlier row's name, where names are the key."""
    if key is not Key.LEGAL_NAME:
        return {}
    names = sorted({row["comparison_name"] for row in rows if row["comparison_name"] is not None})
    found = await session.execute(_LATER, {"id": import_id, "names": names})
    return {each.number: Named(each.first, each.repeated) for each in found}


async def _taken_codes(
    session: AsyncSession, rows: Sequence[Row]
) -> dict[str | None, tuple[UUID, str]]:
    """Whose the credit codes of rows are: id, and number with name."""
    codes = sorted({row["credit_code"] for row in rows if row["credit_code"] is not None})
    found = await session.execute(_BY_CODE, {"v": codes})
    return {each.value: (each.id, each.called) for each in found}


def _outcome(
    number: int, outcome: str, client_id: UUID | None = None, contact_id: UUID | None = None
) -> dict[str, Any]:
    return {
        "number": number,
        "outcome": outcome,
        "client_id": client_id,
        "contact_id": contact_id,
    }


async def _report(session: AsyncSession, import_id: UUID, plan: Plan) -> None:
    problems = [
        {
            "number": number,
            "place": None,
            "code": code,
            "severity": severity(code),
            "value": None,
            "sentence": sentence(code, {"other": plan.others.get(number)}),
        }
        for number, code in plan.skipped.items()
        if code is not None
    ]
    if problems:
        await store.add_problems(session, import_id, orjson.dumps(problems).decode(), task="apply")
