"""The true loop survives everything that dies under it: nothing lost, doubled, invented or stuck.

By default each fault happens once; `make faults-long` goes on and takes NATS away as well.
"""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.faults.checker import CLEAN, check
from tests.faults.driver import Driver
from tests.faults.evidence import Scene
from tests.faults.expected import TOLD
from tests.faults.faults import RUN_SECONDS, SEED, happen_in_turn
from tests.faults.ledger import Act, Ledger, Outcome
from tests.faults.machine import Machine
from tests.faults.people import bring_in
from tests.faults.planting import EACH, planted

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600 + 3 * RUN_SECONDS)]
UNTOUCHED = True
"""The checker wants to know of everything that is there."""


async def test_the_ledger_is_clean_after_every_fault(
    machine: Machine, http: httpx.AsyncClient, ledger: Ledger, scene: Scene
) -> None:
    cast = await bring_in(machine, http, ledger)
    driver = Driver(cast, ledger, SEED)
    running = asyncio.create_task(driver.run())
    struck = await happen_in_turn(machine, ledger)
    driver.stopping.set()
    await running
    evidence = await scene.gather(cast.admin)
    findings = check(ledger, evidence)
    retried = sum(bool(intent.tries) for intent in ledger.intents)
    print(f"seed {SEED}: {len(ledger.intents)} writes, {retried} tried again; {struck}")
    assert retried, "no fault broke a write"
    assert sum(fault.met > 0 for fault in struck) > len(struck) / 2, "most met nothing"
    assert driver.troubles == []
    assert [copy.name for copy in evidence.copies if not copy.truth] == [], "nothing to compare"
    assert {intent.act for intent in ledger.intents} == set(Act) - {Act.LEFT}, "not once round"
    assert {name: evidence.told[name] >= kinds for name, kinds in TOLD.items()} == dict.fromkeys(
        TOLD, True
    ), evidence.told
    assert len(ledger.of(Outcome.DONE)) == len(ledger.intents)
    assert findings.counts() == CLEAN, findings
    async with planted(scene) as spoilt:
        found = check(ledger, await spoilt.gather(cast.admin, within=1))
    assert found.counts() == dict.fromkeys(CLEAN, EACH), found
