"""The audit trail shows every tampering, and an erasure is none."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from shared.audit import changes, record
from shared.database import Database, Dsns
from shared.identity import Actor, Side
from shared.ids import new_id
from shared.privacy import ErasureLedger, erase_person, export_person
from shared.sealer import FileAnchor, Sealer, verify
from tests.shared.durable.conftest import fetch, person


@pytest.fixture
def anchor(tmp_path: Path) -> Path:
    return tmp_path / "anchors" / "durable.anchor"


async def act(database: Database, actor: Actor, count: int = 10, **values: Any) -> None:
    for n in range(count):
        async with database.transaction(actor) as session:
            after = values or {"n": n, "amount": 1e16, "name": "华信", "share": 0.1}
            await record(session, "case:close", ("case", new_id()), before={"n": None}, after=after)


async def kinds(database: Database, anchor: Path) -> list[str]:
    return [finding.kind for finding in await verify(database, anchor)]


async def sealed(database: Database, actor: Actor, anchor: Path) -> None:
    await act(database, actor)
    assert await Sealer(database, anchor).seal() == 10


@pytest.mark.parametrize("side", [Side.FIRM, Side.CLIENT, Side.SYSTEM])
async def test_an_untouched_trail_verifies(database: Database, anchor: Path, side: Side) -> None:
    await sealed(database, person(side), anchor)
    await act(database, person(side), 3)
    await Sealer(database, anchor).seal()
    assert await verify(database, anchor) == []
    assert FileAnchor(anchor).read().seq == 13


async def test_a_backlog_is_sealed_without_waiting_for_the_next_second(
    database: Database, agent: Actor, anchor: Path
) -> None:
    async with database.transaction(agent) as session:
        for _ in range(1_001):
            await record(session, "import:apply", ("client", new_id()))
    running = asyncio.create_task(Sealer(database, anchor, interval=60.0).run())
    try:
        async with asyncio.timeout(10):
            while FileAnchor(anchor).read().seq < 1_001:
                await asyncio.sleep(0.05)
    finally:
        running.cancel()


async def test_whom_the_values_name_beside_an_id_the_row_is_about(
    database: Database, dsns: Dsns
) -> None:
    owner, maker, earlier = new_id(), new_id(), new_id()
    async with database.transaction(person(Side.FIRM)) as session:
        before = {"owner_id": str(earlier), "owner_name": "王建平"}
        after = {"owner_id": owner, "owner_name": "李慧", "made_by": maker, "made_by_name": "陈立"}
        after |= {"file_name": "clients.xlsx", "parent_id": new_id(), "reviewer_name": None}
        await record(session, "client:edit", ("client", new_id()), before=before, after=after)
    [row] = await fetch(dsns, "SELECT about FROM audit")
    assert set(row["about"]) == {owner, maker, earlier}


async def test_nothing_is_recorded_for_work_that_rolls_back(
    database: Database, dsns: Dsns, agent: Actor
) -> None:
    with pytest.raises(RuntimeError):
        async with database.transaction(agent) as session:
            await record(session, "case:close", ("case", new_id()))
            raise RuntimeError
    assert await fetch(dsns, "SELECT 1 FROM audit") == []


@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        ("UPDATE audit SET after = '{\"n\": 7}' WHERE seq = 4", "edited"),
        ("UPDATE audit SET actor_name = 'Somebody Else' WHERE seq = 4", "edited"),
        ("UPDATE audit SET actor_id = gen_random_uuid() WHERE seq = 4", "edited"),
        ("UPDATE audit SET at = at + interval '1 microsecond' WHERE seq = 4", "edited"),
        ("UPDATE audit SET link = sha256('x') WHERE seq = 10", "edited"),
        ("DELETE FROM audit WHERE seq = 4", "missing"),
        ("DELETE FROM audit WHERE seq = 1", "missing"),
        ("DELETE FROM audit WHERE seq > 7", "cut"),
        ("DELETE FROM audit", "cut"),
        ("UPDATE audit SET before = NULL, after = NULL, salt = NULL WHERE seq = 4",
         "erased_without_trace"),
        ("UPDATE audit SET actor_name = NULL, actor_salt = NULL WHERE seq = 4",
         "erased_without_trace"),
    ],
)  # fmt: skip
async def test_tampering_is_found(
    database: Database, dsns: Dsns, agent: Actor, anchor: Path, tampering: str, expected: str
) -> None:
    await sealed(database, agent, anchor)
    await fetch(dsns, tampering)
    assert expected in await kinds(database, anchor)


async def test_two_rows_that_changed_places_are_found(
    database: Database, dsns: Dsns, agent: Actor, anchor: Path
) -> None:
    await sealed(database, agent, anchor)
    for old, new in ((4, -1), (5, 4), (-1, 5)):
        await fetch(dsns, "UPDATE audit SET seq = $2 WHERE seq = $1", old, new)
    assert await kinds(database, anchor) == ["edited", "edited", "edited"]


async def test_a_tail_cut_and_sealed_again_is_found_by_the_anchor(
    database: Database, dsns: Dsns, agent: Actor, anchor: Path, tmp_path: Path
) -> None:
    await sealed(database, agent, anchor)
    await fetch(dsns, "DELETE FROM audit WHERE seq > 7")
    await act(database, agent, 3)
    await Sealer(database, tmp_path / "other").seal()
    assert await kinds(database, anchor) == ["edited"]


async def test_two_sealers_and_many_writers_make_one_chain(
    database: Database, dsns: Dsns, agent: Actor, anchor: Path
) -> None:
    sealers = [asyncio.create_task(Sealer(database, anchor, interval=0.01).run()) for _ in range(2)]
    await asyncio.gather(*(act(database, agent, 20) for _ in range(5)))
    async with asyncio.timeout(60):
        while (await fetch(dsns, "SELECT count(*) FROM audit WHERE seq IS NULL"))[0][0]:
            await asyncio.sleep(0.05)
    await asyncio.sleep(0.1)
    for sealer in sealers:
        sealer.cancel()
    await asyncio.gather(*sealers, return_exceptions=True)
    assert await verify(database, anchor) == []
    [row] = await fetch(dsns, "SELECT count(*) AS n, max(seq) AS last FROM audit")
    assert (row["n"], row["last"]) == (100, 100)


async def test_erasing_a_person_blanks_their_values_and_keeps_the_chain(
    database: Database, dsns: Dsns, agent: Actor, anchor: Path, tmp_path: Path
) -> None:
    contact = new_id()
    async with database.transaction(agent) as session:
        after = {"mobile": "13912345678"}
        await record(session, "contact:edit", ("contact", contact), after=after)
        await record(session, "note:add", ("note", new_id()), after=after, about=[contact])
    await sealed_all(database, anchor)
    async with database.worker_session() as session:
        found = await export_person(session, contact, [], firm_eyes=True)
        assert len(found["audit"]) == 2
        ledger = ErasureLedger(tmp_path / "erased")
        assert await erase_person(session, contact, [], ledger, reason="asked") == 2
    dump = str(await fetch(dsns, "SELECT audit::text FROM audit"))
    assert "13912345678" not in dump
    assert await verify(database, anchor) == []


async def test_erasing_somebody_who_acted_keeps_what_the_firms_people_did(
    database: Database, dsns: Dsns, anchor: Path, tmp_path: Path
) -> None:
    agent, requester = person(Side.FIRM), person(Side.CLIENT)
    for actor in (agent, requester):
        await act(database, actor, 1, text=f"by {actor.side}")
    await sealed_all(database, anchor)
    async with database.worker_session() as session:
        for actor in (agent, requester):
            ledger = ErasureLedger(tmp_path / "erased")
            await erase_person(session, actor.user_id, [], ledger, reason="asked")
    dump = str(await fetch(dsns, "SELECT audit::text FROM audit"))
    assert "Li Wei" not in dump
    assert "by client" not in dump
    assert "by firm" in dump
    assert await verify(database, anchor) == []


async def sealed_all(database: Database, anchor: Path) -> None:
    await Sealer(database, anchor).seal()


async def test_after_an_accepted_restore_the_chain_goes_on(
    database: Database, dsns: Dsns, agent: Actor, anchor: Path
) -> None:
    await sealed(database, agent, anchor)
    await fetch(dsns, "DELETE FROM audit WHERE seq > 7")
    FileAnchor(anchor).set_aside()
    assert await verify(database, anchor) == []
    assert len(list(anchor.parent.iterdir())) == 1


def test_changes_keep_only_what_differs() -> None:
    assert changes({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 5}) == ({"b": 2}, {"b": 5})
