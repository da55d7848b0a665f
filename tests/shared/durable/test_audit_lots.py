"""What was sealed is told once, in lots that fit a message, and again without an erased person."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from shared.audit import record
from shared.audit_lots import MOST_BYTES, MOST_ROWS, lots_of, tell, told_lots
from shared.contracts.audit import SEALED, DeskAuditLot, DeskAuditSealed
from shared.database import Database, Dsns
from shared.identity import Actor, Side
from shared.ids import new_id
from shared.privacy import ErasureLedger, erase_person
from shared.sealer import Sealer
from tests.architecture.sources import PACKAGES
from tests.shared.durable.conftest import fetch, person

CANARY = "canary-71be"


def sealer(database: Database, folder: Path) -> Sealer:
    """A sealer whose rows are told as the desk's."""
    return Sealer(database, folder / "desk.anchor", DeskAuditSealed)


async def act(database: Database, actor: Actor, count: int, about: UUID, **after: Any) -> None:
    async with database.transaction(actor) as session:
        for _ in range(count):
            await record(session, "case:close", ("case", new_id()), after=after, about=[about])


async def told(dsns: Dsns) -> list[dict[str, Any]]:
    """The rows of the newest event of each lot, in the order of the chain."""
    newest = await fetch(
        dsns,
        "SELECT DISTINCT ON (aggregate_id) data FROM outbox WHERE type = 'desk.audit.sealed.v1'"
        " ORDER BY aggregate_id, version DESC",
    )
    rows = [row for lot in newest for row in orjson.loads(lot["data"])["rows"]]
    return sorted(rows, key=lambda row: row["seq"])


async def test_every_sealed_row_is_told_once_with_its_place(
    database: Database, dsns: Dsns, tmp_path: Path
) -> None:
    for side in (Side.FIRM, Side.CLIENT):
        await act(database, person(side), MOST_ROWS - 20, new_id(), name="华信", amount=1e16)
        assert await sealer(database, tmp_path).seal() == MOST_ROWS - 20
    assert await sealer(database, tmp_path).seal() == 0
    sealed = await fetch(dsns, "SELECT id, seq, actor_name, after FROM audit ORDER BY seq")
    rows = await told(dsns)
    assert [(row["id"], row["seq"]) for row in rows] == [(str(r["id"]), r["seq"]) for r in sealed]
    assert {row["actor_name"] for row in rows} == {"Li Wei"}
    assert rows[0]["after"] == {"name": "华信", "amount": 1e16}


async def test_lots_are_found_again_as_they_were_told(
    database: Database, dsns: Dsns, tmp_path: Path
) -> None:
    for count in (3, MOST_ROWS + 7, 1):
        await act(database, person(), count, new_id(), name="华信")
        await sealer(database, tmp_path).seal()
    first = {row["aggregate_id"]: row["data"] for row in await fetch(
        dsns, "SELECT aggregate_id, data FROM outbox"
    )}  # fmt: skip
    async with database.worker_session() as session:
        again = [lot async for lot in told_lots(session, state=DeskAuditLot)]
        one = [lot async for lot in told_lots(session, [again[1].id], state=DeskAuditLot)]
    assert {lot.id: lot.model_dump_json() for lot in again} == first
    assert [len(lot.rows) for lot in again if isinstance(lot, DeskAuditLot)] == [3, 200, 7, 1]
    assert one == [again[1]]


async def test_a_lot_says_of_whom_it_speaks_until_they_are_erased(
    database: Database, tmp_path: Path
) -> None:
    agent, about = person(), new_id()
    await act(database, agent, 1, about, name=CANARY)
    await sealer(database, tmp_path).seal()
    async with database.worker_session() as session:
        [lot] = [lot async for lot in told_lots(session, state=DeskAuditLot)]
        assert {agent.user_id, about} <= set(lot.subject_ids())


async def test_who_is_erased_while_rows_are_sealed_is_in_no_event(
    database: Database, dsns: Dsns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sealer has read the rows and not told them yet when the erasure comes."""
    agent, read, go_on = person(), asyncio.Event(), asyncio.Event()
    await act(database, agent, 1, new_id(), name="华信")

    async def hesitant(*arguments: Any) -> None:
        read.set()
        await go_on.wait()
        await tell(*arguments)

    async def erase() -> None:
        async with database.worker_session() as session:
            ledger = ErasureLedger(tmp_path / "erased")
            await erase_person(session, agent.user_id, [], ledger, reason="asked")

    monkeypatch.setattr("shared.sealer.tell", hesitant)
    sealing = asyncio.create_task(sealer(database, tmp_path).seal())
    await read.wait()
    erasing = asyncio.create_task(erase())
    done, _ = await asyncio.wait([erasing], timeout=0.5)
    go_on.set()
    await asyncio.gather(sealing, erasing)
    assert not done, "it waits until the event is there to be blanked"
    told_now = await fetch(dsns, "SELECT data FROM outbox WHERE data LIKE '%Li Wei%'")
    assert told_now == []


def test_lots_stay_below_what_a_message_takes() -> None:
    huge = {"before": None, "after": "x" * (MOST_BYTES // 4 + 1)}
    large = {"before": None, "after": "x" * (MOST_BYTES // 8)}
    small: dict[str, Any] = {"before": None, "after": None}
    lots = list(lots_of([large, large, large, huge, small]))
    assert lots == [[large, large], [large, huge, small]]
    assert [len(lot) for lot in lots_of([small] * (2 * MOST_ROWS + 1))] == [200, 200, 1]


def test_every_service_tells_what_it_seals() -> None:
    assert set(SEALED) >= set(PACKAGES)
