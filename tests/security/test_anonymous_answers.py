"""A team answers anonymously on a living instance; then everything that is kept is searched.

Everybody signs in from an address of their own, opens the survey from there, keeps a draft and
submits: the most that logs could tell. One more leaves it at the draft.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import asyncpg
import httpx
import pytest

from deploy.supervisor.home import Home
from shared.middleware import REQUEST_ID
from tests.security.joining import Answerer, Evidence, Kept, joins
from tests.security.test_canary import TABLES, at_rest, databases
from tests.support.instances import Instance, empty_home
from tests.support.people import Person, first_administrator

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

DOMAIN: Final = "采购"
CORE: Final = 8
"""Enough that they lie in the order they came by chance but once in twenty thousand times."""


@dataclass
class Participant:
    """Somebody asked: what they say, and whatever names them or a call of theirs."""

    person: Person
    number: int
    words: str = field(default_factory=lambda: f"words-{uuid4().hex}")
    ways: set[str] = field(default_factory=set)

    @property
    def address(self) -> str:
        """Where they call from."""
        return f"127.0.0.{10 + self.number}"

    def answer(self, *, submits: bool) -> None:
        """Open the own survey, keep a draft, and submit it or not."""
        transport = httpx.HTTPTransport(local_address=self.address)
        base = f"{self.person.instance.address}/api/v1"
        with httpx.Client(base_url=base, transport=transport, timeout=30) as client:
            mine = {"headers": self.person.headers}
            (waiting,) = self._call(client, "GET", "/invitations?waiting=true", **mine)["items"]
            opened = self._call(client, "POST", f"/invitations/{waiting['id']}/open", **mine)
            token = opened["path"].split("#")[1]
            link: dict[str, Any] = {"headers": {"Survey-Token": token}}
            said = {"json": {"answers": {"comment": self.words}}}
            self._call(client, "PUT", "/answers", **link, **said)
            if submits:
                rated = {"json": {"answers": {"satisfaction": 1 + self.number % 3}}}
                self._call(client, "POST", "/answers", **link, **rated)
        self.ways |= {waiting["id"], token, hashlib.sha256(token.encode()).hexdigest()}
        self.ways |= {self.person.id, self.person.name, self.person.email, self.address}

    def _call(self, client: httpx.Client, method: str, path: str, **sent: Any) -> Any:
        answer = client.request(method, path, **sent)
        assert answer.is_success, answer.text
        self.ways.add(answer.headers[REQUEST_ID])
        return answer.json() if answer.content else None


@pytest.fixture
def instance(open_home: Path) -> Iterator[Instance]:
    """An empty one of its own."""
    with Instance(empty_home(open_home / "home")) as instance:
        yield instance


def asked(instance: Instance) -> list[Participant]:
    """A team whose phase has ended, its core members asked without their names."""
    admin = first_administrator(instance)
    client = admin.post("/clients", {"legal_name": "华信科技有限公司"})["id"]
    lead = admin.bring_in("lead@firm.example", "Lead", side="firm", roles=["consulting_pm"])
    body = {"client_id": client, "title": "流程优化", "domains": [DOMAIN]}
    engagement = lead.post("/engagements", body)["id"]
    director = admin.bring_in("boss@firm.example", "Boss", side="firm", roles=["partner"])
    places = {"director": director}
    for role in ("executive", "client_pm", "peripheral"):
        email = f"{role}@huaxin.example"
        places[role] = admin.bring_in(email, role, side="client", client_id=client)
    team = [
        Participant(
            admin.bring_in(f"p{n}@huaxin.example", f"Member-{n}", side="client", client_id=client),
            n,
        )
        for n in range(CORE + 1)
    ]
    seats = [("core", each.person) for each in team] + list(places.items())
    taken: dict[str, str] = {}
    for role, person in seats:
        place: dict[str, Any] = {"engagement_id": engagement, "user_id": person.id}
        place |= {"role": role}
        if role in {"core", "peripheral"}:
            place |= {"domains": [DOMAIN]}
        if role == "peripheral":
            place |= {"answers_to": taken["core"]}
        taken[role] = lead.post("/members", place)["id"]
    _campaigns(admin)
    for manager, step in (
        (lead, "propose"),
        (lead, "confirm-plan"),
        (places["client_pm"], "confirm-plan"),
        (lead, "activate"),
    ):
        manager.post(f"/engagements/{engagement}/{step}")
    _first_phase(lead, engagement)
    for each in team:
        each.person.until("/invitations", waiting=True)
    return team


def _campaigns(admin: Person) -> None:
    """The team is asked without names, and only its core members: they are enough."""
    (one,) = admin.get("/campaigns", key="phase_ended_team")["items"]
    admin.patch(f"/campaigns/{one['id']}", anonymous=True, roles=["core"])


def _first_phase(lead: Person, engagement: str) -> None:
    """The first phase from start to end."""
    phases = lead.get("/phases", engagement_id=engagement, limit=50)["items"]
    phase = min(phases, key=lambda each: each["position"])["id"]
    lead.post(f"/phases/{phase}/start")
    for task in lead.get("/tasks", phase_id=phase, limit=100)["items"]:
        for step in ("start", "finish"):
            lead.post(f"/tasks/{task['id']}/{step}", {})
    lead.post(f"/phases/{phase}/end", {})


async def kept(store: asyncpg.Connection, table: str) -> list[Kept]:
    """A table's rows as they lie."""
    rows = await store.fetch(f'SELECT t.*, t.xmin::text AS "written by" FROM "{table}" t')
    return [
        Kept(
            {name: value for name, value in row.items() if name != "written by"},
            position,
            int(row["written by"]),
        )
        for position, row in enumerate(rows)
    ]


async def everything(instance: Instance, people: list[Participant]) -> Evidence:
    """Every row of every database, the streams' files, and what all processes logged."""
    stores = await databases(Home(instance.home))
    await at_rest(stores)
    tables = {
        f"{name}.{table}": await kept(store, table)
        for name, store in stores.items()
        for (table,) in await store.fetch(TABLES)
    }
    for store in stores.values():
        await store.close()
    files = (instance.home / "nats").rglob("*.blk")
    texts = {file.parent.parent.name: file.read_bytes().decode("latin-1") for file in files}
    texts["log"] = instance.output
    answers = tables.pop("surveys.anonymous_responses")
    answerers = [Answerer(each.words, frozenset(each.ways)) for each in people]
    return Evidence(answerers, answers, tables, texts)


async def test_no_anonymous_answer_can_be_joined_to_whoever_gave_it(instance: Instance) -> None:
    people = await asyncio.to_thread(asked, instance)
    for each in people:
        await asyncio.to_thread(each.answer, submits=each.number < CORE)
    evidence = await everything(instance, people)
    assert len(evidence.answers) == CORE
    assert all(any(way in evidence.texts["log"] for way in each.ways) for each in people)
    assert joins(evidence) == []
    lines = [line for line in instance.lines if '"route":"/api/v1/answers"' in line]
    lines += [line for line in instance.lines if "/invitations" in line and '"POST"' in line]
    assert len(lines) >= 2 * CORE + len(people)
    named = {way for each in people for way in (each.person.id, each.address)}
    assert [line for line in lines if any(f'"{way}"' in line for way in named)] == []
