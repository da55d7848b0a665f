"""The true loop survives everything that dies under it: nothing lost, doubled, invented or stuck.

By default each fault happens once; `RAPPORT_FAULT_MINUTES=30` (`make faults-long`) goes on for half
an hour, pauses NATS for a minute and takes it away for five.
"""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.faults.checker import CLEAN, check
from tests.faults.driver import Driver
from tests.faults.evidence import Scene
from tests.faults.faults import MINUTES, SEED, happen_in_turn
from tests.faults.ledger import Ledger, Outcome
from tests.faults.machine import Machine
from tests.faults.people import bring_in

pytestmark = [pytest.mark.faults, pytest.mark.timeout(420 + MINUTES * 60 + 900 * bool(MINUTES))]


async def test_the_ledger_is_clean_after_every_fault(
    machine: Machine, http: httpx.AsyncClient, ledger: Ledger, scene: Scene
) -> None:
    cast = await bring_in(machine.instance, http, ledger)
    driver = Driver(cast, ledger, SEED)
    running = asyncio.create_task(driver.run())
    recoveries = await happen_in_turn(machine, ledger)
    await asyncio.sleep(1)
    driver.stopping.set()
    await running
    findings = check(ledger, await scene.gather(cast.admin))
    retried = sum(bool(intent.tries) for intent in ledger.intents)
    print(f"seed {SEED}: {len(ledger.intents)} writes, {retried} tried again; {recoveries}")
    assert driver.troubles == []
    assert len(ledger.of(Outcome.DONE)) == len(ledger.intents)
    assert findings.counts() == CLEAN, findings
