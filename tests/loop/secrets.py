"""What the firm writes about client-side people for its own eyes, each place with its own word."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.loop.cast import Cast
from tests.loop.story import Story
from tests.support.people import Person


@dataclass
class Planted:
    """The words by the place they were written in, and the records around them by collection."""

    words: dict[str, str] = field(default_factory=dict)
    records: dict[str, list[str]] = field(default_factory=dict)

    def word(self, place: str) -> str:
        """A word that occurs once in the world."""
        self.words[place] = f"secret{uuid4().hex[:12]}"
        return self.words[place]

    def made(self, collection: str, by: Person, body: Any, *, at: str = "") -> str:
        """Create a record; its id."""
        made: str = by.post(at or f"/{collection}", body)["id"]
        self.records.setdefault(collection, []).append(made)
        return made

    def hits(self, text: str) -> set[str]:
        """The places whose word stands in a text."""
        return {place for place, word in self.words.items() if word in text}


def plant(cast: Cast, story: Story) -> Planted:
    """Write everything the firm can write, around a story that has a team, a case and a review."""
    planted = Planted()
    for collection in ("engagement", "deliverable", "case", "phase", "solution"):
        planted.records[f"{collection}s"] = [story.ids[collection]]
    _about_people(planted, cast, story)
    _in_the_registry(planted, cast)
    _at_the_desk(planted, cast, story)
    return planted


def _about_people(planted: Planted, cast: Cast, story: Story) -> None:
    for who in (cast.ceo, cast.pm):
        profile = {
            name: planted.word(f"{name} of {who.name}")
            for name in ("title", "traits", "motives", "concerns", "approach")
        }
        degrees = {"influence": 5, "interest": 2}
        stances = {"stance_now": "resistant", "stance_wanted": "supportive"}
        body = {"engagement_id": story.ids["engagement"], "user_id": who.id, "name": who.name}
        made = planted.made("stakeholders", cast.lead, body | profile | degrees | stances)
        action = {"text": planted.word(f"action on {who.name}"), "due_on": "2030-01-07"}
        cast.lead.post(f"/stakeholders/{made}/actions", action)
    bypass = {"user_id": cast.peripheral.id, "name": planted.word("bypass name")}
    bypass["reason"] = planted.word("bypass reason")
    cast.lead.post(f"{story.path('engagement')}/bypasses", bypass)


def _in_the_registry(planted: Planted, cast: Cast) -> None:
    client, by = {"client_id": cast.client_id}, cast.manager
    planted.records["clients"] = [cast.client_id]
    path = f"/clients/{cast.client_id}"
    tags = {"notes": planted.word("client notes"), "tags": [planted.word("client tag")]}
    by.patch(path, **tags)
    by.post(f"{path}/grade", {"grade": "A", "reason": planted.word("grade reason")})
    person = {
        "name": cast.ceo.name,
        "email": cast.ceo.email,
        "notes": planted.word("contact notes"),
        "do_not_contact": True,
        "do_not_contact_reason": planted.word("why not to contact"),
    }
    contact = planted.made("contacts", by, client | person)
    touch = {
        "kind": "call",
        "occurred_at": (datetime.now(UTC) - timedelta(hours=1)).isoformat(),
        "contact_ids": [contact],
        "summary": planted.word("contact record"),
        "next_step": planted.word("next step of the cadence"),
    }
    planted.made("interactions", by, client | touch)
    amended = {"summary": planted.word("amendment"), "reason": planted.word("why amended")}
    earlier = touch | {"occurred_at": "2026-01-05T02:00:00Z", "historical": True}
    record = planted.made("interactions", cast.admin, client | earlier)
    by.post(f"/interactions/{record}/amend", amended)
    chance = {
        "title": planted.word("opportunity"),
        "notes": planted.word("opportunity notes"),
        "competitor": planted.word("competitor"),
    }
    lost = planted.made("opportunities", by, client | chance)
    reason = {"stage": "lost", "reason": planted.word("why lost")}
    by.post(f"/opportunities/{lost}/move", reason)
    view = {"collection": "clients", "address": "stage=active", "audience": "team"}
    planted.made("views", by, view | {"name": planted.word("shared view")})


def _at_the_desk(planted: Planted, cast: Cast, story: Story) -> None:
    for who, path in ((cast.pm, story.path("case")), (cast.core, _another(planted, cast))):
        cast.agent.post(f"{path}/notes", {"body": planted.word(f"note on the case of {who.name}")})
        case_id = path.rpartition("/")[2]
        (follow_up,) = cast.agent.get("/follow-ups", case_id=case_id)["items"]
        planted.records.setdefault("follow-ups", []).append(follow_up["id"])
    words = {"satisfied": False, "score": 2, "notes": planted.word("follow-up notes")}
    mine, others = planted.records["follow-ups"]
    cast.agent.post(f"/follow-ups/{mine}/record", words)
    waived = {"reason": planted.word("why no follow-up")}
    cast.agent.post(f"/follow-ups/{others}/waive", waived)


def _another(planted: Planted, cast: Cast) -> str:
    said = {"kind": "complaint", "subject": "缺少纪要", "description": "会议纪要没有发出。"}
    path = f"/cases/{planted.made('cases', cast.core, said)}"
    cast.agent.post(f"{path}/assign", {"assignee_id": cast.agent.id})
    cast.agent.post(f"{path}/resolve", {"resolution": "已补发。"})
    return path
