"""Who is kept out stays out until let in again, and somebody is always left to let people in."""

from __future__ import annotations

from tests.gateway.support import Gateway
from tests.gateway.test_people import invite, mailed_token


async def test_who_is_kept_out_gets_no_invitation_that_opens_nothing(gateway: Gateway) -> None:
    async with await gateway.signed_in("admin@firm.example") as admin:
        made = await invite(gateway, admin)
        await mailed_token(admin, "new@huaxin.example")
        await admin.post(f"/api/v1/users/{made['id']}/deactivate")
        again = await admin.post(f"/api/v1/users/{made['id']}/invite")
        assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")
    assert len(await gateway.sql("SELECT 1 FROM invitations")) == 1
