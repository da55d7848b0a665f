"""A contact record corrected in its first day, and only amended once it is locked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, Tongue, answer, fresh_key, new_client
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_is_written_and_corrected_on_its_first_day(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language, 390, 844)
    client = new_client(manager, "盛泰")
    page = manager.open(manager.page(), f"/clients/{client['id']}/interactions/new")
    page.locator("#summary").fill("讨论二期范围")
    page.locator("#next_step").fill("发送建议书")
    page.get_by_role("button", name=say("Record", "保存记录"), exact=True).click()
    page.wait_for_url(f"**/clients/{client['id']}")
    page.get_by_role("link", name="讨论二期范围").first.click()
    page.get_by_role("button", name=say("Edit", "修改")).click()
    page.locator("#summary").fill("讨论二期范围与预算")
    page.get_by_role("button", name=say("Record", "保存记录"), exact=True).click()
    page.wait_for_url(lambda url: not url.endswith("/edit"))
    expect(page.get_by_text("讨论二期范围与预算")).to_be_visible()
    (record,) = manager.call("GET", f"/interactions?client_id={client['id']}")["items"]
    assert record["next_step"] == "发送建议书"
    assert record["summary"] == "讨论二期范围与预算"
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_locked_record_is_amended_beside_its_first_words(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    admin = visit("admin@firm.example", language)
    client = new_client(admin, "远景")
    body = {
        "client_id": client["id"],
        "kind": "visit",
        "occurred_at": (datetime.now(UTC) - timedelta(days=3)).isoformat(),
        "summary": "客户预算八百万",
        "historical": True,
    }
    record = admin.call("POST", "/interactions", body, **fresh_key())
    page = admin.open(admin.page(), f"/interactions/{record['id']}")
    expect(page.get_by_role("button", name=say("Edit", "修改"))).to_be_hidden()
    expect(page.get_by_text(say("Locked", "已锁定"))).to_be_visible()
    page.get_by_role("button", name=say("Amend", "补充更正")).click()
    answer(page, say("Amend", "补充更正"), summary="客户预算六百万", reason="听错了")
    expect(page.get_by_text("客户预算六百万")).to_be_visible()
    expect(page.get_by_text("客户预算八百万").first).to_be_visible()
    take_picture(page, f"act-amended-{language}")
    manager = visit("manager@firm.example", language)
    seen = manager.open(manager.page(), f"/interactions/{record['id']}/edit")
    seen.wait_for_url(f"**/interactions/{record['id']}")
    expect(seen.get_by_text(say("Locked", "已锁定"))).to_be_visible()
    assert not admin.errors


def test_nothing_is_recorded_of_a_client_that_is_not_there(visit: VisitorFor) -> None:
    manager = visit("manager@firm.example")
    page = manager.page()
    for client in ("xyz", uuid4()):
        page.goto(f"{manager.address}/clients/{client}/interactions/new")
        expect(page.locator("#summary")).to_have_count(0)
