"""A home with nothing but a PostgreSQL that keeps its log, backed up and restored."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from deploy.backup.archive import Archive
from deploy.backup.choosing import way_to
from deploy.backup.owning import archive_of, settings_of
from deploy.backup.restoring import bring_up_to_date, lay_out
from deploy.backup.taking import Taken, take
from deploy.engines import Postgres
from deploy.supervisor.home import Home


@dataclass
class Kept:
    """One home, running, with the archive that RAPPORT_BACKUP names."""

    home: Home
    archive: Archive
    server: Postgres

    @property
    def url(self) -> str:
        """Where its server is."""
        return self.server.admin_dsn

    def tell(self, statement: str) -> Any:
        """Have the server do something; the first value of its answer."""
        return told(self.url, statement)

    def note(self, word: str) -> datetime:
        """Commit a word; a moment after that, before anything else."""
        self.tell("CREATE TABLE IF NOT EXISTS notes (word text)")
        self.tell(f"INSERT INTO notes VALUES ('{word}')")
        time.sleep(0.02)
        moment = datetime.now(UTC)
        time.sleep(0.02)
        return moment

    def take(self, keep: int = 7) -> Taken:
        """Back it up."""
        return take(self.archive, self.home, self.url, keep=keep)

    def words_at(self, moment: datetime | None, into: Path) -> list[str]:
        """What a home restored to a moment holds."""
        bring_up_to_date(self.home, self.archive)
        lay_out(way_to(self.archive, moment), into, self.home, lambda home: None)
        return words_in(Home(into))


def words_in(home: Home) -> list[str]:
    """The words that a home holds, by a server of its own."""
    server = Postgres(home.folder / "postgres", password=home.secrets().postgres_password)
    with server:
        found = told(server.admin_dsn, "SELECT array_agg(word ORDER BY word) FROM notes")
    return list(found or [])


def told(url: str, statement: str) -> Any:
    """The first value of a server's answer."""
    found = rows(url, statement)
    return found[0][0] if found else None


def rows(url: str, statement: str) -> list[Any]:
    """A server's whole answer."""

    async def tell() -> list[Any]:
        connection = await asyncpg.connect(url)
        try:
            return list(await connection.fetch(statement))
        finally:
            await connection.close()

    with ThreadPoolExecutor(1) as thread:  # a test may have a loop of its own
        return thread.submit(asyncio.run, tell()).result()


@contextmanager
def running(folder: Path) -> Iterator[Kept]:
    """A home in the folder, its server running, held as a supervisor would."""
    home = Home(folder)
    home.take()
    archive = archive_of(home)
    assert archive is not None
    server = Postgres(
        folder / "postgres",
        password=home.secrets().postgres_password,
        settings=settings_of(archive),
    )
    try:
        with server:
            home.remember(postgres_url=server.admin_dsn)
            yield Kept(home, archive, server)
    finally:
        home.release()
