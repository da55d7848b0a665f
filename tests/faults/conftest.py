"""Instances for fault runs: started empty, driven, harmed, and looked at in the end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.faults.evidence import Scene
from tests.faults.faults import SEED
from tests.faults.ledger import Ledger
from tests.faults.machine import Machine
from tests.support.instances import Instance


@contextmanager
def running(kept_in: Path) -> Iterator[Machine]:
    """An instance of its own, ready and empty; what it said is kept where pytest keeps things."""
    folder = Path(tempfile.mkdtemp(prefix="rapport-faults-"))
    folder.chmod(0o711)
    # One driver stands for many callers, who would not share a limit.
    instance = Instance(folder / "home", RAPPORT_GATEWAY_REQUESTS_PER_SECOND="100000")
    try:
        with instance:
            yield Machine(instance)
    finally:
        (kept_in / "instance.log").write_text(instance.output)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package")
def lasting_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """One instance for all tests that leave it whole."""
    with running(tmp_path_factory.mktemp("lasting")) as machine:
        yield machine


@pytest.fixture
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Machine]:
    """The lasting instance; a fresh one for modules that say `FRESH = True`."""
    if getattr(request.module, "FRESH", False):
        with running(tmp_path) as machine:
            yield machine
    else:
        yield request.getfixturevalue("lasting_machine")


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
