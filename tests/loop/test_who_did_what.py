"""Who did what to which record: every act of a loop, and every event of one, is in the audit."""

from __future__ import annotations

from typing import Final

import pytest

from deploy.supervisor.home import Home
from deploy.supervisor.topology import PROCESSES
from shared.identity import SYSTEM_ID
from tests.loop.acts import Acts, Call
from tests.loop.test_rebuilding import connect
from tests.support.instances import Instance

pytestmark = [pytest.mark.slow, pytest.mark.timeout(420)]

BY_LINK: Final = "%.response.submitted.v1"
"""Done by a person whom the link in a mail stands for, and nobody who is signed in."""
TELLS_OF_AUDIT: Final = "%.audit.sealed.v1"
WITH_ITS_ENGAGEMENT: Final = (
    "member.added",
    "member.changed",
    "member.ended",
    "task.planned",
    "task.changed",
    "deliverable.planned",
)
"""What is part of an act on an engagement, as a task moves with the plan: it stands under that."""
UNDER: Final = [f"%.{each}.v1" for each in WITH_ITS_ENGAGEMENT]
LEAST: Final = {"clients": 10, "engagements": 100, "desk": 25, "surveys": 1, "gateway": 3}
"""How many events of a service people cause in these acts at the very least."""
_CAUSED: Final = f"""
    SELECT type, aggregate_id, EXISTS (
        SELECT 1 FROM audit a WHERE a.at = o.occurred_at AND a.actor_id = o.actor_id
        AND a.action <> '' AND a.subject_id IN (o.aggregate_id, CASE WHEN o.type LIKE ANY ($2)
            THEN (o.data::jsonb ->> 'engagement_id')::uuid END)) AS heard
    FROM outbox o
    WHERE occurred_at >= $3 AND type NOT LIKE '{TELLS_OF_AUDIT}'
    AND (actor_id <> $1 OR type LIKE '{BY_LINK}')
    ORDER BY seq"""
"""Events that a person caused, and whether an entry of that moment is about the record by them."""


async def test_every_act_of_a_person_is_in_the_audit_under_its_request(
    instance: Instance, acts: Acts
) -> None:
    told: set[Call] = set()
    for service in PROCESSES:
        connection = await connect(Home(instance.home), service)
        rows = await connection.fetch("SELECT actor_id::text AS who, request_id FROM audit")
        told |= {(row["who"], row["request_id"]) for row in rows}
        await connection.close()
    assert len(acts.calls) > 60
    assert sorted(path for call, path in acts.calls.items() if call not in told) == []


@pytest.mark.parametrize("service", PROCESSES)
async def test_every_event_that_a_person_caused_has_its_entry_about_the_record(
    instance: Instance, acts: Acts, service: str
) -> None:
    connection = await connect(Home(instance.home), service)
    rows = await connection.fetch(_CAUSED, SYSTEM_ID, UNDER, acts.began)
    await connection.close()
    assert len(rows) >= LEAST[service]
    assert [(row["type"], str(row["aggregate_id"])) for row in rows if not row["heard"]] == []
