"""Who leads an engagement names nobody of another client and nothing of another engagement."""

from __future__ import annotations

from typing import Final

from shared.ids import new_id
from tests.security.bodies import taken_from_bodies
from tests.security.matrix import Row, Stranger, Who, digest, settled
from tests.security.test_matrix_engagements import ROWS, scene_of
from tests.services.engagements.conftest import (
    Engagements,
    clock,
    engagements,
    engagements_settings,
)

__all__ = ["clock", "engagements", "engagements_settings"]

DRAFT: Final = {("POST", "/engagements"): Row({"client_id": "{client}", "title": "x"})}
"""What would be drafted; the matrix's own is nobody's work."""
THE_REGISTRYS: Final = "a person of the registry, which is not heard of here: kept as it is given"
CONTACTS: Final = {
    (("POST", "/stakeholders"), "contact_id"): THE_REGISTRYS,
    (("POST", "/engagements/{engagement_id}/bypasses"), "contact_id"): THE_REGISTRYS,
}


async def test_who_leads_names_nobody_and_nothing_of_others_in_a_body(
    engagements: Engagements,
) -> None:
    scene, cast = await scene_of(engagements), engagements.cast
    scene |= {"member_id": await live_member(engagements, scene["engagement_id"])}
    other = await engagements.draft(cast.bystander, title="IT2")
    asked = f"engagement_id={other['id']}"
    (member, *_) = (await engagements.get(cast.bystander, f"/members?{asked}"))["items"]
    (task, *_) = (await engagements.get(cast.bystander, f"/tasks?{asked}"))["items"]
    rival, theirs, nobody = str(cast.rival.user_id), str(cast.pm.user_id), str(new_id())
    others = {
        "client_id": [nobody],
        "engagement_id": [other["id"], nobody],
        "answers_to": [member["id"], nobody],
        "task_id": [task["id"], nobody],
        "consulting_pm_id": [theirs, nobody],
        "director_id": [theirs, nobody],
        "user_id": [rival, nobody],
        "owner_id": [rival, nobody],
    }
    lead = Stranger("who leads", Who.LOWER_ROLE, cast.lead)
    before = await settled(engagements.dsns.worker)
    assert (
        await taken_from_bodies(engagements.app, ROWS | DRAFT, lead, scene, others, CONTACTS) == []
    )
    assert await digest(engagements.dsns.worker) == before


async def live_member(house: Engagements, engagement_id: str) -> str:
    """The place of the peripheral member, who answers to somebody."""
    asked = f"/members?engagement_id={engagement_id}&role=peripheral"
    (found,) = (await house.get(house.cast.lead, asked))["items"]
    return str(found["id"])
