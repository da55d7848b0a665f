"""Chains committed audit rows each second and anchors the chain's head outside the database.

    await Sealer(database, settings.anchor_dir / "desk.anchor", DeskAuditSealed).run()
    findings = await verify(database, settings.anchor_dir / "desk.anchor")  # [] when untouched

Each link is the sum of the previous link, the row's place and the row. An edited row breaks its
link, a deleted or moved one breaks the sequence, and a cut tail falls short of the anchored head.
The transaction that seals rows also tells them, as lots (`shared/audit_lots.py`).
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared import locks
from shared.audit import salted_digest
from shared.audit_lots import COLUMNS, tell
from shared.database import Database
from shared.events import Event
from shared.outages import report

GENESIS: Final = hashlib.sha256(b"rapport audit").digest()
_BATCH: Final = 1_000
_SHARE: Final = 4
"""Sealing a backlog takes one part of the time in so many: an import leaves 200,000 rows behind,
and neither it nor anybody at work shall wait while they are chained."""
_ROWS: Final = f"SELECT {COLUMNS} FROM audit"
_PLACE: Final = text(
    "UPDATE audit SET seq = p.seq, link = p.link FROM unnest(CAST(:ids AS uuid[]),"
    " CAST(:seqs AS bigint[]), CAST(:links AS bytea[])) AS p (id, seq, link) WHERE audit.id = p.id"
)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Head:
    """The newest link of the chain."""

    seq: int = 0
    link: bytes = GENESIS


@dataclass(frozen=True)
class Finding:
    """One place where the audit trail is not what was sealed."""

    kind: str
    """`edited`, `missing`, `cut` or `erased_without_trace`."""
    seq: int
    detail: str


class FileAnchor:
    """The chain's head in a file: written atomically, kept apart from the database's disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, head: Head) -> None:
        """Replace the anchored head; durable when this returns."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.path.with_suffix(".new")
        with temporary.open("wb") as file:
            file.write(orjson.dumps({"seq": head.seq, "link": head.link.hex()}))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.path)

    def read(self) -> Head:
        """The anchored head; the empty chain's when nothing was anchored yet."""
        if not self.path.exists():
            return Head()
        kept = orjson.loads(self.path.read_bytes())
        return Head(kept["seq"], bytes.fromhex(kept["link"]))

    def set_aside(self) -> None:
        """Keep the anchor under another name: after a restore the chain starts from what is there.

        An operator's decision, since it accepts that rows sealed after the backup are gone.
        """
        if self.path.exists():
            self.path.rename(self.path.with_suffix(f".before-restore-{self.read().seq}"))


@dataclass
class Sealer:
    """Seals in every replica; a lock lets one work at a time."""

    database: Database
    anchor: Path
    sealed: type[Event[Any]] | None = None
    """The event by which sealed rows are told; None: nobody gathers them."""
    interval: float = 1.0

    async def run(self) -> None:
        """Seal until cancelled; a database that is away is waited for."""
        while True:
            started, sealed = time.monotonic(), 0
            try:
                sealed = await self.seal()
            except Exception as error:  # noqa: BLE001 - the loop outlives whatever happens
                report("audit_not_sealed", error)
            pause = (_SHARE - 1) * (time.monotonic() - started)
            await asyncio.sleep(min(pause, self.interval) if sealed == _BATCH else self.interval)

    async def seal(self) -> int:
        """Chain up to a thousand committed rows; answers how many. Anchors after the commit.

        Emits the rows as lots of `sealed`.
        """
        async with self.database.worker_session() as session:
            if not await session.scalar(text(f"SELECT pg_try_advisory_xact_lock({locks.SEALER})")):
                return 0
            rows = await _unsealed(session)
            if not rows:
                return 0
            head = await _head(session)
            if self.sealed is not None:
                await tell(session, self.sealed, rows, head.seq + 1)
            head = await _chain(session, head, rows)
        await asyncio.to_thread(FileAnchor(self.anchor).write, head)
        return len(rows)


async def _unsealed(session: AsyncSession) -> Sequence[Any]:
    # Held until they are told: an erasure that comes meanwhile waits, and then finds the event.
    # What an erasure holds is sealed in the next round, without the person.
    waiting = f"{_ROWS} WHERE seq IS NULL ORDER BY id LIMIT {_BATCH} FOR UPDATE SKIP LOCKED"
    return (await session.execute(text(waiting))).mappings().all()


async def _chain(session: AsyncSession, head: Head, rows: Sequence[Any]) -> Head:
    """Write each row's place and link; the new head."""
    places = []
    for row in rows:
        head = Head(head.seq + 1, link_of(head.link, head.seq + 1, row))
        places.append((row["id"], head.seq, head.link))
    ids, seqs, links = zip(*places, strict=True)
    await session.execute(_PLACE, {"ids": ids, "seqs": seqs, "links": links})
    return head


async def _head(session: AsyncSession) -> Head:
    found = await session.execute(
        text("SELECT seq, link FROM audit WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1")
    )
    row = found.one_or_none()
    return Head(row.seq, bytes(row.link)) if row else Head()


def link_of(previous: bytes, seq: int, row: Any) -> bytes:
    """The chain's next link: previous link, place, fixed columns and both digests."""
    fixed = [
        str(row["id"]),
        row["at"].timestamp(),
        str(row["actor_id"]),
        row["actor_side"],
        row["action"],
        row["subject_kind"],
        str(row["subject_id"]),
        row["request_id"],
        [str(person) for person in row["about"]],
        bytes(row["actor_digest"]).hex(),
        bytes(row["values_digest"]).hex(),
    ]
    return hashlib.sha256(previous + seq.to_bytes(8, "big") + orjson.dumps(fixed)).digest()


async def verify(database: Database, anchor: Path) -> list[Finding]:
    """Walk the whole chain and compare its head with the anchor; what is wrong, in order."""
    findings: list[Finding] = []
    # Read before the walk: rows sealed meanwhile only make the chain longer.
    anchored = await asyncio.to_thread(FileAnchor(anchor).read)
    head = Head()
    anchor_met = anchored.seq == 0
    async with database.worker_session() as session:
        erased = await _erased_people(session)
        async for row in _sealed_rows(session):
            findings += _check_row(head, row, erased)
            head = Head(row["seq"], bytes(row["link"]))
            if head.seq == anchored.seq:
                anchor_met = True
                if head.link != anchored.link:
                    findings.append(Finding("edited", head.seq, "the anchored head differs"))
    if not anchor_met:
        detail = f"the chain ends at {head.seq}, the anchor says {anchored.seq}"
        findings.append(Finding("cut", anchored.seq, detail))
    return findings


async def _sealed_rows(session: AsyncSession) -> AsyncIterator[Any]:
    last = 0
    while True:
        rows = await session.execute(
            text(f"{_ROWS} WHERE seq > :last ORDER BY seq LIMIT {_BATCH}"), {"last": last}
        )
        batch = rows.mappings().all()
        for row in batch:
            yield row
        if len(batch) < _BATCH:
            return
        last = batch[-1]["seq"]


async def _erased_people(session: AsyncSession) -> set[str]:
    rows = await session.execute(text("SELECT person_id FROM erasures"))
    return {str(person) for person in rows.scalars()}


def _check_row(previous: Head, row: Any, erased: set[str]) -> list[Finding]:
    seq: int = row["seq"]
    findings = []
    if seq != previous.seq + 1:
        findings.append(Finding("missing", previous.seq + 1, f"no rows before {seq}"))
    elif bytes(row["link"]) != link_of(previous.link, seq, row):
        findings.append(Finding("edited", seq, "the row or its place does not match its link"))
    known = not {str(row["actor_id"]), str(row["subject_id"]), *map(str, row["about"])}.isdisjoint(
        erased
    )
    sums = (
        ("actor's name", row["actor_salt"], row["actor_digest"], (row["actor_name"],)),
        ("values", row["salt"], row["values_digest"], (row["before"], row["after"])),
    )
    for what, salt, digest, values in sums:
        if salt is None:
            if not known:
                findings.append(Finding("erased_without_trace", seq, f"{what} gone, no erasure"))
        elif salted_digest(bytes(salt), *values) != bytes(digest):
            findings.append(Finding("edited", seq, f"{what} and digest do not match"))
    return findings
