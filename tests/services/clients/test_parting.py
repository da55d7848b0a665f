"""Who is erased leaves no name in the registry, and owns no client any more."""

from __future__ import annotations

from pathlib import Path

from services.clients.parting import part
from services.clients.personal import PERSONAL
from shared.privacy import ErasureLedger, erase_person
from tests.services.clients.conftest import Registry


async def test_the_clients_of_an_erased_owner_have_none_and_name_nobody(
    registry: Registry, tmp_path: Path
) -> None:
    manager = registry.manager
    client = await registry.client(owner_id=str(manager.user_id))
    assert client["owner"]["name"] == manager.name
    body = {
        "client_id": client["id"],
        "kind": "call",
        "occurred_at": registry.clock.now.isoformat(),
        "summary": "了解年度计划",
    }
    await registry.post("/interactions", body, status=201)
    ledger = ErasureLedger(tmp_path / "erased")
    for _ in range(2):
        async with registry.app.state.runtime.database.worker_session() as session:
            await erase_person(
                session, manager.user_id, PERSONAL, ledger, reason="left", parting=part
            )
    left = (
        await registry.call(registry.admin, "GET", f"/clients/{client['id']}", status=200)
    ).json()
    assert left["owner"] is None
    for table in ("clients", "interactions", "own_entries", "audit", "outbox"):
        held = await registry.rows(
            f"SELECT 1 FROM {table} AS t WHERE t::text LIKE $1", f"%{manager.name}%"
        )
        assert held == [], table
