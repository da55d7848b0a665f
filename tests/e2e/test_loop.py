"""The true loop: a complaint from raising to closing, by both sides, in both languages."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.e2e.pictures import take_picture
from tests.e2e.visitors import Visitor, VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300, func_only=True)]

WORDS = {
    "en": {
        "send": "Send",
        "assign": "Take it",
        "taken": "Assigned",
        "reply": "Public reply",
        "received": "Received",
    },
    "zh": {
        "send": "提交",
        "assign": "我来处理",
        "taken": "已分派",
        "reply": "公开回复",
        "received": "已受理",
    },
}


def fresh_complaint(person: Visitor, subject: str) -> dict[str, Any]:
    """A complaint raised through the portal's API."""
    body = {"kind": "complaint", "subject": subject, "description": "两次询问没有答复。"}
    made: dict[str, Any] = person.call("POST", "/cases", body)
    return made


def on_page(reader: Visitor, client_id: str, case_id: str) -> dict[str, Any] | None:
    """The case as it stands on the client page, if it does."""
    cases = reader.call("GET", f"/clients/{client_id}/page")["cases"]
    return next((case for case in cases if case["id"] == case_id), None)


def within_a_second(reader: Visitor, client_id: str, case_id: str, check: Any) -> float:
    """How long until the client page shows it, in seconds."""
    began = time.perf_counter()
    while time.perf_counter() - began < 5:
        found = on_page(reader, client_id, case_id)
        if check(found):
            return time.perf_counter() - began
        time.sleep(0.005)
    raise AssertionError("the client page never showed it")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_complaint_is_raised_in_the_portal_and_seen_by_the_firm(
    visit: VisitorFor, language: str
) -> None:
    person = visit("pm@huaxin.example", language, 390, 844)
    manager = visit("manager@firm.example", language)
    page = person.page()
    person.open(page, "/requests/new?kind=complaint")
    subject = f"培训材料不完整 {language}"
    page.locator("input#subject, [id$=subject]").first.fill(subject)
    page.locator("textarea").first.fill("第三章缺页。")
    page.get_by_role("button", name=WORDS[language]["send"]).click()
    page.wait_for_url("**/requests/*received=1")
    case_id = page.url.split("/requests/")[1].split("?")[0]
    page.get_by_text("K-20").first.wait_for()
    take_picture(page, f"loop-raised-{language}", whole=True)
    client_id = person.call("GET", "/me")["client"]["id"]
    within_a_second(manager, client_id, case_id, lambda case: case is not None)
    desk = manager.page()
    manager.open(desk, f"/clients/{client_id}")
    desk.get_by_role("link", name=subject).first.wait_for()
    assert not person.errors + manager.errors


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_button_pressed_twice_acts_once(visit: VisitorFor, language: str) -> None:
    person, agent = visit("pm@huaxin.example", language), visit("agent@firm.example", language)
    case = fresh_complaint(person, f"连按两次 {language}")
    page = agent.open(agent.page(), f"/cases/{case['id']}")
    sent: list[str] = []
    page.on("request", lambda call: sent.append(call.method + call.url.rpartition("/")[2]))
    page.get_by_role("button", name=WORDS[language]["assign"]).dblclick()
    page.locator("main").get_by_text(WORDS[language]["taken"]).first.wait_for()
    assert sent.count("POSTassign") == 1
    assert page.locator(".ant-notification-notice").count() == 0
    assert not agent.errors


def test_every_step_stands_on_the_client_page_within_a_second(visit: VisitorFor) -> None:
    person, agent, manager = (
        visit("pm@huaxin.example"),
        visit("agent@firm.example"),
        visit("manager@firm.example"),
    )
    client_id = person.call("GET", "/me")["client"]["id"]
    agent_id = agent.call("GET", "/me")["user"]["id"]
    case = fresh_complaint(person, "报告延期")
    path = f"/cases/{case['id']}"

    def shown(status: str) -> None:
        seconds = within_a_second(
            manager, client_id, case["id"], lambda seen: seen and seen["status"] == status
        )
        assert seconds <= 1, status

    shown("open")
    agent.call("POST", f"{path}/assign", {"assignee_id": agent_id})
    shown("assigned")
    agent.call("POST", f"{path}/messages", {"body": "已收到，今天答复。"})
    agent.call("POST", f"{path}/notes", {"body": "内部：核对合同"})
    agent.call("POST", f"{path}/restate", {"text": "本周五前收到完整报告"})
    person.call("POST", f"{path}/confirm-need", {"confirmed": True})
    offered = [
        agent.call(
            "POST",
            "/solutions",
            {
                "case_id": case["id"],
                "title": title,
                "description": "x",
                "duration_days": 2,
                "risk": "low",
            },
        )
        for title in ("加派顾问", "分两次交付", "延长支持")
    ]
    shown("solution_offered")
    person.call("POST", f"/solutions/{offered[1]['id']}/accept")
    shown("solution_accepted")
    agent.call("POST", f"{path}/start")
    agent.call("POST", f"{path}/resolve", {"resolution": "已分两次交付。"})
    within_a_second(manager, client_id, case["id"], lambda seen: seen is None)
    (follow_up,) = agent.call("GET", f"/follow-ups?case_id={case['id']}")["items"]
    agent.call(
        "POST",
        f"/follow-ups/{follow_up['id']}/record",
        {"satisfied": True, "score": 5, "notes": "满意"},
    )
    closed = agent.call("POST", f"{path}/close", {})
    assert closed["status"] == "closed"
    texts = str(person.call("GET", f"{path}/steps?limit=200")) + str(
        person.call("GET", f"{path}/messages?limit=200")
    )
    assert "核对合同" not in texts
