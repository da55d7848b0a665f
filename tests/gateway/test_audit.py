"""Every trail in one: who may read it, what it is asked by, and what an erasure leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from gateway.audit.actions import gather, keep_apart
from gateway.personal import PERSONAL
from shared.contracts.audit import ClientsAuditLot, DeskAuditLot
from shared.contracts.desk import CaseState
from shared.events import Envelope, State, Visibility
from shared.identity import Actor, Side
from shared.ids import new_id
from shared.privacy import ErasureLedger, erase_person
from tests.gateway.support import Gateway

MOMENT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
CANARY = "canary-2c90"


def envelope(state: Any, *, version: int = 1) -> Envelope[Any]:
    """A state as it arrives."""
    return Envelope(
        id=new_id(),
        type=f"{state.publisher}.{state.aggregate}.sealed.v1",
        aggregate_id=state.id,
        epoch=1,
        version=version,
        time=MOMENT,
        state=state,
        actor_id=None,
        historical=False,
        traceparent=None,
    )


def row(seq: int, subject: tuple[str, UUID], **changes: Any) -> dict[str, Any]:
    """A sealed row as its service tells it."""
    return {
        "id": new_id(), "seq": seq, "at": MOMENT + timedelta(minutes=seq), "actor_id": new_id(),
        "actor_name": "Agent", "actor_side": "firm", "action": f"{subject[0]}:edit",
        "subject_kind": subject[0], "subject_id": subject[1], "request_id": f"r{seq}",
        "before": None, "after": {"note": "said"},
    } | changes  # fmt: skip


async def told(
    gateway: Gateway, rows: Sequence[dict[str, Any]], lot: type[State] = DeskAuditLot
) -> None:
    """Let the door gather a lot."""
    state = lot.model_validate({"id": rows[0]["id"], "rows": rows})
    async with gateway.door.state.runtime.database.worker_session() as session:
        await gather(session, [envelope(state)])


async def about(gateway: Gateway, case_id: UUID, *people: UUID) -> None:
    """Let the door learn whom a case is about."""
    state = CaseState(
        id=case_id, number="K-1", kind="complaint", subject="x", status="new", client_id=new_id(),
        requester_id=new_id(), opened_at=MOMENT, visibility=Visibility(excluded=people),
    )  # fmt: skip
    async with gateway.door.state.runtime.database.worker_session() as session:
        await keep_apart(session, envelope(state))


async def asked(gateway: Gateway, **query: Any) -> list[dict[str, Any]]:
    """What the administrator reads."""
    token = await gateway.known_token("admin@firm.example")
    async with gateway.client(headers={"Authorization": f"Bearer {token}"}) as client:
        answer = await client.get("/api/v1/audit", params={"service": "clients,desk"} | query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_rows_of_several_services_stand_in_the_order_of_time(gateway: Gateway) -> None:
    client, case, agent = new_id(), new_id(), new_id()
    await told(gateway, [row(1, ("case", case)), row(3, ("case", case), actor_id=agent)])
    await told(gateway, [row(2, ("client", client))], ClientsAuditLot)
    found = await asked(gateway)
    assert [(e["service"], e["seq"]) for e in found] == [("desk", 3), ("clients", 2), ("desk", 1)]
    for query, seqs in (
        ({"service": "clients"}, [2]),
        ({"subject_kind": "case"}, [3, 1]),
        ({"subject_id": str(client)}, [2]),
        ({"actor_id": str(agent)}, [3]),
        ({"action": "client:edit"}, [2]),
        ({"request_id": "r3"}, [3]),
        ({"at.gte": (MOMENT + timedelta(minutes=2)).isoformat()}, [3, 2]),
    ):
        assert [entry["seq"] for entry in await asked(gateway, **query)] == seqs, query


async def test_an_entry_names_its_record_as_far_as_the_door_knows_it(gateway: Gateway) -> None:
    deal, task, admin = new_id(), new_id(), gateway.ids["admin@firm.example"]
    opened = row(1, ("opportunity", deal), after={"title": "供应商协同", "stage": "lead"})
    moved = row(2, ("opportunity", deal), after={"stage": "won"})
    begun, mine = row(3, ("task", task)), row(4, ("user", admin), after={"title": "x"})
    await told(gateway, [opened, moved, begun, mine])
    named = {entry["seq"]: entry["subject_name"] for entry in await asked(gateway)}
    async with asyncio.timeout(15):  # the door's own trail is sealed and told each second
        while not (own := await asked(gateway, service="gateway", subject_id=str(admin))):
            await asyncio.sleep(0.05)
    me = own[0]["subject_name"]
    assert named == {1: "供应商协同", 2: "供应商协同", 3: None, 4: me}
    assert me


async def test_a_lot_told_again_says_what_it_says_now(gateway: Gateway) -> None:
    first = row(1, ("case", new_id()))
    await told(gateway, [first])
    await told(gateway, [first | {"actor_name": None, "after": None}])
    [entry] = await asked(gateway)
    assert (entry["actor_name"], entry["after"]) == (None, None)


async def test_whom_a_case_is_about_reads_nothing_done_with_it(gateway: Gateway) -> None:
    admin, case, other = gateway.ids["admin@firm.example"], new_id(), new_id()
    await told(gateway, [row(1, ("case", case)), row(2, ("case", other))])
    await about(gateway, case, admin, new_id())
    await about(gateway, other, new_id())
    assert [entry["seq"] for entry in await asked(gateway)] == [2]
    assert await asked(gateway, subject_id=str(case)) == []
    await about(gateway, case)
    assert [entry["seq"] for entry in await asked(gateway)] == [2, 1]


async def test_the_wall_keeps_the_same_rows_back(gateway: Gateway) -> None:
    me, case = new_id(), new_id()
    await told(gateway, [row(1, ("case", case)), row(2, ("case", new_id()))])
    await about(gateway, case, me)
    database = gateway.door.state.runtime.database
    async with database.read(Actor(me, "x", Side.FIRM), exclusions=True) as connection:
        seqs = await connection.fetch("SELECT seq FROM audit_trail WHERE service = 'desk'")
        assert [each["seq"] for each in seqs] == [2]
        assert len(await connection.fetch("SELECT 1 FROM record_exclusions")) == 1
    for side, table in ((Side.CLIENT, "audit_trail"), (Side.CLIENT, "audit"), (Side.FIRM, "audit")):
        async with database.read(Actor(new_id(), "x", side)) as connection:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.fetch(f"SELECT 1 FROM {table}")


async def test_an_erased_person_is_gone_from_the_gathered_trail(
    gateway: Gateway, tmp_path: Path
) -> None:
    gone, kept = new_id(), new_id()
    await told(
        gateway,
        [
            row(1, ("case", new_id()), actor_id=gone, actor_name=CANARY),
            row(2, ("case", new_id()), actor_id=gone, actor_name=CANARY, actor_side="client",
                after={"text": CANARY}),
            row(3, ("contact", gone), after={"mobile": CANARY}),
            row(4, ("case", new_id()), about=[gone, kept], before={"by": CANARY}),
            row(5, ("case", new_id()), about=[kept], before={"by": "kept"}),
        ],
    )  # fmt: skip
    async with gateway.door.state.runtime.database.worker_session() as session:
        await erase_person(session, gone, PERSONAL, ErasureLedger(tmp_path / "l"), reason="asked")
    dump = await gateway.sql("SELECT t::text AS row FROM audit_trail t WHERE service = 'desk'")
    assert CANARY not in str(dump)
    entries = {entry["seq"]: entry for entry in await asked(gateway)}
    assert entries[1]["after"] == {"note": "said"}, "what the firm's people did to others stays"
    assert entries[5]["before"] == {"by": "kept"}
