"""Pages that were opened before something changed: who signs in, what is there, what Rapport is."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from deploy.demo.people import PASSWORD
from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, Tongue, dialog, fresh_key, new_client, taken
from tests.e2e.teams import TEXT, charter, running, to_be_decided
from tests.e2e.visitors import Visitor, VisitorFor, still

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]
MANAGER, OTHER = "manager@firm.example", "partner@firm.example"


def sign_in_beside(visitor: Visitor, email: str) -> None:
    """Begin a session of somebody as another tab of the same browser would."""
    answer = visitor.context.request.post(
        f"{visitor.address}/api/v1/auth/session", data={"email": email, "password": PASSWORD}
    )
    assert answer.ok


@pytest.mark.parametrize("who", [OTHER, MANAGER])
def test_what_was_typed_is_never_written_under_the_name_of_who_signed_in_since(
    stranger: VisitorFor, visit: VisitorFor, who: str
) -> None:
    client = new_client(visit(MANAGER), "两个标签页")
    visitor = stranger("en")
    sign_in_beside(visitor, MANAGER)
    page = visitor.page()
    page.goto(f"{visitor.address}/clients/{client['id']}/interactions/new")
    words = f"words of the manager {uuid4().hex[:6]}"
    page.locator("#summary").fill(words)
    sign_in_beside(visitor, who)
    page.on("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="Record", exact=True).click()
    manager = visit(MANAGER)
    if who == MANAGER:
        page.wait_for_url(re.compile(rf"/clients/{client['id']}$"))
    else:
        expect(page.locator("#summary")).to_have_value("")
    written = manager.call("GET", f"/interactions?client_id={client['id']}")["items"]
    assert [each["summary"] for each in written] == ([words] if who == MANAGER else [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_does_not_come_says_so_within_the_house(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    visitor = visit(MANAGER, language)
    page = visitor.open(visitor.page(fresh=True), "/week")
    page.route("**/assets/opportunities-*.js", lambda route: route.abort())
    page.get_by_role("link", name=say("Opportunities", "商机"), exact=True).first.click()
    expect(
        page.get_by_role("heading", name=say("This page did not come", "页面未能载入"))
    ).to_be_visible()
    expect(page.get_by_role("link", name=say("Clients", "客户"), exact=True)).to_be_visible()
    take_picture(page, f"page-unloaded-{language}")
    page.unroute("**/assets/opportunities-*.js")
    page.get_by_role("button", name=say("Load again", "重新载入")).click()
    expect(page.get_by_role("heading", name=say("Opportunities", "商机"), level=1)).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_that_is_not_there_and_a_filter_that_does_not_exist_lead_on(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    visitor = visit(MANAGER, language)
    page = visitor.context.new_page()
    page.goto(f"{visitor.address}/cases/{uuid4()}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("button", name=say("To the start page", "返回首页")).click()
    page.wait_for_url("**/week")
    page.goto(f"{visitor.address}/cases?status=nonsense")
    unknown = say("asks for what this list does not know", "筛选条件无法识别")
    expect(page.get_by_role("heading", name=re.compile(unknown))).to_be_visible()
    page.get_by_role("button", name=say("Show everything", "显示全部")).click()
    expect(page.locator('[data-index="0"]')).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_for_a_version_that_somebody_else_put_forward_first_are_kept(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    team = running(visit)
    path = f"/deliverables/{charter(team)['id']}"
    core = visit("core@huaxin.example", language, 390, 844)
    page = core.open(core.page(), path)
    words = f"我写的版本 {uuid4().hex[:6]}"
    page.locator("#text").fill(words)
    team.core.call("POST", f"{path}/submit", {"text": TEXT}, **fresh_key())
    told = page.get_by_role("status").filter(has_text=words)
    expect(told).to_contain_text(say("You had not sent these words", "您有尚未发送的内容"))
    still(page)
    take_picture(page, f"words-kept-{language}", whole=True)
    team.core.call("POST", f"{path}/take-back", **fresh_key())
    expect(page.locator("#text")).to_have_value(words)
    page.get_by_role("button", name=say("Put forward", "提交评审")).click()
    expect(
        page.get_by_role("heading", name=say("Version 2", "第 2 版"), exact=True)
    ).to_be_visible()
    expect(told).to_have_count(0)
    assert not core.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dialog_that_somebody_was_faster_than_stays_and_says_so(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    team = running(visit)
    path = f"/deliverables/{to_be_decided(team)['id']}"
    ceo = visit("ceo@huaxin.example", language, 390, 844)
    page = ceo.open(ceo.page(), path)
    page.get_by_role("button", name=say("Send back", "退回修改")).click()
    reason = dialog(page).locator("#reason")
    reason.fill("请补充里程碑")
    ceo.call("POST", f"{path}/decide", {"accepted": True}, **fresh_key())
    expect(dialog(page).get_by_role("status")).to_contain_text(
        say("done or changed elsewhere", "已在别处处理或更改")
    )
    expect(reason).to_have_value("请补充里程碑")
    dialog(page).get_by_role("button", name=say("Send back", "退回修改")).click()
    expect(dialog(page).get_by_role("alert")).to_be_visible()
    take_picture(page, f"dialog-overtaken-{language}")
    expect(reason).to_have_value("请补充里程碑")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reply_that_a_withdrawal_was_faster_than_is_kept_to_its_last_letter(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    person, agent = visit("core@huaxin.example", language), visit("agent@firm.example", language)
    case = taken(person, agent)
    page = agent.open(agent.page(), f"/cases/{case['id']}")
    page.get_by_role("tab", name=say("Public reply", "公开回复")).click()
    page.get_by_role("tabpanel").get_by_role("textbox").fill("资料周五寄出")
    person.call("POST", f"/cases/{case['id']}/withdraw", {"reason": "不再需要"}, **fresh_key())
    kept = page.get_by_role("status").filter(has_text="资料周五寄出")
    expect(kept).to_contain_text(say("You had not sent these words", "您有尚未发送的内容"))
    assert not agent.errors + person.errors
