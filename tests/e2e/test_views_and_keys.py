"""Saved views in a list's own menu; API keys made, seen once, revoked; the whole timeline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, Tongue, answer, dialog, fresh_key, new_client, raised
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]


def menu(page: Page, name: str) -> Locator:
    """An entry of the view menu, which this opens."""
    page.locator(".view-button").click()
    return page.get_by_role("menuitem", name=name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_view_is_saved_shared_begun_with_and_removed(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    manager, partner = (
        visit("manager@firm.example", language),
        visit("partner@firm.example", language),
    )
    mark = uuid4().hex[:6]
    name = f"活跃客户 {mark}"
    page = manager.open(manager.page(), f"/clients?stage=active&sort=-updated_at&q={mark}")
    expect(page.locator(".view-button")).to_contain_text(say("Own selection", "自选条件"))
    menu(page, say("Save as a view", "另存为视图")).click()
    dialog(page).get_by_role("radio", name=say("Everyone of the firm", "公司全体人员")).check()
    take_picture(page, f"act-view-{language}")
    answer(page, say("Save", "保存"), name=name)
    expect(page.locator(".view-button")).to_contain_text(name)
    kept = page.url
    assert "stage=active" in kept and "sort=-updated_at" in kept

    seen = partner.open(partner.page(), "/clients")
    menu(seen, name).click()
    expect(seen.locator(".view-button")).to_contain_text(name)
    take_picture(seen, f"act-view-shared-{language}")
    menu(seen, say("Begin with this view", "设为我的默认视图")).click()
    expect(seen.get_by_text(say("Saved", "已保存"), exact=True).first).to_be_visible()
    seen.goto(f"{partner.address}/clients")
    expect(seen.locator(".view-button")).to_contain_text(name)
    assert "stage=active" in seen.url
    menu(seen, say("All clients", "全部客户")).click()
    expect(seen.locator(".view-button")).to_contain_text(say("All clients", "全部客户"))

    page.get_by_role("button", name=say("Clear filters", "清除筛选")).click()
    expect(page.locator(".view-button")).to_contain_text(say("changed", "已更改"))
    menu(page, say("Save the changes", "将更改保存到")).click()
    expect(page.get_by_text(say("Saved", "已保存"), exact=True).first).to_be_visible()
    expect(page.locator(".view-button")).not_to_contain_text(say("changed", "已更改"))
    (view,) = [v for v in manager.call("GET", "/views")["items"] if v["name"] == name]
    assert view["address"] == "sort=-updated_at"

    menu(page, say("Remove this view", "删除此视图")).click()
    box = dialog(page)
    expect(box).to_contain_text(say("for everybody it is shared with", "所有共享者"))
    box.get_by_role("button", name=say("Remove this view", "删除此视图")).click()
    expect(page.locator(".view-button")).not_to_contain_text(name)
    assert name not in str(manager.call("GET", "/views"))
    assert not manager.errors + partner.errors


def test_a_saved_view_is_renamed_and_kept_from_other_roles(visit: VisitorFor) -> None:
    manager, agent = visit("manager@firm.example"), visit("agent@firm.example")
    body = {
        "collection": "cases",
        "name": f"Old {uuid4().hex[:6]}",
        "address": "kind=complaint",
        "audience": "team",
    }
    view = manager.call("POST", "/views", body, **fresh_key())
    page = manager.open(manager.page(), f"/cases?kind=complaint&view={view['id']}")
    menu(page, "Rename or share").click()
    box = dialog(page)
    box.get_by_role("radio", name="One role of the firm").check()
    box.locator("#role").click()
    page.get_by_title("Partner", exact=True).click()
    name = f"New {uuid4().hex[:6]}"
    answer(page, "Save", name=name)
    expect(page.locator(".view-button")).to_contain_text(name)
    assert name not in str(agent.call("GET", "/views"))
    manager.call("DELETE", f"/views/{view['id']}")


def test_clearing_filters_clears_all_of_them(visit: VisitorFor) -> None:
    manager = visit("manager@firm.example")
    page = manager.open(manager.page(), "/cases?kind=complaint&priority=high,urgent&status=closed")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("button", name="Clear filters")).to_have_count(0)
    assert not {"kind=", "priority=", "status="} & set(page.url.replace("?", "&").split("&"))
    assert "kind" not in page.url and "priority" not in page.url and "status" not in page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_is_made_seen_once_used_and_revoked(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    admin = visit("admin@firm.example", language)
    page = admin.open(admin.page(), "/keys")
    name = f"ERP {uuid4().hex[:6]}"
    page.get_by_role("button", name=say("Make a key", "创建密钥")).first.click()
    box = dialog(page)
    box.locator("#name").fill(name)
    box.get_by_role("button", name=say("Make a key", "创建密钥")).click()
    expect(
        box.get_by_text(say("Choose what the key may touch", "请选择密钥可以访问的内容"))
    ).to_be_visible()
    box.get_by_role("checkbox", name=say("Clients: read", "客户: 读取"), exact=True).check()
    take_picture(page, f"act-key-new-{language}")
    box.get_by_role("button", name=say("Make a key", "创建密钥")).click()
    shown = page.get_by_role("dialog").filter(has_text=name)
    secret = shown.get_by_label(say("Client secret", "客户端密钥"), exact=True).input_value()
    client_id = shown.get_by_label(say("Client id", "客户端标识"), exact=True).input_value()
    take_picture(page, f"act-key-secret-{language}")
    shown.get_by_role("button", name=say("I have copied it", "已复制，关闭")).click()
    expect(page.get_by_text(name).first).to_be_visible()
    assert secret not in page.content()

    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    token = httpx.post(f"{admin.address}/api/v1/auth/token", data=form)
    assert token.status_code == 200
    held = {"Authorization": f"Bearer {token.json()['access_token']}"}
    assert httpx.get(f"{admin.address}/api/v1/clients", headers=held).status_code == 200
    assert httpx.get(f"{admin.address}/api/v1/cases", headers=held).status_code == 403

    page.get_by_role("row", name=name).click()
    page.get_by_role("button", name=say("Revoke the key", "撤销密钥")).click()
    dialog(page).get_by_role("button", name=say("Revoke the key", "撤销密钥")).click()
    expect(page.get_by_text(say("The key is revoked", "密钥已撤销"))).to_be_visible()
    expect(page.get_by_role("row", name=name)).to_have_count(0)
    refused = httpx.post(f"{admin.address}/api/v1/auth/token", data=form)
    assert refused.status_code == 401
    assert not admin.errors


def test_the_timeline_reads_on_beyond_what_the_page_brings(visit: VisitorFor) -> None:
    manager, person = visit("manager@firm.example"), visit("core@huaxin.example")
    client = new_client(manager, "长河")
    for number in range(120):
        body = {
            "client_id": client["id"],
            "kind": "call",
            "occurred_at": (datetime.now(UTC) - timedelta(minutes=number)).isoformat(),
            "summary": f"第 {number} 次通话",
        }
        manager.call("POST", "/interactions", body, **fresh_key())
    page = manager.open(manager.page(), f"/clients/{client['id']}")
    entries = page.locator("[data-entry]")
    expect(entries).to_have_count(50)
    page.get_by_role("button", name="Show earlier").press("Enter")
    expect(entries).to_have_count(100)
    focused = page.evaluate("document.activeElement.dataset.entry")
    assert focused == entries.nth(50).get_attribute("data-entry")
    page.get_by_role("button", name="Show earlier").press("Enter")
    expect(entries).to_have_count(121)
    expect(page.get_by_role("button", name="Show earlier")).to_have_count(0)
    page.get_by_role("radiogroup", name="Kinds of entries").get_by_text("Archive").click()
    expect(entries).to_have_count(1)
    huaxin = person.call("GET", "/me")["client"]["id"]
    raised(person, "时间线测试")
    manager.open(page, f"/clients/{huaxin}")
    page.get_by_role("radiogroup", name="Kinds of entries").get_by_text("Cases").click()
    expect(page.locator("[data-entry]").first).to_contain_text("K-")
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("records", "other"), [("opportunities/list", "opened_at"), ("engagements", "starts_on")]
)
def test_a_list_shows_what_it_is_ordered_by(
    visit: VisitorFor, language: str, records: str, other: str
) -> None:
    """Also where nobody chose that column; the chooser says that it stands for now."""
    changed = Tongue(language)("Changed", "最近变更")
    manager = visit("manager@firm.example", language)
    page = manager.open(manager.page(), f"/{records}")
    by_change = page.get_by_role("columnheader", name=changed)
    expect(by_change).to_have_attribute("aria-sort", "descending")
    take_picture(page, f"ordered-{records[:4]}-{language}")
    page.get_by_role("button", name=Tongue(language)("Columns", "显示列")).click()
    expect(page.get_by_role("checkbox", name=changed)).to_be_disabled()
    manager.open(page, f"/{records}?sort={other}")
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    expect(by_change).to_have_count(0)
    assert not manager.errors


@pytest.mark.parametrize("collection", ["clients", "cases"])
def test_a_row_opens_beside_what_one_reads_as_a_link_does(
    visit: VisitorFor, collection: str
) -> None:
    partner = visit("partner@firm.example")
    raised(visit("core@huaxin.example"))
    page = partner.open(partner.page(), f"/{collection}")
    name = page.locator('[data-index="0"]').get_by_role("link")
    with page.context.expect_page() as beside:
        name.click(modifiers=["ControlOrMeta"])
    shown = beside.value
    expect(shown.get_by_role("heading", level=1)).to_have_text(name.inner_text())
    shown.close()
    expect(page.locator("aside.panel")).to_have_count(0)
    name.click()
    expect(page.locator("aside.panel")).to_be_visible()
    assert not partner.errors
