"""Cases as stories: who raised them, and what was done about them, one act after the other.

An act is `[when, who, what, ...]`: `when` in working time after the act before (`now`: from here on
everything is done live, so that its clocks run), `who` a handle or `requester`.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any, Final

from deploy.demo.door import Door
from deploy.demo.reading import stories
from deploy.demo.when import ZONE, Timetable

Story = dict[str, Any]
NOW: Final = "now"
LEAD: Final = "fang"


class Cases:
    """Loads every case; `clients` are ids by short name.

    Tells who raised a case and when it ended, by its subject.
    """

    def __init__(self, door: Door, times: Timetable, clients: dict[str, str]) -> None:
        self.requesters: dict[str, str] = {}
        self.ended: dict[str, datetime] = {}
        self._door, self._times, self._clients = door, times, clients

    async def tell(self) -> None:
        """Tell what was raised before today, and then what is raised today."""
        told = stories("cases")
        past = [story for story in told if story["at"] != NOW]
        await asyncio.gather(*(self._tell(story) for story in past))
        await asyncio.gather(*(self._tell(story) for story in told if story["at"] == NOW))

    async def _tell(self, story: Story) -> None:
        case = _Case(self._door, self._times, story, self._clients.get(story.get("client", "")))
        await case.open()
        for place, act in enumerate(story.get("acts", [])):
            await case.act(place, act)
        self.requesters[story["subject"]] = story["by"]
        self.ended[story["subject"]] = case.at


class _Case:
    def __init__(self, door: Door, times: Timetable, story: Story, client: str | None) -> None:
        self._door, self._times, self._story, self._client = door, times, story, client
        self._live = story["at"] == NOW
        self.at = times.present() if self._live else times.moment(story["at"])
        self._key = f"case {story['subject']}"
        self._made: dict[str, list[str]] = {"promise": [], "solution": [], "follow-up": []}
        self._path = ""

    async def open(self) -> None:
        """Raise it: by the requester, or by the agent who heard of it on the phone."""
        story = self._story
        body: dict[str, Any] = {
            name: story[name]
            for name in ("kind", "subject", "description", "remedy_sought")
            if name in story
        }
        if "heard_by" in story:
            body |= {"client_id": self._client, "requester_id": self._door.ids[story["by"]]}
            body["channel"] = story.get("channel", "phone")
        who = str(story.get("heard_by", story["by"]))
        self._id = await self._write(self._key, "/cases", body, who)
        self._path = f"/cases/{self._id}"
        weighed = {name: story[name] for name in ("priority", "severity") if name in story}
        if weighed:
            # How urgent and how grave it is, the firm says: the requester does not.
            await self._write(f"{self._key} weighed", self._path, weighed, LEAD, version=1)

    async def act(self, place: int, act: list[Any]) -> None:
        """One act of the story."""
        when, who, what, *words = act
        if when == NOW:
            self._live, self.at = True, self._times.present()
        elif not self._live:
            self.at = self._times.later(self.at, when)
        who = self._story["by"] if who == "requester" else who
        path, body, kind = getattr(self, f"_{what.replace('-', '_')}")(*words)
        made = await self._write(f"{self._key} {place}", path, body, who)
        if kind:
            self._made[kind].append(made)

    async def _write(
        self, key: str, path: str, body: Any, who: str, version: int | None = None
    ) -> str:
        at = None if self._live else self.at
        return await self._door.write(key, path, body, who=who, at=at, version=version)

    def _on(self, step: str, **body: Any) -> tuple[str, Any, str]:
        return f"{self._path}/{step}", body, ""

    def _assign(self, who: str) -> Any:
        return self._on("assign", assignee_id=self._door.ids[who])

    def _about(self, who: str) -> Any:
        return self._on("about", user_ids=[self._door.ids[who]])

    def _reply(self, text: str) -> Any:
        return self._on("messages", body=text)

    def _note(self, text: str) -> Any:
        return self._on("notes", body=text)

    def _restate(self, text: str) -> Any:
        return self._on("restate", text=text)

    def _confirm(self) -> Any:
        return self._on("confirm-need", confirmed=True)

    def _correct(self, comment: str) -> Any:
        return self._on("confirm-need", confirmed=False, comment=comment)

    def _wait(self, reason: str) -> Any:
        return self._on("wait", reason=reason)

    def _resume(self) -> Any:
        return self._on("resume")

    def _start(self) -> Any:
        return self._on("start")

    def _resolve(self, text: str) -> Any:
        return self._on("resolve", resolution=text)

    def _close(self) -> Any:
        return self._on("close")

    def _reopen(self, reason: str) -> Any:
        return self._on("reopen", reason=reason)

    def _withdraw(self, reason: str) -> Any:
        return self._on("withdraw", reason=reason)

    def _promise(self, kind: str, length: str, text: str | None = None) -> Any:
        body = {"case_id": self._id, "kind": kind, "due_at": self._due(length), "text": text}
        return "/promises", body, "promise"

    def _renegotiate(self, length: str, reason: str) -> Any:
        path = f"/promises/{self._made['promise'][-1]}/renegotiate"
        return path, {"due_at": self._due(length), "reason": reason}, "promise"

    def _keep(self, note: str) -> Any:
        return f"/promises/{self._made['promise'][-1]}/keep", {"note": note}, ""

    def _offer(self, title: str, text: str, days: int, risk: str, cost: int = 0) -> Any:
        body = {"case_id": self._id, "title": title, "description": text, "duration_days": days}
        price = {"amount_minor": cost * 100, "currency": self._story.get("currency", "CNY")}
        return "/solutions", {**body, "risk": risk, "cost": price}, "solution"

    def _accept(self, number: int) -> Any:
        return f"/solutions/{self._made['solution'][number - 1]}/accept", None, ""

    def _decline(self, number: int, reason: str) -> Any:
        return f"/solutions/{self._made['solution'][number - 1]}/decline", {"reason": reason}, ""

    def _plan(self, length: str) -> Any:
        day = self._times.due(self.at, length).astimezone(ZONE).date()
        return "/follow-ups", {"case_id": self._id, "due_on": str(day)}, "follow-up"

    def _follow_up(self, score: int, notes: str, reopen: bool = False) -> Any:
        body = {"satisfied": score > 3, "score": score, "notes": notes, "reopen": reopen}
        return f"/follow-ups/{self._made['follow-up'][-1]}/record", body, ""

    def _due(self, length: str) -> str:
        return self._times.due(self.at, length).isoformat()
