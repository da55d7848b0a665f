"""Answers to surveys over six months: about closed cases, and about phases that ended."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Final

from deploy.demo.cases import Cases
from deploy.demo.door import ADMINISTRATOR, PATIENCE_SECONDS, PAUSE_SECONDS, Door
from deploy.demo.engagements import Engagements
from deploy.demo.reading import table
from deploy.demo.when import Timetable
from deploy.supervisor.home import CannotStart

Row = dict[str, str]
LEADERS: Final = frozenset({"executive", "client_pm"})


class Surveys:
    """Enters the answers once cases and engagements are told."""

    def __init__(
        self, door: Door, times: Timetable, cases: Cases, engagements: Engagements
    ) -> None:
        self._door, self._times = door, times
        self._cases, self._engagements = cases, engagements

    async def tell(self) -> None:
        """Enter every answer at the moment it was given."""
        listed = await self._door.get("/cases", limit="200")
        cases = {item["subject"]: item for item in listed["items"]}
        about_cases = [self._about_case(row, cases) for row in table("answers_cases")]
        about_phases = [self._about_phase(row) for row in table("answers_phases")]
        today = [self._today(row) for row in table("answers_live")]
        await asyncio.gather(*about_cases, *about_phases, *today)

    async def _about_case(self, row: Row, cases: dict[str, Any]) -> None:
        case, person = cases[row["subject"]], self._cases.requesters[row["subject"]]
        marks = {"satisfaction": row["satisfaction"], "kept_word": row["kept_word"]}
        body = {
            "campaign": "case_closed",
            "client_id": case["client_id"],
            "subject": case["number"],
            "case_id": case["id"],
            "person_id": self._door.ids[person],
            "answers": _answers(marks, row["comment"]),
        }
        at = self._times.later(self._cases.ended[row["subject"]], "5h")
        key = f"answer {row['subject']}"
        await self._door.write(key, "/responses", body, who=ADMINISTRATOR, at=at)

    async def _about_phase(self, row: Row) -> None:
        engagement = self._engagements.found[row["engagement"]]
        phase = engagement["phases"][row["phase"]]
        leads = row["role"] in LEADERS
        asked = {"recommend": row["score"]}
        team = {"satisfaction": row["score"], "involved": row["involved"]}
        body = {
            "campaign": "phase_ended_leaders" if leads else "phase_ended_team",
            "client_id": engagement["client_id"],
            "subject": engagement["number"],
            "engagement_id": engagement["id"],
            "phase_id": phase["id"],
            "phase_title": phase["title"],
            "person_id": self._door.ids[row["person"]],
            "role": row["role"],
            "answers": _answers(asked if leads else team, row["comment"]),
        }
        key = f"answer {row['engagement']} {row['phase']} {row['person']}"
        at = self._times.moment(row["at"])
        await self._door.write(key, "/responses", body, who=ADMINISTRATOR, at=at)

    async def _today(self, row: Row) -> None:
        """Somebody answers the survey that was sent when their case was closed just now."""
        who = row["person"]
        invitation = await self._invitation(self._door.ids[who])
        if invitation["status"] != "open":
            return
        link = await self._door.ask(f"/invitations/{invitation['id']}/open", who=who)
        marks = {"satisfaction": row["satisfaction"], "kept_word": row["kept_word"]}
        await self._door.write(
            f"answer today {who}",
            "/answers",
            {"answers": _answers(marks, row["comment"])},
            who=who,
            at=None,
            survey_token=link["path"].partition("#")[2],
        )

    async def _invitation(self, person_id: str) -> Any:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            found = await self._door.get("/invitations", person_id=person_id)
            if found["items"]:
                return found["items"][0]
            await asyncio.sleep(PAUSE_SECONDS)
        raise CannotStart("a closed case led to no survey in 60 s.")


def _answers(marks: dict[str, str], comment: str) -> dict[str, Any]:
    given: dict[str, Any] = {name: int(mark) for name, mark in marks.items() if mark}
    return given | ({"comment": comment} if comment else {})
