"""Every place of the client's house, for somebody who has nothing there: it says what will come."""

from __future__ import annotations

from typing import Final, NamedTuple

import pytest
from playwright.sync_api import expect

from tests.e2e.looks import DARK, DESK, seen
from tests.e2e.scenes import LANGUAGES, Tongue
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]
NOBODY: Final = "left@huaxin.example"
"""Whose place in every team has ended."""


class Place(NamedTuple):
    """A place's address, what it says when it is empty, and the way on from there, by language."""

    path: str
    title: tuple[str, str]
    text: tuple[str, str]
    way_on: str | None = None


PLACES: Final = {
    "waiting": Place(
        "/waiting",
        ("Nothing waits for you", "没有待您处理的事项"),
        ("Reviews, decisions, tasks and questions", "评审"),
        "/engagements",
    ),
    "engagements": Place(
        "/engagements",
        ("You are on no engagement", "您还没有加入项目"),
        ("As soon as your consultants add you", "顾问将您加入联合项目组后"),
    ),
    "requests": Place(
        "/requests",
        ("Nothing raised yet", "还没有提出过"),
        ("You get a number at once", "您会立即得到受理编号"),
        "/requests/new",
    ),
    "surveys": Place(
        "/surveys",
        ("No survey waits for you", "没有待填写的问卷"),
        ("It appears here and in your mail", "显示在这里并发送到您的邮箱"),
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_empty_place_says_what_will_stand_there_and_leads_on(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    person = visit(NOBODY, language)
    page, wrong = person.open(person.page(), "/account"), list[str]()
    for name, place in PLACES.items():
        person.go(page, place.path)
        empty = page.locator("main .empty")
        expect(empty.get_by_role("heading")).to_have_text(say(*place.title))
        expect(empty).to_contain_text(say(*place.text))
        on = empty.get_by_role("link")
        expect(on).to_have_count(0 if place.way_on is None else 1)
        if place.way_on is not None:
            expect(on).to_have_attribute("href", place.way_on)
        wrong += seen(page, f"empty-{name}", language, DARK if language == "en" else DESK)
    assert not wrong + person.errors, "\n".join(wrong + person.errors)
