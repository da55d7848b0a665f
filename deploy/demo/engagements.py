"""Engagements as stories: the team, the work as far as it is, and the way of every deliverable.

The draft is the one that the won opportunity made. Its tasks are done as they are planned, but for
those that are `late` (until that day), still `open` or on `hold` (not begun); `acts` are
`[moment, who, what, ...]`, with `now` for what is live. What is extended ends some days from now.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Final

from deploy.demo.door import PAUSE_SECONDS, Door
from deploy.demo.reading import stories
from deploy.demo.registry import NOW, Registry
from deploy.demo.when import Timetable
from deploy.demo.work import Work
from deploy.supervisor.home import CannotStart

PATIENCE_SECONDS: Final = 60.0
MORNING: Final = "09:05"
APART: Final = timedelta(minutes=20)
"""At least so far apart are the steps of a deliverable."""
Story = dict[str, Any]
Deed = tuple[datetime, int, Callable[[], Awaitable[Any]]]


class Engagements:
    """Loads the engagements; `found` ends up with their records."""

    def __init__(self, door: Door, times: Timetable, registry: Registry) -> None:
        self.found: dict[str, dict[str, Any]] = {}
        self._door, self._times, self._registry = door, times, registry

    async def tell(self) -> None:
        """Tell all of them, one beside the other."""
        await asyncio.gather(*(self._tell(story) for story in stories("engagement_")))

    async def _tell(self, story: Story) -> None:
        draft = await self._draft(await self._registry.won(story["opportunity"]))
        engagement = _Engagement(self._door, self._times, story, draft)
        await engagement.tell()
        self.found[story["key"]] = (
            draft | engagement.records | {"lead": story["hands"]["consulting_pm"]}
        )

    async def _draft(self, opportunity_id: str) -> Any:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            drafted = await self._door.get("/engagements", opportunity_id=opportunity_id)
            if drafted["items"]:
                return drafted["items"][0]
            await asyncio.sleep(PAUSE_SECONDS)
        raise CannotStart("a won opportunity made no draft of an engagement in 60 s.")


class _Engagement:
    def __init__(self, door: Door, times: Timetable, story: Story, draft: Any) -> None:
        self.records: dict[str, Any] = {"id": draft["id"]}
        self._door, self._times, self._story = door, times, story
        self._id, self._version = str(draft["id"]), int(draft["version"])
        self._members: dict[str, str] = {}
        self._latest: dict[str, datetime] = {}

    async def tell(self) -> None:
        """Staff the draft, then do what was done, in the order of time."""
        await self._describe()
        for place in self._story["team"]:
            await self._join(place)
        for kind in ("phases", "tasks", "key-nodes", "deliverables"):
            await self._learn(kind)
        work = Work(self._door, self._times, self._story, self.records, self._write)
        await work.learn()
        for at, _, do in sorted(self._acts(), key=lambda deed: deed[:2]):
            await work.until(at)
            await do()
        await work.until(self._times.present())

    async def _describe(self) -> None:
        story = self._story
        said = ("objectives", "domains", "small")
        body: dict[str, Any] = {name: story[name] for name in said if name in story}
        body["starts_on"] = str(self._times.day(story["starts"]))
        at = self._times.moment(f"{story['team'][0][0]} {MORNING}")
        path = f"/engagements/{self._id}"
        await self._write("described", path, body, "partner", at, version=self._version)

    async def _join(self, place: list[Any]) -> None:
        day, who, role, *more = place
        body = {
            "engagement_id": self._id,
            "user_id": self._door.ids[who],
            "role": role,
            "domains": more[0] if more else [],
            "answers_to": self._members[more[1]] if len(more) > 1 else None,
        }
        at = self._times.moment(f"{day} {MORNING}")
        made = await self._write(f"joins {who} {role}", "/members", body, "partner", at)
        self._members[who] = made

    async def _learn(self, kind: str) -> None:
        listed = await self._door.get(f"/{kind}", engagement_id=self._id, limit="200")
        self.records[kind] = {item["key"]: item for item in listed["items"] if item["key"]}

    def _acts(self) -> list[Deed]:
        return [self._deed(place, act) for place, act in enumerate(self._story["acts"], start=1)]

    def _deed(self, place: int, act: list[Any]) -> Deed:
        words, who, what, *more = act
        at = None if words == NOW else self._after(self._times.moment(words), more)

        async def do() -> None:
            path, body, *version = getattr(self, f"_{what.replace('-', '_')}")(what, *more)
            made = await self._write(f"act {place}", path, body, who, at, *version)
            if what == "add-deliverable":
                self.records["deliverables"][more[0]] = {"id": made}
            elif what == "extend":
                await self._learn("tasks")

        return at or self._times.present(), place, do

    def _after(self, at: datetime, more: list[Any]) -> datetime:
        """The moment, after the step before of the same record."""
        record = str(more[0]) if more else ""
        if record in self._latest:
            at = min(max(at, self._latest[record] + APART), self._times.anchor)
        self._latest[record] = at
        return at

    async def _write(
        self,
        key: str,
        path: str,
        body: Any,
        who: str,
        at: datetime | None,
        version: int | None = None,
    ) -> str:
        key = f"engagement {self._story['key']} {key}"
        return await self._door.write(key, path, body, who=who, at=at, version=version)

    def _on(self, act: str) -> Any:
        return f"/engagements/{self._id}/{act}", None

    _propose = _confirm_plan = _activate = _start_closing = _on

    def _end(self, _: str, who: str) -> Any:
        return f"/members/{self._members[who]}/end", None

    def _assign(self, act: str, key: str, who: str) -> Any:
        task = self.records["tasks"][key]["id"]
        return f"/tasks/{task}/{act}", {"user_id": self._door.ids[who]}

    def _extend(self, _: str, key: str, until: str) -> Any:
        task = self.records["tasks"][key]
        days = self._times.working_days(task["starts_on"], self._times.day(until))
        return f"/tasks/{task['id']}", {"days": days}, task["version"]

    def _add_deliverable(self, _: str, __: str, task: str, domain: str, en: str, zh: str) -> Any:
        place = self.records["tasks"][task]["id"]
        return "/deliverables", {"task_id": place, "domain": domain, "title": {"en": en, "zh": zh}}

    def _of(self, key: str, act: str) -> str:
        return f"/deliverables/{self.records['deliverables'][key]['id']}/{act}"

    def _submit(self, act: str, key: str, text: str, reference: str | None = None) -> Any:
        return self._of(key, act), {"text": text, "reference": reference}

    def _comment(self, _: str, key: str, text: str) -> Any:
        return self._of(key, "comments"), {"body": text}

    def _review(self, act: str, key: str) -> Any:
        return self._of(key, act), None

    _take_back = _request_check = _start_rollout = _finish_rollout = _review

    def _check(self, act: str, key: str, reason: str | None = None) -> Any:
        return self._of(key, act), {"passed": reason is None, "reason": reason}

    def _decide(self, act: str, key: str, reason: str | None = None) -> Any:
        return self._of(key, act), {"accepted": reason is None, "reason": reason}
