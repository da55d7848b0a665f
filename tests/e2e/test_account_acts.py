"""Coming in by the mail's link, and a password change that ends every other session."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, Tongue, answer, dialog, invitation_link, new_colleague
from tests.e2e.visitors import PASSWORD, VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]
CLIENT_PERSON = "it@huaxin.example"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invitation_is_accepted_by_the_link_in_the_mail(
    visit: VisitorFor, chromium: Browser, language: str
) -> None:
    say = Tongue(language)
    admin = visit("admin@firm.example", language)
    email = f"e2e-{uuid4().hex[:10]}@firm.example"
    page = admin.open(admin.page(), "/users")
    page.get_by_role("button", name=say("Invite", "邀请")).click()
    box = dialog(page)
    box.locator("#name").fill("欧阳若兰")
    box.locator("#email").fill(email)
    box.get_by_role("button", name=say("Send invitation", "发送邀请")).click()
    expect(box).to_be_hidden()
    page.get_by_role("textbox", name=say("Search users", "搜索用户")).fill(email)
    expect(page.get_by_text(say("Invited", "已邀请")).first).to_be_visible()

    stranger = chromium.new_context(
        locale="en-GB" if language == "zh" else "zh-CN", reduced_motion="reduce"
    )  # the language is the invitation's, whatever the browser's
    door = stranger.new_page()
    door.goto(invitation_link(admin, email))
    expect(door.get_by_text(email)).to_be_visible()
    take_picture(door, f"act-invited-{language}")
    door.locator("#password").fill("short")
    door.get_by_role("button", name=say("Begin", "开始使用")).click()
    expect(door.get_by_text(say("5 more characters, please", "还差 5 个字符"))).to_be_visible()
    door.locator("#password").fill("a quiet river 7")
    door.get_by_role("button", name=say("Begin", "开始使用")).click()
    expect(door.get_by_role("heading", name=say("My week", "我的一周"), level=1)).to_be_visible()
    stranger.close()

    second = chromium.new_context(locale="en-GB", reduced_motion="reduce")
    late = second.new_page()
    late.goto(invitation_link(admin, email))
    expect(late.get_by_text("This invitation cannot be used")).to_be_visible()
    second.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clients_person_signs_in_by_the_form_and_stands_in_their_own_house(
    visit: VisitorFor, stranger: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    visit(CLIENT_PERSON, language)  # the language is the person's, on whatever screen
    guest = stranger(language, 390, 844)
    page = guest.page()
    page.goto(f"{guest.address}/requests")
    page.wait_for_url("**/sign-in?*")
    page.get_by_label(say("Email", "邮箱")).fill(CLIENT_PERSON)
    page.get_by_label(say("Password", "密码"), exact=True).fill("not my password")
    page.get_by_role("button", name=say("Sign in", "登录")).click()
    expect(page.get_by_role("alert")).to_contain_text(
        say("do not belong together", "邮箱或密码不正确")
    )
    page.get_by_label(say("Password", "密码"), exact=True).fill(PASSWORD)
    page.get_by_label(say("Password", "密码"), exact=True).press("Enter")
    expect(page).to_have_url(f"{guest.address}/requests")
    title = say("Requests", "服务与投诉")
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    firm = page.locator(".firm-name")
    expect(firm).to_have_text(guest.call("GET", "/me")["firm"]["name"])
    expect(firm).not_to_have_text("Rapport")
    take_picture(page, f"act-signed-in-{language}")
    assert not guest.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_changed_password_ends_the_other_sessions(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    old, new = "a quiet river 7", "a louder river 8"
    user = new_colleague(visit, old)
    here = visit(user["email"], language, password=old)
    there = visit(user["email"], language, password=old)
    elsewhere = there.open(there.page(), "/week")
    page = here.open(here.page(), "/account")
    page.locator("#current_password").fill("not my password")
    page.locator("#new_password").fill(new)
    page.get_by_role("button", name=say("Change password", "修改密码")).click()
    wrong = say("This is not your current password.", "当前密码不正确。")
    expect(page.get_by_text(wrong)).to_be_visible()
    page.locator("#current_password").fill(old)
    page.get_by_role("button", name=say("Change password", "修改密码")).click()
    expect(page.get_by_text(say("Password changed", "密码已修改"))).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name=say("My account", "我的账户"), level=1)).to_be_visible()
    elsewhere.reload()
    expect(elsewhere.get_by_role("button", name=say("Sign in", "登录"))).to_be_visible()
    elsewhere.locator("#email").fill(user["email"])
    elsewhere.locator("#password").fill(new)
    elsewhere.get_by_role("button", name=say("Sign in", "登录")).click()
    expect(
        elsewhere.get_by_role("heading", name=say("My week", "我的一周"), level=1)
    ).to_be_visible()
    assert not here.errors


def sign_in(page: Page, say: Tongue, email: str, password: str) -> None:
    """Fill the form at the door and press its button."""
    page.locator("#email").fill(email)
    page.locator("#password").fill(password)
    page.get_by_role("button", name=say("Sign in", "登录")).click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_is_deactivated_stays_outside_until_let_in_again(
    visit: VisitorFor, stranger: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    password = "a quiet river 7"
    user = new_colleague(visit, password)
    visit(user["email"], language, password=password)  # the language is the person's
    admin = visit("admin@firm.example", language)
    page = admin.open(admin.page(), "/users")
    page.get_by_role("textbox", name=say("Search users", "搜索用户")).fill(user["email"])
    expect(page.locator("[data-index]")).to_have_count(1)
    page.locator("[data-index]", has_text=user["email"]).click()
    panel = page.get_by_role("complementary", name=user["name"])
    panel.get_by_role("button", name=say("Deactivate", "停用"), exact=True).click()
    answer(page, say("Deactivate", "停用"))
    expect(panel.get_by_text(say("Deactivated", "已停用"), exact=True)).to_be_visible()
    take_picture(page, f"act-deactivated-{language}")

    guest = stranger(language)
    door = guest.open(guest.page(), "/sign-in")
    sign_in(door, say, user["email"], password)
    refused = say("do not belong together", "邮箱或密码不正确")
    expect(door.get_by_role("alert")).to_contain_text(refused)
    panel.get_by_role("button", name=say("Activate", "启用"), exact=True).click()
    expect(panel.get_by_text(say("Active", "已启用"), exact=True)).to_be_visible()
    sign_in(door, say, user["email"], password)
    expect(door.get_by_role("heading", name=say("My week", "我的一周"), level=1)).to_be_visible()
    assert not admin.errors + guest.errors
