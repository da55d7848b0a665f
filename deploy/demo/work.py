"""The work of an engagement: tasks done as they are planned, phases and key nodes with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Final

from deploy.demo.door import Door
from deploy.demo.when import Timetable

TEMPLATE: Final = "process-consulting"
PHASE_STARTS, TASK_STARTS, TASK_ENDS = "11:30", "13:40", "16:30"
NODE_HELD, PHASE_ENDS = "17:10", "17:40"
"""The order of a day."""
Write = Callable[[str, str, Any, str, datetime | None], Awaitable[str]]
Event = tuple[datetime, str, str, datetime]
"""When it is planned, the act, the task, and when it is done."""


class Work:
    """Does, in the order of time, what the plan says was due before the anchor.

    `records` are the engagement's phases, tasks and key nodes by key. A task that ends on its day
    moves nothing; after one that ends late the plan is read again.
    """

    def __init__(
        self,
        door: Door,
        times: Timetable,
        story: dict[str, Any],
        records: dict[str, Any],
        write: Write,
    ) -> None:
        self._door, self._times, self._story, self._write = door, times, story, write
        self._records = records
        self._late: dict[str, str] = story.get("late", {})
        self._phases: dict[str, Any] = {}

    async def learn(self) -> None:
        """Read from the template which key node belongs to which task."""
        template = await self._door.get(f"/templates/{TEMPLATE}")
        self._phases = {phase["key"]: phase for phase in template["phases"]}

    async def until(self, moment: datetime) -> None:
        """Do what was due up to a moment."""
        while (event := self._next()) is not None and event[3] <= moment:
            await self._do(event)

    def _next(self) -> Event | None:
        """What the plan has next, before today; what is late keeps everything after it waiting."""
        events: list[Event] = []
        for key, task in self._records["tasks"].items():
            if task["status"] == "planned" and key not in self._story.get("hold", ()):
                starts = self._times.on(task["starts_on"], TASK_STARTS)
                events.append((starts, "start", key, starts))
            elif task["status"] == "active" and key not in self._story.get("open", ()):
                ends = self._times.on(task["ends_on"], TASK_ENDS)
                late = self._late.get(key)
                done = self._times.moment(f"{late} {TASK_ENDS}") if late else ends
                events.append((ends, "finish", key, max(done, ends)))
        following = min(events, default=None)
        if following is None or not self._times.is_past(following[3]):
            return None
        return following

    async def _do(self, event: Event) -> None:
        _, act, key, at = event
        task = self._records["tasks"][key]
        phase = next(name for name, each in self._phases.items() if self._has(each, key))
        if act == "start":
            await self._open(phase, task["starts_on"])
        path = f"/tasks/{task['id']}/{act}"
        await self._write(f"{act} task {key}", path, None, self._hand(task), at)
        task["status"] = "active" if act == "start" else "done"
        if act == "finish":
            await self._after(phase, key, at)
            if key in self._late:
                await self._read_again()

    async def _open(self, phase: str, day: str) -> None:
        record = self._records["phases"][phase]
        if record["status"] == "planned":
            await self._mark("phases", phase, "start", self._times.on(day, PHASE_STARTS))
            record["status"] = "active"

    async def _after(self, phase: str, key: str, at: datetime) -> None:
        """Hold the key nodes of a finished task; end its phase when it was the last."""
        day = str(self._times.local_day(at))
        for node in self._phases[phase]["key_nodes"]:
            if node["after"] == key:
                await self._mark("key-nodes", node["key"], "hold", self._times.on(day, NODE_HELD))
        tasks = [self._records["tasks"][task["key"]] for task in self._phases[phase]["tasks"]]
        if all(task["status"] == "done" for task in tasks):
            await self._mark("phases", phase, "end", self._times.on(day, PHASE_ENDS))
            self._records["phases"][phase]["status"] = "ended"

    async def _mark(self, kind: str, key: str, act: str, at: datetime) -> None:
        lead = self._story["hands"]["consulting_pm"]
        path = f"/{kind}/{self._records[kind][key]['id']}/{act}"
        await self._write(f"{act} {kind} {key}", path, None, lead, at)

    async def _read_again(self) -> None:
        engagement = self._records["id"]
        listed = await self._door.get("/tasks", engagement_id=engagement, limit="200")
        self._records["tasks"] = {task["key"]: task for task in listed["items"]}

    def _hand(self, task: Any) -> str:
        return str(self._story["hands"][task["role"]])

    def _has(self, phase: Any, key: str) -> bool:
        return any(task["key"] == key for task in phase["tasks"])
