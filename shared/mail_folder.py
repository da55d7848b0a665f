"""The local mailbox of an installation without a mail server: services drop, the gateway collects.

Only the gateway has a mailbox that people read. Another service leaves its mail in a folder on the
same machine (`MailFolder`), from where the gateway's `MailCollector` takes it into the mailbox. A
mail dropped twice is collected once; a file that is no mail is set aside, under another name.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import Database, context_of, is_outage
from shared.outages import report
from shared.telemetry import log

_log = log(__name__)
ASIDE: Final = ".unreadable"
"""How the name of a file ends that is no mail; nobody tries it again."""
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


class _Dropped(BaseModel):
    """A mail as it lies in the folder."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    person_id: UUID | None
    sender: str
    recipient: str
    subject: str
    body: str
    html: str | None
    headers: dict[str, str]


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
        """Take what lies there into the mailbox; answers how many mails.

        A file that cannot be read, or holds no mail, is renamed and keeps nobody else's mail back.
        """
        taken = 0
        for path in await asyncio.to_thread(self._waiting):
            try:
                mail = _Dropped.model_validate_json(await asyncio.to_thread(path.read_bytes))
            except FileNotFoundError:
                continue  # another replica has taken it
            except (OSError, ValueError) as error:
                await self._set_aside(path, error)
                continue
            taken += await self._take(path, mail)
        return taken

    async def _take(self, path: Path, mail: _Dropped) -> bool:
        values = mail.model_dump() | {"headers": orjson.dumps(mail.headers).decode()}
        try:
            async with self.database.worker_session() as session:
                await session.execute(_INSERT, values | {"at": context_of(session).now})
        except DBAPIError as error:
            # Without the database no mail can be taken, whatever is in its file.
            if is_outage(error):
                raise
            await self._set_aside(path, error)
            return False
        await asyncio.to_thread(path.unlink, missing_ok=True)
        return True

    async def _set_aside(self, path: Path, error: Exception) -> None:
        aside = path.with_suffix(ASIDE)
        await asyncio.to_thread(path.rename, aside)
        # Not the error's text: it may quote what somebody was written.
        _log.error("mail_set_aside", file=str(aside), reason=type(error).__name__)

    def _waiting(self) -> list[Path]:
        return sorted(self.folder.glob("*.json")) if self.folder.is_dir() else []
