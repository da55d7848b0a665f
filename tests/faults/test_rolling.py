"""Every service is restarted in turn under load: whoever calls through the door notices nothing."""

from __future__ import annotations

import asyncio
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

import httpx
import psutil
import pytest

from deploy.supervisor.topology import SERVICES
from tests.faults.caller import Caller
from tests.faults.ledger import Ledger
from tests.faults.machine import Machine
from tests.faults.people import bring_in

pytestmark = [pytest.mark.faults, pytest.mark.timeout(400)]

PER_SECOND: Final = 50
LEAST_PER_SECOND: Final = 25
"""A machine with much other work still answers so many (38 to 48 measured): fewer show little."""
AT_ONCE: Final = 100
"""A machine that is too slow for the rate is asked as fast as it answers."""
GONE_WITHIN_SECONDS: Final = 20.0
WRITES: Final[dict[str, tuple[str, dict[str, str], dict[str, str]]]] = {
    "register": ("clients", {"legal_name": "Rolling"}, {}),
    "raise": ("cases", {"subject": "Rolling", "description": "Whatever"}, {"kind": "complaint"}),
}


@dataclass
class Load:
    """Keyed writes and reads at a steady rate; every answer is counted."""

    caller: Caller
    person: Caller
    answers: Counter[str] = field(default_factory=Counter)
    created: dict[str, str] = field(default_factory=dict)
    stopped: bool = False

    async def run(self) -> None:
        """Ask until stopped, then wait for what is under way."""
        running: set[asyncio.Task[None]] = set()
        number = 0
        while not self.stopped:
            running = {task for task in running if not task.done()}
            if len(running) < AT_ONCE:
                number += 1
                running.add(asyncio.create_task(self._ask(number)))
            await asyncio.sleep(1 / PER_SECOND)
        await asyncio.gather(*running)

    async def _ask(self, number: int) -> None:
        kind = ("register", "clients", "raise", "cases", "engagements", "surveys")[number % 6]
        try:
            answer = await self._request(kind)
        except httpx.HTTPError as error:
            self.answers[f"{kind}: {type(error).__name__}"] += 1
            return
        if not answer.is_success:
            self.answers[f"{kind}: {answer.status_code} {answer.text[:200]}"] += 1
            return
        self.answers["good"] += 1
        if kind in WRITES:
            self.created[answer.json()["id"]] = kind

    async def _request(self, kind: str) -> httpx.Response:
        caller = self.person if kind == "raise" else self.caller
        headers = {"Authorization": f"Bearer {caller.token}"}
        if kind not in WRITES:
            return await caller.http.get(f"/api/v1/{kind}?limit=1", headers=headers)
        path, texts, fixed = WRITES[kind]
        body = {name: f"{text} {uuid4().hex[:12]}" for name, text in texts.items()}
        keyed = headers | {"Idempotency-Key": str(uuid4())}
        return await caller.http.post(f"/api/v1/{path}", json=body | fixed, headers=keyed)


def restart(machine: Machine, name: str) -> float:
    """Ask a service to stop and wait until its successor runs; the seconds until it was gone."""
    old = machine.process(name)
    begun = time.monotonic()
    old.send_signal(signal.SIGTERM)
    psutil.wait_procs([old], timeout=GONE_WITHIN_SECONDS + 5)
    gone = time.monotonic() - begun
    assert machine.process(name).pid != old.pid
    machine.wait_until_ready()
    return gone


async def test_a_rolling_restart_under_load_fails_nothing(
    machine: Machine, http: httpx.AsyncClient, ledger: Ledger
) -> None:
    cast = await bring_in(machine, http, ledger)
    for caller in (cast.admin, cast.persons[0]):
        await caller.read("/me")
    load = Load(cast.admin, cast.persons[0])
    running = asyncio.create_task(load.run())
    begun = time.monotonic()
    gone = {}
    for name in SERVICES:
        gone[name] = await asyncio.to_thread(restart, machine, name)
        await asyncio.sleep(2)
    load.stopped = True
    await running
    seconds = time.monotonic() - begun
    asked = sum(load.answers.values())
    print(f"{asked} requests in {seconds:.0f} s ({asked / seconds:.0f}/s); gone after {gone}")
    assert load.answers == Counter(good=asked)
    assert asked >= LEAST_PER_SECOND * seconds, f"only {asked} requests in {seconds:.0f} s"
    assert all(each < GONE_WITHIN_SECONDS for each in gone.values())
    for id_, kind in list(load.created.items())[-50:]:
        found = await cast.admin.read(f"/{WRITES[kind][0]}/{id_}")
        assert found.status_code == 200, (kind, id_)
