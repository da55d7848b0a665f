"""One service's database is restored to an earlier time: all divergence is listed and mended."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import httpx
import pytest

from tests.faults.caller import Caller
from tests.faults.checker import CLEAN, check_copies
from tests.faults.driver import Driver, drive_for
from tests.faults.evidence import Scene
from tests.faults.faults import FORGOTTEN_SECONDS, SEED
from tests.faults.ledger import Act, Ledger
from tests.faults.machine import Machine
from tests.faults.people import bring_in
from tests.faults.restoring import copy_database, set_back
from tests.faults.words import unique

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600 + 5 * FORGOTTEN_SECONDS)]
BEFORE = timedelta(seconds=3)
LOST = timedelta(seconds=FORGOTTEN_SECONDS)


async def test_a_restored_publisher_is_reconciled_with_all_that_others_remember(
    machine: Machine, http: httpx.AsyncClient, ledger: Ledger, scene: Scene
) -> None:
    cast = await bring_in(machine, http, ledger)
    await drive_for(Driver(cast, ledger, SEED, beyond_the_desk=False), BEFORE)
    older_client = await cast.admin.setup("/clients", {"legal_name": unique("client")})
    older_case = await cast.persons[0].setup("/cases", complaint(unique("case")))
    await scene.rest()
    await copy_database(machine.home, "desk")
    kept = len(ledger.intents)
    open_case = await raise_case(cast.persons[0])
    await drive_for(Driver(cast, ledger, SEED + 1, beyond_the_desk=False), LOST)
    await cast.admin.amend(f"/clients/{older_client['id']}", notes="Changed since.")
    await cast.persons[0].setup(f"/cases/{older_case['id']}/messages", {"body": "Still late."})
    await scene.rest()
    await set_back(machine.home, "desk")
    await scene.rest()

    # Life went on before anybody noticed: one more case of the restored desk.
    await raise_case(cast.persons[1])
    await scene.rest()
    forgotten = {each.token for each in ledger.intents[kept:-1] if each.act is Act.RAISED}
    registered = [each for each in ledger.intents[kept:] if each.act is Act.REGISTERED]
    assert open_case in forgotten and registered

    code, said, found = reconcile(machine)
    assert (code, found) == (1, diverged(cases=len(forgotten), clients=len(registered))), said

    code, said, _ = reconcile(machine, "--mend")
    assert code == 0, said
    await scene.rest()
    code, said, found = reconcile(machine)
    assert (code, found) == (0, Counter()), said
    evidence = await scene.gather(cast.admin)
    assert check_copies(evidence).counts() == CLEAN
    raised = {token for act, token in evidence.effects if act is Act.RAISED}
    assert forgotten.isdisjoint(raised)
    (file,) = machine.instance.home.glob("lost-events-desk-*.jsonl")
    events = [json.loads(line) for line in file.read_text().splitlines()]
    cases = [each["data"] for each in events if each["type"].startswith("desk.case.")]
    assert {case["subject"] for case in cases} >= forgotten
    await raise_case(cast.persons[0])
    await scene.rest()
    assert check_copies(await scene.gather(cast.admin)).counts() == CLEAN


async def raise_case(person: Caller) -> str:
    """One case more; its subject."""
    subject = unique("case")
    await person.write(0, Act.RAISED, subject, "POST", "/cases", complaint(subject))
    return subject


def complaint(subject: str) -> dict[str, str]:
    """What raises a complaint."""
    return {"kind": "complaint", "subject": subject, "description": "x"}


def diverged(*, cases: int, clients: int) -> Counter[tuple[str, ...]]:
    """All rows of a desk that forgot so many cases and was never told of so many clients.

    One case and one client more are older than the copy, and were changed after it.
    """
    of_cases = {"unknown": cases, "ahead": 1}
    of_clients = {"missing": clients, "behind": 1}
    readers = ("clients", "gateway", "surveys")
    return Counter(
        {(kind, "desk", who, "case"): n for kind, n in of_cases.items() for who in readers}
        | {(kind, "clients", "desk", "client"): n for kind, n in of_clients.items()}
    )


def reconcile(machine: Machine, *options: str) -> tuple[int, str, Counter[tuple[str, ...]]]:
    """Run `rapport events reconcile desk`: exit code, output, rows by what, who, who, record.

    Rows of sealed lots of the audit trail are left out: how many were sealed is a matter of time.
    """
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "deploy.cli", "events", "reconcile", "desk", *options],
        env={**machine.instance.environment, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    print(f"reconcile {options} took {time.monotonic() - begun:.1f} s")
    rows = (re.split(r"\s*│\s*", line) for line in done.stdout.splitlines())
    found = Counter(tuple(row[1:5]) for row in rows if len(row) > 6 and row[4] != "audit")
    return done.returncode, done.stdout + done.stderr, found
