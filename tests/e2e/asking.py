"""Surveys that have gone out, made through the API, and their links out of the mail."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.e2e.scenes import fresh_key, resolved
from tests.e2e.teams import Team, finish_tasks
from tests.e2e.visitors import Visitor, VisitorFor

ADMIN, AGENT = "admin@firm.example", "agent@firm.example"
SIX = ("ceo", "pm", "core", "peripheral", "quality", "workshop")
"""Enough people of one client to be asked without a name."""


@contextmanager
def campaign(admin: Visitor, key: str, **changes: Any) -> Iterator[None]:
    """A shipped campaign changed for a while."""
    before = _campaign(admin, key)
    _change(admin, key, changes)
    try:
        yield
    finally:
        _change(admin, key, {name: before[name] for name in changes})


def _campaign(admin: Visitor, key: str) -> dict[str, Any]:
    (found,) = admin.call("GET", f"/campaigns?key={key}")["items"]
    campaign: dict[str, Any] = found
    return campaign


def _change(admin: Visitor, key: str, changes: dict[str, Any]) -> None:
    now = _campaign(admin, key)
    match = {"If-Match": f'"{now["version"]}"'}
    admin.call("PATCH", f"/campaigns/{now['id']}", changes, **match)


def asked_about_a_case(
    visit: VisitorFor, language: str, person: str = "quality"
) -> tuple[dict[str, Any], str]:
    """A case that was just closed, and the link its requester got by mail."""
    email = f"{person}@huaxin.example"
    requester, agent, admin = visit(email, language), visit(AGENT), visit(ADMIN)
    with campaign(admin, "case_closed", fatigue_days=0):
        case = resolved(requester, agent)
        requester.call("POST", f"/cases/{case['id']}/close", {})
        return case, link_in_mail(admin, email, case["number"])


def link_in_mail(admin: Visitor, email: str, about: str) -> str:
    """The link of the survey about a case or engagement, out of the local mailbox."""
    for _ in range(300):  # the round opens by event, and the mail goes out after its commit
        for mail in admin.call("GET", f"/dev/mail?to={email}&limit=20")["items"]:
            text: str = admin.call("GET", f"/dev/mail/{mail['id']}")["text"]
            link = next((word for word in text.split() if "/survey#" in word), None)
            if link and about in text:
                return link
        time.sleep(0.1)
    raise AssertionError(f"no survey about {about} for {email}")


def end_phase(team: Team) -> str:
    """Finish the first phase of a running engagement; its number."""
    phase = finish_tasks(team)
    team.lead.call("POST", f"/phases/{phase['id']}/end", {}, **fresh_key())
    number: str = team.engagement["number"]
    return number


def joined(team: Team, visit: VisitorFor, *names: str) -> None:
    """More people of the client in the team, in the domain of its core member."""
    for name in names:
        person = visit(f"{name}@huaxin.example").call("GET", "/me")
        place = {
            "engagement_id": team.engagement["id"],
            "user_id": person["user"]["id"],
            "role": "core",
            "domains": ["研发"],
            "answers_to": None,
        }
        team.lead.call("POST", "/members", place, **fresh_key())


def answers_about(reader: Visitor, subject: str) -> list[dict[str, Any]]:
    """The answers under a name that a colleague reads about a case or engagement."""
    found = reader.call("GET", "/responses?sort=-answered_at&limit=50")["items"]
    return [each for each in found if each["subject"] == subject]
