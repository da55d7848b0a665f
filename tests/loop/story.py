"""One loop from a won opportunity to the case that a bad answer opens, act by act."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx

from shared.calendar import WorkingCalendar, add_working_time
from tests.loop.cast import Cast

DOMAIN: Final = "研发"
PLACES: Final = {
    "lead": "consulting_pm",
    "partner": "director",
    "ceo": "executive",
    "pm": "client_pm",
    "core": "core",
    "peripheral": "peripheral",
}
BAD: Final = {"satisfaction": 1, "kept_word": 2, "comment": "答复太慢，问题重复出现。"}
SOON_SECONDS: Final = 2.5
"""Until a promise comes due that nobody keeps: enough to make it and to see it made."""
_LINK: Final = re.compile(r"/survey#([\w-]{40,})")


class Story:
    """What happens once round; `ids` names the records it has made so far."""

    def __init__(self, cast: Cast, number: int | str) -> None:
        self.cast = cast
        self.title = f"流程优化 {number}"
        self.due = datetime.now(UTC)
        self.ids: dict[str, str] = {}
        self.case_number = ""
        self.mail = ""

    @property
    def page(self) -> Any:
        """The client page as the client's manager reads it now."""
        return self.cast.manager.get(f"/clients/{self.cast.client_id}/page")

    def path(self, record: str) -> str:
        """Where a record of this loop answers."""
        folder = {"opportunity": "opportunities", "phase": "phases"}.get(record, f"{record}s")
        return f"/{folder}/{self.ids[record]}"

    def open_opportunity(self) -> None:
        """The manager writes down what the client may buy."""
        body = {"client_id": self.cast.client_id, "title": self.title, "stage": "negotiation"}
        self.ids["opportunity"] = self.cast.manager.post("/opportunities", body)["id"]

    def win(self) -> None:
        """The client buys."""
        self.cast.manager.post(f"{self.path('opportunity')}/move", {"stage": "won"})

    def name_domain(self) -> None:
        """The manager says which domain the engagement works in."""
        self.cast.manager.patch(self.path("engagement"), domains=[DOMAIN])

    def staff(self, name: str) -> None:
        """Somebody gets a place in the joint team."""
        place = {
            "engagement_id": self.ids["engagement"],
            "user_id": getattr(self.cast, name).id,
            "role": PLACES[name],
            "domains": [DOMAIN] if name in {"core", "peripheral"} else [],
            "answers_to": self.ids["core"] if name == "peripheral" else None,
        }
        self.ids[name] = self.cast.manager.post("/members", place)["id"]

    def walk(self, who: str, step: str) -> None:
        """The engagement takes a step."""
        getattr(self.cast, who).post(f"{self.path('engagement')}/{step}")

    def start_phase(self) -> None:
        """The consulting PM begins the first phase."""
        phases = self._parts("phases", "position")
        self.ids["phase"] = phases[0]["id"]
        self.cast.lead.post(f"{self.path('phase')}/start")

    def submit(self) -> None:
        """The core member puts the first deliverable forward."""
        charter = self._parts("deliverables", "due_on", key="project-charter")[0]
        self.ids["deliverable"] = charter["id"]
        self.cast.core.post(f"{self.path('deliverable')}/submit", {"text": "目标、范围、里程碑。"})

    def review(self, who: str, step: str, body: Any = None) -> None:
        """Somebody takes a step of the deliverable's chain."""
        getattr(self.cast, who).post(f"{self.path('deliverable')}/{step}", body)

    def complain(self) -> None:
        """The client's project manager raises a complaint."""
        said = {"kind": "complaint", "subject": self.title, "description": "两次询问没有答复。"}
        case = self.cast.pm.post("/cases", said)
        self.ids["case"], self.case_number = case["id"], case["number"]

    def assign(self) -> None:
        """The agent takes the case."""
        self.handle("assign", {"assignee_id": self.cast.agent.id})

    def handle(self, step: str, body: Any = None) -> None:
        """The agent takes a step on the case."""
        self.cast.agent.post(f"{self.path('case')}/{step}", body)

    def promise(self) -> None:
        """The agent promises a first answer within working hours."""
        due = add_working_time(WorkingCalendar(), datetime.now(UTC), timedelta(hours=3))
        body = {"kind": "first_response", "due_at": due.isoformat()}
        made = self.cast.agent.post("/promises", body | {"case_id": self.ids["case"]})
        self.ids["promise"] = made["id"]

    def renegotiate(self) -> None:
        """The agent agrees an earlier time, which is nearly there."""
        self.due = datetime.now(UTC) + timedelta(seconds=SOON_SECONDS)
        body = {"due_at": self.due.isoformat(), "reason": "客户今天就要"}
        self.cast.agent.post(f"{self.path('promise')}/renegotiate", body)

    def let_pass(self) -> None:
        """Nobody keeps the promise: its time comes."""
        time.sleep(max(0.0, (self.due - datetime.now(UTC)).total_seconds()))

    def confirm_need(self, **correction: str) -> None:
        """The complainant agrees with how the need was understood, or corrects it."""
        said = {"confirmed": not correction, **correction}
        self.cast.pm.post(f"{self.path('case')}/confirm-need", said)

    def offer(self) -> None:
        """The agent offers a way out."""
        body = {"title": "加派顾问", "description": "两名", "duration_days": 2, "risk": "low"}
        made = self.cast.agent.post("/solutions", body | {"case_id": self.ids["case"]})
        self.ids["solution"] = made["id"]

    def accept(self) -> None:
        """The complainant chooses it."""
        self.cast.pm.post(f"{self.path('solution')}/accept")

    def decline(self) -> None:
        """The complainant wants another one."""
        self.cast.pm.post(f"{self.path('solution')}/decline", {"reason": "时间来不及"})

    def follow_up(self) -> None:
        """The agent hears whether it helped."""
        planned = self.cast.agent.get("/follow-ups", case_id=self.ids["case"])["items"]
        heard = {"satisfied": True, "score": 4}
        self.cast.agent.post(f"/follow-ups/{planned[0]['id']}/record", heard)

    def mailed(self) -> bool:
        """Whether the complainant has the mail that asks about this case."""
        mails = self.cast.admin.get("/dev/mail", to=self.cast.pm.email, limit=5)["items"]
        about = [mail["text"] for mail in mails if self.case_number in mail["text"]]
        self.mail = about[0] if about else ""
        return bool(about)

    @property
    def token(self) -> str:
        """What opens the survey of the mail's link."""
        token = _LINK.search(self.mail)
        assert token is not None, self.mail
        return token[1]

    def answer_badly(self) -> None:
        """Whoever follows the link of the mail answers, without a sign-in."""
        address = f"{self.cast.pm.instance.address}/api/v1/answers"
        headers = {"Survey-Token": self.token}
        asked = httpx.get(address, headers=headers).raise_for_status().json()
        assert asked["subject"] == self.case_number
        answer = httpx.post(address, headers=headers, json={"answers": BAD})
        assert answer.status_code == 201, answer.text

    def _parts(self, collection: str, order: str, **filters: Any) -> list[dict[str, Any]]:
        asked = {"engagement_id": self.ids["engagement"], "limit": 50, **filters}
        items = self.cast.lead.get(f"/{collection}", **asked)["items"]
        return sorted(items, key=lambda item: item[order])
