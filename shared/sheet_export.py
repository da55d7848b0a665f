"""Spreadsheets out: XLSX and CSV that no spreadsheet program will take for formulas.

    async for chunk in csv_chunks(headings, rows): ...     # `rows` an async iterator of tuples
    file = await write_xlsx(headings, rows)                # a temporary file; the caller closes it

Text that begins like a formula (`= + - @`, tab, carriage return, also after white space) gets an
apostrophe in CSV, as OWASP advises, and our own import takes it off again. XLSX cells are written
as text or numbers, never as formulas. CSV starts with a BOM, without which Excel misreads UTF-8.
"""

from __future__ import annotations

import asyncio
import csv
import io
import tempfile
from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Final

import xlsxwriter

_LOT: Final = 500
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_MAX_CELL: Final = 32_767
_EXACT: Final = 10**15
"""Numbers from here on lose digits in a spreadsheet and are written as text."""


def neutral(cell: Any) -> Any:
    """The cell as CSV may hold it: numbers as they are, dangerous text with an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return cell
    content = str(cell)
    dangerous = content[:1] in {"\t", "\r"} or content.lstrip().startswith(_DANGEROUS)
    return f"'{content}" if dangerous else content


async def csv_chunks(
    headings: Sequence[str], rows: AsyncIterator[Sequence[Any]]
) -> AsyncIterator[bytes]:
    """The table as UTF-8 CSV with a BOM, in pieces of some hundred rows."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([neutral(heading) for heading in headings])
    count = 0
    async for row in rows:
        writer.writerow([neutral(cell) for cell in row])
        count += 1
        if count % _LOT == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


async def write_xlsx(
    headings: Sequence[str], rows: AsyncIterator[Sequence[Any]], *, sheet: str = "Rapport"
) -> IO[bytes]:
    """The table as a workbook on local disk, written row by row; the caller closes the file."""
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        workbook = xlsxwriter.Workbook(file, {"constant_memory": True})
        page = workbook.add_worksheet(sheet)
        bold = workbook.add_format({"bold": True})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for column, heading in enumerate(headings):
            page.write_string(0, column, heading, bold)
        page.freeze_panes(1, 0)
        number = 0
        async for row in rows:
            number += 1
            for column, cell in enumerate(row):
                _write_cell(page, number, column, cell, day)
            if number % _LOT == 0:
                await asyncio.sleep(0)
        await asyncio.to_thread(workbook.close)
        file.seek(0)
        return file
    except BaseException:
        file.close()
        raise


def _write_cell(page: Any, row: int, column: int, cell: Any, day: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, int | float | Decimal) and -_EXACT < cell < _EXACT:
        page.write_number(row, column, cell)
    elif isinstance(cell, date) and not isinstance(cell, datetime):
        page.write_datetime(row, column, cell, day)
    else:
        page.write_string(row, column, str(cell)[:_MAX_CELL])
