"""What surveys tell again: all of it in lots, or exactly what was asked for."""

from __future__ import annotations

import pytest

from services.surveys import lots
from services.surveys.snapshots import SNAPSHOTS
from shared.contracts.surveys import ResponseState, RoundState
from shared.events import State
from tests.services.surveys.office import Office


@pytest.mark.parametrize("state", [ResponseState, RoundState])
async def test_a_snapshot_reads_all_in_lots_or_those_asked_for(
    office: Office, state: type[State], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lots, "LOT", 2)
    await office.end_phase()
    tokens = await office.tokens(8)
    for number in (2, 3, 4, 5, 6):
        token = tokens[office.team[number].email]
        await office.answer("POST", token, {"satisfaction": 4}, status=201)
    table = {ResponseState: "survey_responses", RoundState: "survey_rounds"}[state]
    kept = [row["id"] for row in await office.rows(f"SELECT id FROM {table} ORDER BY id")]
    assert len(kept) == {ResponseState: 5, RoundState: 2}[state]
    async with office.app.state.runtime.database.worker_session() as session:
        assert [each.id async for each in SNAPSHOTS[state](session)] == kept
        chosen = kept[1::3]
        assert [each.id async for each in SNAPSHOTS[state](session, chosen)] == chosen
