"""An engagement with its joint team, made through the API, for the browser tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.e2e.scenes import fresh_key
from tests.e2e.visitors import Visitor, VisitorFor

TEXT = "一、目标：缩短从立项到量产的周期。\n\n二、范围：研发、生产两个领域。"


@dataclass
class Team:
    """The engagement and those who act on it, each signed in."""

    engagement: dict[str, Any]
    lead: Visitor
    pm: Visitor
    core: Visitor
    peripheral: Visitor
    ceo: Visitor
    places: dict[str, str]

    @property
    def path(self) -> str:
        """Where its page stands."""
        return f"/engagements/{self.engagement['id']}"


def staffed(visit: VisitorFor, title: str = "协同流程咨询", *, whole: bool = True) -> Team:
    """A draft with both project managers, an executive and, when `whole`, both other tiers."""
    lead = visit("lead@firm.example")
    people = {n: visit(f"{n}@huaxin.example") for n in ("pm", "core", "peripheral", "ceo")}
    ids = {name: person.call("GET", "/me") for name, person in people.items()}
    body = {
        "client_id": ids["pm"]["client"]["id"],
        "title": title,
        "objectives": "缩短周期，明确接口。",
        "domains": ["研发"],
    }
    engagement = lead.call("POST", "/engagements", body, **fresh_key())
    places: dict[str, str] = {}
    roles = {"ceo": "executive", "pm": "client_pm", "core": "core", "peripheral": "peripheral"}
    for name, role in roles.items():
        if not whole and name in {"core", "peripheral"}:
            continue
        place = {
            "engagement_id": engagement["id"],
            "user_id": ids[name]["user"]["id"],
            "role": role,
            "domains": ["研发"] if role in {"core", "peripheral"} else [],
            "answers_to": places.get("core") if role == "peripheral" else None,
        }
        places[name] = lead.call("POST", "/members", place, **fresh_key())["id"]
    return Team(engagement, lead, places=places, **people)


def running(visit: VisitorFor, title: str = "协同流程咨询") -> Team:
    """The same at work: plan confirmed by both, first phase started."""
    team = staffed(visit, title)
    begin(team)
    phase = phases(team)[0]
    team.lead.call("POST", f"/phases/{phase['id']}/start", **fresh_key())
    return team


def begin(team: Team) -> None:
    """Propose it, let both project managers confirm plan and team, and start the work."""
    for manager, step in (
        (team.lead, "propose"),
        (team.lead, "confirm-plan"),
        (team.pm, "confirm-plan"),
        (team.lead, "activate"),
    ):
        manager.call("POST", f"{team.path}/{step}", **fresh_key())


def phases(team: Team) -> list[dict[str, Any]]:
    """The phases in the plan's order."""
    path = f"/phases?engagement_id={team.engagement['id']}&limit=50"
    found: list[dict[str, Any]] = team.lead.call("GET", path)["items"]
    return sorted(found, key=lambda phase: phase["position"])


def charter(team: Team) -> dict[str, Any]:
    """The first deliverable of the plan, in draft."""
    path = f"/deliverables?engagement_id={team.engagement['id']}&limit=50"
    items = team.lead.call("GET", path)["items"]
    found: dict[str, Any] = next(item for item in items if item["key"] == "project-charter")
    return found


def to_be_decided(team: Team) -> dict[str, Any]:
    """The charter, drafted, checked and waiting for the executive."""
    item = charter(team)
    path = f"/deliverables/{item['id']}"
    team.core.call("POST", f"{path}/submit", {"text": TEXT}, **fresh_key())
    team.core.call("POST", f"{path}/request-check", **fresh_key())
    team.pm.call("POST", f"{path}/check", {"passed": True}, **fresh_key())
    return item


def finish_tasks(team: Team) -> dict[str, Any]:
    """Finish the tasks of the first phase, so that its key node is due; the phase."""
    phase = phases(team)[0]
    path = f"/tasks?engagement_id={team.engagement['id']}&phase_id={phase['id']}&limit=100"
    for task in team.lead.call("GET", path)["items"]:
        for step in ("start", "finish"):
            team.lead.call("POST", f"/tasks/{task['id']}/{step}", {}, **fresh_key())
    return phase
