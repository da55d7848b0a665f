"""Looks into Office files before anything opens them: no bombs, no macros, no surprises.

In two steps. `check_xlsx` reads the directory of the archive alone, and is done at once. But the
directory may lie, and where the cells of a sheet are is written in the sheet: `check_cells` unpacks
everything, which takes seconds for a large file, so it belongs to the work that opens it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final

from shared.errors import TooLarge, Unprocessable

MAX_PARTS: Final = 5_000
MAX_UNPACKED: Final = 400_000_000
"""Bytes after unpacking: a spreadsheet of 100,000 rows and 25 columns has about 150 million."""
MAX_RATIO: Final = 400
MAX_CELLS: Final = 10_000_000
"""Cells of the rectangle that a sheet spans, empty ones too: readers keep all of them, in about 32
bytes each, so that two cells in far corners would take gigabytes."""
_SMALL: Final = 1 << 20
"""A part up to this size may be packed as tightly as it likes."""
_PIECE: Final = 1 << 18
_TAIL: Final = 64
_PLACE: Final = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]{0,20})0*(\d{1,20})""")
"""Where a cell or a row is; one that a piece cuts in two is read again with the next."""
_SHEETS: Final = "xl/worksheets/"
_MAIN_PARTS: Final = {
    "xl/workbook.xml": "xlsx",
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
}


class UnpacksTooLarge(TooLarge):
    """What a packed file unpacks to is over the limit, however small the file is."""

    text = {
        "en": "The file unpacks to more than {limit}, which is the most that is accepted.",
        "zh": "文件解压后超过 {limit}，无法接受。",
    }


class UnsafeOfficeFile(Unprocessable):
    """The file is damaged, protected, has macros, or is no Office file inside."""

    code = "unsafe_office_file"
    place = "/file"
    title = {"en": "This file cannot be opened safely", "zh": "无法安全打开此文件"}
    text = {
        "en": "The file {en}. Save it anew as a plain .xlsx.",
        "zh": "文件{zh}。请另存为普通 .xlsx。",
    }


def _unsafe(en: str, zh: str) -> UnsafeOfficeFile:
    return UnsafeOfficeFile(en=en, zh=zh)


def check_xlsx(file: IO[bytes]) -> str:
    """The kind of an Office file (`xlsx`, `docx`, `pptx`), or `zip` when it is another archive.

    Looks at what the archive says of itself. Raises `UnsafeOfficeFile` (422) and
    `UnpacksTooLarge` (413).
    """
    with _archive(file) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        kind = next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)
        if kind is None:
            return "zip"
        _check_names(names, parts)
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise UnpacksTooLarge(limit=MAX_UNPACKED)
        for part in parts:
            if part.file_size > _limit(part):
                raise _bomb()
        return kind


def check_cells(file: IO[bytes]) -> None:
    """Unpack every part of a checked `xlsx`, and see how large a rectangle its sheets span.

    Raises `UnsafeOfficeFile` (422) for a part that is not as large as it says, or cells far apart.
    Blocking, for a thread.
    """
    with _archive(file) as archive:
        for part in archive.infolist():
            _check_part(archive, part)
    file.seek(0)


@contextmanager
def _archive(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    # All that zipfile raises for a bad archive: an unknown compression is a NotImplementedError,
    # an encrypted part a RuntimeError.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _unsafe("is damaged or protected", "已损坏或受保护") from error


def _check_names(names: set[str], parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS or len(names) != len(parts):
        raise _unsafe("has too many or repeated parts", "包含过多或重复的部分")
    if any(part.flag_bits & 1 for part in parts):
        raise _unsafe("is protected by a password", "有密码保护")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _unsafe("contains macros", "包含宏")


def _limit(part: zipfile.ZipInfo) -> int:
    return max(part.compress_size * MAX_RATIO, _SMALL)


def _bomb() -> UnsafeOfficeFile:
    return _unsafe("unpacks to far more than its size", "解压后远大于原始大小")


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read a part to its end: beyond the size it states, or with another sum, zipfile refuses."""
    sheet = part.filename.lower().startswith(_SHEETS)
    tail, columns, rows = b"", 1, 1
    with archive.open(part) as content:
        while piece := content.read(_PIECE):
            if not sheet:
                continue
            text = tail + piece
            found = _PLACE.findall(text)
            columns = max([columns, *map(_number_of, {letters for letters, _ in found})])
            rows = max([rows, *map(int, {row for _, row in found})])
            if columns * rows > MAX_CELLS:
                raise _unsafe("has cells far outside its table", "在表格之外很远处有单元格")
            tail = text[-_TAIL:]


def _number_of(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
