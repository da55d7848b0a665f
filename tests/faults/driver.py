"""The true loop by the public API, again and again, by several at once, whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from shared.calendar import WorkingCalendar, add_working_days
from tests.faults.caller import Caller, Refused, Unanswered
from tests.faults.engaging import engage, leave
from tests.faults.ledger import Act, Ledger
from tests.faults.people import Cast
from tests.faults.rating import asked, rate
from tests.faults.words import unique

SIDE_BY_SIDE: Final = 5
EVERY_NTH_REGISTERS: Final = 3
EVERY_NTH_WINS: Final = 4
_PAUSE_SECONDS: Final = 0.05


@dataclass
class Driver:
    """Runs loops until told to stop, then lets those that run come to their end."""

    cast: Cast
    ledger: Ledger
    seed: int
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    beyond_the_desk: bool = True
    """With opportunities, engagements and surveys; else clients and cases alone."""
    people_leave: bool = False
    """The client's people leave the team in the end. Amid faults they do not: a lost answer is not
    given again to whose rights changed meanwhile, and what it was stays unknown."""
    rest_seconds: float = 0.0
    """Between two loops of one worker."""
    troubles: list[str] = field(default_factory=list)
    """Writes that were refused or never answered: the loop they belong to ended there."""
    _threads: int = 0

    async def run(self) -> None:
        """Drive until `stopping` is set; returns when the last loop has ended."""
        async with asyncio.TaskGroup() as group:
            for number in range(SIDE_BY_SIDE):
                group.create_task(self._again_and_again(number))

    async def _again_and_again(self, worker: int) -> None:
        chance = random.Random(self.seed * 100 + worker)
        while not self.stopping.is_set():
            self._threads += 1
            try:
                await self._loop(self._threads, chance)
            except (Refused, Unanswered) as trouble:
                self.troubles.append(str(trouble))
            await self._rest()

    async def _rest(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.stopping.wait(), self.rest_seconds)

    async def _loop(self, thread: int, chance: random.Random) -> None:
        """One thread of work: a client now and then, and one case from raising to closing."""
        if thread % EVERY_NTH_REGISTERS == 0:
            await self._client(thread)
        person = chance.choice(self.cast.persons)
        if self.beyond_the_desk and thread % EVERY_NTH_WINS == 0:
            places = await engage(self.cast, thread, person)
            if self.people_leave:
                await leave(self.cast, thread, places)
            if self.stopping.is_set():
                return
        agent = self.cast.agent
        subject = unique("case")
        case = await person.write(
            thread,
            Act.RAISED,
            subject,
            "POST",
            "/cases",
            {"kind": "complaint", "subject": subject, "description": "No answer for a week."},
        )
        path = f"/cases/{case['id']}"
        at_work = _AtWork(thread, subject, path, agent)
        await at_work.post(Act.ASSIGNED, "assign", {"assignee_id": self.cast.agent_id})
        await self._promise(at_work, str(case["id"]))
        await at_work.say(Act.ANSWERED, agent)
        await at_work.say(Act.REPLIED, person)
        await asyncio.sleep(_PAUSE_SECONDS * chance.random())
        await at_work.token(Act.RESOLVED, "resolve", "resolution")
        await self._follow_up(at_work, str(case["id"]))
        await at_work.post(Act.CLOSED, "close", {})
        if self.beyond_the_desk:
            asked(self.ledger, thread, str(case["number"]), "csat")
            invited = await person.find("/invitations", "subject", case["number"], waiting="true")
            await rate(self.cast, thread, person, invited, {"satisfaction": 1})

    async def _client(self, thread: int) -> None:
        name, remark = unique("client"), unique("remark")
        admin = self.cast.admin
        made = await admin.write(
            thread, Act.REGISTERED, name, "POST", "/clients", {"legal_name": name}
        )
        etag = f'"{made["version"]}"'
        try:
            await admin.write(
                thread,
                Act.CHANGED,
                remark,
                "PATCH",
                f"/clients/{made['id']}",
                {"notes": remark},
                **{"If-Match": etag},
            )
        except Refused:
            # No key makes a PATCH repeatable: a lost answer is followed by "stale", and what is
            # there now tells whether it was done.
            found = (await admin.read(f"/clients/{made['id']}")).json()
            if found["notes"] != remark:
                raise
            self.ledger.done_after_all(remark)

    async def _promise(self, at_work: _AtWork, case_id: str) -> None:
        words = unique("promise")
        day = add_working_days(WorkingCalendar(), datetime.now(UTC).date(), 3)
        due = datetime(day.year, day.month, day.day, 2, 30, tzinfo=UTC)
        body = {
            "case_id": case_id,
            "kind": "resolution",
            "due_at": due.isoformat(),
            "text": words,
        }
        await at_work.agent.write(at_work.thread, Act.PROMISED, words, "POST", "/promises", body)

    async def _follow_up(self, at_work: _AtWork, case_id: str) -> None:
        planned = (await at_work.agent.read("/follow-ups", case_id=case_id)).json()["items"]
        words = unique("heard")
        await at_work.agent.write(
            at_work.thread,
            Act.FOLLOWED_UP,
            words,
            "POST",
            f"/follow-ups/{planned[0]['id']}/record",
            {"satisfied": True, "score": 5, "notes": words},
        )


@dataclass(frozen=True)
class _AtWork:
    """A case being worked on; its subject names acts that carry no words of their own."""

    thread: int
    subject: str
    path: str
    agent: Caller

    async def post(self, act: Act, verb: str, body: dict[str, Any]) -> None:
        await self.agent.write(self.thread, act, self.subject, "POST", f"{self.path}/{verb}", body)

    async def token(self, act: Act, verb: str, name: str) -> None:
        words = unique(verb)
        body = {name: words}
        await self.agent.write(self.thread, act, words, "POST", f"{self.path}/{verb}", body)

    async def say(self, act: Act, who: Caller) -> None:
        words = unique("words")
        body = {"body": words}
        await who.write(self.thread, act, words, "POST", f"{self.path}/messages", body)


async def drive_for(driver: Driver, seconds: timedelta) -> None:
    """Drive for a while with nothing going wrong."""
    running = asyncio.create_task(driver.run())
    await asyncio.sleep(seconds.total_seconds())
    driver.stopping.set()
    await running
