"""An erased person at the door: nothing is left of them, and nothing can be done for them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import UUID

from gateway.personal import PERSONAL
from gateway.users.actions import all_states
from shared.contracts.gateway import UserState
from shared.privacy import TOMBSTONE, ErasureLedger, erase_person
from tests.gateway.support import Gateway


async def erased(gateway: Gateway, user_id: UUID, home: Path) -> None:
    """Erase somebody, as `rapport user erase` does at the door."""
    async with gateway.door.state.runtime.database.worker_session() as session:
        await erase_person(
            session, user_id, PERSONAL, ErasureLedger(home / "erased"),
            reason="asked for it", published={UserState: all_states},
        )  # fmt: skip


async def test_an_erased_person_leaves_nothing_personal_and_cannot_come_back(
    gateway: Gateway, tmp_path: Path
) -> None:
    user_id = gateway.ids["pm@huaxin.example"]
    token = await gateway.token("pm@huaxin.example")
    await erased(gateway, user_id, tmp_path)
    row = (await gateway.sql("SELECT * FROM users WHERE id = $1", user_id))[0]
    assert "huaxin" not in str(dict(row)) and "华信" not in str(dict(row))
    await asyncio.sleep(gateway.settings.live_revocation_seconds + 0.2)
    async with gateway.client(headers={"Authorization": f"Bearer {token}"}) as client:
        assert (await client.get("/api/v1/me")).status_code == 401
        again = await client.post(
            "/api/v1/auth/session",
            json={"email": "pm@huaxin.example", "password": "rapport-demo"},
            headers={"Authorization": ""},
        )
        assert again.status_code == 401
    async with await gateway.signed_in("admin@firm.example") as admin:
        seen = await admin.get(f"/api/v1/users/{user_id}")
        left = seen.json()
        assert (left["email"], left["status"], left["can"]) == (None, "deactivated", [])
        for act in ("activate", "deactivate", "invite"):
            refused = await admin.post(f"/api/v1/users/{user_id}/{act}")
            assert (refused.status_code, refused.json()["code"]) == (409, "person_erased"), act
        version = {"If-Match": seen.headers["etag"]}
        named = await admin.patch(f"/api/v1/users/{user_id}", json={"name": "X"}, headers=version)
        assert (named.status_code, named.json()["code"]) == (409, "person_erased")
        assert (await admin.get(f"/api/v1/users/{user_id}")).json() == left
    assert await told(gateway, user_id) == ["deactivated"], "the services learn that they are gone"


async def told(gateway: Gateway, user_id: UUID) -> list[str]:
    """The statuses of a person that events still tell, oldest first."""
    rows = await gateway.sql(
        "SELECT data::json->>'status' AS status FROM outbox"
        " WHERE aggregate_id = $1 AND data IS NOT NULL ORDER BY version",
        user_id,
    )
    return [row["status"] for row in rows]


async def test_who_is_erased_while_they_work_cannot_name_themselves_again(
    gateway: Gateway, tmp_path: Path
) -> None:
    async with await gateway.signed_in("pm@huaxin.example") as client:
        assert (await client.get("/api/v1/me")).status_code == 200
        await erased(gateway, gateway.ids["pm@huaxin.example"], tmp_path)
        answer = await client.patch("/api/v1/me", json={"name": "王经理"})
    # A session is believed for a moment longer; that moment leaves nothing.
    assert answer.status_code in {401, 409}
    asked = "SELECT name FROM users WHERE id = $1"
    rows = await gateway.sql(asked, gateway.ids["pm@huaxin.example"])
    assert [row["name"] for row in rows] == [TOMBSTONE]
