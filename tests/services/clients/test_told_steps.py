"""Entries of a timeline come with the events that tell them and follow their record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from services.clients.subscribers import SUBSCRIPTIONS
from shared.applying import apply_lot
from shared.clock import utc_now
from shared.contracts.desk import CaseState, CaseStep
from shared.contracts.engagements import EngagementState, EngagementStep
from shared.events import RESTATED, SNAPSHOT, Visibility, decode
from shared.ids import new_id
from tests.services.clients.conftest import Registry
from tests.services.clients.told import engagement
from tests.support.telling import as_delivered

CASE, CLIENT = new_id(), new_id()


def step(kind: str, said: str = "said") -> CaseStep:
    """A step of a case."""
    return CaseStep(id=new_id(), at=utc_now(), kind=kind, text={"en": said, "zh": said})


def case(*steps: CaseStep, excluded: Sequence[UUID] = (), subject: str = "Late") -> CaseState:
    """The case, as an act left it that added these steps."""
    return CaseState(
        id=CASE,
        visibility=Visibility(excluded=tuple(excluded)),
        number="K-2026-000001",
        kind="complaint",
        subject=subject,
        status="open",
        client_id=CLIENT,
        requester_id=new_id(),
        opened_at=utc_now(),
        steps=steps,
    )


async def hand(registry: Registry, *lot: bytes) -> None:
    """Apply one lot to the registry's projections."""
    async with registry.app.state.runtime.database.worker_session() as session:
        await apply_lot(session, SUBSCRIPTIONS, [(decode(each), each) for each in lot])


async def entries(registry: Registry, columns: str, table: str = "case_entries") -> set[Any]:
    """These columns of all entries."""
    rows = await registry.rows(f"SELECT {columns} FROM {table}")
    return {tuple(row) for row in rows}


async def test_every_event_of_a_lot_adds_its_steps(registry: Registry) -> None:
    lot = [as_delivered(case(step(f"k{at}")), version=at) for at in range(1, 8)]
    await hand(registry, *lot)
    await hand(registry, lot[3], lot[0])
    assert await entries(registry, "kind") == {(f"k{at}",) for at in range(1, 8)}


async def test_an_older_event_that_comes_late_tells_its_step_to_whom_may_know_it_now(
    registry: Registry,
) -> None:
    about = registry.agent.user_id
    older = as_delivered(case(step("early"), subject="First"), version=1)
    newer = as_delivered(case(step("late"), subject="Now", excluded=[about]), version=2)
    await hand(registry, newer)
    await hand(registry, older)
    assert await entries(registry, "kind, title, excluded[1]") == {
        ("early", "Now", about),
        ("late", "Now", about),
    }


async def test_entries_follow_their_record(registry: Registry) -> None:
    about = registry.agent.user_id
    await hand(registry, as_delivered(case(step("early")), version=1))
    await hand(registry, as_delivered(case(subject="Now", excluded=[about]), version=2))
    assert await entries(registry, "title, excluded[1]") == {("Now", about)}
    await hand(registry, as_delivered(case(subject="Now"), version=3))
    assert await entries(registry, "cardinality(excluded)") == {(0,)}


@pytest.mark.parametrize("again", [SNAPSHOT, RESTATED])
async def test_what_is_said_again_has_all_steps_and_the_words_that_stand(
    registry: Registry, again: str
) -> None:
    named, missed = step("named", "Agent replied"), step("missed")
    await hand(registry, as_delivered(case(named), version=1))
    blanked = named.model_copy(update={"text": {"en": "[erased] replied", "zh": "x"}})
    await hand(registry, as_delivered(case(blanked, missed), again, 3))
    known = {("named", "[erased] replied"), ("missed", "said")}
    assert await entries(registry, "kind, sentence ->> 'en'") == known
    await hand(registry, as_delivered(case(named), SNAPSHOT, 2))
    assert await entries(registry, "kind, sentence ->> 'en'") == known, "older: it is known better"


async def test_entries_of_an_engagement_follow_its_team(registry: Registry) -> None:
    state: EngagementState = engagement(registry, str(CLIENT))
    await hand(registry, as_delivered(state, version=1))
    joined = new_id()
    told = EngagementStep(id=new_id(), at=utc_now(), kind="member_added", text={"en": "", "zh": ""})
    wider = state.model_copy(
        update={"visibility": Visibility(firm_users=(joined,), roles=("admin",)), "steps": (told,)}
    )
    await hand(registry, as_delivered(wider, version=2))
    assert await entries(registry, "kind, firm_users[1], roles[1]", "engagement_entries") == {
        ("key_node_held", joined, "admin"),
        ("member_added", joined, "admin"),
    }
