"""An import from the file to its undoing, clicked."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final
from uuid import uuid4

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.e2e.looks import scrolls_sideways
from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, Tongue, dialog, hand_in
from tests.e2e.visitors import VisitorFor, still

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]
BROKEN = b"PK\x03\x04" + b"[Content_Types].xml xl/workbook.xml" * 9
SAMPLES: Final = Path(__file__).parents[1] / "data" / "clients-zh"
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
    hand_in(page, file)
    expect(page.get_by_role("cell", name="很多")).to_be_visible()
    expect(page.get_by_text(say("Ready to apply", "待执行"))).to_be_visible()
    take_picture(page, f"act-import-ready-{language}", whole=True)
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
    take_picture(page, f"act-import-undone-{language}", whole=True)
    assert manager.call("GET", f"/clients?q={names[0]}")["items"] == []
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_taken_by_mistake_is_discarded_and_nothing_of_it_stays(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    page = manager.open(manager.page(), "/imports")
    mark = uuid4().hex[:6]
    rows = HEADINGS + f"误传{mark}有限公司,物流,很多,陈立,13800138000\n"
    hand_in(page, FilePayload(name=f"误传-{mark}.csv", mimeType="text/csv", buffer=rows.encode()))
    expect(page.get_by_role("cell", name="很多")).to_be_visible()
    page.get_by_role("button", name=say("Discard", "弃用")).click()
    box = dialog(page)
    take_picture(page, f"act-import-discard-{language}")
    box.get_by_role("button", name=say("Discard", "弃用")).click()
    gone = say("Nothing of it was written, and nothing of it is kept", "没有写入任何数据")
    expect(page.get_by_text(gone)).to_be_visible()
    expect(page.get_by_role("button", name=say("Discard", "弃用"))).to_be_hidden()
    expect(page.get_by_role("cell", name="很多")).to_be_hidden()
    take_picture(page, f"act-import-discarded-{language}", whole=True)
    manager.go(page, "/imports")
    line = page.get_by_role("link", name=f"误传-{mark}.csv")
    expect(
        page.get_by_role("row").or_(page.get_by_role("listitem")).filter(has=line)
    ).to_contain_text(say("Discarded", "已弃用"))
    assert not manager.errors


@pytest.mark.parametrize(
    ("name", "language"), [("clients.xlsx", "zh"), ("clients-gb18030.csv", "en")]
)
def test_a_real_sheet_is_left_being_checked_and_found_again_with_its_defects(
    visit: VisitorFor, name: str, language: str
) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    page = manager.open(manager.page(), "/imports")
    hand_in(page, SAMPLES / name)
    manager.go(page, "/week")
    manager.go(page, "/imports")
    line = page.locator(".lines li").first
    expect(line).to_contain_text(name)
    expect(line).to_contain_text(say("Ready to apply", "待执行"), timeout=60_000)
    line.get_by_role("link", name=name).click()
    bad = page.locator(".problem-table tr", has=page.locator(".mark-bad"))
    spoiled = defects()
    expect(bad).to_have_count(len(spoiled))
    found = {int(row) for row in bad.locator("td:first-child").all_inner_texts()}
    assert found == spoiled
    expect(count_of(page, say("rows with problems", "有问题的行"))).to_have_text(str(len(spoiled)))
    ready = page.get_by_role("button", name=say("Apply", "导入"))
    expect(ready.first).to_contain_text(count_of(page, say("will be added", "将新增")).inner_text())
    take_picture(page, f"act-import-real-{language}", whole=True)
    assert not manager.errors


def defects() -> set[int]:
    """The spoiled rows, as the list beside the sheets has them."""
    with (SAMPLES / "defects.csv").open(encoding="utf-8-sig") as file:
        lines = list(csv.DictReader(file))
    return {int(line["spreadsheet_row"]) for line in lines if "legal" not in line["what"]}


def count_of(page: Page, name: str) -> Locator:
    """The figure above a name in the row of counts."""
    name_of = page.get_by_text(name, exact=True)
    return page.locator(".counts > div", has=name_of).locator("strong")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_file_is_refused_where_it_was_dropped(
    visit: VisitorFor, tmp_path: Path, language: str
) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    page = manager.open(manager.page(), "/imports")
    wrong = {
        "picture.xlsx": (
            b"\x89PNG\r\n\x1a\n" * 9,
            ("Accepted: xlsx, csv", "支持的类型：xlsx, csv"),
        ),
        "nothing.csv": (b"", ("This file is empty", "文件是空的")),
        "broken.xlsx": (BROKEN, ("is damaged or protected", "已损坏或受保护")),
        "large.csv": (b"a,b\n" * 5_000_001, ("This file is too large", "文件过大")),
    }
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    for name, (content, words) in wrong.items():
        (tmp_path / name).write_bytes(content)
        page.locator("input[type=file]").set_input_files(tmp_path / name)
        problem = page.locator("section.problem")
        expect(problem).to_contain_text(say(*words))
        expect(problem).to_contain_text(say(f"“{name}” was not taken", f"“{name}”未被接收"))
        expect(problem).not_to_contain_text(say("what you typed", "填写"))
        expect(page.get_by_text(say("was not taken", "未被接收"))).to_have_count(1)
        expect(problem.locator("code")).to_have_count(0)
        take_picture(page, f"act-import-refused-{name}-{language}")
    assert sent.count("POST") == 3, "what is too large is not sent"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_without_names_is_mapped_first(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    page = manager.open(manager.page(), "/imports")
    mark = uuid4().hex[:6]  # what is mapped is remembered for the same headings
    rows = f"抬头{mark},城市\n泰和{mark}机械有限公司,成都市\n".encode()
    file = FilePayload(name="抬头.csv", mimeType="text/csv", buffer=rows)
    hand_in(page, file)
    missing = say("No column holds the client's name, so nothing", "没有客户名称列，暂时无法导入")
    expect(page.get_by_role("alert")).to_contain_text(missing)
    expect(page.get_by_text(say("Columns to be mapped", "待对应列"))).to_be_visible()
    expect(page.get_by_role("button", name=say("Apply", "导入"))).to_have_count(0)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        take_picture(page, f"act-import-nameless-{language}-{width}", whole=True)
    page.get_by_label(say(f"Field for the column 抬头{mark}", f"“抬头{mark}”列对应的字段")).click()
    page.get_by_title(say("Legal name", "法定名称")).click()
    page.get_by_role("button", name=say("Check again", "重新检查")).click()
    expect(page.get_by_role("button", name=say("Apply 1 row", "导入 1 行"))).to_be_visible()
    expect(page.get_by_text(say("No problem found", "没有发现问题"))).to_be_visible()
    assert not manager.errors


def test_more_problems_than_a_page_holds_come_when_asked_for(visit: VisitorFor) -> None:
    manager = visit("manager@firm.example")
    mark = uuid4().hex[:6]
    rows = "".join(f"第{number}家{mark}有限公司,物流,很多,,\n" for number in range(210))
    file = FilePayload(name="多错.csv", mimeType="text/csv", buffer=(HEADINGS + rows).encode())
    page = manager.open(manager.page(), "/imports")
    hand_in(page, file)
    wrong = page.locator(".problem-table").get_by_role("cell", name="很多")
    expect(wrong).to_have_count(200)
    page.get_by_role("button", name="Show more").click()
    expect(wrong).to_have_count(210)
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_problems_are_counted_as_they_are_listed_below_the_columns(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    page = manager.open(manager.page(), "/imports")
    mark = uuid4().hex[:6]
    rows = (
        HEADINGS
        + f"泰和{mark}机械有限公司,物流,很多,陈立,123\n云帆{mark}物流有限公司,,99999999,,\n"
    )
    file = FilePayload(name="三处.csv", mimeType="text/csv", buffer=rows.encode())
    hand_in(page, file)
    problems = page.get_by_role("region", name=say("Problems", "问题")).first
    expect(problems.get_by_role("heading")).to_have_text(say("Problems3", "问题3"))
    expect(page.locator(".problem-table tbody tr")).to_have_count(3)
    expect(count_of(page, say("rows with problems", "有问题的行"))).to_have_text("2")
    expect(problems).to_contain_text(say("from 0 to 10,000,000", "0 到 10,000,000 之间"))
    columns = page.get_by_role("region", name=say("Columns", "列对应"))
    upper, lower = columns.bounding_box(), problems.bounding_box()
    assert upper and lower and upper["y"] < lower["y"]
    page.set_viewport_size({"width": 390, "height": 900})
    still(page)
    assert not scrolls_sideways(page)
    take_picture(page, f"act-import-counted-{language}-390", whole=True)
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_of_headings_alone_says_so(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    page = manager.open(manager.page(), "/imports")
    file = FilePayload(name="空表.csv", mimeType="text/csv", buffer=HEADINGS.encode())
    hand_in(page, file)
    bare = say("This file has headings but no rows", "文件只有表头，没有数据行")
    expect(page.get_by_role("alert")).to_contain_text(bare)
    expect(page.locator(".page-under")).to_contain_text(say("No rows", "没有数据行"))
    expect(page.get_by_text(say("No problem found", "没有发现问题"))).to_have_count(0)
    expect(page.get_by_role("button", name=say("Apply", "导入"))).to_have_count(0)
    take_picture(page, f"act-import-bare-{language}")
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_undone_import_says_what_it_kept(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    page = manager.open(manager.page(), "/imports")
    mark = uuid4().hex[:6]
    rows = HEADINGS + f"泰和{mark}机械有限公司,物流,3,,\n云帆{mark}物流有限公司,物流,3,,\n"
    file = FilePayload(name="保留.csv", mimeType="text/csv", buffer=rows.encode())
    hand_in(page, file)
    page.get_by_role("button", name=say("Apply 2 rows", "导入 2 行")).click()
    expect(page.get_by_text(say("The import is complete.", "导入已完成。"))).to_be_visible()
    client = manager.call("GET", f"/clients?q=泰和{mark}")["items"][0]
    path = f"/clients/{client['id']}"
    version = manager.call("GET", path)["version"]
    manager.call("PATCH", path, {"industry": "机械"}, **{"If-Match": f'"{version}"'})
    page.get_by_role("button", name=say("Undo this import", "撤销此次导入")).click()
    dialog(page).get_by_role("button", name=say("Undo this import", "撤销此次导入")).click()
    kept = say("except what was changed since in 1 row", "但 1 行中之后又被修改的内容")
    expect(page.locator(".banner")).to_contain_text(kept)
    heading = page.locator(".problem-table th").first.bounding_box()
    assert heading and heading["height"] < 40, "words of headings are not broken"
    assert not manager.errors
