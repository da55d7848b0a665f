"""A case that is opened again: who has it then."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from tests.services.desk.conftest import Desk
from tests.support.telling import tell_account


async def resolved(desk: Desk) -> str:
    """The path of a case that the agent has resolved."""
    path = f"/cases/{(await desk.assigned())['id']}"
    await desk.post(desk.cast.agent, f"{path}/resolve", {"resolution": "已道歉"})
    return path


async def newest(desk: Desk) -> dict[str, Any]:
    """What the last event of a case said."""
    (row,) = await desk.rows(
        "SELECT data FROM outbox WHERE aggregate = 'case' ORDER BY seq DESC LIMIT 1"
    )
    told: dict[str, Any] = orjson.loads(row["data"])
    return told


@pytest.mark.parametrize("who", ["pm", "agent2"])
async def test_a_case_whose_agent_left_waits_for_dispatch_once_it_is_opened_again(
    desk: Desk, who: str
) -> None:
    path = await resolved(desk)
    await tell_account(desk, desk.cast.agent, "deactivated")
    await desk.post(getattr(desk.cast, who), f"{path}/reopen", {"reason": "仍未解决"})
    (waiting,) = (await desk.get(desk.cast.lead, "/cases?unassigned=true"))["items"]
    assert (waiting["status"], waiting["assignee"]) == ("reopened", None)
    told = await newest(desk)
    assert (told["status"], told["assignee_id"], told["assignee_name"]) == ("reopened", None, None)
    (entry,) = await desk.rows("SELECT after FROM audit WHERE action = 'case:reopen'")
    assert orjson.loads(entry["after"])["assignee_id"] is None


async def test_a_bad_answer_leaves_a_case_whose_agent_left_to_dispatch_too(desk: Desk) -> None:
    path = await resolved(desk)
    await tell_account(desk, desk.cast.agent, "deactivated")
    listed = await desk.get(desk.cast.lead, f"/follow-ups?case_id={path.split('/')[-1]}")
    record = f"/follow-ups/{listed['items'][0]['id']}/record"
    await desk.post(desk.cast.lead, record, {"satisfied": False, "reopen": True})
    (waiting,) = (await desk.get(desk.cast.lead, "/cases?unassigned=true"))["items"]
    assert waiting["assignee"] is None


async def test_a_case_whose_agent_is_there_is_opened_again_for_them(desk: Desk) -> None:
    path = await resolved(desk)
    await desk.post(desk.cast.pm, f"{path}/reopen", {"reason": "仍未解决"})
    assert (await newest(desk))["assignee_id"] == str(desk.cast.agent.user_id)
