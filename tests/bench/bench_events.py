"""How long from a commit to its effect elsewhere, and how fast a backlog drains.

`python -m tests.bench.bench_events` starts durable engines of its own (every write synced) and
measures each of ours next to its floor in the same run: bare publishing and pulling of messages of
the same size. What counts is the ratio; absolute figures are this machine's, this minute's.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import psutil

from deploy.engines import Nats, Postgres
from deploy.processes import die_with_parent
from shared.bus import Bus
from shared.database import Dsns
from shared.provision import provision
from tests.shared.events.sample import SERVICE
from tests.shared.events.world import create_tables, delete_stream

SIZE = 300
BACKLOG = 100_000
RATES = {25: 250, 1000: 4000}
GOALS = {25: (5.0, 20.0), 1000: (None, 40.0)}
"""Milliseconds from commit to handled, p50 and p99, by rate."""
GOAL_DRAIN = 10_000
SEED = """
    WITH fresh AS (
        SELECT n, gen_random_uuid() AS thing FROM generate_series(0, $1::int - 1) AS n
    )
    INSERT INTO outbox (id, aggregate, aggregate_id, epoch, version, starts_epoch, type, data,
                        occurred_at)
    SELECT gen_random_uuid(), 'thing', thing, 1, 1, true, 'sample.thing.changed.v1',
           json_build_object('id', thing, 'visibility', json_build_object(), 'value', n,
                             'owner_id', null, 'remark', repeat('x', $2))::text, now()
    FROM fresh ORDER BY n
"""


class Engines(NamedTuple):
    """Durable PostgreSQL and NATS of the bench's own; where profiles of our sides go, if wanted."""

    postgres: Postgres
    nats: Nats
    profile: str | None

    def busy(self) -> list[float]:
        """Seconds of processor that PostgreSQL and NATS took so far."""
        return [_seconds_of(engine.process) for engine in (self.postgres, self.nats)]

    def common(self, count: int) -> dict[str, Any]:
        """What both sides are told."""
        return {"nats": self.nats.url, "count": count, "size": SIZE, "profile": self.profile}

    def tell(
        self, label: str, sent: dict[str, Any], received: dict[str, Any], before: list[float]
    ) -> None:
        """Print who took the processor: both sides from their start on, the engines meanwhile."""
        postgres, nats = (now - then for now, then in zip(self.busy(), before, strict=True))
        print(
            f"  processor, {label}: sender {sent['cpu']:.1f} s, receiver {received['cpu']:.1f} s,"
            f" PostgreSQL {postgres:.1f} s, NATS {nats:.1f} s"
        )


def _seconds_of(process: subprocess.Popen[bytes] | None) -> float:
    """Seconds of processor that a process and its children took, those that ended included."""
    assert process is not None
    parent = psutil.Process(process.pid)
    while True:
        ended = _ended(parent)
        with suppress(psutil.NoSuchProcess):
            living = [each.cpu_times() for each in (parent, *parent.children())]
            if _ended(parent) == ended:
                return ended + float(sum(each.user + each.system for each in living))
        # A child ended meanwhile, and may stand on either side or on none: both are read anew.


def _ended(parent: psutil.Process) -> float:
    times = parent.cpu_times()
    return float(times.children_user + times.children_system)


@contextmanager
def engines(profile: str | None) -> Iterator[Engines]:
    """The engines, started."""
    with tempfile.TemporaryDirectory(prefix="rapport-bench-") as folder:
        home = Path(folder)
        home.chmod(0o711)
        with Postgres(home / "postgres", password="bench") as postgres, Nats(home / "nats") as nats:
            yield Engines(postgres, nats, profile)


def start(role: str, **settings: Any) -> subprocess.Popen[str]:
    """Start one side in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bench.event_processes", role, json.dumps(settings)],
        stdout=subprocess.PIPE,
        text=True,
        # no thread runs here, and a killed bench must leave no process behind
        preexec_fn=die_with_parent(signal.SIGKILL),  # noqa: PLW1509
    )


def result(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What a finished side measured: its last line."""
    out, _ = process.communicate(timeout=300)
    if process.returncode != 0:
        raise SystemExit("a process of the bench failed")
    measured: dict[str, Any] = json.loads(out.strip().splitlines()[-1])
    return measured


async def databases(postgres: Postgres) -> tuple[Dsns, Dsns]:
    """A publisher's and a consumer's database, fresh."""
    made = []
    for name in ("bench_publisher", "bench_consumer"):
        admin = await asyncpg.connect(postgres.admin_dsn)
        await admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await admin.close()
        dsns = await provision(postgres.admin_dsn, SERVICE, "bench", database=name)
        await create_tables(dsns)
        made.append(dsns)
    owner = await asyncpg.connect(made[1].owner)
    await owner.execute("CREATE TABLE bare (n int, payload text)")
    await owner.execute("GRANT INSERT, SELECT ON bare TO sample_worker")
    await owner.close()
    return made[0], made[1]


async def fresh_stream(url: str) -> None:
    """The publisher's stream, empty: consumers cannot create it."""
    await delete_stream(url)
    bus = Bus(url, name=SERVICE)
    await bus.ensure_stream(SERVICE)
    await bus.close()


def latencies(sent: list[float], handled: list[float]) -> tuple[float, float]:
    """p50 and p99 in milliseconds, the first tenth left out as warm-up."""
    skip = len(sent) // 10
    each = sorted((b - a) * 1000 for a, b in zip(sent[skip:], handled[skip:], strict=True))
    return statistics.median(each), each[int(len(each) * 0.99)]


def measure_latency(by: Engines, rate: int, count: int) -> bool:
    """Commit to handled at a rate, next to bare publish and pull; whether the goal is met."""
    publisher, consumer = asyncio.run(databases(by.postgres))
    common = by.common(count) | {"rate": rate}
    found = {}
    for label, reader, writer in (
        ("bare", "bare_pull", "bare_write"),
        ("ours", "subscribe", "write"),
    ):
        asyncio.run(fresh_stream(by.nats.url))
        reading = start(reader, dsn=consumer.worker, **common)
        time.sleep(2)
        busy = by.busy()
        writing = start(writer, dsn=publisher.worker, **common)
        sent, received = result(writing), result(reading)
        found[label] = latencies(sent["times"], received["times"])
        by.tell(label, sent, received, busy)
    (bare50, bare99), (ours50, ours99) = found["bare"], found["ours"]
    goal50, goal99 = GOALS[rate]
    met = ours99 <= goal99 and (goal50 is None or ours50 <= goal50)
    print(
        f"commit to handled at {rate}/s: p50 {ours50:.1f} ms, p99 {ours99:.1f} ms;"
        f" floor (publish to pulled): p50 {bare50:.1f} ms, p99 {bare99:.1f} ms;"
        f" ratio p50 {ours50 / bare50:.1f}, p99 {ours99 / bare99:.1f};"
        f" goal {f'p50 {goal50:.0f}, ' if goal50 else ''}p99 {goal99:.0f} ms"
        f" {'met' if met else 'missed'}",
        flush=True,
    )
    return met


async def _seed(dsn: str, count: int) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(SEED, count, SIZE)
    await connection.execute("ANALYZE outbox")
    await connection.close()


def measure_drain(by: Engines, count: int, *, many: bool) -> bool:
    """A backlog through relay, stream, inbox and projection, next to bare batches and COPY.

    Whether the goal is met.
    """
    publisher, consumer = asyncio.run(databases(by.postgres))
    asyncio.run(_seed(publisher.worker, count))
    common = by.common(count)
    rates = {}
    for label, reader, writer in (
        ("bare", "bare_pull", "bare_publish"),
        ("ours", "subscribe", "relay"),
    ):
        asyncio.run(fresh_stream(by.nats.url))
        reading = start(reader, dsn=consumer.worker, copy=True, many=many, **common)
        time.sleep(2)
        busy = by.busy()
        writing = start(writer, dsn=publisher.worker, **common)
        sent, received = result(writing), result(reading)
        rates[label] = count / (received["ended"] - sent["begun"])
        alone = count / (sent["ended"] - sent["begun"])
        print(f"  {label}: {rates[label]:,.0f}/s; sent at {alone:,.0f}/s")
        by.tell(label, sent, received, busy)
    met = bool(rates["ours"] >= GOAL_DRAIN)
    print(
        f"drain of {count:,} ({'lots' if many else 'one by one'}): {rates['ours']:,.0f}/s;"
        f" floor (batches and COPY) {rates['bare']:,.0f}/s;"
        f" ratio {rates['bare'] / rates['ours']:.1f};"
        f" goal {GOAL_DRAIN:,}/s {'met' if met else 'missed'}",
        flush=True,
    )
    return met


def main(arguments: list[str] | None = None) -> int:
    """Measure everything, or what is named; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backlog", type=int, default=BACKLOG)
    parser.add_argument("--only", choices=("latency", "drain"))
    parser.add_argument("--profile", metavar="FOLDER", help="profile both sides: slower")
    chosen = parser.parse_args(arguments or [])
    met = []
    with engines(chosen.profile) as by:
        if chosen.only != "drain":
            met += [measure_latency(by, *each) for each in RATES.items()]
        if chosen.only != "latency":
            met += [measure_drain(by, chosen.backlog, many=many) for many in (True, False)]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
