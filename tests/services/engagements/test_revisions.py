"""What revisions of engagements make of the rows they find."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from shared.database import Dsns
from shared.ids import new_id
from tests.support.revisions import at_revision, put, upgrade

MOMENT = datetime(2026, 11, 2, tzinfo=UTC)
DAYS = {"starts_on": date(2026, 11, 2), "ends_on": date(2026, 11, 6)}
STAYED, LEFT = new_id(), new_id()


async def team(owner: asyncpg.Connection) -> dict[str, Any]:
    """An engagement with a consultant who stayed and one who left: what its tasks begin with."""
    common = {"client_id": new_id(), "version": 1}
    engagement_id = await put(
        owner, "engagements", number="E-2026-001", title="x", status="active", small=False,
        domains=[], starts_on=DAYS["starts_on"], historical=False, created_by=STAYED,
        created_at=MOMENT, updated_at=MOMENT, **common,
    )  # fmt: skip
    common["engagement_id"] = engagement_id
    for user_id, status in ((STAYED, "live"), (LEFT, "ended")):
        await put(
            owner, "members", user_id=user_id, name="x", side="firm", role="consultant",
            domains=[], status=status, created_at=MOMENT, **DAYS, **common,
        )  # fmt: skip
    phase_id = await put(
        owner, "phases", key="x", kind="survey", title="{}", position=1, needs=[],
        status="active", **DAYS, **common,
    )  # fmt: skip
    return {"phase_id": phase_id, "key": "x", "title": "{}", "days": 5, "float_days": 0} | common


async def given(
    owner: asyncpg.Connection, told: dict[str, Any], position: int, who: UUID, **more: Any
) -> UUID:
    """A task that somebody has."""
    task = told | {"role": "consultant", "status": "planned", "assignee_id": who} | DAYS | more
    return await put(owner, "tasks", position=position, assignee_name="x", **task)


async def test_open_tasks_of_who_left_are_their_roles_from_0012_on(
    empty_database: Callable[[str], Dsns],
) -> None:
    dsns = empty_database("engagements")
    done = {"status": "done", "started_on": DAYS["starts_on"], "finished_on": DAYS["ends_on"]}
    async with at_revision("engagements", dsns, "0011") as owner:
        told = await team(owner)
        left = await given(owner, told, 1, LEFT)
        other_role = await given(owner, told, 2, STAYED, role="expert")
        kept = [await given(owner, told, 3, STAYED), await given(owner, told, 4, LEFT, **done)]
        await upgrade("engagements", dsns, "0012")
        rows = await owner.fetch("SELECT id, assignee_id, assignee_name, version FROM tasks")
    given_back = {row["id"] for row in rows if row["assignee_id"] is None}
    assert given_back == {left, other_role}
    assert {row["id"] for row in rows if row["assignee_name"] is None} == given_back
    assert {row["id"]: row["version"] for row in rows} == {
        **dict.fromkeys(given_back, 2),
        **dict.fromkeys(kept, 1),
    }


@pytest.mark.parametrize("active", [True, False])
async def test_nobodys_account_counts_as_closed_by_0013(
    empty_database: Callable[[str], Dsns], active: bool
) -> None:
    """Who was invited and who left look alike until they are heard of again."""
    dsns = empty_database("engagements")
    async with at_revision("engagements", dsns, "0012") as owner:
        await put(
            owner, "user_refs", name="x", side="firm", roles=[], active=active, language="zh",
            epoch=1, version=1,
        )  # fmt: skip
        await upgrade("engagements", dsns, "0013")
        assert await owner.fetchval("SELECT deactivated FROM user_refs") is False
