"""A firm and a client's team around running surveys, told of cases and teams by events."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import asyncpg

from shared.contracts.clients import ClientState
from shared.contracts.desk import CaseState
from shared.contracts.engagements import EngagementState, MemberState, PhaseSummary
from shared.contracts.gateway import UserState
from shared.events import State, Visibility
from shared.identity import Actor, Importer, Side
from shared.ids import new_id
from tests.support.services import SharedService, client_side, firm
from tests.support.telling import tell

TODAY = date(2026, 11, 23)
ROLES = ("executive", "client_pm", "core", "core", "core", "core", "core", "peripheral")


@dataclass
class Member:
    """A client-side person with a place in the team."""

    actor: Actor
    role: str
    email: str


@dataclass(kw_only=True)
class Office(SharedService):
    """The running service, its people, and the folder its mail goes to."""

    name: ClassVar[str] = "surveys"
    mail: Path
    client_id: UUID = field(default_factory=new_id)
    engagement_id: UUID = field(default_factory=new_id)
    phase_id: UUID = field(default_factory=new_id)
    admin: Actor = field(default_factory=lambda: firm("Admin", "admin"))
    partner: Actor = field(default_factory=lambda: firm("Director", "partner"))
    lead: Actor = field(default_factory=lambda: firm("Lead", "consulting_pm"))
    manager: Actor = field(default_factory=lambda: firm("Manager", "client_manager"))
    agent: Actor = field(default_factory=lambda: firm("Agent", "agent"))
    bystander: Actor = field(default_factory=lambda: firm("Bystander", "consultant"))
    team: list[Member] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number, role in enumerate(ROLES):
            self.team.append(self._member(f"成员{number}", role))

    def _member(self, name: str, role: str) -> Member:
        actor = client_side(name, self.client_id, "en" if role == "executive" else "zh")
        return Member(actor, role, f"{name}@huaxin.example")

    async def tell(
        self, state: State, *, action: str = "changed", historical: bool = False
    ) -> None:
        """Hand an event to every subscription that wants it, as the subscriber would."""
        await tell(self, state, action=action, historical=historical)

    async def introduce(self) -> None:
        """Let the service know everybody and everything by event."""
        for actor in (self.admin, self.partner, self.lead, self.manager, self.agent):
            await self.known(actor, f"{actor.name}@firm.example")
        await self.known(self.bystander, "bystander@firm.example")
        await self.tell(
            ClientState(
                id=self.client_id,
                number="C-000001",
                legal_name="华信科技有限公司",
                owner_id=self.manager.user_id,
            )
        )
        for member in self.team:
            await self.known(member.actor, member.email)
            await self.tell(self.place(member))
        await self.tell(self.place(Member(self.lead, "consulting_pm", "")))
        await self.tell(self.engagement())

    async def known(self, actor: Actor, email: str) -> None:
        """Let the service know somebody with an account."""
        state = UserState(
            id=actor.user_id,
            name=actor.name,
            side=actor.side,
            status="active",
            roles=tuple(sorted(actor.roles)),
            client_id=actor.client_id,
            email=email,
            language=actor.language,
        )
        await self.tell(state)

    def place(self, member: Member, **changes: Any) -> MemberState:
        """Somebody's live place on the engagement's team, or as given."""
        values = {
            "id": new_id(),
            "engagement_id": self.engagement_id,
            "client_id": self.client_id,
            "user_id": member.actor.user_id,
            "name": member.actor.name,
            "side": str(member.actor.side),
            "role": member.role,
            "starts_on": TODAY - timedelta(days=30),
            "status": "live",
        }
        return MemberState(**(values | changes))

    def engagement(self, status: str = "active", ends_on: date = TODAY) -> EngagementState:
        """The engagement with its phase as it stands."""
        phase = PhaseSummary(
            id=self.phase_id,
            key="diagnosis",
            title={"en": "Diagnosis", "zh": "诊断"},
            position=1,
            status=status,
            ends_on=ends_on,
        )
        return EngagementState(
            id=self.engagement_id,
            number="E-2026-001",
            client_id=self.client_id,
            title="流程优化",
            status="active",
            director_id=self.partner.user_id,
            consulting_pm_id=self.lead.user_id,
            phases=(phase,),
            latest_phase_id=self.phase_id,
            opened_at=self.clock.now,
        )

    async def end_phase(self, **more: Any) -> None:
        """The phase has ended."""
        await self.tell(self.engagement("ended"), action="phase_ended", **more)

    async def past_answer(self) -> dict[str, Any]:
        """An answer of the past as it is entered, about a case that was closed then."""
        case = self.case()
        await self.tell(case, action="closed", historical=True)
        return {
            "campaign": "case_closed",
            "client_id": str(self.client_id),
            "subject": case.number,
            "case_id": str(case.id),
            "person_id": str(self.team[1].actor.user_id),
            "answers": {"satisfaction": 2},
        }

    def case(self, status: str = "closed", **changes: Any) -> CaseState:
        """A case of the client's project manager, about the agent."""
        values = {
            "id": new_id(),
            "visibility": Visibility(excluded=(self.agent.user_id,)),
            "number": "K-2026-000001",
            "kind": "complaint",
            "subject": "培训迟到",
            "status": status,
            "client_id": self.client_id,
            "requester_id": self.team[1].actor.user_id,
            "opened_at": self.clock.now,
        }
        return CaseState(**(values | changes))

    async def answer(
        self, method: str, token: str, answers: Any = None, *, status: int | None = None
    ) -> Any:
        """A call of the answer page, as the gateway passes it on for somebody who is nobody."""
        body = None if answers is None else {"answers": answers}
        headers = {"Survey-Token": token, "Rapport-Client-Address": "10.0.0.7"}
        response = await self.call(
            OUTSIDER, method, "/answers", body, status=status, headers=headers
        )
        return response.json() if response.content else None

    async def letters(self, count: int) -> list[dict[str, Any]]:
        """The mail that was sent, once there are at least so many."""
        deadline = time.monotonic() + 30
        while True:
            found = [json.loads(path.read_bytes()) for path in sorted(self.mail.glob("*.json"))]
            if len(found) >= count:
                return found
            assert time.monotonic() < deadline, f"{len(found)} letters, not {count}"
            await asyncio.sleep(0.05)

    async def tokens(self, count: int) -> dict[str, str]:
        """What stands after # in the links, by the recipient's address."""
        return {
            each["recipient"]: each["body"].split("/survey#")[1].split()[0]
            for each in await self.letters(count)
        }

    async def campaign(self, key: str, **changes: Any) -> None:
        """Change a shipped campaign, as an administrator does."""
        (one,) = (await self.get(self.admin, f"/campaigns?key={key}"))["items"]
        match = {"If-Match": f'"{one["version"]}"'}
        path = f"/campaigns/{one['id']}"
        await self.call(self.admin, "PATCH", path, changes, headers=match, status=200)

    async def until(self, statement: str, *values: Any) -> list[asyncpg.Record]:
        """Rows of a statement, once there are any: what a timer does takes a moment."""
        deadline = time.monotonic() + 30
        while not (found := await self.rows(statement, *values)):
            assert time.monotonic() < deadline, statement
            await asyncio.sleep(0.05)
        return found


OUTSIDER = Actor(UUID(int=0), "", Side.CLIENT)
"""Whom the gateway names for somebody who is not signed in."""


def importing(actor: Actor) -> Actor:
    """The administrator while importing history."""
    return replace(actor, importer=Importer(actor.user_id, actor.name))
