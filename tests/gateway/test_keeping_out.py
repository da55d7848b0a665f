"""Who is kept out stays out until let in again, and somebody is always left to let people in."""

from __future__ import annotations

import asyncio

import asyncpg

from tests.gateway.support import Gateway
from tests.gateway.test_people import invite, mailed_token

WAITING = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


async def test_who_is_kept_out_gets_no_invitation_that_opens_nothing(gateway: Gateway) -> None:
    async with await gateway.signed_in("admin@firm.example") as admin:
        made = await invite(gateway, admin)
        await mailed_token(admin, "new@huaxin.example")
        await admin.post(f"/api/v1/users/{made['id']}/deactivate")
        again = await admin.post(f"/api/v1/users/{made['id']}/invite")
        assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")
    assert len(await gateway.sql("SELECT 1 FROM invitations")) == 1


async def test_two_administrators_who_take_each_other_away_leave_one(gateway: Gateway) -> None:
    await gateway.sql("UPDATE users SET roles = '{admin}' WHERE email = 'manager@firm.example'")
    people = ("admin@firm.example", "manager@firm.example")
    one, other = [await gateway.signed_in(each) for each in people]
    paths = [f"/api/v1/users/{gateway.ids[each]}/deactivate" for each in people]
    holding = await asyncpg.connect(gateway.dsns.worker)
    async with one, other:
        async with holding.transaction():
            await holding.execute("SELECT 1 FROM users FOR UPDATE")
            acts = [
                asyncio.create_task(each.post(path))
                for each, path in ((one, paths[1]), (other, paths[0]))
            ]
            while len(await gateway.sql(WAITING)) < len(acts):
                await asyncio.sleep(0.05)
        answers = await asyncio.gather(*acts)
    await holding.close()
    assert sorted(each.status_code for each in answers) == [200, 409]
    left = "SELECT 1 FROM users WHERE roles @> '{admin}' AND status = 'active'"
    assert len(await gateway.sql(left)) == 1
