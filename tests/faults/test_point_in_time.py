"""Everything is restored to a moment: after a mistake, and after the machine's disk is lost."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import httpx
import pytest

from deploy.backup.archive import archives_in
from deploy.backup.choosing import way_to
from deploy.backup.restoring import lay_out
from deploy.engines import Postgres
from deploy.supervisor.home import Home
from deploy.supervisor.topology import PROCESSES
from shared.provision import database_name
from tests.faults.checker import CLEAN, check, check_copies
from tests.faults.driver import Driver
from tests.faults.evidence import Scene
from tests.faults.expected import EFFECTS
from tests.faults.faults import MINUTES, SEED
from tests.faults.hindsight import as_of, lost_seconds
from tests.faults.ledger import Act, Ledger, Outcome
from tests.faults.machine import Machine
from tests.faults.people import Cast, bring_in
from tests.support.instances import Instance, empty_home, open_folder
from tests.support.kept import rows

BETWEEN_SECONDS: Final = min(600.0, MINUTES * 6) or 2.0
"""How long is written between the backup and the moment, and after it."""
LOG_SECONDS: Final = 60 if MINUTES else 2
"""How long the log waits at most; in the long form as long as where nobody says otherwise."""
SLACK_SECONDS: Final = 13.0
"""To close and compress a file, and for whatever else the machine does."""
OVERWRITTEN: Final = "overwritten by mistake"
REQUESTS: Final = "100000"
"""One driver stands for many callers, who would not share a limit."""
pytestmark = [pytest.mark.faults, pytest.mark.timeout(600 + 4 * BETWEEN_SECONDS)]


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """A machine whose instance keeps its log beside its home."""
    for folder in open_folder():
        instance = Instance(
            empty_home(folder / "home"),
            RAPPORT_BACKUP=str(folder / "backup"),
            RAPPORT_BACKUP_SECONDS=str(LOG_SECONDS),
            RAPPORT_GATEWAY_REQUESTS_PER_SECOND=REQUESTS,
        )
        yield Machine(instance.start())
        (tmp_path / "instance.log").write_text(instance.output)
        instance.stop()


async def test_a_mistake_is_undone_and_after_a_lost_disk_only_the_last_seconds_are(
    machine: Machine, ledger: Ledger, tmp_path: Path
) -> None:
    folder = machine.instance.home.parent
    async with door(machine.instance) as http:
        cast = await bring_in(machine, http, ledger)
        driver = Driver(cast, ledger, SEED, rest_seconds=0.2)
        driving = asyncio.create_task(driver.run())
        await asyncio.sleep(1)
        await rapport(machine.instance, "backup")
        await asyncio.sleep(BETWEEN_SECONDS)
        moment = datetime.now(UTC)
        await asyncio.sleep(BETWEEN_SECONDS)
        await overwrite(cast, ledger)
        await rapport(
            machine.instance, "restore", "--to", moment.isoformat(), "--into", str(folder / "then")
        )
        await asyncio.sleep(LOG_SECONDS)
        end = datetime.now(UTC)
        machine.lose()
        driving.cancel()
        await asyncio.gather(driving, return_exceptions=True)
    assert driver.troubles == []

    began = time.monotonic()
    restored = Instance(folder / "then", RAPPORT_GATEWAY_REQUESTS_PER_SECOND=REQUESTS)
    with restored as instance:
        print(f"restored instance ready after {time.monotonic() - began:.1f} s")
        await look_at(instance, ledger, moment, tmp_path)
    (archive,) = archives_in(folder / "backup")
    await asyncio.to_thread(
        lay_out, way_to(archive, None), folder / "latest", machine.home, erase_nobody
    )
    lost = lost_seconds(ledger, end, effects_in(Home(folder / "latest")))
    print(f"a lost disk took the last {lost:.1f} s of writes, the log waits {LOG_SECONDS} s")
    assert lost < LOG_SECONDS + SLACK_SECONDS


def erase_nobody(home: Home) -> None:
    """Called where somebody was erased meanwhile."""
    raise AssertionError("nobody was erased")


async def overwrite(cast: Cast, ledger: Ledger) -> None:
    """The mistake: what was written about every client is overwritten."""
    changed = [each for each in ledger.of(Outcome.DONE) if each.act is Act.REGISTERED]
    for each in changed:
        await cast.admin.amend(f"/clients/{each.record_id}", notes=OVERWRITTEN)
    items = (await cast.admin.read("/clients", limit=200)).json()["items"]
    assert len(items) >= len(changed) > 2


async def look_at(instance: Instance, ledger: Ledger, moment: datetime, kept_in: Path) -> None:
    """Everybody signs in; the ledger until the moment is clean; work goes on."""
    machine = Machine(instance)
    scene = await Scene.of(machine.home)
    with (kept_in / "after.jsonl").open("w") as file:
        after = Ledger(file)
        async with door(instance) as http:
            machine.agent_id = "known"
            cast = await bring_in(machine, http, after)
            evidence = await scene.gather(cast.admin)
            then = as_of(ledger, moment, set(evidence.effects))
            findings = check(then, evidence)
            dropped = len(ledger.intents) - len(then.intents)
            print(f"{len(then.intents)} writes were there at that moment, {dropped} were not yet")
            assert findings.counts() == CLEAN, findings
            assert dropped > 10 and len(then.of(Outcome.DONE)) > 50
            assert (await rapport(instance, "audit", "verify")).count("untouched") == 5
            body = {"kind": "complaint", "subject": "on", "description": "x"}
            await cast.persons[0].write(0, Act.RAISED, "on", "POST", "/cases", body)
            assert check_copies(await scene.gather(cast.admin)).counts() == CLEAN
    await scene.close()


@asynccontextmanager
async def door(instance: Instance) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an instance's gateway."""
    async with httpx.AsyncClient(base_url=instance.address, timeout=20) as client:
        yield client


async def rapport(instance: Instance, *arguments: str) -> str:
    """Run a command of the operator's for an instance; what it says."""
    began = time.monotonic()
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "deploy.cli", *arguments],
        env=instance.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    print(f"rapport {arguments[0]} took {time.monotonic() - began:.1f} s\n{done.stdout}")
    return done.stdout


def effects_in(home: Home) -> set[tuple[Act, str]]:
    """What the databases of a home that does not run hold of the driver's writes."""
    server = Postgres(home.folder / "postgres", password=home.secrets().postgres_password)
    with server:
        base = server.admin_dsn.rpartition("/")[0]
        found = [
            row
            for name in PROCESSES
            if name in EFFECTS
            for row in rows(f"{base}/{database_name(name)}", EFFECTS[name])
        ]
    return {(Act(act), str(token)) for act, token in found}
