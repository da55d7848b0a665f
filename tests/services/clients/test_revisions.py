"""What revisions of the clients' registry make of the rows they find."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from shared.database import Dsns
from shared.ids import new_id
from tests.support.revisions import at_revision, put, upgrade

MOMENT = datetime(2026, 11, 2, tzinfo=UTC)
IMPORT = {
    "file_name": "clients.csv", "file_key": "x", "file_kind": "csv", "file_bytes": 1, "task": "x",
    "created_by": new_id(), "created_by_name": "x", "created_at": MOMENT, "updated_at": MOMENT,
    "rows": 10, "ready": 8, "known": 3, "alike": 2,
}  # fmt: skip


@pytest.mark.parametrize(
    ("status", "due_at", "stands_still"),
    [
        ("waiting_client", MOMENT, True),
        ("waiting_client", None, False),
        ("in_progress", MOMENT, False),
    ],
)
async def test_the_clock_of_what_waits_for_the_client_stands_still_from_0010_on(
    empty_database: Callable[[str], Dsns], status: str, due_at: datetime | None, stands_still: bool
) -> None:
    dsns = empty_database("clients")
    async with at_revision("clients", dsns, "0009") as owner:
        await put(
            owner, "case_refs", client_id=new_id(), number="K-2026-000001", subject="x",
            kind="inquiry", status=status, live=True, requester_name="x", next_due_at=due_at,
            opened_at=MOMENT, excluded=[],
        )  # fmt: skip
        await upgrade("clients", dsns, "0010")
        row = await owner.fetchrow("SELECT next_paused, overdue_since FROM case_refs")
    assert tuple(row) == (stands_still, None)


async def forecast(dsns: Dsns, **counts: Any) -> tuple[Any, int]:
    """What 0011 says of a file that was checked before: its forecast, and its repeated rows."""
    async with at_revision("clients", dsns, "0010") as owner:
        await put(owner, "imports", **IMPORT | counts)
        await upgrade("clients", dsns, "0011")
        row = await owner.fetchrow("SELECT forecast, duplicates FROM imports")
    return row["forecast"] and orjson.loads(row["forecast"]), row["duplicates"]


async def test_a_file_checked_before_is_forecast_by_its_counts(
    empty_database: Callable[[str], Dsns],
) -> None:
    """Rows repeated in the file were counted together with those that are known."""
    rows = {"new": 5, "similar": 2, "known": 3, "unclear": 0}
    told, repeated = await forecast(empty_database("clients"), status="ready", duplicates=4)
    assert told == {"credit_code": rows, "legal_name": rows, "number": rows}
    assert repeated == 1


async def test_a_file_that_is_applied_is_forecast_no_more(
    empty_database: Callable[[str], Dsns],
) -> None:
    told, repeated = await forecast(empty_database("clients"), status="applied", duplicates=2)
    assert (told, repeated) == (None, 0)
