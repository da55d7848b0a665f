"""What the page of a checked import says that applying would do, by the way chosen."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import FilePayload, expect

from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, Tongue, fresh_key, hand_in
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_is_told_apart_by_what_the_chosen_way_does_with_it(
    visit: VisitorFor, language: str
) -> None:
    """One client is there; two rows are alike and have no code."""
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    page = manager.open(manager.page(), "/imports")
    there = manager.call("GET", "/clients?limit=50")["items"]
    code = next(client["credit_code"] for client in there if client["credit_code"])
    fresh = f"泰和{uuid4().hex[:6]}机械有限公司"
    rows = f"客户名称,信用代码\n某某公司,{code}\n{fresh},\n{fresh},\n"
    file = FilePayload(name="名单.csv", mimeType="text/csv", buffer=rows.encode("gb18030"))
    hand_in(page, file)
    expect(page.get_by_text(say("Read as GB18030", "按 GB18030 编码读取"))).to_be_visible()
    apply = page.get_by_role("button", name=say("Apply", "导入"))
    expect(apply).to_have_text(say("Apply 1 row: 1 new", "导入 1 行：新增 1"))
    expect(page.get_by_text(say("skipped: there already", "已存在，将跳过"))).to_be_visible()
    take_picture(page, f"act-import-foretold-{language}", whole=True)
    page.get_by_text(say("Add new and update known clients", "新增并更新已有客户")).click()
    expect(apply).to_have_text(say("Apply 2 rows: 1 new, 1 updated", "导入 2 行：新增 1，更新 1"))
    expect(page.get_by_text(say("skipped: there already", "已存在，将跳过"))).to_have_count(0)
    page.get_by_text(say("Only update known clients", "仅更新已有客户")).click()
    expect(apply).to_have_text(say("Apply 1 row: 1 updated", "导入 1 行：更新 1"))
    expect(page.get_by_text(say("skipped: no client known", "无对应客户，将跳过"))).to_be_visible()
    take_picture(page, f"act-import-foretold-update-{language}", whole=True)
    page.get_by_text(say("Only add new clients", "仅新增客户")).click()
    page.get_by_text(say("Add them as new", "作为新客户新增")).click()
    expect(apply).to_have_text(say("Apply 2 rows: 2 new", "导入 2 行：新增 2"))
    assert not manager.errors


def test_a_checked_file_is_checked_again_once_the_registry_changed(visit: VisitorFor) -> None:
    manager = visit("manager@firm.example")
    page = manager.open(manager.page(), "/imports")
    name = f"泰和{uuid4().hex[:6]}机械有限公司"
    file = FilePayload(name="a.csv", mimeType="text/csv", buffer=f"客户名称\n{name}\n".encode())
    hand_in(page, file)
    apply = page.get_by_role("button", name="Apply")
    expect(apply).to_have_text("Apply 1 row: 1 new")
    expect(page.get_by_text("Read as UTF-8.", exact=True)).to_be_visible()
    manager.call("POST", "/clients", {"legal_name": name}, **fresh_key())
    page.get_by_role("button", name="Check again").click()
    expect(page.get_by_text("similar to others")).to_be_visible()
    expect(apply).to_be_disabled()
    page.get_by_text("Legal name", exact=True).first.click()
    page.get_by_text("Only update known clients").click()
    expect(apply).to_have_text("Apply 1 row: 1 updated")
    assert not manager.errors
