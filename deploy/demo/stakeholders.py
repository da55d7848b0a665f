"""What the firm's people make of the client's people on an engagement: firm eyes only."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from deploy.demo.door import Door
from deploy.demo.engagements import Engagements
from deploy.demo.people import address, everybody
from deploy.demo.reading import table
from deploy.demo.when import Timetable

Row = dict[str, str]
NOTED: Final = "-21 15:00"
PLANNED: Final = "-6 11:00"


async def profile(door: Door, times: Timetable, engagements: Engagements) -> None:
    """Write every profile, and what somebody means to do about the person."""
    names = {person.email: person.name for person in everybody()}

    async def write(row: Row) -> None:
        engagement = engagements.found[row["engagement"]]
        lead, key = engagement["lead"], f"{row['engagement']} {row['person']}"
        body: dict[str, Any] = {
            "engagement_id": engagement["id"],
            "user_id": door.ids[row["person"]],
            "name": names[address(row["person"])],
            "influence": int(row["influence"]),
            "interest": int(row["interest"]),
        }
        said = ("title", "stance_now", "stance_wanted", "traits", "motives", "concerns", "approach")
        body |= {name: row[name] for name in said}
        at = times.moment(NOTED)
        made = await door.write(f"profile {key}", "/stakeholders", body, who=lead, at=at)
        if row["action"]:
            plan = {
                "text": row["action"],
                "due_on": str(times.day(row["due"])),
                "owner_id": door.ids[row["owner"]],
            }
            path = f"/stakeholders/{made}/actions"
            at = times.moment(PLANNED)
            await door.write(f"action {key}", path, plan, who=lead, at=at)

    await asyncio.gather(*(write(row) for row in table("stakeholders")))
