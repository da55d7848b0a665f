"""What the browser tests start from, made through the API, and how they read a page."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx
from playwright.sync_api import FilePayload, Locator, Page, expect

from shared.calendar import WorkingCalendar, add_working_time
from tests.e2e.visitors import Visitor, VisitorFor

ZONE: Final = ZoneInfo("Asia/Shanghai")
LANGUAGES: Final = ("zh", "en")
VISIBLE_OPTION: Final = ".ant-select-dropdown:visible .ant-select-item-option"


class Tongue:
    """Says a text in the language a test runs in."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, en: str, zh: str) -> str:
        return zh if self.language == "zh" else en


def working_time(hours: float) -> datetime:
    """A promise can be due then: so many working hours from now, on full minutes."""
    moment = add_working_time(WorkingCalendar(), datetime.now(UTC), timedelta(hours=hours))
    return moment.replace(second=0, microsecond=0)


def typed(moment: datetime) -> str:
    """A moment as it is typed into a time field of the firm."""
    return moment.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def raised(person: Visitor, subject: str = "交付延期") -> dict[str, Any]:
    """A complaint that a client's person has just raised."""
    body = {"kind": "complaint", "subject": subject, "description": "说好周一，周三才到。"}
    case: dict[str, Any] = person.call("POST", "/cases", body, **fresh_key())
    return case


def taken(person: Visitor, agent: Visitor, subject: str = "交付延期") -> dict[str, Any]:
    """A complaint in an agent's hands."""
    case = raised(person, subject)
    who = {"assignee_id": agent.call("GET", "/me")["user"]["id"]}
    answer: dict[str, Any] = agent.call("POST", f"/cases/{case['id']}/assign", who)
    return answer


def offered(person: Visitor, agent: Visitor, *titles: str) -> dict[str, Any]:
    """A complaint whose need is confirmed, with solutions on offer."""
    case = taken(person, agent)
    path = f"/cases/{case['id']}"
    agent.call("POST", f"{path}/restate", {"text": "本周内收到完整报告"})
    person.call("POST", f"{path}/confirm-need", {"confirmed": True})
    for title in titles:
        solution = {"case_id": case["id"], "title": title, "description": "…", "risk": "low"}
        agent.call("POST", "/solutions", solution, **fresh_key())
    return case


def resolved(person: Visitor, agent: Visitor) -> dict[str, Any]:
    """A complaint that the firm has resolved."""
    case = taken(person, agent)
    answer: dict[str, Any] = agent.call(
        "POST", f"/cases/{case['id']}/resolve", {"resolution": "已补发报告。"}
    )
    return answer


def new_client(manager: Visitor, name: str, **fields: str) -> dict[str, Any]:
    """A client that no other test touches."""
    body = {"legal_name": f"{name}{uuid4().hex[:8]}", "industry": "装备制造", "city": "成都"}
    client: dict[str, Any] = manager.call("POST", "/clients", body | fields, **fresh_key())
    return client


def new_colleague(visit: VisitorFor, password: str) -> dict[str, Any]:
    """A consultant who has accepted the invitation; tests may change this account."""
    admin = visit("admin@firm.example")
    user = invited(admin)
    token = invitation_link(admin, user["email"]).rpartition("/")[2]
    accepted = httpx.post(
        f"{admin.address}/api/v1/auth/invitations/accept",
        json={"token": token, "name": user["name"], "password": password},
    )
    assert accepted.is_success, accepted.text
    return user


def invited(admin: Visitor, language: str = "zh") -> dict[str, Any]:
    """A consultant who has an invitation in the mail, in a language."""
    email = f"e2e-{uuid4().hex[:10]}@firm.example"
    body = {"email": email, "name": "测试顾问", "side": "firm", "roles": ["consultant"]}
    body |= {"language": {"zh": "zh-CN", "en": "en"}[language]}
    user: dict[str, Any] = admin.call("POST", "/users", body, **fresh_key())
    return user


def invitation_link(admin: Visitor, email: str) -> str:
    """The link in the newest mail to an address, out of the local mailbox."""
    for _ in range(100):  # the mail goes out a moment after its commit
        mails = admin.call("GET", "/dev/mail?limit=50")["items"]
        found = next((mail for mail in mails if mail["to"] == email), None)
        if found:
            text: str = admin.call("GET", f"/dev/mail/{found['id']}")["text"]
            return next(word for word in text.split() if "/invitations/" in word)
        time.sleep(0.1)
    raise AssertionError(f"no mail to {email}")


def fresh_key() -> dict[str, str]:
    """The header that makes a creation safe to repeat."""
    return {"Idempotency-Key": str(uuid4())}


def dialog(page: Page) -> Locator:
    """The dialog that is open."""
    box = page.get_by_role("dialog").last
    expect(box).to_be_visible()
    return box


def hand_in(page: Page, file: FilePayload | Path) -> None:
    """Give a sheet to the import page and wait for the import that it becomes."""
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_url("**/imports/*-*")


def pick(page: Page, field: Locator, name: str) -> None:
    """Search in a field and take the one that is found.

    Until the search has answered, the list still moves under whoever clicks.
    """
    field.fill(name)
    found = page.locator(VISIBLE_OPTION)
    expect(found).to_have_count(1)
    found.filter(has_text=name).click()


def answer(page: Page, button: str, **fields: str) -> None:
    """Fill the open dialog by field ids, press its button and see it go."""
    box = dialog(page)
    for name, text in fields.items():
        field = box.locator(f"#{name}")
        field.fill(text)
        if "-" in text and ":" in text:
            field.press("Enter")
    box.get_by_role("button", name=button, exact=True).click()
    expect(box).to_be_hidden()


def status_of(reader: Visitor, case: dict[str, Any]) -> str:
    """Where a case stands."""
    status: str = reader.call("GET", f"/cases/{case['id']}")["status"]
    return status
