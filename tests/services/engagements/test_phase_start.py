"""A phase starts with a whole team alone: whatever is missing stops it, and is named."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.services.engagements.conftest import Engagements
from tests.services.engagements.test_staffing import (
    Change,
    Scene,
    confirmed,
    edits,
    joins,
    leaves,
    place_changes,
)

BOTH: Final = ["采购", "销售"]
Missing = list[tuple[str, str | None]]
LACKS: Final[dict[str, tuple[tuple[Change, ...], Missing]]] = {
    "no consulting PM": ((leaves("consulting_pm"),), [("no_consulting_pm", None)]),
    "no client PM": ((leaves("client_pm"),), [("no_client_pm", None)]),
    "no executive": ((leaves("executive"),), [("no_executive", None)]),
    "no domain": ((edits(domains=[]),), [("no_domain", None)]),
    "a domain without a core member": (
        (edits(domains=BOTH), place_changes("peripheral", domains=BOTH)),
        [("domain_without_core", "销售")],
    ),
    "a domain without a peripheral member": (
        (edits(domains=BOTH), place_changes("core", domains=BOTH)),
        [("domain_without_peripheral", "销售")],
    ),
    "a peripheral member whose core member left": (
        (joins("it", "core", domains=["采购"]), leaves("core")),
        [("peripheral_without_core", None)],
    ),
    "the only core member of a domain left": (
        (leaves("core"),),
        [("domain_without_core", "采购"), ("peripheral_without_core", None)],
    ),
}
"""What happens to a whole team, and what it then lacks for the design, which needs all of it."""


async def start_design(
    house: Engagements, *changes: Change, status: int = 200
) -> tuple[Scene, Any]:
    """Let the partner start the design after these changes, which both managers confirmed."""
    scene = await confirmed(house)
    design = (await house.phases(scene["engagement"]))[2]
    assert design["key"] == "design"
    for change in changes:
        await change(house, scene)
    await house.rows(
        "UPDATE engagements SET plan_confirmed_client_at = now(),"
        " plan_confirmed_consulting_at = now()"
    )
    start = f"/phases/{design['id']}/start"
    return scene, await house.post(house.cast.partner, start, status=status)


@pytest.mark.parametrize("lack", LACKS)
async def test_a_phase_is_stopped_by_exactly_what_the_team_lacks(
    engagements: Engagements, lack: str
) -> None:
    changes, missing = LACKS[lack]
    scene, refused = await start_design(engagements, *changes, status=409)
    assert refused["code"] == "team_has_gaps"
    assert [(gap["code"], gap["domain"]) for gap in refused["gaps"]] == missing
    loose = [gap["member_id"] for gap in refused["gaps"] if gap["code"].startswith("peripheral_")]
    assert set(loose) <= {scene["places"]["peripheral"]["id"]}
    path = f"/engagements/{scene['engagement']['id']}"
    assert await engagements.get(engagements.cast.partner, f"{path}/gaps") == refused["gaps"]


async def test_a_phase_starts_with_a_whole_team(engagements: Engagements) -> None:
    _, started = await start_design(engagements)
    assert started["status"] == "active"


async def test_a_small_engagement_starts_a_phase_without_a_peripheral_tier(
    engagements: Engagements,
) -> None:
    small = edits(small=True, domains=BOTH)
    _, started = await start_design(engagements, small, place_changes("core", domains=BOTH))
    assert started["status"] == "active"
