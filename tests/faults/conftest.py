"""Instances for fault runs: started empty, driven, harmed, and looked at in the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.faults.evidence import Scene
from tests.faults.faults import SEED
from tests.faults.ledger import Ledger
from tests.faults.machine import Machine
from tests.support.instances import empty_instance


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever needs an untouched instance comes first here, so that one start does for all."""
    places = [at for at, item in enumerate(items) if item.path.parent == Path(__file__).parent]
    here = sorted((items[at] for at in places), key=lambda item: not _wants_untouched(item))
    for at, item in zip(places, here, strict=True):
        items[at] = item


def _wants_untouched(item: pytest.Item) -> bool:
    return getattr(getattr(item, "module", None), "UNTOUCHED", False)


@contextmanager
def running(kept_in: Path) -> Iterator[Machine]:
    """A machine with an empty instance of its own."""
    with empty_instance(kept_in) as instance:
        yield Machine(instance)


@pytest.fixture(scope="package")
def lasting_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """One instance for all tests that leave it whole."""
    with running(tmp_path_factory.mktemp("lasting")) as machine:
        yield machine


@pytest.fixture
def machine(
    request: pytest.FixtureRequest, lasting_machine: Machine, tmp_path: Path
) -> Iterator[Machine]:
    """The lasting instance; another one where `UNTOUCHED = True` asks for what it no more is."""
    if _wants_untouched(request.node) and lasting_machine.agent_id:
        with running(tmp_path) as machine:
            yield machine
    else:
        yield lasting_machine


@pytest.fixture
async def http(machine: Machine) -> AsyncIterator[httpx.AsyncClient]:
    """A client of its gateway; a request takes at most as long as the gateway's own deadline."""
    limits = httpx.Limits(max_connections=50)
    address = machine.instance.address
    async with httpx.AsyncClient(base_url=address, timeout=20, limits=limits) as client:
        yield client


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger, kept where pytest keeps what failed."""
    with (tmp_path / "ledger.jsonl").open("w") as file:
        ledger = Ledger(file)
        ledger.note(seed=SEED)
        yield ledger


@pytest.fixture
async def scene(machine: Machine) -> AsyncIterator[Scene]:
    """Its databases and its NATS, to look at."""
    scene = await Scene.of(machine.home)
    yield scene
    await scene.close()
