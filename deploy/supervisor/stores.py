"""The engines of an instance: embedded ones that we start, or external ones that we are told of."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from deploy.backup.owning import archive_of, settings_of
from deploy.engines import Engine, EngineFailed, Nats, Postgres
from deploy.supervisor.external import check_nats, check_postgres
from deploy.supervisor.home import CannotStart, Home
from deploy.supervisor.topology import Engines, dsns, engine_port, nats_users
from shared.migrating import migrate
from shared.provision import provision

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 15.0


@dataclass
class Stores:
    """PostgreSQL and NATS; an engine is None where an external one is used."""

    postgres: Postgres | None
    nats: Nats | None
    engines: Engines
    _again_at: dict[str, float] = field(default_factory=dict)
    _pause: dict[str, float] = field(default_factory=dict)

    def started(self) -> list[Engine]:
        """The engines that are ours."""
        return [engine for engine in (self.postgres, self.nats) if engine is not None]

    def revive(self, say: Callable[[str], None]) -> None:
        """Start an engine of ours that has ended, with longer pauses while it keeps failing."""
        now = time.monotonic()
        for engine in self.started():
            if engine.running() or now < self._again_at.get(engine.name, 0):
                continue
            say(f"{engine.name} ended unexpectedly; starting it again")
            pause = self._pause.get(engine.name, FIRST_PAUSE)
            self._pause[engine.name] = min(pause * 2, LONGEST_PAUSE)
            self._again_at[engine.name] = now + pause
            try:
                engine.start()
            except (EngineFailed, OSError) as error:
                say(str(error))
            else:
                self._pause[engine.name] = FIRST_PAUSE

    def stop(self) -> None:
        """Stop ours, NATS first."""
        for engine in reversed(self.started()):
            engine.stop()


def open_stores(home: Home) -> Stores:
    """Start the embedded engines, except where RAPPORT_POSTGRES_URL or RAPPORT_NATS_URL is set.

    PostgreSQL writes its log to the home's archive where RAPPORT_BACKUP began one.

    Raises `CannotStart`.
    """
    postgres_url = os.environ.get("RAPPORT_POSTGRES_URL")
    nats_url = os.environ.get("RAPPORT_NATS_URL")
    archive = archive_of(home)
    if postgres_url:
        check_postgres(postgres_url)
    if nats_url:
        check_nats(nats_url)
    postgres: Postgres | None = None
    nats: Nats | None = None
    try:
        if not postgres_url:
            postgres = Postgres(
                home.folder / "postgres",
                engine_port("postgres"),
                password=home.secrets().postgres_password,
                settings=settings_of(archive),
            ).start()
            postgres_url = postgres.admin_dsn
        if not nats_url:
            users = nats_users(home.secrets())
            nats = Nats(home.folder / "nats", engine_port("nats"), users=users).start()
            nats_url = nats.url_for(users[0])
    except (EngineFailed, OSError) as error:
        if postgres is not None:
            postgres.stop()
        raise CannotStart(
            f"an engine could not be started: {error} (see {home.folder} for its log)"
        ) from error
    return Stores(postgres, nats, Engines(postgres_url, nats_url))


@contextlib.contextmanager
def stores_of(home: Home) -> Iterator[Engines]:
    """The engines of an instance for one command: the running ones, else started for its time."""
    if home.held():
        state = home.state()
        if not {"postgres_url", "nats_url"} <= state.keys():
            raise CannotStart(
                f"Rapport is just starting from {home.folder}; try again when it runs."
            )
        yield Engines(state["postgres_url"], state["nats_url"])
        return
    home.take()
    stores = open_stores(home)
    try:
        yield stores.engines
    finally:
        stores.stop()
        home.release()


def prepare_database(service: str, home: Home, engines: Engines) -> None:
    """Create a service's roles and database where missing and bring it to the newest schema."""
    secrets = home.secrets()
    asyncio.run(provision(engines.postgres_url, service, secrets.service_password))
    migrate(service, dsns(service, engines, secrets).owner)
