"""How often keeping part of an answer asks PostgreSQL: people save as they go."""

from __future__ import annotations

import pytest

from tests.services.surveys.office import Office
from tests.services.surveys.test_answering import GOOD, closed_case
from tests.support.statements import overheard


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement on connections of the role by which Rapport itself acts."""
    return overheard(monkeypatch, "_worker")


async def test_keeping_part_of_an_answer_reads_once_and_writes_once(
    asked: list[str], office: Office
) -> None:
    token = await closed_case(office)
    await office.answer("PUT", token, GOOD, status=204)
    asked.clear()
    await office.answer("PUT", token, GOOD, status=204)
    about_surveys = [statement for statement in asked if "survey_" in statement]
    assert len(about_surveys) == 2, "\n".join(statement[:100] for statement in about_surveys)
