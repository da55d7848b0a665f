"""One command starts and stops everything, whatever is written meanwhile, and quickly again."""

from __future__ import annotations

import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final
from uuid import uuid4

import httpx
import pytest

from deploy.demo.people import PASSWORD as DEMONSTRATED
from deploy.supervisor.topology import PROCESSES
from tests.support.instances import Instance, demo_home
from tests.support.letters import asked
from tests.support.people import Person
from tests.support.processes import all_gone, listeners, service_processes, wait_until

pytestmark = [pytest.mark.alone, pytest.mark.timeout(240)]
MAKE: Final = ["make", f"--directory={Path(__file__).resolve().parents[2]}"]
STOPS: Final = (signal.SIGINT, signal.SIGTERM)
SECOND_START_SECONDS: Final = 10.0
WRITERS: Final = 4
WRITTEN: Final = "测试客户 "
WRITTEN_ROWS: Final = f"SELECT legal_name FROM clients WHERE starts_with(legal_name, '{WRITTEN}')"
ENDED: Final = {"502", "503", "504", "ConnectError", "ReadError", "RemoteProtocolError"}
"""How a call ends at a door that is closing: not now, or no answer."""


def write_on(admin: Person, made: list[str]) -> str:
    """Register clients until the door answers no more; what the last call ended with."""
    while True:
        name = f"{WRITTEN}{uuid4().hex}"
        try:
            answer = admin.client.post("/clients", json={"legal_name": name})
        except httpx.HTTPError as error:
            return type(error).__name__
        if answer.status_code != 201:
            return str(answer.status_code)
        made.append(name)


def stopped_amid_writes(home: Path, how: signal.Signals, made: list[str]) -> Instance:
    """Start, let several write, and ask it to stop; it is gone when this returns."""
    with Instance(home, demo=True, RAPPORT_GATEWAY_REQUESTS_PER_SECOND="100000") as instance:
        assert instance.get("/readyz")[0] == 200
        started = instance.children()
        assert len(service_processes(instance)) == len(PROCESSES)
        assert [line for line in instance.lines if "subscriber_waits" in line] == []
        listens = listeners(started)
        assert instance.port in {port for _, port in listens}
        assert {address for address, _ in listens} == {"127.0.0.1"}
        admin = Person(instance, "admin@firm.example", DEMONSTRATED)
        before = len(made)
        with ThreadPoolExecutor(WRITERS) as pool:
            writing = [pool.submit(write_on, admin, made) for _ in range(WRITERS)]
            assert wait_until(lambda: len(made) > before + 3 * WRITERS)
            assert instance.stop(how) == 0
            ends = [writer.result(timeout=5) for writer in writing]
    assert set(ends) <= ENDED, "a write that was asked for ends, and says how"
    assert all_gone(started)
    return instance


def test_starts_ready_and_stops_clean_amid_writes_and_starts_again_quickly(open_home: Path) -> None:
    """What is started again holds the whole demonstration, as a newcomer's does."""
    home, made = demo_home(open_home / "one"), list[str]()
    for how in STOPS:
        instance = stopped_amid_writes(home, how, made)

    subprocess.run([*MAKE, "setup"], check=True)  # as the first `make run` did
    again = Instance(home, instance.port, demo=True)
    again.command = [*MAKE, "run"]
    begun = time.monotonic()
    with again:
        seconds = time.monotonic() - begun
        print(f"`make run` again: ready after {seconds:.1f} s")
        assert again.get("/readyz")[0] == 200
        rows = asked(home, "clients", WRITTEN_ROWS)
    there = {row["legal_name"] for row in rows}
    assert set(made) <= there
    assert len(there) <= len(made) + WRITERS * len(STOPS), "besides, only what nobody answered"
    assert seconds < SECOND_START_SECONDS
