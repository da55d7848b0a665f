"""Tables read equally whatever wrote them, and leave so that nothing in them runs."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from shared.sheet_export import csv_chunks, neutral, write_xlsx
from shared.spreadsheets import (
    MAX_CELL,
    MAX_ROWS,
    Row,
    UnreadableSpreadsheet,
    detect_encoding,
    open_table,
)

DATA = Path("tests/data/clients-zh")


def read(content: bytes, kind: str = "csv") -> tuple[tuple[str, ...], list[Row]]:
    with open_table(io.BytesIO(content), kind) as table:
        return table.headings, list(table.rows())


def cells(content: bytes, kind: str = "csv") -> list[tuple[str, ...]]:
    return [row.cells for row in read(content, kind)[1]]


def test_the_client_list_reads_equally_from_xlsx_and_gb18030_csv() -> None:
    xlsx = read((DATA / "clients.xlsx").read_bytes(), "xlsx")
    text = read((DATA / "clients-gb18030.csv").read_bytes())
    assert xlsx == text
    headings, rows = xlsx
    assert headings[:3] == ("客户名称", "简称", "统一社会信用代码")
    assert len(headings) == 21
    assert (len(rows), rows[0].number, rows[-1].number) == (412, 2, 413)


def test_row_numbers_are_those_of_the_defect_list() -> None:
    _, rows = read((DATA / "clients.xlsx").read_bytes(), "xlsx")
    by_number = {row.number: row.cells for row in rows}
    assert by_number[313][0] == ""
    assert by_number[47][-1] == '=HYPERLINK("http://example.com","点我")'
    assert len(by_number[339][11]) < 11
    assert "@" not in by_number[258][13] or "." not in by_number[258][13].split("@")[1]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("line", ["\r\n", "\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_common_encoding_line_end_and_delimiter(
    encoding: str, line: str, delimiter: str
) -> None:
    table = [["名称", "城市"], ["华信", f'带"引号"{delimiter}和\n换行'], ["甲", "乙"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line).writerows(table)
    headings, rows = read(text.getvalue().encode(encoding))
    assert headings == ("名称", "城市")
    assert [list(row.cells) for row in rows] == table[1:]


@pytest.mark.parametrize("encoding", ["big5", "cp950", "gb18030"])
def test_traditional_text_is_read_as_what_it_is(encoding: str) -> None:
    names = ["華信科技股份有限公司", "恆達物流有限公司", "錦川食品有限公司"]
    text = "客戶名稱,城市,備註\n" + "".join(f"{name},臺北市,老客戶\n" for name in names)
    headings, rows = read(text.encode(encoding))
    assert headings == ("客戶名稱", "城市", "備註")
    assert [row.cells[0] for row in rows] == names


@pytest.mark.parametrize("rows", [0, 1, 400])
def test_the_client_list_in_gb18030_is_never_taken_for_big5(rows: int) -> None:
    lines = (DATA / "clients-gb18030.csv").read_bytes().splitlines(keepends=True)
    for start in (1, 50, 100):
        content = b"".join(lines[:1] + lines[start : start + rows])
        assert detect_encoding(io.BytesIO(content)) == "gb18030"
    # Too short to tell, and words of which the bytes are Big5 as well.
    for word in ("简称", "手机", "网址", "电话"):
        assert detect_encoding(io.BytesIO(f"{word}\n".encode("gb18030"))) == "gb18030"


def test_damaged_text_names_its_line() -> None:
    content = "名称,城市\n华信,上海\n".encode() + b"abc,\xff\xfe\xff\n"
    with pytest.raises(UnreadableSpreadsheet) as refused:
        read(content)
    assert "line 3" in refused.value.detail("en")
    assert "第 3 行" in refused.value.detail("zh")


BROKEN = {
    "empty": b"",
    "blank": b"\n\n , ,\n",
    "open quote": b'a,b\n"c,d\n',
    "stray quote": b'a,b\n"c"x,d\n',
    "half a character": "名称".encode("utf-16") + b"\x00",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_broken_csv_is_refused_with_a_reason(content: bytes) -> None:
    with pytest.raises(UnreadableSpreadsheet) as refused:
        read(content)
    assert refused.value.detail("zh")


@pytest.mark.parametrize(
    "before", ["a,b", '"a,b",c', '"a ""so, called"" b",c', '"' + '""' * 100_000 + '",c', 'a "b",c']
)
def test_a_cell_that_is_too_long_names_its_row_its_column_and_the_limit(before: str) -> None:
    cell = "x" * (MAX_CELL + 1)
    with pytest.raises(UnreadableSpreadsheet) as refused:
        read(f"a,b,c,d\n1,2,3,4\n{before},{cell},d\n".encode())
    assert refused.value.detail("en").startswith("Row 3, column C: this cell has more than 131,068")
    assert "第 3 行 C 列" in refused.value.detail("zh")
    assert read(f"a,b,c,d\n{before},{cell[1:]},d\n".encode())[1][0].cells[2] == cell[1:]


@pytest.mark.parametrize("content", [b"PK\x03\x04 no", b"", b"a,b"])
def test_a_broken_workbook_is_refused_with_a_reason(content: bytes) -> None:
    with pytest.raises(UnreadableSpreadsheet):
        read(content, "xlsx")


def test_too_many_rows_and_columns_are_refused() -> None:
    with pytest.raises(UnreadableSpreadsheet, match="More than"):
        read(b"a\n" + b"1\n" * (MAX_ROWS + 1))
    with pytest.raises(UnreadableSpreadsheet, match="columns"):
        read(b"a\n" + b"1," * 301 + b"1\n")


def test_cells_of_a_workbook_become_the_text_people_see() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    hidden = book.add_worksheet("old")
    hidden.write_string(0, 0, "hidden")
    page = book.add_worksheet("list")
    page.activate()
    hidden.hide()
    page.write_row(3, 0, ["A", "B", "C", "D", "E", "F"])
    page.write_number(4, 0, 13040793379)
    page.write_number(4, 1, 0.5)
    page.write_datetime(4, 2, datetime(2020, 11, 17), day)  # noqa: DTZ001
    page.write_boolean(4, 3, True)
    page.write_formula(4, 4, "=1+1", None, 2)
    page.write_string(4, 5, "=1+1")
    page.write_string(6, 1, " trimmed ")
    book.close()
    headings, rows = read(file.getvalue(), "xlsx")
    assert headings == ("A", "B", "C", "D", "E", "F")
    assert [row.number for row in rows] == [5, 7]
    assert rows[0].cells == ("13040793379", "0.5", "2020-11-17", "TRUE", "2", "=1+1")
    assert rows[1].cells == ("", "trimmed", "", "", "", "")


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n =cmd|'/c'!A1", "＝1"]


@pytest.mark.parametrize("cell", DANGEROUS)
def test_text_like_a_formula_is_neutralised(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", [-5, 1.5, Decimal("-0.1"), "华信", "a=b", "13-5", ""])
def test_numbers_and_harmless_text_stay(cell: Any) -> None:
    assert neutral(cell) == cell


async def given_rows(rows: Sequence[Sequence[Any]]) -> AsyncIterator[Sequence[Any]]:
    for row in rows:
        yield row


ROWS = [("=HYPERLINK(1)", -5, Decimal("0.1"), date(2026, 11, 23), None, True, 10**20)] * 1200


async def test_a_workbook_holds_no_formula_and_keeps_its_types() -> None:
    with await write_xlsx(["A", "=B", "C", "D", "E", "F", "G"], given_rows(ROWS)) as file:
        content = file.read()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    written = sheet.to_python()
    assert len(written) == 1201
    assert written[1] == [
        "=HYPERLINK(1)", -5.0, 0.1, date(2026, 11, 23), "", True, "100000000000000000000",
    ]  # fmt: skip
    assert b"<f>" not in content
    assert read(content, "xlsx")[1][0].cells[0] == "=HYPERLINK(1)"


async def test_csv_comes_in_pieces_with_a_mark_and_nothing_that_runs() -> None:
    chunks = [chunk async for chunk in csv_chunks(["A", "=B"], given_rows([r[:2] for r in ROWS]))]
    assert len(chunks) > 2
    content = b"".join(chunks)
    assert content.startswith(b"\xef\xbb\xbf")
    plain = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert plain[0] == ["A", "'=B"]
    assert plain[1] == ["'=HYPERLINK(1)", "-5"]
    assert cells(content)[0] == ("=HYPERLINK(1)", "-5"), "our own import takes the mark off again"


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="'"), max_size=20)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=20))
def test_what_is_exported_as_csv_is_imported_again(rows: list[tuple[str, str]]) -> None:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerows([("a", "b"), *((neutral(one), neutral(two)) for one, two in rows)])
    expected = [(one.strip(), two.strip()) for one, two in rows]
    found = cells(b"\xef\xbb\xbf" + table.getvalue().encode())
    assert found == [row for row in expected if any(row)]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1e"])
def test_only_line_ends_end_a_row(mark: str) -> None:
    """Text copied from a page or a document holds marks that other programs call line breaks."""
    content = f"名称,城市\r\n华信{mark}科技,深圳\n恒达,成都\r中联,长沙".encode()
    assert cells(content) == [(f"华信{mark}科技", "深圳"), ("恒达", "成都"), ("中联", "长沙")]


@pytest.mark.parametrize("cell", ["=1+1", "@x", "＋86 755 1234567", "－华信", "＝", "＠微信"])
def test_what_was_neutralised_for_an_export_comes_back_as_it_was(cell: str) -> None:
    assert cells(f"名称\n{neutral(cell)}\n".encode()) == [(cell,)]
