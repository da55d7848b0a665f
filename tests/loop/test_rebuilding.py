"""Every projection of every service is lost, and the streams too: a snapshot brings all back."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import asyncpg
import pytest

from deploy.supervisor.home import Home
from deploy.supervisor.topology import PROCESSES
from shared.bus import stream_of
from shared.provision import database_name
from tests.faults.evidence import Scene
from tests.loop.cast import Cast
from tests.loop.steps import STEPS, Walker
from tests.loop.story import Story
from tests.support.instances import Instance
from tests.support.projections import projections_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(420)]

Tables = dict[str, list[str]]
# A row's place in its table is no part of what it says.
_NUMBERED = (
    "SELECT coalesce(array_agg(attname::text), '{}') FROM pg_attribute"
    " WHERE attrelid = $1::regclass AND attidentity <> ''"
)


async def test_every_projection_is_rebuilt_by_snapshot_equal_row_by_row(
    instance: Instance, cast: Cast
) -> None:
    await asyncio.to_thread(work, cast)
    home = Home(instance.home)
    scene = await Scene.of(home)
    try:
        assert not any((await scene.rest()).values())
        before = {name: await contents(home, name) for name in PROCESSES}
        kept = {f"{s}.{t}": len(rows) for s, each in before.items() for t, rows in each.items()}
        print(kept)
        assert min(kept.values()) > 0, "every projection has learnt something"
        for name in PROCESSES:
            await wipe(home, name)
            await scene.bus.api(f"STREAM.PURGE.{stream_of(name)}")
            assert not any((await contents(home, name)).values())
        await asyncio.to_thread(rebuild_all, instance)
        await scene.rest()
        for name in PROCESSES:
            assert await contents(home, name) == before[name]
    finally:
        await scene.close()
    await asyncio.to_thread(begin_anew, cast)


def work(cast: Cast) -> None:
    """One whole loop, and a complaint about somebody of the firm."""
    campaign = cast.admin.get("/campaigns", key="case_closed")["items"][0]
    cast.admin.patch(f"/campaigns/{campaign['id']}", fatigue_days=0)
    walker = Walker(Story(cast, 700))
    for step in STEPS:
        walker.take(step)
    said = {"kind": "complaint", "subject": "培训迟到", "description": "迟到一小时。"}
    about = {"client_id": cast.client_id, "requester_id": cast.pm.id}
    cast.admin.post("/cases", said | about | {"about_user_ids": [cast.lead.id]})


def begin_anew(cast: Cast) -> None:
    """What comes after is followed as before."""
    walker = Walker(Story(cast, 701))
    for step in STEPS[:5]:
        walker.take(step)


def rebuild_all(instance: Instance) -> None:
    """As an operator does it, while the instance runs."""
    done = subprocess.run(
        [sys.executable, "-m", "deploy.cli", "events", "snapshot", "all", "--rebuild", "all"],
        env=instance.environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr


async def contents(home: Home, service: str) -> Tables:
    """Every row of every projection of a service."""
    found = {}
    connection = await connect(home, service)
    for table in projections_of(service):
        numbered = await connection.fetchval(_NUMBERED, table)
        rows = await connection.fetch(
            f"SELECT (to_jsonb(t) - $1::text[])::text AS row FROM {table} t ORDER BY 1", numbered
        )
        found[table] = [row["row"] for row in rows]
    await connection.close()
    return found


async def wipe(home: Home, service: str) -> None:
    """Lose every projection of a service, whatever refers to its rows."""
    connection = await connect(home, service)
    await connection.execute("SET session_replication_role = replica")
    for table in projections_of(service):
        await connection.execute(f"DELETE FROM {table}")
    await connection.close()


async def connect(home: Home, service: str) -> asyncpg.Connection:
    """A service's database with the eyes of the superuser."""
    server = home.state()["postgres_url"].rpartition("/")[0]
    return await asyncpg.connect(f"{server}/{database_name(service)}")
