"""A won opportunity's engagement: its team, a deliverable's whole chain, and a phase to its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tests.faults.caller import Caller
from tests.faults.ledger import Act
from tests.faults.people import Cast
from tests.faults.rating import asked, rate
from tests.faults.words import unique

PHASE: Final = "preparation"
DELIVERABLE: Final = "project-charter"


@dataclass(frozen=True)
class _Engaged:
    """An engagement being worked on; its title names acts that carry no words of their own."""

    cast: Cast
    thread: int
    person: Caller
    person_id: str
    id: str
    title: str

    async def step(self, who: Caller, act: Act, path: str) -> None:
        await who.write(self.thread, act, self.title, "POST", path, {})

    async def say(self, act: Act, path: str, name: str, **more: Any) -> None:
        words = unique(name)
        await self.person.write(self.thread, act, words, "POST", path, {name: words, **more})

    async def place(
        self, user_id: str, role: str, *domains: str, answers_to: str | None = None
    ) -> tuple[str, str]:
        """Give somebody a place with a domain of its own; the place's id and that domain."""
        own = unique("domain")
        body = {
            "engagement_id": self.id,
            "user_id": user_id,
            "role": role,
            "domains": [own, *domains],
            "answers_to": answers_to,
        }
        admin = self.cast.admin
        made = await admin.write(self.thread, Act.JOINED, own, "POST", "/members", body)
        return str(made["id"]), own

    async def part(self, who: Caller, collection: str, key: str) -> dict[str, Any]:
        """The phase or deliverable with this key."""
        return await who.find(f"/{collection}", "key", key, engagement_id=self.id)


async def engage(cast: Cast, thread: int, person: Caller) -> list[tuple[str, str]]:
    """A client buys, and works with the firm until the first phase is over and rated badly.

    Answers the places of its people, each with a domain of its own.
    """
    engaged, number = await _win(cast, thread, person)
    places = await _staff(engaged)
    phase = await _begin(engaged)
    await _deliver(engaged)
    await _end(engaged, phase)
    asked(cast.admin.ledger, thread, number, "csat", "nps")
    invited = await person.find("/invitations", "kind", "nps", engagement_id=engaged.id)
    answer = await rate(cast, thread, person, invited, {"recommend": 0})
    cast.admin.ledger.follows(thread, Act.HANDED_OVER, answer)
    return places


async def leave(cast: Cast, thread: int, places: list[tuple[str, str]]) -> None:
    """The client's people leave the team, so that nobody is in ever more of them."""
    for place, domain in reversed(places):
        await cast.admin.write(thread, Act.LEFT, domain, "POST", f"/members/{place}/end", {})


async def _win(cast: Cast, thread: int, person: Caller) -> tuple[_Engaged, str]:
    """Win an opportunity; the engagement that is drafted for it, and its number."""
    admin, title = cast.admin, unique("engagement")
    me = (await person.read("/me")).json()
    body = {"client_id": me["client"]["id"], "title": title, "stage": "negotiation"}
    made = await admin.write(thread, Act.SOUGHT, title, "POST", "/opportunities", body)
    move = f"/opportunities/{made['id']}/move"
    await admin.write(thread, Act.WON, title, "POST", move, {"stage": "won"})
    admin.ledger.follows(thread, Act.DRAFTED, title)
    found = await admin.find("/engagements", "title", title, sort="-created_at")
    engaged = _Engaged(cast, thread, person, me["user"]["id"], found["id"], title)
    return engaged, str(found["number"])


async def _staff(engaged: _Engaged) -> list[tuple[str, str]]:
    """A small client: one person has every place of its side; those places and their domains."""
    await engaged.place(engaged.cast.admin_id, "consulting_pm")
    executive = await engaged.place(engaged.person_id, "executive")
    pm = await engaged.place(engaged.person_id, "client_pm")
    core = await engaged.place(engaged.person_id, "core")
    peripheral = await engaged.place(engaged.person_id, "peripheral", core[1], answers_to=core[0])
    return [executive, pm, core, peripheral]


async def _begin(engaged: _Engaged) -> str:
    """Both sides agree and the first phase begins; its id."""
    admin, path = engaged.cast.admin, f"/engagements/{engaged.id}"
    await engaged.step(admin, Act.PROPOSED, f"{path}/propose")
    await engaged.step(admin, Act.CONFIRMED, f"{path}/confirm-plan")
    await engaged.step(engaged.person, Act.AGREED, f"{path}/confirm-plan")
    await engaged.step(admin, Act.ACTIVATED, f"{path}/activate")
    phase = await engaged.part(admin, "phases", PHASE)
    await engaged.step(admin, Act.PHASE_STARTED, f"/phases/{phase['id']}/start")
    return str(phase["id"])


async def _deliver(engaged: _Engaged) -> None:
    """Draft, comment, first check and decision of one deliverable."""
    deliverable = await engaged.part(engaged.person, "deliverables", DELIVERABLE)
    path = f"/deliverables/{deliverable['id']}"
    await engaged.say(Act.SUBMITTED, f"{path}/submit", "text")
    await engaged.say(Act.COMMENTED, f"{path}/comments", "body")
    await engaged.step(engaged.person, Act.CHECK_ASKED, f"{path}/request-check")
    await engaged.say(Act.CHECKED, f"{path}/check", "reason", passed=True)
    await engaged.say(Act.DECIDED, f"{path}/decide", "reason", accepted=True)


async def _end(engaged: _Engaged, phase_id: str) -> None:
    """Every task of the phase is done, and the phase over."""
    admin, thread = engaged.cast.admin, engaged.thread
    for task in (await admin.read("/tasks", phase_id=phase_id)).json()["items"]:
        path, words = f"/tasks/{task['id']}", f"{engaged.title} {task['key']}"
        await admin.write(thread, Act.TASK_STARTED, words, "POST", f"{path}/start", {})
        await admin.write(thread, Act.TASK_FINISHED, words, "POST", f"{path}/finish", {})
    await engaged.step(admin, Act.PHASE_ENDED, f"/phases/{phase_id}/end")
