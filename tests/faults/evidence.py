"""Gathers what is there: databases, streams, and what the public API answers."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import asyncpg

from deploy.supervisor.home import Home
from deploy.supervisor.topology import PROCESSES, Engines, dsns
from shared.bus import Bus, BusRefused, BusUnavailable
from shared.events import SNAPSHOT, decode
from shared.stream_reading import read_stream
from tests.faults.caller import Caller
from tests.faults.checker import Copy, Evidence, Numbered
from tests.faults.expected import COPIES, EFFECTS
from tests.faults.ledger import Act

REST_SECONDS: Final = 90.0
_FROM_SURVEYS: Final = "SELECT id FROM cases WHERE channel = 'survey'"
_PAUSE_SECONDS: Final = 0.2
_OUTBOX: Final = "SELECT id, type, aggregate_id, epoch, version FROM outbox ORDER BY seq"
_NOTICES: Final = "SELECT event_id, aggregate_id, version FROM live_events ORDER BY position"
# In the order in which one leads to the other.
_LEFT: Final[dict[str, str]] = {
    "audit rows not sealed": "SELECT count(*) FROM audit WHERE seq IS NULL",
    "events not published": "SELECT count(*) FROM outbox WHERE published_at IS NULL",
    "events parked": "SELECT count(*) FROM parked",
    "dead letters": "SELECT count(*) FROM dead_letters",
    "timers overdue": "SELECT count(*) FROM timers WHERE due_at < now() - interval '5 s'",
    "jobs unfinished": "SELECT count(*) FROM jobs WHERE finished_at IS NULL",
    "sessions left in a transaction": (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND state LIKE 'idle in transaction%' AND state_change < now() - interval '2 s'"
    ),
}


@dataclass
class Scene:
    """An instance's databases and its NATS; pools outlive a killed server."""

    home: Home
    databases: dict[str, asyncpg.Pool | asyncpg.Connection]
    bus: Bus
    followed: set[tuple[str, str]] = field(default_factory=set)
    """Who was ever seen to follow whom, as (publisher, consumer)."""

    @classmethod
    async def of(cls, home: Home) -> Scene:
        """Open everything of a running instance, each database as its service's worker."""
        state = home.state()
        engines = Engines(state["postgres_url"], state["nats_url"])
        roles = {name: dsns(name, engines, home.secrets()).worker for name in PROCESSES}
        opened = {
            name: await asyncpg.create_pool(dsn, min_size=0, max_size=2)
            for name, dsn in roles.items()
        }
        scene = cls(home, opened, Bus(engines.nats_url, name="checker"))
        await scene.rest()
        return scene

    async def close(self) -> None:
        """Close everything."""
        for pool in self.databases.values():
            await pool.close()
        await self.bus.close()

    async def rest(self, within: float = REST_SECONDS) -> dict[str, int]:
        """Wait until nothing is on its way any more; what still is after `within` seconds."""
        deadline = time.monotonic() + within
        while any((left := await self._left()).values()) and time.monotonic() < deadline:
            await asyncio.sleep(_PAUSE_SECONDS)
        return left

    async def _left(self) -> dict[str, int]:
        left = {
            f"{what} of {name}": int(await connection.fetchval(statement))
            for name, connection in self.databases.items()
            for what, statement in _LEFT.items()
        }
        for name in self.databases:
            for publisher in self.databases:
                try:
                    info = await self.bus.consumer_info(publisher, name)
                except BusRefused:
                    # Either that service never follows this publisher, or it does not do so again
                    # yet: its place was lost with NATS's disk.
                    if (publisher, name) in self.followed:
                        left[f"{name} to follow {publisher} again"] = 1
                    continue
                except BusUnavailable:
                    left["nats"] = 1
                    continue
                self.followed.add((publisher, name))
                waiting = int(info["num_pending"]) + int(info["num_ack_pending"])
                left[f"events of {publisher} waiting for {name}"] = waiting
        return left

    async def gather(self, reader: Caller, *, within: float = REST_SECONDS) -> Evidence:
        """Everything the checker compares, once the instance is at rest."""
        evidence = Evidence(leftovers=await self.rest(within))
        for name, statement in EFFECTS.items():
            rows = await self.databases[name].fetch(statement)
            evidence.effects += [(Act(row[0]), str(row[1])) for row in rows]
        evidence.copies = [await self._copy(*each) for each in COPIES]
        for name, connection in self.databases.items():
            evidence.outboxes[name] = [_numbered(row) for row in await connection.fetch(_OUTBOX)]
            evidence.streams[name] = await self._stream(name, evidence.told.setdefault(name, set()))
        evidence.notices = [
            Numbered(str(row["event_id"]), str(row["aggregate_id"]), (1, row["version"]))
            for row in await self.databases["gateway"].fetch(_NOTICES)
        ]
        opened = await self.databases["desk"].fetch(_FROM_SURVEYS)
        apart = {str(row["id"]) for row in opened}
        for client in await self.databases["clients"].fetch("SELECT id FROM clients"):
            await _read_page(evidence, reader, str(client["id"]), apart)
        return evidence

    async def _copy(self, name: str, publisher: str, truth: str, consumer: str, kept: str) -> Copy:
        return Copy(
            name,
            _by_id(await self.databases[publisher].fetch(truth)),
            _by_id(await self.databases[consumer].fetch(kept)),
        )

    async def _stream(self, publisher: str, told: set[str]) -> list[Numbered]:
        found = []
        async for delivery in read_stream(self.bus, publisher, reader="checker"):
            each = decode(delivery.data)
            if not each.type.endswith(f".{SNAPSHOT}.v1"):
                found.append(Numbered(str(each.id), str(each.aggregate_id), each.order))
                told.add(each.aggregate)
        return found


async def _read_page(
    evidence: Evidence, reader: Caller, client_id: str, apart: Collection[str]
) -> None:
    """The client's timeline by the public API, the steps of each record in their order.

    Cases `apart` were raised by nobody: they are counted as effects, their steps by nobody.
    """
    histories: dict[str, list[str]] = defaultdict(list)
    query: dict[str, Any] = {"source": "case,engagement", "sort": "at", "limit": 200}
    while True:
        page = (await reader.read(f"/clients/{client_id}/timeline", **query)).json()
        for entry in page["items"]:
            if entry["record_id"] in apart:
                continue
            histories[entry["title"]].append(entry["kind"])
        if not page["next_cursor"]:
            break
        query["cursor"] = page["next_cursor"]
    evidence.histories |= histories


def _by_id(rows: Sequence[asyncpg.Record]) -> dict[str, tuple[str, ...]]:
    return {str(row[0]): tuple(map(str, row[1:])) for row in rows}


def _numbered(row: asyncpg.Record) -> Numbered:
    order = (int(row["epoch"]), int(row["version"]))
    return Numbered(str(row["id"]), str(row["aggregate_id"]), order)
