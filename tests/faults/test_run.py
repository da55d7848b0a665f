"""The true loop survives everything that dies under it: nothing lost, doubled, invented or stuck.

By default each fault happens once; `make faults-long` goes on and takes NATS away as well.
"""

from __future__ import annotations

import asyncio

import httpx
import pytest

from deploy.supervisor.home import Home
from tests.faults.checker import CLEAN, check
from tests.faults.driver import Driver
from tests.faults.evidence import Scene
from tests.faults.faults import RUN_SECONDS, SEED, happen_in_turn
from tests.faults.ledger import Ledger, Outcome
from tests.faults.machine import Machine
from tests.faults.people import bring_in
from tests.faults.restoring import execute

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600 + 3 * RUN_SECONDS)]
FRESH = True
"""The checker wants to know of everything that is there."""
PLANTED = (
    (  # lost
        "clients",
        "DELETE FROM case_entries WHERE id ="
        " (SELECT min(id::text)::uuid FROM case_entries WHERE kind = 'acknowledged')",
    ),
    (  # doubled
        "desk",
        "INSERT INTO case_messages (id, case_id, client_id, requester_id, author_id, author_name,"
        " author_side, body, created_at) SELECT gen_random_uuid(), case_id, client_id,"
        " requester_id, author_id, author_name, author_side, body, created_at FROM case_messages"
        " WHERE author_side = 'firm' LIMIT 1",
    ),
    (  # phantom
        "surveys",
        "INSERT INTO member_refs (id, engagement_id, user_id, name, side, role, starts_on, status)"
        " VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'Nobody', 'client',"
        " 'core', '2026-11-23', 'live')",
    ),
    (  # stuck
        "desk",
        "INSERT INTO parked (subscription, aggregate_id, epoch, version, reason)"
        " VALUES ('nobody', gen_random_uuid(), 1, 1, 'gap')",
    ),
    (  # misordered
        "clients",
        "UPDATE engagement_refs SET status = 'closed' WHERE id ="
        " (SELECT min(id::text)::uuid FROM engagement_refs)",
    ),
)


async def test_the_ledger_is_clean_after_every_fault(
    machine: Machine, http: httpx.AsyncClient, ledger: Ledger, scene: Scene
) -> None:
    cast = await bring_in(machine, http, ledger)
    driver = Driver(cast, ledger, SEED)
    running = asyncio.create_task(driver.run())
    recoveries = await happen_in_turn(machine, ledger)
    await asyncio.sleep(1)
    driver.stopping.set()
    await running
    evidence = await scene.gather(cast.admin)
    findings = check(ledger, evidence)
    retried = sum(bool(intent.tries) for intent in ledger.intents)
    print(f"seed {SEED}: {len(ledger.intents)} writes, {retried} tried again; {recoveries}")
    assert driver.troubles == []
    assert [copy.name for copy in evidence.copies if not copy.truth] == [], "nothing to compare"
    assert len(ledger.of(Outcome.DONE)) == len(ledger.intents)
    assert findings.counts() == CLEAN, findings
    await plant(machine.home)
    planted = check(ledger, await scene.gather(cast.admin, within=1))
    assert planted.counts() == dict.fromkeys(CLEAN, 1), planted


async def plant(home: Home) -> None:
    """One defect of each kind in the real databases: what was clean is not for want of looking."""
    for name, statement in PLANTED:
        done = await execute(home, name, statement)
        assert done.endswith(" 1"), (statement, done)
