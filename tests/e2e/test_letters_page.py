"""The page of failed events: read, handled again, given up, by administrators alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.looks import accessibility, check
from tests.e2e.pictures import take_picture
from tests.e2e.visitors import VisitorFor
from tests.support.letters import asked, bury

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300, func_only=True)]

WORDS = {
    "en": {
        "title": "Failed events",
        "again": "Handle again",
        "failed": "It failed again",
        "give_up": "Give up",
        "handled": "Handled; its effect is there now",
        "gone": "Given up",
        "none": "No event has failed",
        "says": "What the event says",
    },
    "zh": {
        "title": "失败事件",
        "again": "重新处理",
        "failed": "再次处理失败",
        "give_up": "放弃",
        "handled": "处理成功，结果已生效",
        "gone": "已放弃",
        "none": "没有失败的事件",
        "says": "事件内容",
    },
}


@pytest.fixture(autouse=True)
def nothing_failed(home: Path) -> Iterator[None]:
    """Each test begins and ends with no letter."""
    asked(home, "desk", "DELETE FROM dead_letters")
    yield
    asked(home, "desk", "DELETE FROM dead_letters")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_event_is_handled_again_and_another_given_up(
    visit: VisitorFor, home: Path, language: str
) -> None:
    say = WORDS[language]
    bury(home, name=None)
    _, client = bury(home)
    visitor = visit("admin@firm.example", language)
    page = visitor.open(visitor.page(), "/letters")
    expect(page.get_by_role("heading", level=1)).to_have_text(say["title"])
    letters = page.locator(".letters > li")
    expect(letters).to_have_count(2)
    expect(letters.first).to_contain_text("clients.client.registered.v1")
    expect(letters.first).to_contain_text("Poison: once too often")
    letters.first.get_by_text(say["says"]).click()
    expect(letters.first).to_contain_text("新客户有限公司")

    letters.first.get_by_role("button", name=say["again"]).click()
    expect(page.get_by_text(say["handled"])).to_be_visible()
    expect(letters).to_have_count(1)
    assert len(asked(home, "desk", "SELECT 1 FROM client_refs WHERE id = $1", client)) == 1

    letters.first.get_by_role("button", name=say["again"]).click()
    expect(page.get_by_text(say["failed"])).to_be_visible()
    expect(letters).to_have_count(1)

    letters.first.get_by_role("button", name=say["give_up"]).click()
    page.get_by_role("dialog").get_by_role("button", name=say["give_up"]).click()
    expect(page.get_by_role("heading", name=say["none"])).to_be_visible()
    assert asked(home, "desk", "SELECT 1 FROM dead_letters") == []


def test_all_of_a_service_are_handled_again_by_one_button(visit: VisitorFor, home: Path) -> None:
    for name in ("一号客户", None, "二号客户"):
        bury(home, name=name)
    visitor = visit("admin@firm.example")
    page = visitor.open(visitor.page(), "/letters")
    page.get_by_role("button", name="Handle all again").click()
    expect(page.get_by_text("1 still fail")).to_be_visible()
    expect(page.locator(".letters > li")).to_have_count(1)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_with_letters_is_fit_to_be_shown(
    visit: VisitorFor, home: Path, language: str
) -> None:
    bury(home)
    bury(home, name=None)
    asked(
        home,
        "desk",
        "UPDATE dead_letters SET message = jsonb_set(message::jsonb, '{data}',"
        " 'null')::text, error = '' WHERE id = (SELECT max(id::text)::uuid FROM dead_letters)",
    )
    for size, width, height in (("desk", 1440, 900), ("phone", 390, 844)):
        visitor = visit("admin@firm.example", language, width, height)
        page = visitor.open(visitor.page(), "/letters")
        page.locator(".letters summary").first.click()
        take_picture(page, f"firm-letters-some-{language}-{size}", whole=True)
        assert not check(page, "letters", language) + accessibility(page, "letters")
        assert not visitor.errors


def test_whoever_is_no_administrator_has_no_such_page(visit: VisitorFor, home: Path) -> None:
    visitor = visit("manager@firm.example")
    page = visitor.open(visitor.page(), "/week")
    expect(page.get_by_role("link", name="Failed events")).to_have_count(0)
    assert bury(home)
    page = visitor.open(visitor.page(), "/letters")
    expect(page.get_by_text("Poison")).to_have_count(0)


def test_older_letters_come_when_asked_for(visit: VisitorFor, home: Path) -> None:
    bury(home)
    asked(
        home,
        "desk",
        "INSERT INTO dead_letters (id, publisher, subscription, type, aggregate_id, event_id,"
        " message, error) SELECT gen_random_uuid(), publisher, subscription, type, aggregate_id,"
        " gen_random_uuid(), message, error FROM dead_letters, generate_series(1, 59)",
    )
    visitor = visit("admin@firm.example")
    page = visitor.open(visitor.page(), "/letters")
    letters = page.locator(".letters > li")
    expect(letters).to_have_count(50)
    page.get_by_role("button", name="Show older events (10 more)").click()
    expect(letters).to_have_count(60)
    expect(page.get_by_role("button", name="Show older events")).to_have_count(0)
    assert not visitor.errors
