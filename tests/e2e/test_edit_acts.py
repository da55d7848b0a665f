"""Words are never lost: stale edits compared, drafts kept, leaving guarded; changes come marked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, Tongue, dialog, new_client, raised
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]


def leave(page: Page) -> None:
    """Go to another page inside the interface."""
    page.get_by_role("navigation").get_by_role("link").nth(1).click()


def wait_until_kept(page: Page, words: str) -> None:
    """Wait until this browser has kept what was typed."""
    for _ in range(100):
        kept = page.evaluate("() => JSON.stringify(Object.values(localStorage))")
        if words in kept:
            return
        page.wait_for_timeout(50)
    raise AssertionError("the words were not kept")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stale_edit_shows_theirs_and_mine(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    mine, theirs = visit("manager@firm.example", language), visit("partner@firm.example", language)
    client = new_client(mine, "通达")
    path = f"/clients/{client['id']}"
    page = mine.open(mine.page(), f"{path}/edit")
    page.locator("#industry").fill("新能源装备")
    page.locator("#source").fill("行业协会")
    now = mine.call("GET", path)
    change = {"industry": "汽车零部件", "city": "重庆"}
    theirs.call("PATCH", path, change, **{"If-Match": f'"{now["version"]}"'})
    note = page.get_by_role("status").filter(has_text=say("changed elsewhere", "已在别处被修改"))
    expect(note).to_contain_text(say("Industry and City", "行业和城市"))
    page.get_by_role("button", name=say("Save", "保存"), exact=True).click()
    box = dialog(page)
    expect(box.get_by_text(say("Someone else saved first", "他人已先保存"))).to_be_visible()
    row = box.get_by_role("row").filter(has_text="新能源装备")
    expect(row.get_by_role("radio").nth(0)).to_be_checked()
    expect(row).to_contain_text(say("Industry", "行业"))
    expect(row).to_contain_text("汽车零部件")
    expect(box.get_by_role("radio")).to_have_count(2)
    expect(box.get_by_role("row").filter(has_text="重庆")).to_be_visible()
    take_picture(page, f"act-stale-{language}")
    row.get_by_role("radio").nth(1).check()
    box.get_by_role("button", name=say("Use this choice", "采用所选内容")).click()
    page.get_by_role("button", name=say("Save", "保存"), exact=True).click()
    page.wait_for_url(f"**{path}")
    saved = mine.call("GET", path)
    assert (saved["industry"], saved["city"], saved["source"]) == (
        "汽车零部件", "重庆", "行业协会",
    )  # fmt: skip
    assert not mine.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_leaving_with_unsaved_words_asks(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    page = manager.open(manager.page(), "/clients/new")
    page.locator("#legal_name").fill("未完成的客户")
    leave(page)
    box = dialog(page)
    expect(
        box.get_by_text(say("Leave with unsaved words?", "离开前保留未提交的内容？"))
    ).to_be_visible()
    take_picture(page, f"act-leaving-{language}")
    box.get_by_role("button", name=say("Stay here", "留在此页")).click()
    expect(page.locator("#legal_name")).to_have_value("未完成的客户")
    leave(page)
    dialog(page).get_by_role("button", name=say("Discard", "放弃"), exact=True).click()
    page.wait_for_url("**/clients")
    manager.open(page, "/clients/new")
    expect(page.locator("#legal_name")).to_have_value("")
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_survives_a_closed_tab(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    person = visit("peripheral@huaxin.example", language, 390, 844)
    page = person.open(person.page(), "/requests/new")
    page.locator("#subject").fill("设备联调没有人来")
    page.locator("#description").fill("约好周二上午。")
    wait_until_kept(page, "约好周二上午")
    page.close(run_before_unload=False)
    again = person.open(person.page(), "/requests/new")
    expect(again.locator("#subject")).to_have_value("设备联调没有人来")
    expect(
        again.get_by_text(say("Your unfinished words were kept", "已恢复未提交的内容"))
    ).to_be_visible()
    take_picture(again, f"act-draft-{language}")
    again.get_by_role("button", name=say("Discard them", "放弃这些内容")).click()
    expect(again.locator("#subject")).to_have_value("")
    assert not person.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_by_somebody_else_appears_marked(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    person, agent = visit("core@huaxin.example", language), visit("agent@firm.example", language)
    case = raised(person, f"标记测试 {language}")
    page = agent.open(agent.page(), "/cases?unassigned=true&sort=-created_at")
    row = page.get_by_role("row", name=case["number"])
    expect(row).to_be_visible()
    expect(row.get_by_text(say("Just changed", "刚刚有更新"))).to_have_count(0)
    search = page.get_by_role("textbox", name=say("Search cases", "搜索工单"))
    search.focus()
    person.call("POST", f"/cases/{case['id']}/messages", {"body": "补充一张照片"})
    expect(row.get_by_text(say("Just changed", "刚刚有更新"))).to_have_count(1)
    expect(search).to_be_focused()
    take_picture(page, f"act-marked-{language}")
    assert not agent.errors


def test_ones_own_change_is_not_marked(visit: VisitorFor) -> None:
    person, agent = visit("core@huaxin.example"), visit("agent@firm.example")
    case = raised(person, "自己的修改")
    page = agent.open(agent.page(), "/cases?unassigned=true&sort=-created_at")
    row = page.get_by_role("row", name=case["number"])
    row.click()
    page.get_by_role("link", name="Open the full page").click()
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_text("It is yours now")).to_be_visible()
    agent.open(page, "/cases?mine=true&sort=-created_at")
    expect(page.get_by_role("row", name=case["number"])).to_be_visible()
    expect(page.get_by_text("Just changed")).to_have_count(0)
