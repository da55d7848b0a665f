"""An import from the file to its undoing, clicked."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import FilePayload, expect

from tests.e2e.conftest import SCREENS, VisitorFor
from tests.e2e.scenes import LANGUAGES, Tongue, dialog

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]
HEADINGS = "客户名称,行业,员工人数,联系人,手机\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_import_is_checked_applied_and_undone(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    mark = uuid4().hex[:6]
    names = [f"{word}{mark}机械有限公司" for word in ("泰和", "云帆")]
    rows = HEADINGS + f"{names[0]},装备制造,320,陈立,13800138000\n{names[1]},物流,很多,,\n"
    file = FilePayload(name=f"客户-{mark}.csv", mimeType="text/csv", buffer=rows.encode("gb18030"))
    page = manager.open(manager.page(), "/imports")
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_url("**/imports/*-*")
    expect(page.get_by_text(say("Ready to apply", "待执行"))).to_be_visible()
    expect(page.get_by_role("cell", name="很多")).to_be_visible()
    page.screenshot(path=SCREENS / f"act-import-ready-{language}.png", full_page=True)
    page.get_by_role("button", name=say("Apply 1 row", "导入 1 行")).click()
    expect(page.get_by_text(say("The import is complete.", "导入已完成。"))).to_be_visible()
    found = manager.call("GET", f"/clients?q={names[0]}")["items"]
    assert [client["legal_name"] for client in found] == [names[0]]
    page.get_by_role("button", name=say("Undo this import", "撤销此次导入")).click()
    box = dialog(page)
    expect(
        box.get_by_text(say("get their former values back", "恢复被更改客户的原值"))
    ).to_be_visible()
    box.get_by_role("button", name=say("Undo this import", "撤销此次导入")).click()
    expect(page.get_by_text(say("The import was undone", "导入已撤销"))).to_be_visible()
    expect(page.get_by_role("button", name=say("Undo this import", "撤销此次导入"))).to_be_hidden()
    page.screenshot(path=SCREENS / f"act-import-undone-{language}.png", full_page=True)
    assert manager.call("GET", f"/clients?q={names[0]}")["items"] == []
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_file_is_refused_where_it_was_dropped(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    page = manager.open(manager.page(), "/imports")
    spoiled = b"\x89PNG\r\n\x1a\n" * 9
    picture = FilePayload(name="表.xlsx", mimeType="application/zip", buffer=spoiled)
    page.locator("input[type=file]").set_input_files(picture)
    problem = page.locator("section.problem")
    expect(problem).to_be_visible()
    expect(problem).to_contain_text(say("Accepted: xlsx, csv", "支持的类型：xlsx, csv"))
    page.screenshot(path=SCREENS / f"act-import-refused-{language}.png")
