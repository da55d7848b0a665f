"""The main job from end to end, clicked by the people of both sides in their language."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.looks import check
from tests.e2e.pictures import take_picture
from tests.e2e.scenes import (
    LANGUAGES,
    VISIBLE_OPTION,
    Tongue,
    answer,
    dialog,
    pick,
    typed,
    working_time,
)
from tests.e2e.teams import TEXT
from tests.e2e.visitors import Visitor, VisitorFor
from tests.e2e.watching import Watch
from tests.loop.steps import MILESTONES

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

DOMAIN = "研发"
PLACES = (
    ("Consulting project manager", "顾问方项目经理", "陈立"),
    ("Client project manager", "客户方项目经理", "李慧"),
    ("Executive", "企业高层", "王建平"),
    ("Core member", "核心小组", "张弛"),
    ("Peripheral member", "外围小组", "刘敏"),
)
COMMENT = "答复太慢，问题重复出现。"


class Walk:
    """The loop in one language; whoever acts has a tab of their own."""

    def __init__(self, visit: VisitorFor, language: str) -> None:
        self.language = language
        self.say = Tongue(language)
        self.title = f"集团流程优化 {language} {time.time():.0f}"
        firm = ("admin", "manager", "lead", "agent")
        self.people: dict[str, Visitor] = {
            name: visit(f"{name}@firm.example", language) for name in firm
        }
        self.people |= {n: visit(f"{n}@huaxin.example", language) for n in ("pm", "core")}
        phones = ("ceo", "peripheral")
        self.people |= {n: visit(f"{n}@huaxin.example", language, 390, 844) for n in phones}
        self.tabs: dict[str, Page] = {name: who.page() for name, who in self.people.items()}
        self.client: str = self.people["pm"].call("GET", "/me")["client"]["id"]
        self.engagement = self.request = self.number = ""
        self.watch = Watch(self.people["manager"], self.client)

    def at(self, name: str, path: str) -> Page:
        """Somebody goes to a page."""
        who, tab = self.people[name], self.tabs[name]
        return who.open(tab, path) if tab.url == "about:blank" else who.go(tab, path)

    def press(self, where: Page | Locator, en: str, zh: str) -> None:
        """Press a button by its whole name."""
        where.get_by_role("button", name=self.say(en, zh), exact=True).first.click()

    def win(self) -> None:
        """The manager writes an opportunity down, and wins it."""
        page = self.at("manager", f"/opportunities/new?client={self.client}")
        page.locator("#title").fill(self.title)
        self.press(page, "Add opportunity", "保存商机")
        expect(page.get_by_role("heading", name=self.title, level=1)).to_be_visible()
        self.press(page, "Won", "赢单")
        answer(page, self.say("Won", "赢单"), reason="高层认可诊断结论")
        page.get_by_role("link", name=re.compile(r"E-\d{4}-\d+")).last.click()
        page.wait_for_url("**/engagements/*")
        self.engagement = page.url.partition("/engagements/")[2]

    def staff(self) -> None:
        """The manager names the domain and fills what the team lacks."""
        page = self.at("manager", f"/engagements/{self.engagement}/edit")
        page.locator("#domains").fill(DOMAIN)
        page.locator("#domains").press("Enter")
        self.press(page, "Save", "保存")
        page.wait_for_url(f"**/engagements/{self.engagement}")
        page = self.at("manager", f"/engagements/{self.engagement}/team")
        for en, zh, name in PLACES:
            self.press(page, f"Add: {en}", f"添加：{zh}")
            box = dialog(page)
            pick(page, box.locator("#user_id"), name)
            if en == "Peripheral member":
                box.locator("#answers_to").click()
                page.locator(VISIBLE_OPTION, has_text="张弛").click()
            self.press(box, "Add a member", "添加成员")
            expect(box).to_be_hidden()
            expect(page.locator(".team-map strong", has_text=name).first).to_be_visible()
        take_picture(page, f"whole-team-{self.language}", whole=True)

    def begin(self) -> None:
        """Both project managers agree the plan, and the first phase starts."""
        path = f"/engagements/{self.engagement}"
        page = self.at("lead", path)
        self.press(page, "Propose to the client", "提交客户")
        self.press(page, "Confirm plan and team", "确认计划与团队")
        self.press(self.at("pm", path), "Confirm plan and team", "确认计划与团队")
        self.press(page, "Start the work", "启动项目")
        self.press(page, "Start Preparation", "启动“项目准备”")
        expect(page.get_by_text(self.say("Phase started", "阶段已启动"))).to_be_visible()

    def review(self) -> None:
        """The core member drafts, others comment, check and decide."""
        core = self.at("core", f"/engagements/{self.engagement}/deliverables")
        name = self.say("Project charter", "项目章程")
        core.get_by_role("link", name=re.compile(name)).first.click()
        core.locator("#text").fill(TEXT)
        self.press(core, "Put forward", "提交评审")
        first = self.say("Version 1", "第 1 版")
        expect(core.get_by_role("heading", name=first, exact=True)).to_be_visible()
        small = self.waiting("peripheral")
        small.get_by_role("textbox").fill("例会请避开月底盘点。")
        self.press(small, "Comment", "提交意见")
        expect(core.get_by_text("例会请避开月底盘点。")).to_be_visible()
        self.press(core, "Ask for the first check", "提请初审")
        desk = self.waiting("pm")
        self.press(desk, "Pass on to the decision", "通过初审")
        answer(desk, self.say("Pass on to the decision", "通过初审"))
        phone = self.waiting("ceo")
        self.press(phone, "Accept", "通过")
        answer(phone, self.say("Accept", "通过"))
        expect(phone.get_by_text(self.say("Accepted", "决策通过")).first).to_be_visible()

    def waiting(self, name: str) -> Page:
        """Somebody opens what waits for them in this engagement."""
        page = self.at(name, "/waiting")
        page.locator('a[href*="/deliverables/"]', has_text=self.title).first.click()
        page.wait_for_url("**/deliverables/*")
        return page

    def complain(self) -> None:
        """The client's project manager raises a complaint; an agent takes it and gives a time."""
        page = self.at("pm", "/requests/new?kind=complaint")
        page.locator("[id$=subject]").first.fill(self.title)
        page.locator("textarea").first.fill("两次询问没有答复。")
        self.press(page, "Send", "提交")
        page.wait_for_url("**/requests/*received=1")
        self.request = page.url.partition("/requests/")[2].partition("?")[0]
        desk = self.at("agent", f"/cases/{self.request}")
        self.press(desk, "Take it", "我来处理")
        self.press(desk, "Promise", "作出承诺")
        answer(desk, self.say("Promise", "作出承诺"), due_at=typed(working_time(4)))
        desk.get_by_role("tab", name=self.say("Public reply", "公开回复")).click()
        desk.get_by_label(self.say("Write to the client", "回复客户")).last.fill("今天答复。")
        self.press(desk, "Send", "发送")
        expect(page.get_by_text("今天答复。").first).to_be_visible()

    def solve(self) -> None:
        """The need is agreed, a solution chosen and carried out; then the case is closed."""
        desk, page = self.tabs["agent"], self.tabs["pm"]
        self.press(desk, "Restate the need", "复述需求")
        answer(desk, self.say("Send to the client", "发送给客户"), text="每周一次书面答复")
        self.press(page, "Yes, that is it", "是的，正确")
        self.press(desk, "Offer a solution", "提出方案")
        solution = {"title": "加派顾问", "description": "两名，两天内到位"}
        answer(desk, self.say("Offer a solution", "提出方案"), **solution)
        offer = page.get_by_role("article", name="加派顾问")
        self.press(offer, "Accept", "接受")
        self.press(dialog(page), "Accept", "接受")
        desk.get_by_role("button", name=self.say("More", "更多")).click()
        desk.get_by_role("menuitem", name=self.say("Start work", "开始处理")).click()
        self.press(desk, "Resolve", "解决")
        answer(desk, self.say("Resolve", "解决"), resolution="已加派两名顾问。")
        self.press(desk, "Record", "记录回访")
        dialog(desk).get_by_role("radio", name=self.say("Satisfied", "满意"), exact=True).check()
        answer(desk, self.say("Record", "记录回访"))
        self.press(desk.get_by_role("main"), "Close", "关闭")
        expect(page.get_by_text(self.say("Closed", "已关闭"), exact=True).first).to_be_visible()

    def answer_badly(self) -> None:
        """Whoever has the mail follows its link, without a sign-in, on a phone."""
        case = self.people["agent"].call("GET", f"/cases/{self.request}")
        self.number = case["number"]
        page = self.people["peripheral"].context.browser.new_page()  # type: ignore[union-attr]
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(self.link())
        page.locator('input[name="satisfaction"][value="1"]').check(force=True)
        page.locator('textarea[name="comment"]').fill(COMMENT)
        self.press(page, "Submit", "提交")
        thanks = self.say("Thank you", "感谢您的参与")
        expect(page.get_by_role("heading", name=thanks)).to_be_visible()
        take_picture(page, f"whole-thanks-{self.language}")
        page.close()

    def link(self) -> str:
        """The link of the mail about this case."""
        for _ in range(100):  # the mail goes out a moment after the case was closed
            path = "/dev/mail?limit=20&to=pm@huaxin.example"
            for mail in self.people["admin"].call("GET", path)["items"]:
                if self.number in mail["text"]:
                    words: list[str] = mail["text"].split()
                    return next(word for word in words if "/survey#" in word)
            time.sleep(0.1)
        raise AssertionError(f"nobody was asked about {self.number}")

    def look_at_it_all(self) -> None:
        """All of it stands on the client page, and the case the answer opened has its owner."""
        page = self.at("manager", f"/clients/{self.client}")
        expect(page.get_by_role("link", name=self.title).first).to_be_visible()
        about = (f"feedback about {self.number}", f"关于 {self.number} 反馈意见的跟进")
        expect(page.get_by_role("link", name=self.say(*about)).first).to_be_visible()
        expect(page.get_by_text(COMMENT).first).to_be_visible()
        take_picture(page, f"whole-client-{self.language}", whole=True)
        wrong = check(page, "client", self.language)
        opened: dict[str, Any] = next(
            case
            for case in self.people["manager"].call("GET", f"/clients/{self.client}/page")["cases"]
            if self.number in case["subject"]
        )
        page = self.at("manager", f"/cases/{opened['id']}")
        expect(page.get_by_text(COMMENT).first).to_be_visible()
        channel = re.compile(self.say("· Survey$", "· 满意度问卷$"))
        expect(page.get_by_role("main").get_by_text(channel)).to_be_visible()
        expect(page.get_by_text("林晓").first).to_be_visible()
        take_picture(page, f"whole-follow-up-{self.language}", whole=True)
        assert opened["assignee_name"] == "林晓"
        assert wrong + check(page, "follow-up", self.language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_loop_is_clicked_by_the_people_of_both_sides(
    visit: VisitorFor, language: str
) -> None:
    walk = Walk(visit, language)
    nobody_is_spared(walk.people["admin"])
    late: list[str] = []
    for part in (
        walk.win,
        walk.staff,
        walk.begin,
        walk.review,
        walk.complain,
        walk.solve,
        walk.answer_badly,
        walk.look_at_it_all,
    ):
        began = time.monotonic()
        part()
        late += walk.watch.late()
        print(f"{part.__name__}: {time.monotonic() - began:.1f} s, {walk.watch.said}")
    assert late == []
    assert not {milestone.partition(" ")[2] for milestone in MILESTONES} - walk.watch.kinds
    assert [error for each in walk.people.values() for error in each.errors] == []


def nobody_is_spared(admin: Visitor) -> None:
    """The demonstration asked these people lately; here they are asked again."""
    (campaign,) = admin.call("GET", "/campaigns?key=case_closed")["items"]
    match = {"If-Match": f'"{campaign["version"]}"'}
    admin.call("PATCH", f"/campaigns/{campaign['id']}", {"fatigue_days": 0}, **match)
