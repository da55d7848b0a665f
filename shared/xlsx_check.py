"""Looks into Office files before anything opens them: no bombs, no macros, no surprises."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import IO, Final

from shared.errors import TooLarge, Unprocessable

MAX_PARTS: Final = 5_000
MAX_UNPACKED: Final = 400_000_000
"""Bytes after unpacking: a spreadsheet of 100,000 rows and 25 columns has about 150 million."""
MAX_RATIO: Final = 400
_PIECE: Final = 1 << 18
_TAIL: Final = 64
_FAR_CELL: Final = re.compile(
    rb"""\sr\s*=\s*["'](?:[A-Za-z]{3,}\d|[A-Za-z]{0,2}0*(?:\d{7}|[3-9]\d{5}|2[5-9]\d{4})\d*["'])"""
)
"""A cell from column AAA or row 250,000 on. Readers keep a sheet as a full rectangle, so that one
cell in the last corner would take hundreds of gigabytes."""
_MAIN_PARTS: Final = {
    "xl/workbook.xml": "xlsx",
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
}


class UnsafeOfficeFile(Unprocessable):
    """The file is damaged, protected, has macros, or is no Office file inside."""

    code = "unsafe_office_file"
    title = {"en": "This file cannot be opened safely", "zh": "无法安全打开此文件"}
    text = {
        "en": "The file {en}. Save it anew as a plain .xlsx.",
        "zh": "文件{zh}。请另存为普通 .xlsx。",
    }


def _unsafe(en: str, zh: str) -> UnsafeOfficeFile:
    return UnsafeOfficeFile(en=en, zh=zh)


def check_xlsx(file: IO[bytes]) -> str:
    """The kind of an Office file (`xlsx`, `docx`, `pptx`), or `zip` when it is another archive.

    Unpacks every part piece by piece and stops at the limits, because the sizes written in an
    archive may lie. Raises `UnsafeOfficeFile` (422) and `TooLarge` (413). Blocking.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            kind = next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)
            if kind is None:
                return "zip"
            _check_names(names, parts)
            _check_parts(archive, parts)
            return kind
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


def _check_parts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    unpacked = 0
    for part in parts:
        limit = max(part.compress_size * MAX_RATIO, _PIECE * 4)
        size, tail = 0, b""
        with archive.open(part) as content:
            while piece := content.read(_PIECE):
                size += len(piece)
                if _FAR_CELL.search(tail + piece):
                    raise _unsafe("has cells far outside its table", "在表格之外很远处有单元格")
                tail = piece[-_TAIL:]
                unpacked += len(piece)
                if unpacked > MAX_UNPACKED:
                    raise TooLarge(limit=MAX_UNPACKED)
                if size > limit:
                    raise _unsafe("unpacks to far more than its size", "解压后远大于原始大小")
