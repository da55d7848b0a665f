"""The local mailbox of an installation without a mail server: services drop, the gateway collects.

Only the gateway has a mailbox that people read. Another service leaves its mail in a folder on the
same machine (`MailFolder`), from where the gateway's `MailCollector` takes it into the mailbox. A
mail dropped twice is collected once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import Database, context_of
from shared.outages import report

_PAUSE_SECONDS: Final = 0.5
_INSERT: Final = text(
    "INSERT INTO mailbox (id, person_id, at, sender, recipient, subject, body, html, headers)"
    " VALUES (:id, :person_id, :at, :sender, :recipient, :subject, :body, :html,"
    " CAST(:headers AS jsonb)) ON CONFLICT (id) DO NOTHING"
)


@dataclass(frozen=True)
class MailFolder:
    """A transport that drops mail into a folder only its owner may read."""

    folder: Path
    sender: str

    async def deliver(self, session: AsyncSession, mail: Mapping[str, Any]) -> None:
        """Drop one mail, whole or not at all."""
        names = ("id", "person_id", "recipient", "subject", "body", "html", "headers")
        content = {name: mail[name] for name in names} | {"sender": self.sender}
        await asyncio.to_thread(self._drop, str(mail["id"]), orjson.dumps(content, default=str))

    def _drop(self, name: str, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self.folder / f"{name}.draft"
        draft.write_bytes(content)
        draft.chmod(0o600)
        draft.rename(self.folder / f"{name}.json")


@dataclass(frozen=True)
class MailCollector:
    """Takes dropped mail into the mailbox, twice a second."""

    database: Database
    folder: Path

    async def run(self) -> None:
        """Collect until cancelled."""
        while True:
            try:
                await self.collect()
            except Exception as error:  # noqa: BLE001 - the loop outlives whatever happens
                report("mail_not_collected", error)
            await asyncio.sleep(_PAUSE_SECONDS)

    async def collect(self) -> int:
        """Take what lies there into the mailbox; answers how many."""
        waiting = await asyncio.to_thread(self._waiting)
        for path in waiting:
            mail = orjson.loads(await asyncio.to_thread(path.read_bytes))
            async with self.database.worker_session() as session:
                await session.execute(
                    _INSERT,
                    mail
                    | {
                        "headers": orjson.dumps(mail["headers"]).decode(),
                        "at": context_of(session).now,
                    },
                )
            await asyncio.to_thread(path.unlink, missing_ok=True)
        return len(waiting)

    def _waiting(self) -> list[Path]:
        return sorted(self.folder.glob("*.json")) if self.folder.is_dir() else []
