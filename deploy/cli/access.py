"""A service's own description, database and bus, opened for the time of one command."""

from __future__ import annotations

import asyncio
import importlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from deploy.supervisor.home import CannotStart, Home
from deploy.supervisor.stores import stores_of
from deploy.supervisor.topology import PROCESSES, Engines, dsns, environment
from shared.bus import Bus
from shared.database import Database
from shared.migrating import package_of
from shared.service import Service

T = TypeVar("T")


@dataclass(frozen=True)
class Opened:
    """One service, open."""

    service: Service
    database: Database
    bus: Bus
    home: Home


def record_id(written: str) -> UUID:
    """The id of a record as it is written on the command line. Raises `CannotStart`."""
    try:
        return UUID(written)
    except ValueError as error:
        raise CannotStart(
            f"{written!r} is no id; one looks like 0199f3c2-7d1e-7c43-9a6b-2f5d8e1c4a70."
        ) from error


def check_service(name: str) -> str:
    """The name, if there is such a service. Raises `CannotStart`."""
    if name not in PROCESSES:
        raise CannotStart(f"there is no service {name!r}; choose one of {', '.join(PROCESSES)}.")
    return name


def describe(name: str, home: Home, engines: Engines) -> Service:
    """The service as data, composed with this instance's settings."""
    ports = home.state().get("ports") or dict.fromkeys(PROCESSES, 0)
    demo = bool(home.state().get("demo"))
    os.environ.update(environment(name, home, engines, ports, demo=demo))
    service = importlib.import_module(f"{package_of(name)}.app").create_app().state.service
    assert isinstance(service, Service)
    return service


@asynccontextmanager
async def opened(name: str, home: Home, engines: Engines) -> AsyncIterator[Opened]:
    """Open a service's database and bus."""
    service = describe(name, home, engines)
    database = Database(dsns(name, engines, home.secrets()), pool_size=2)
    bus = Bus(engines.nats_url, name="rapport-cli")
    await database.open()
    try:
        yield Opened(service, database, bus, home)
    finally:
        await bus.close()
        await database.close()


def with_services(names: tuple[str, ...], work: Callable[[Opened], Awaitable[T]]) -> dict[str, T]:
    """Do `work` on each service and return the answers by name."""

    async def each(home: Home, engines: Engines) -> dict[str, T]:
        answers = {}
        for name in names:
            async with opened(check_service(name), home, engines) as service:
                answers[name] = await work(service)
        return answers

    home = Home()
    with stores_of(home) as engines:
        return asyncio.run(each(home, engines))


def with_all(names: tuple[str, ...], work: Callable[[dict[str, Opened]], Awaitable[T]]) -> T:
    """Do `work` on several services that are open at the same time."""

    async def together(home: Home, engines: Engines) -> T:
        async with AsyncExitStack() as stack:
            services = {
                name: await stack.enter_async_context(opened(check_service(name), home, engines))
                for name in names
            }
            return await work(services)

    home = Home()
    with stores_of(home) as engines:
        return asyncio.run(together(home, engines))
