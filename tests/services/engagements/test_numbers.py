"""Engagements are numbered within their year, and stand in the order of these numbers."""

from __future__ import annotations

import pytest

from tests.services.engagements.conftest import Engagements

NUMBERS = ["E-2026-998", "E-2026-999", "E-2026-1000", "E-2027-001"]


@pytest.mark.parametrize("sort", ["number", "-number"])
async def test_the_list_by_number_goes_on_beyond_the_thousandth_of_a_year(
    engagements: Engagements, sort: str
) -> None:
    await engagements.rows("INSERT INTO engagement_numbers VALUES (2026, 997)")
    for _ in NUMBERS[:-1]:
        await engagements.draft()
    engagements.clock.forward(days=60)
    await engagements.draft()
    found, cursor = [], ""
    for _ in NUMBERS:
        path = f"/engagements?sort={sort}&limit=1{cursor}"
        page = await engagements.get(engagements.cast.lead, path)
        found += [item["number"] for item in page["items"]]
        cursor = f"&cursor={page['next_cursor']}"
    assert found == (NUMBERS if sort == "number" else NUMBERS[::-1])


async def test_who_is_of_the_client_reads_the_list_by_number(engagements: Engagements) -> None:
    engagement = await engagements.staffed()
    page = await engagements.get(engagements.cast.pm, "/engagements?sort=number")
    assert [item["number"] for item in page["items"]] == [engagement["number"]]
