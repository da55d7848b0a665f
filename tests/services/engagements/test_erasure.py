"""A person is forgotten in every table; projections can start anew from what is said now."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from services.engagements.personal import PERSONAL
from services.engagements.snapshots import SNAPSHOTS
from shared.identity import Actor
from shared.privacy import ErasureLedger, erase_person, export_person
from shared.snapshot import publish_snapshot
from tests.services.engagements.conftest import Engagements
from tests.services.engagements.test_stakeholders import CANARY, profile

_TOLD: Final = "SELECT id FROM outbox WHERE type NOT LIKE '%.audit%' ORDER BY seq"
"""All but lots of the audit trail, which are sealed at any time."""


async def busy(engagements: Engagements) -> dict[str, Any]:
    """A running engagement in which both people have left traces everywhere."""
    cast = engagements.cast
    engagement = await engagements.running()
    path = f"/engagements/{engagement['id']}"
    task = (await engagements.tasks(engagement))["questionnaire"]
    assign = {"user_id": str(cast.peripheral.user_id)}
    await engagements.post(cast.core, f"/tasks/{task['id']}/assign", assign)
    charter = await engagements.deliverable(engagement)
    chain = f"/deliverables/{charter['id']}"
    await engagements.post(cast.core, f"{chain}/submit", {"text": "x"})
    await engagements.post(cast.peripheral, f"{chain}/comments", {"body": CANARY}, status=201)
    await profile(engagements, engagement)
    bypass = {"user_id": str(cast.ceo.user_id), "name": cast.ceo.name, "reason": CANARY}
    await engagements.post(cast.consultant, f"{path}/bypasses", bypass, status=201)
    return engagement


async def tables_with(engagements: Engagements, words: str) -> list[str]:
    """The tables in which the words still stand."""
    names = await engagements.rows(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND has_table_privilege(oid, 'SELECT')"
    )
    found = []
    for row in names:
        table = row["relname"]
        hits = await engagements.rows(
            f"SELECT 1 FROM {table} t WHERE t::text LIKE $1 LIMIT 1", f"%{words}%"
        )
        found += [table] if hits else []
    return found


async def erase(engagements: Engagements, person: Actor, ledger: ErasureLedger) -> str:
    """Erase somebody; what was exported of them before."""
    database = engagements.app.state.runtime.database
    async with database.worker_session() as session:
        exported = await export_person(session, person.user_id, PERSONAL, firm_eyes=True)
        await erase_person(
            session,
            person.user_id,
            PERSONAL,
            ledger,
            reason="asked",
            published=SNAPSHOTS,
            parting=engagements.app.state.service.parting,
        )
    return orjson.dumps(exported, default=str).decode()


async def test_erased_people_leave_no_name_and_no_word(
    engagements: Engagements, tmp_path: Path
) -> None:
    cast = engagements.cast
    engagement = await busy(engagements)
    ledger = ErasureLedger(tmp_path / "erased")
    assert CANARY in await erase(engagements, cast.peripheral, ledger)
    assert CANARY in await erase(engagements, cast.ceo, ledger)
    await erase(engagements, cast.consultant, ledger)
    for words in (CANARY, cast.peripheral.name, cast.ceo.name, cast.consultant.name):
        assert await tables_with(engagements, words) == [], words
    kept = await engagements.rows(
        "SELECT status FROM members WHERE engagement_id = $1 AND name = '[erased]'",
        UUID(engagement["id"]),
    )
    assert [row["status"] for row in kept] == ["ended"] * 3


async def test_an_erasure_ends_places_and_leaves_open_tasks_without_owner(
    engagements: Engagements, tmp_path: Path
) -> None:
    """On its day, told to others without the person; done again it changes nothing more."""
    cast = engagements.cast
    engagement = await busy(engagements)
    path = f"/engagements/{engagement['id']}"
    ledger = ErasureLedger(tmp_path / "erased")
    await erase(engagements, cast.pm, ledger)
    await erase(engagements, cast.peripheral, ledger)
    team = await engagements.get(cast.lead, f"{path}/team")
    assert "no_client_pm" in {gap["code"] for gap in team["gaps"]}
    assert (await engagements.tasks(engagement))["questionnaire"]["assignee"] is None
    told = await engagements.rows(
        "SELECT DISTINCT ON (aggregate_id) data, subject_ids FROM outbox WHERE aggregate = 'member'"
        " ORDER BY aggregate_id, version DESC"
    )
    states = [(orjson.loads(row["data"]), row["subject_ids"]) for row in told]
    today = str(engagements.clock.now.astimezone(ZoneInfo("Asia/Shanghai")).date())
    for person in (cast.pm, cast.peripheral):
        ((state, named),) = [each for each in states if each[0]["user_id"] == str(person.user_id)]
        assert (state["status"], state["ends_on"], state["name"]) == ("ended", today, "[erased]")
        assert named == []
    before = await engagements.rows(_TOLD)
    await erase(engagements, cast.pm, ledger)
    assert await engagements.rows(_TOLD) == before


async def test_an_erasure_leaves_open_actions_about_stakeholders_without_owner(
    engagements: Engagements, tmp_path: Path
) -> None:
    """Also of somebody without a place in the team; what was done keeps that somebody did it."""
    cast = engagements.cast
    noted = await profile(engagements, await engagements.running())
    path = f"/stakeholders/{noted['id']}/actions"
    for owner in (cast.agent, cast.agent, cast.lead):
        body = {"text": "约访", "due_on": "2026-12-01", "owner_id": str(owner.user_id)}
        action = await engagements.post(cast.consultant, path, body, status=201)
        if owner is cast.agent:
            done = action["id"]
    await engagements.post(cast.consultant, f"{path}/{done}/finish")
    for _ in range(2):
        await erase(engagements, cast.agent, ErasureLedger(tmp_path / "erased"))
    actions = (await engagements.get(cast.consultant, path))["items"]
    owners = {
        (action["done_on"] is None, action["owner"] and action["owner"]["name"])
        for action in actions
    }
    assert owners == {(True, None), (True, cast.lead.name), (False, "[erased]")}
    left = next(each for each in actions if each["owner"] is None)
    await engagements.post(cast.consultant, f"{path}/{left['id']}/finish")


async def test_everything_published_can_be_said_again(engagements: Engagements) -> None:
    await busy(engagements)
    database = engagements.app.state.runtime.database
    rows = await engagements.rows(
        "SELECT (SELECT count(*) FROM engagements) + (SELECT count(*) FROM members)"
        " + (SELECT count(*) FROM tasks) + (SELECT count(*) FROM deliverables) AS n"
    )
    assert await publish_snapshot(database, SNAPSHOTS) == rows[0]["n"]
