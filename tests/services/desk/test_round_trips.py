"""How often a write asks PostgreSQL: what grows here grows every act's processor time."""

from __future__ import annotations

import pytest

from tests.services.desk.conftest import Desk
from tests.support.statements import overheard

COMPLAINT = {"kind": "complaint", "subject": "培训迟到", "description": "顾问两次迟到。"}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement on connections of the role that client-side people act with."""
    return overheard(monkeypatch, "_client")


@pytest.mark.parametrize(("headers", "most"), [({}, 6), ({"Idempotency-Key": "once"}, 9)])
async def test_opening_a_case_asks_a_few_times(
    asked: list[str], desk: Desk, headers: dict[str, str], most: int
) -> None:
    await desk.complaint()
    asked.clear()
    await desk.call(desk.cast.pm, "POST", "/cases", COMPLAINT, status=201, headers=headers)
    # Begin with its context, client, number, every row at once, the answer, commit.
    assert 0 < len(asked) <= most, "\n".join(statement[:100] for statement in asked)
