"""One PostgreSQL and one NATS per test process; databases copied from migrated templates."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import asyncpg

from deploy.engines import Nats, Postgres
from shared.database import Dsns
from shared.migrating import migrate
from shared.provision import dsns_of, provision
from tests.support.scratch import new_folder

PASSWORD = "test"
T = TypeVar("T")


@dataclass
class Engines:
    """The engines of one test process."""

    home: Path = field(default_factory=new_folder)
    _templates: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.postgres = Postgres(self.home / "postgres", password=PASSWORD, durable=False)
        self.nats = Nats(self.home / "nats")

    def start(self) -> None:
        """Start both."""
        self.postgres.start()
        self.nats.start()

    def stop(self) -> None:
        """Stop both and forget everything."""
        self.nats.stop()
        self.postgres.stop()
        shutil.rmtree(self.postgres.folder, ignore_errors=True)
        shutil.rmtree(self.home, ignore_errors=True)

    def database(self, service: str) -> Dsns:
        """A fresh, migrated database of a service: a copy of its template."""
        template = f"template_{service}"
        if service not in self._templates:
            dsns = self._run(
                provision(self.postgres.admin_dsn, service, PASSWORD, database=template)
            )
            with ThreadPoolExecutor(1) as thread:
                thread.submit(migrate, service, dsns.owner).result()
            self._templates.add(service)
        name = f"{service}_{uuid4().hex[:10]}"
        self._run(self._copy(template, name, f"{service}_owner"))
        return dsns_of(self.postgres.admin_dsn, service, PASSWORD, name)

    def empty_database(self, service: str) -> Dsns:
        """A provisioned database with the service's roles and no tables."""
        name = f"empty_{service}_{uuid4().hex[:8]}"
        return self._run(provision(self.postgres.admin_dsn, service, PASSWORD, database=name))

    def drop(self, dsns: Dsns) -> None:
        """Throw a database away, ending whatever is connected to it."""
        name = dsns.owner.rsplit("/", 1)[1]
        self._run(self._execute(f'DROP DATABASE "{name}" WITH (FORCE)'))

    async def _copy(self, template: str, name: str, owner: str) -> None:
        # By way of the log it takes more than twice the work, and as much again to drop it.
        await self._execute(
            f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER "{owner}" STRATEGY FILE_COPY'
        )

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.postgres.admin_dsn)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    @staticmethod
    def _run(work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine to its end in a thread of its own: async tests have a loop running."""
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, work).result()
