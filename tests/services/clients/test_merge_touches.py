"""When somebody last got in touch with clients that are merged and split."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.services.clients.conftest import Registry
from tests.services.clients.test_merge import TOUCH, merge, pair, split

OLDER = (
    "UPDATE client_merges SET before = before || '{\"last_contact_at\": null}',"
    ' after = after || \'{"last_contact_at": "2026-11-20T02:00:00+00:00"}\' RETURNING 1'
)


@pytest.mark.parametrize("older", [False, True])
async def test_contact_records_go_and_come_back_with_the_days_they_are_counted_by(
    registry: Registry, older: bool
) -> None:
    """Also of a merge of before, which remembered the moment that is counted anew."""
    kept, source = await pair(registry)
    merged = await merge(registry, kept, source)
    assert merged["last_contact_at"] == TOUCH["occurred_at"]
    (row,) = await registry.rows("SELECT before ? 'last_contact_at' AS kept FROM client_merges")
    assert not row["kept"]
    if older:
        await registry.rows(OLDER)
    left = await split(registry, kept, source)
    back = await registry.get(f"/clients/{source['id']}")
    assert (left["last_contact_at"], back["last_contact_at"]) == (None, TOUCH["occurred_at"])


async def test_a_touch_elsewhere_goes_with_a_merge_and_comes_back(registry: Registry) -> None:
    kept, source = await pair(registry)
    later = datetime.fromisoformat("2026-11-21T02:00:00+00:00")
    touched = "UPDATE clients SET other_touch_at = $1 WHERE id::text = $2 RETURNING 1"
    await registry.rows(touched, later, source["id"])
    merged = await merge(registry, kept, source)
    assert merged["last_contact_at"] == "2026-11-21T02:00:00Z"
    assert (await split(registry, kept, source))["last_contact_at"] is None
