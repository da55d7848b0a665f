"""Fixtures for every test: real PostgreSQL and real NATS, one pair per test process.

`database` style fixtures are synchronous, so that they may be used by tests of either kind.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from shared.database import Dsns
from tests.support.engines import Engines
from tests.support.instances import open_folder
from tests.support.prepared import share_folder

# What a property says must not depend on how busy the machine is.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


# The engines of the tests speak no TLS; asking each of them costs every connection a round trip.
os.environ.setdefault("PGSSLMODE", "disable")


def pytest_configure() -> None:
    """The first process makes what the run shares; those that it starts find it."""
    share_folder()


def pytest_collection_finish() -> None:
    """What was imported stays: looking through it again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def engines() -> Iterator[Engines]:
    """PostgreSQL and NATS of this test process."""
    engines = Engines()
    engines.start()
    yield engines
    engines.stop()


@pytest.fixture(scope="session")
def postgres_admin_dsn(engines: Engines) -> str:
    """The superuser's connection string."""
    return engines.postgres.admin_dsn


@pytest.fixture(scope="session")
def nats_url(engines: Engines) -> str:
    """Where NATS listens."""
    return engines.nats.url


@pytest.fixture
def open_home() -> Iterator[Path]:
    """A folder the engines' account can enter, unlike pytest's own below mode-700 parents."""
    yield from open_folder()


@pytest.fixture
def service_database(engines: Engines) -> Iterator[Callable[[str], Dsns]]:
    """Makes a fresh migrated database of a service; thrown away after the test."""
    made: list[Dsns] = []

    def make(service: str) -> Dsns:
        made.append(engines.database(service))
        return made[-1]

    yield make
    for dsns in made:
        engines.drop(dsns)


@pytest.fixture
def empty_database(engines: Engines) -> Iterator[Callable[[str], Dsns]]:
    """Makes a provisioned database without tables; thrown away after the test."""
    made: list[Dsns] = []

    def make(service: str) -> Dsns:
        made.append(engines.empty_database(service))
        return made[-1]

    yield make
    for dsns in made:
        engines.drop(dsns)
