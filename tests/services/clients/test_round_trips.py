"""How often a write asks PostgreSQL: what grows here grows every act's processor time."""

from __future__ import annotations

import pytest

from tests.services.clients.conftest import CODE, Registry
from tests.support.statements import overheard


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement on connections of the role that the firm's people act with."""
    return overheard(monkeypatch, "_firm")


async def test_registering_a_client_asks_a_few_times(asked: list[str], registry: Registry) -> None:
    await registry.client("恒达制造有限公司")
    asked.clear()
    await registry.client("华信科技有限公司", credit_code=CODE)
    # Begin with its context, turns, duplicates, number, every row at once, the answer, commit.
    assert 0 < len(asked) <= 7, "\n".join(statement[:100] for statement in asked)
