"""Two records of one organisation are made one from the client's page, and two again."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, Tongue, answer, dialog, fresh_key, new_client, pick
from tests.e2e.visitors import Visitor, VisitorFor, still

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]
WIDTHS = ((1440, 900), (390, 844))


def twins(manager: Visitor) -> tuple[dict[str, Any], dict[str, Any]]:
    """The record that stays, and one that says more and something else."""
    kept, source = new_client(manager, "盛泰装备"), new_client(manager, "盛泰集团")
    said = {
        "phone": "028-87654321",
        "city": "绵阳",
        "revenue": {"amount_minor": 12_000_000_00, "currency": "CNY"},
        "tags": ["重点客户", "制造"],
    }
    tag = {"If-Match": f'"{source["version"]}"'}
    manager.call("PATCH", f"/clients/{source['id']}", said, **tag)
    about = {"client_id": source["id"]}
    manager.call("POST", "/contacts", about | {"name": "周敏"}, **fresh_key())
    manager.call("POST", "/opportunities", about | {"title": "流程再造"}, **fresh_key())
    return kept, source


def more(page: Page, say: Tongue, item: str) -> None:
    """Choose from the client's menu."""
    page.get_by_role("button", name=say("More", "更多"), exact=True).first.click()
    page.get_by_role("menuitem", name=item).click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_records_become_one_after_a_look_and_two_again(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    kept, source = twins(manager)
    page = manager.open(manager.page(), f"/clients/{kept['id']}")
    more(page, say, say("Merge with another client…", "合并其他客户…"))
    box = dialog(page)
    pick(page, box.locator("#source_id"), source["legal_name"])
    table = box.get_by_role("table")
    expect(table).to_contain_text("028-87654321")
    expect(box).to_contain_text(say("1 person, 1 opportunity", "1 位联系人、1 个商机"))
    row = table.get_by_role("row").filter(has_text="绵阳")
    expect(row).to_contain_text(say("the struck value is dropped", "舍弃划线的值"))
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        still(page)
        take_picture(page, f"act-merge-{language}-{width}")
    box.get_by_role("button", name=say("Merge", "合并"), exact=True).click()
    expect(box).to_be_hidden()
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.get_by_text("周敏").first).to_be_visible()
    merged = say("merged into this client", "已合并到本客户")
    expect(page.get_by_text(merged).first).to_be_visible()
    take_picture(page, f"act-merged-{language}")
    manager.open(page, f"/clients/{source['number']}")
    led = say("was merged into this client", "已并入本客户")
    expect(page.get_by_text(f"{source['number']} {source['legal_name']} {led}")).to_be_visible()
    page.wait_for_url(f"**/clients/{kept['id']}")
    more(page, say, say("Undo merge…", "撤销合并…"))
    title, cross = (
        box.locator(part).bounding_box() for part in (".ant-modal-title", ".ant-modal-close")
    )
    assert title and cross and title["x"] + title["width"] <= cross["x"]
    take_picture(page, f"act-split-{language}")
    answer(page, say("Undo merge", "撤销合并"), reason="两家不同的公司")
    expect(
        page.get_by_text(say("They are two clients again.", "已恢复为两家客户。"))
    ).to_be_visible()
    manager.open(page, f"/clients/{source['id']}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(source["legal_name"])
    expect(page.get_by_text("周敏").first).to_be_visible()
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_a_merge_is_refused_is_said_in_the_dialog(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language, 390, 844)
    kept, _ = twins(manager)
    page = manager.open(manager.page(), f"/clients/{kept['id']}")
    more(page, say, say("Merge with another client…", "合并其他客户…"))
    box = dialog(page)
    pick(page, box.locator("#source_id"), kept["legal_name"])
    expect(box).to_contain_text(say("cannot be merged into itself", "客户不能与自身合并"))
    assert not manager.errors
