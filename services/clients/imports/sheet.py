"""A file as lots of rows; blocking, for threads."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

import orjson

from services.clients.imports.headings import letter
from services.clients.imports.rules import RowStatus
from services.clients.imports.validation import Flaw, RowReader
from services.clients.imports.wording import ERROR, sentence, severity
from shared.spreadsheets import Row, open_table
from shared.xlsx_check import check_cells

LOT: Final = 2_000
HEADINGS: Final = 1
"""The row in which a sheet has its headings, unless empty ones stand above."""
_SAMPLED: Final = 20
_MOST_SAMPLE: Final = 100


@dataclass(frozen=True)
class Look:
    """What a sheet looks like: its headings as they stand, a first value of each, the encoding."""

    headings: tuple[str, ...]
    samples: tuple[str | None, ...]
    encoding: str | None

    def columns(self, labels: Sequence[str], fields: Sequence[str | None]) -> list[dict[str, Any]]:
        """The columns as an import keeps them."""
        return [
            {"column": letter(at), "heading": labels[at], "field": fields[at], "sample": sample}
            for at, sample in enumerate(self.samples)
        ]


@dataclass(frozen=True)
class Lot:
    """Rows read and judged, as JSON ready to be stored."""

    rows: str
    problems: str
    count: int


def look_at(file: IO[bytes], kind: str, *, whole: bool) -> Look:
    """Headings and samples; with `whole`, every row is read, so that a damaged one is found.

    Whoever looks first also looks whether a workbook can be opened at all. Raises
    `UnreadableSpreadsheet` (422), naming the row, and `UnsafeOfficeFile` (422).
    """
    if kind == "xlsx":
        check_cells(file)
    with open_table(file, kind) as table:
        rows = table.rows()
        first = [row for row, _ in zip(rows, range(_SAMPLED), strict=False)]
        if whole:
            for _ in rows:
                pass
        samples = [_sample(first, at) for at in range(len(table.headings))]
        return Look(table.headings, tuple(samples), table.encoding)


def _sample(rows: Sequence[Row], at: int) -> str | None:
    return next((row.cells[at][:_MOST_SAMPLE] for row in rows if row.cells[at]), None)


def lots(file: IO[bytes], kind: str, reader: RowReader) -> Generator[Lot, None, None]:
    """The sheet's rows, read and judged, in lots. Raises `UnreadableSpreadsheet` (422)."""
    with open_table(file, kind) as table:
        held: list[Row] = []
        for row in table.rows():
            held.append(row)
            if len(held) == LOT:
                yield _lot(held, reader)
                held = []
        yield _lot(held, reader)


def _lot(rows: Sequence[Row], reader: RowReader) -> Lot:
    staged, problems = [], []
    for row in rows:
        reading = reader.read(row.cells)
        flaws = [_problem(row.number, flaw) for flaw in reading.flaws]
        failed = any(flaw["severity"] == ERROR for flaw in flaws)
        problems.extend(flaws)
        staged.append(
            {
                "number": row.number,
                "status": RowStatus.ERROR if failed else RowStatus.OK,
                "cells": [cell.replace("\x00", "") for cell in row.cells],
                "client": reading.client,
                "person": reading.person,
                "credit_code": reading.client.get("credit_code"),
                "comparison_name": reading.comparison_name,
                "spelled_name": reading.spelled_name,
                "client_number": reading.client.get("number"),
                "web_domain": reading.web_domain,
                "email_domain": reading.email_domain,
                "phone_digits": reading.phone_digits,
            }
        )
    return Lot(orjson.dumps(staged).decode(), orjson.dumps(problems).decode(), len(staged))


def of_the_headings(code: str) -> str:
    """A problem of the sheet as a whole, before those of its rows, as JSON ready to be stored."""
    return orjson.dumps([_problem(HEADINGS, Flaw(None, code))]).decode()


def _problem(number: int, flaw: Flaw) -> dict[str, Any]:
    return {
        "number": number,
        "place": flaw.column,
        "code": flaw.code,
        "severity": severity(flaw.code),
        "value": flaw.value.replace("\x00", "") if flaw.value else flaw.value,
        "sentence": sentence(flaw.code, flaw.params),
    }
