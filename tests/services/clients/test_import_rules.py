"""The pure parts of imports: statuses, decisions, headings, cells, merging, likeness."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clients.duplicates.rules import SIMILAR_FROM, likeness
from services.clients.imports import cells, headings
from services.clients.imports.cells import BadCell
from services.clients.imports.likeness import alike
from services.clients.imports.merging import BLANK, merge, taken_back
from services.clients.imports.rules import (
    Mode,
    NothingToUndo,
    RowStatus,
    Similar,
    Status,
    Task,
    decide,
    start_apply,
    start_undo,
)
from services.clients.imports.wording import TEXTS, WARNINGS, sentence
from services.clients.registry.rules import derived
from shared.transitions import IllegalTransition


@pytest.mark.parametrize("current", Status)
def test_applying_starts_from_ready_alone(current: Status) -> None:
    if current is Status.READY:
        assert start_apply(current) is Status.APPLYING
    else:
        with pytest.raises(IllegalTransition):
            start_apply(current)


@pytest.mark.parametrize(
    ("current", "task", "allowed"),
    [
        (Status.APPLIED, Task.APPLY, True),
        (Status.FAILED, Task.APPLY, True),
        (Status.FAILED, Task.UNDO, True),
        (Status.FAILED, Task.ANALYSE, False),
        (Status.READY, Task.ANALYSE, False),
    ],
)
def test_undoing_needs_something_written(current: Status, task: Task, allowed: bool) -> None:
    if allowed:
        assert start_undo(current, task) is Status.APPLYING
    else:
        with pytest.raises(NothingToUndo):
            start_undo(current, task)


@pytest.mark.parametrize("current", [Status.ANALYSING, Status.APPLYING, Status.UNDONE])
def test_undoing_waits_and_happens_once(current: Status) -> None:
    with pytest.raises(IllegalTransition):
        start_undo(current, Task.APPLY)


@pytest.mark.parametrize(
    ("mode", "similar", "status", "known"),
    list(product(Mode, Similar, RowStatus, (False, True))),
)
def test_what_becomes_of_every_kind_of_row(
    mode: Mode, similar: Similar, status: RowStatus, known: bool
) -> None:
    act = decide(mode, similar, status, known=known)
    if status in {RowStatus.ERROR, RowStatus.DUPLICATE}:
        assert act == "skip"
    elif known:
        assert act == ("skip" if mode is Mode.CREATE else "update")
    elif mode is Mode.UPDATE_ONLY:
        assert act == "skip"
    else:
        left_out = status is RowStatus.SIMILAR and similar is Similar.SKIP
        assert act == ("skip" if left_out else "create")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("客户名称", "legal_name"),
        ("Company Name", "legal_name"),
        ("ＬＥＧＡＬ　ＮＡＭＥ", "legal_name"),
        ("legal_name", "legal_name"),
        ("統一社會信用代碼", "credit_code"),
        ("年营业额(万元)", "revenue"),
        ("年营业额（万元）", "revenue"),
        ("Revenue [million CNY]", "revenue"),
        ("客户实力(1-9)", "strength"),
        ("E-mail", "contact_email"),
        ("*手机号码:", "contact_mobile"),
        ("天气", None),
        ("", None),
    ],
)
def test_headings_are_known_in_both_languages(heading: str, field: str | None) -> None:
    assert headings.guess([heading]) == (field,)


def test_a_field_is_given_once() -> None:
    assert headings.guess(["公司名称", "客户名称"]) == ("legal_name", None)


def test_headings_can_be_told_apart() -> None:
    assert headings.labelled(["备注", "", "备注"]) == ("备注", "(B)", "备注 [2]")


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_columns_have_the_letters_of_a_spreadsheet(column: int, name: str) -> None:
    assert headings.letter(column) == name


def test_a_mapping_is_found_again_in_any_order_of_columns() -> None:
    assert headings.signature(["客户名称", "电话"]) == headings.signature(["电话", "客户名称"])
    assert headings.signature(["客户名称"]) != headings.signature(["电话"])


@pytest.mark.parametrize(
    ("heading", "cell", "minor", "currency"),
    [
        ("年营业额(万元)", "96000", 96_000_000_000, "CNY"),
        ("年营业额(万元)", "0.000001", 1, "CNY"),
        ("累计合同额(元)", "1200000.5", 120_000_050, "CNY"),
        ("合同额", "¥1,234.56", 123_456, "CNY"),
        ("合同额", "5.2亿", 52_000_000_000, "CNY"),
        ("合同额(万元)", "3万元", 3_000_000, "CNY"),
        ("合同额(万美元)", "12", 12_000_000, "USD"),
        ("合同额(日元)", "1200", 1_200, "JPY"),
        ("合同额(元)", "1250.50 USD", 125_050, "USD"),
        ("合同额(元)", "1250 jpy", 1_250, "JPY"),
        ("合同额(万元)", "2.5万USD", 2_500_000, "USD"),
    ],
)
def test_money_is_exact(heading: str, cell: str, minor: int, currency: str) -> None:
    assert cells.amount(cell, *headings.unit(heading)) == (minor, currency)


@given(st.decimals(0, 10**9, places=2))
def test_any_amount_in_yuan_keeps_every_cent(amount: Decimal) -> None:
    assert cells.amount(str(amount), Decimal(1), "CNY") == (int(amount * 100), "CNY")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("0.001", "too_precise"),
        ("-5", "out_of_range"),
        ("很多", "not_an_amount"),
        ("12 XYZ", "not_an_amount"),
        ("99999999999999999999", "out_of_range"),
    ],
)
def test_amounts_that_are_none(cell: str, code: str) -> None:
    with pytest.raises(BadCell) as bad:
        cells.amount(cell, Decimal(1), "CNY")
    assert bad.value.code == code


def test_nobody_can_tell_whether_ten_thousand_is_meant_of_a_cells_own_currency() -> None:
    with pytest.raises(BadCell) as bad:
        cells.amount("12 USD", *headings.unit("合同额(万元)"))
    assert bad.value.code == "not_an_amount"


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_date_never_moves(day: date) -> None:
    for written in (
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month:02d}.{day.day:02d}",
        f"{day:%Y%m%d}",
        f"{day.isoformat()} 23:59:59",
    ):
        assert cells.day(written) == day.isoformat()


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("first_contact_on", "2023-02-30", "impossible_date"),
        ("first_contact_on", "2023-13-01", "impossible_date"),
        ("first_contact_on", "0001-01-01", "year_out_of_range"),
        ("first_contact_on", "9999-12-31", "year_out_of_range"),
        ("first_contact_on", "昨天", "not_a_date"),
        ("first_contact_on", "45000", "not_a_date"),
        ("credit_code", "91693830MA50AU5AP0", "bad_check_character"),
        ("credit_code", "9169", "bad_credit_code"),
        ("credit_code", "91I93830MA50AU5AP0", "bad_credit_code"),
        ("contact_mobile", "1380000", "bad_mobile"),
        ("contact_email", "not-an-email", "bad_email"),
        ("contact_email", "a@b", "bad_email"),
        ("website", "javascript:alert(1)", "bad_website"),
        ("website", "暂无", "bad_website"),
        ("email_domain", "info@huaxin.example", "bad_domain"),
        ("strength", "12", "out_of_range"),
        ("strength", "0", "out_of_range"),
        ("strength", "高", "not_a_number"),
        ("strength", "4.5", "not_a_number"),
        ("employees", "NaN", "not_a_number"),
        ("employees", "1e400", "not_a_number"),
        ("stage", "起飞", "unknown_stage"),
        ("legal_name", "长" * 201, "too_long"),
        ("notes", "a\x00b", "unstorable_text"),
        ("tags", ";".join(map(str, range(60))), "too_many"),
        ("phone", "没有电话", "bad_phone"),
    ],
)
def test_cells_that_are_no_values(field: str, cell: str, code: str) -> None:
    with pytest.raises(BadCell) as bad:
        cells.PLAIN[field](cell)
    assert bad.value.code == code
    assert sentence(code, bad.value.params).keys() == {"en", "zh"}


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("legal_name", "佛山天成精密制造有限 公司", "佛山天成精密制造有限公司"),
        ("legal_name", "Foshan  Tiancheng Ltd", "Foshan Tiancheng Ltd"),
        ("credit_code", "9120 1164-map3mr19ap", "91201164MAP3MR19AP"),
        ("main_products", "储能;光伏组件；储能", ["储能", "光伏组件"]),
        ("employees", "3,200人", 3200),
        ("stage", "合作中", "active"),
        ("stage", "Qualified", "qualified"),
        ("notes", '=HYPERLINK("x")', '=HYPERLINK("x")'),
        ("contact_mobile", "+44 7700 900123", "+447700900123"),
        ("contact_email", "张三@例子.公司", "张三@例子.公司"),
    ],
)
def test_cells_that_are_values(field: str, cell: str, value: object) -> None:
    assert cells.PLAIN[field](cell) == value


def test_marks_nobody_sees_are_no_part_of_a_cell() -> None:
    assert cells.seen("\ufeff华\u200b信\u202e科技 ") == "华信科技"
    assert cells.seen("\u202d13800000001\u202c") == "13800000001"
    assert cells.seen("\u200b") == ""


def test_every_reason_reads_in_both_languages() -> None:
    assert all(texts.keys() == {"en", "zh"} for texts in TEXTS.values())
    assert set(TEXTS) >= WARNINGS


def _row(**client: object) -> dict[str, object]:
    return {"client": client, "person": {}, "email_domain": None}


def _known(**values: object) -> dict[str, object]:
    record = BLANK | {"legal_name": "华信科技有限公司"} | values
    return record | derived(record)


def test_empty_cells_change_nothing_and_lists_grow() -> None:
    current = _known(city="深圳市", tags=["重点"])
    assert merge(current, _row(legal_name="华信科技 有限公司", tags=["重点", "新"]), {}) == {
        "tags": ["重点", "新"]
    }


def test_a_stage_and_a_credit_code_are_not_overwritten() -> None:
    current = _known(credit_code="91201164MAP3MR19AP")
    row = _row(stage="former", credit_code="91067884MAP56LNXFQ", city="成都市")
    assert merge(current, row, {}) == {"city": "成都市"}


def test_undoing_leaves_what_was_edited_since() -> None:
    before, after = {"city": "深圳市", "phone": None}, {"city": "广州市", "phone": "1"}
    now = _known(city="珠海市", phone="1")
    assert taken_back(now, before, after) == ({"phone": None}, ["city"])


@given(st.lists(st.text("华信恒达鼎盛云帆科技制造", min_size=2, max_size=9), max_size=40))
def test_alike_names_are_found_as_if_all_were_compared(names: list[str]) -> None:
    rows = dict(enumerate(names))
    found = alike(rows, rows)
    for row, name in rows.items():
        best = max((likeness(name, rows[o]) for o in rows if o != row), default=0.0)
        if best >= SIMILAR_FROM:
            assert likeness(name, rows[found[row]]) == best
        else:
            assert row not in found
