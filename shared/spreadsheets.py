"""Spreadsheets in: rows of text from XLSX or CSV, whatever wrote them.

    with open_table(taken.file, taken.kind) as table:
        table.headings                       # the first row that is not empty
        for row in table.rows(): row.number, row.cells      # number as the spreadsheet shows it

Every cell is text, so that XLSX and CSV of the same content read equally: whole numbers without a
decimal point, dates as 2026-11-23, trimmed. A formula counts as its stored result, and text that
merely looks like a formula stays text. CSV may be UTF-8, UTF-16 (with or without BOM), GB18030
(which includes GBK and GB2312) or Big5; commas, semicolons, tabs or bars part the cells.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import IO, Any, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum
from xlsxwriter.utility import xl_col_to_name

from shared.big5 import BIG5, reads_as_big5
from shared.errors import Unprocessable
from shared.sheet_export import neutral

MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 300
MAX_CELL: Final = 4 * 32_767
"""Characters of a cell in a text file, four times what a workbook can hold."""
_PIECE: Final = 1 << 18
_DELIMITERS: Final = ",;\t|"
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UnreadableSpreadsheet(Unprocessable):
    """The file cannot be read as a table; `errors` names the row, or the file."""

    code = "unreadable_spreadsheet"
    title = {"en": "This file cannot be read as a table", "zh": "无法将此文件读取为表格"}
    text = {"en": "{en}", "zh": "{zh}"}

    def __init__(self, en: str, zh: str, *, row: int | None = None) -> None:
        super().__init__(en=en, zh=zh)
        self.point_at("/file" if row is None else f"/rows/{row}")


@dataclass(frozen=True)
class Row:
    """A row with the number that a spreadsheet program shows for it (the headings are above)."""

    number: int
    cells: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """True when no cell has text."""
        return not any(self.cells)


class Table:
    """Headings, then rows; reads forward once."""

    def __init__(self, rows: Iterator[Row], encoding: str | None = None) -> None:
        self.encoding = encoding
        self._rows = rows
        first = next((row for row in rows if not row.empty), None)
        if first is None:
            raise UnreadableSpreadsheet("The file is empty.", "文件为空。")
        self.headings = first.cells

    def rows(self) -> Iterator[Row]:
        """The rows below the headings that are not empty, each as wide as the headings at least.

        Raises `UnreadableSpreadsheet` (422) beyond `MAX_ROWS`.
        """
        width = len(self.headings)
        for count, row in enumerate((row for row in self._rows if not row.empty), 1):
            if count > MAX_ROWS:
                raise UnreadableSpreadsheet(
                    f"More than {MAX_ROWS} rows; please split the file.",
                    f"超过 {MAX_ROWS} 行，请拆分文件。",
                    row=row.number,
                )
            missing = width - len(row.cells)
            yield Row(row.number, row.cells + ("",) * missing) if missing > 0 else row


@contextmanager
def open_table(file: IO[bytes], kind: str, *, encoding: str | None = None) -> Iterator[Table]:
    """Read a file of kind `xlsx` or `csv`; `encoding` overrides detection. Blocking.

    Raises `UnreadableSpreadsheet` (422), also while rows are read.
    """
    file.seek(0)
    if kind == "xlsx":
        yield Table(_xlsx_rows(file))
        return
    chosen = encoding or detect_encoding(file)
    file.seek(0)
    stream = io.TextIOWrapper(file, encoding=chosen, newline="")
    try:
        yield Table(_csv_rows(stream), chosen)
    finally:
        stream.detach()


def _xlsx_rows(file: IO[bytes]) -> Iterator[Row]:
    try:
        workbook = CalamineWorkbook.from_filelike(file)
        visible = [s for s in workbook.sheets_metadata if s.visible is SheetVisibleEnum.Visible]
        if not visible:
            raise UnreadableSpreadsheet("The workbook has no sheet.", "工作簿中没有工作表。")
        sheet = workbook.get_sheet_by_name(visible[0].name)
        for number, cells in enumerate(sheet.iter_rows(), 1):
            yield _row(number, (_text(cell) for cell in cells))
    except PasswordError as error:
        raise UnreadableSpreadsheet(
            "The workbook is protected by a password.", "工作簿有密码保护。"
        ) from error
    except CalamineError as error:
        raise UnreadableSpreadsheet(
            "This is no readable workbook; save it anew as .xlsx.",
            "工作簿无法读取，请重新另存为 .xlsx。",
        ) from error


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell).strip()


def _row(number: int, cells: Iterator[str]) -> Row:
    kept = tuple(cells)
    width = len(kept)
    while width and not kept[width - 1]:
        width -= 1
    if width > MAX_COLUMNS:
        raise UnreadableSpreadsheet(
            f"Row {number} has more than {MAX_COLUMNS} columns.",
            f"第 {number} 行超过 {MAX_COLUMNS} 列。",
            row=number,
        )
    return Row(number, kept[:width])


def detect_encoding(file: IO[bytes]) -> str:
    """The encoding a text file is really in: the whole of it is decoded.

    Only between GB18030 and Big5, which many files are both, the likelier is taken.
    Raises `UnreadableSpreadsheet` (422), naming the first line that fits no encoding.
    """
    file.seek(0)
    head = file.read(4096)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return _checked(file, name)
    if b"\0" in head:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        return _checked(file, "utf-16-be" if even > odd else "utf-16-le")
    if _line_of_error(file, "utf-8") is None:
        return "utf-8"
    if _line_of_error(file, BIG5) is None and reads_as_big5(file):
        return BIG5
    return _checked(file, "gb18030")


def _checked(file: IO[bytes], encoding: str) -> str:
    line = _line_of_error(file, encoding)
    if line is None:
        return encoding
    raise UnreadableSpreadsheet(
        f"The text in line {line} is damaged: it is neither UTF-8, UTF-16, GB18030 nor Big5.",
        f"第 {line} 行文字已损坏：既不是 UTF-8、UTF-16，也不是 GB18030 或 Big5。",
        row=line,
    )


def _line_of_error(file: IO[bytes], encoding: str) -> int | None:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    lines = 1
    while True:
        piece = file.read(_PIECE)
        try:
            lines += decoder.decode(piece, final=not piece).count("\n")
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(encoding, "replace")
            return lines + before.count("\n")
        if not piece:
            return None


def _csv_rows(stream: IO[str]) -> Iterator[Row]:
    sample = stream.read(8192)
    rest = iter(lambda: stream.read(_PIECE), "")
    lines = _lines(itertools.chain([sample], rest))
    csv.field_size_limit(MAX_CELL)
    delimiter, held = _delimiter(sample), list[str]()
    reader = csv.reader(_keeping(lines, held), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        held.clear()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _misshapen(number, "".join(held), delimiter) from error
        if cells is None:
            return
        yield _row(number, (_unescaped(cell.strip()) for cell in cells))


def _keeping(lines: Iterator[str], held: list[str]) -> Iterator[str]:
    """The lines as they come, each also put into `held`: the text of a row that cannot be read."""
    for line in lines:
        held.append(line)
        yield line


def _misshapen(number: int, text: str, delimiter: str) -> UnreadableSpreadsheet:
    """Why the row that begins so is none: a cell that is too long, or quotation marks."""
    column, length = _longest_cell(text, delimiter)
    if length <= MAX_CELL:
        return UnreadableSpreadsheet(
            f"Row {number} is not well-formed: a quotation mark is missing or misplaced.",
            f"第 {number} 行格式有误：引号缺失或位置错误。",
            row=number,
        )
    place = xl_col_to_name(column)
    return UnreadableSpreadsheet(
        f"Row {number}, column {place}: this cell has more than {MAX_CELL:,} characters, the most"
        " that is read. Shorten it; if it should be short, its closing quotation mark is missing.",
        f"第 {number} 行 {place} 列：单元格超过 {MAX_CELL:,} 个字符的上限。请缩短内容；"
        "如果内容本应很短，则是缺少右引号。",
        row=number,
    )


def _longest_cell(text: str, delimiter: str) -> tuple[int, int]:
    """The column, from 0, and the length of the longest cell in the text of one row."""
    lengths, opened, inside = [0], False, False
    for character in text:
        if character == delimiter and not inside:
            lengths.append(0)
            opened = False
        elif character == '"' and (opened or not lengths[-1]):
            # A doubled mark closes and opens again: it counts once, as it opens.
            lengths[-1] += opened and not inside
            opened, inside = True, not inside
        else:
            lengths[-1] += 1
    return max(enumerate(lengths), key=lambda each: each[1])


def _lines(pieces: Iterator[str]) -> Iterator[str]:
    """Whole lines with their ends, from pieces cut anywhere; only line ends proper end a line."""
    rest = ""
    for piece in pieces:
        *whole, rest = _LINE.findall(rest + piece) or [""]
        if rest.endswith("\n"):
            whole, rest = [*whole, rest], ""
        yield from whole
    if rest:
        yield rest


def _unescaped(cell: str) -> str:
    """Undo the mark that our own exports put before text that looks like a formula."""
    return cell[1:] if cell[:1] == "'" and neutral(cell[1:]) == cell else cell


def _delimiter(sample: str) -> str:
    line = next((line for line in sample.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=line.count)
