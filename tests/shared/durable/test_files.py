"""Uploads are what their bytes say, within their limit, and safe to open."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from shared.errors import EmptyFile, NotFound, Problem, TooLarge, UnsupportedMedia
from shared.files import FileStore, TakenIn, download_headers, take_in
from shared.xlsx_check import MAX_CELLS, UnsafeOfficeFile, check_cells

DATA = Path("tests/data/clients-zh")
TABLES = ("xlsx", "csv")


class Upload:
    """An upload that arrives in pieces."""

    def __init__(self, content: bytes) -> None:
        self._file = io.BytesIO(content)
        self.taken = 0

    async def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.taken += len(piece)
        return piece


async def taken(content: bytes, limit: int = 10_000_000, name: str | None = None) -> TakenIn:
    return await take_in(Upload(content), limit=limit, accept=TABLES, name=name)


def workbook() -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    book.add_worksheet().write_string(0, 0, "名称")
    book.close()
    return file.getvalue()


def far(row: int, column: int) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    book.add_worksheet().write_string(row, column, "x")
    book.close()
    return file.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


OFFICE = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


@pytest.mark.parametrize(
    ("name", "kind"), [("clients.xlsx", "xlsx"), ("clients-gb18030.csv", "csv")]
)
async def test_tables_are_taken_in_and_summed(name: str, kind: str) -> None:
    content = (DATA / name).read_bytes()
    with await taken(content) as file:
        assert (file.kind, file.size) == (kind, len(content))
        assert file.sha256 == hashlib.sha256(content).hexdigest()
        assert file.file.read() == content


REFUSED = {
    "png": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "pdf": b"%PDF-1.7\n" + b"x" * 100,
    "old xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "executable": b"MZ" + bytes(range(256)),
    "noise": os.urandom(5000),
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    "html": b"  \n<!DOCTYPE html><html><script>1</script></html>",
    "html with mark": b"\xef\xbb\xbf<html></html>",
    "html in utf-16": "\ufeff<html></html>".encode("utf-16-le"),
    "xml": b'<?xml version="1.0"?><x/>',
    "docx": archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
    "zip": archive({"clients.csv": b"a,b"}),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
async def test_anything_else_is_refused_whatever_its_name(content: bytes) -> None:
    with pytest.raises(UnsupportedMedia) as refused:
        await taken(content)
    assert "xlsx, csv" in refused.value.detail("en")


@pytest.mark.parametrize("content", [b"a,b\n1,\x00\n", b"<html><table></table></html>"])
async def test_what_is_named_csv_and_no_text_is_told_so(content: bytes) -> None:
    with pytest.raises(UnsupportedMedia) as refused:
        await taken(content, name="clients.csv")
    assert refused.value.code == "no_text"
    assert 'ends in ".csv", but the content is no text' in refused.value.detail("en")
    assert "不是表格文本" in refused.value.detail("zh")


async def test_an_empty_file_is_called_empty() -> None:
    with pytest.raises(EmptyFile):
        await taken(b"")


async def test_a_file_over_the_limit_is_refused_before_it_is_read_whole() -> None:
    upload = Upload(b"a,b\n" * 5_000_000)
    with pytest.raises(TooLarge, match="At most 1 MB"):
        await take_in(upload, limit=1_000_000, accept=TABLES)
    assert upload.taken < 1_500_000


UNSAFE = {
    "bomb": archive(OFFICE | {"xl/worksheets/sheet1.xml": b"0" * 50_000_000}),
    "macros": archive(OFFICE | {"xl/vbaProject.bin": b"x"}),
    "many parts": archive(OFFICE | {f"xl/{n}.xml": b"" for n in range(6000)}),
    "cut short": workbook()[:-400],
}


@pytest.mark.parametrize("content", UNSAFE.values(), ids=UNSAFE.keys())
async def test_unsafe_workbooks_are_refused_before_they_are_opened(content: bytes) -> None:
    with pytest.raises(Problem) as refused:
        await taken(content)
    assert isinstance(refused.value, UnsafeOfficeFile | UnsupportedMedia)


@pytest.mark.parametrize(
    ("row", "column"),
    [(249_999, 701), (1_048_575, 16_383), (MAX_CELLS // 100, 99), (700, 16_383)],
    ids=["ZZ250000", "last cell", "one row too many", "wide"],
)
def test_cells_so_far_apart_that_a_reader_would_fill_the_memory_are_refused(
    row: int, column: int
) -> None:
    with pytest.raises(UnsafeOfficeFile, match="far outside"):
        check_cells(io.BytesIO(far(row, column)))


@pytest.mark.parametrize(
    "place",
    [b'r="AAAAAA1"', b"r = 'zz0250000'", b'r="A123456789"', b'r="B1"><c r="A9999999"'],
)
def test_however_a_place_is_written_it_is_seen(place: bytes) -> None:
    sheet = b"<row " + place + b"></row>" + b' <c r="ZZ1"/>'
    content = archive(OFFICE | {"xl/worksheets/sheet1.xml": b" " * 300_000 + sheet})
    with pytest.raises(UnsafeOfficeFile, match="far outside"):
        check_cells(io.BytesIO(content))


@pytest.mark.parametrize(("row", "column"), [(199_999, 49), (33_332, 299), (1_048_575, 8)])
async def test_a_large_honest_workbook_is_taken_in(row: int, column: int) -> None:
    with await taken(far(row, column)) as file:
        assert file.kind == "xlsx"
        check_cells(file.file)


def lying() -> bytes:
    """A workbook with a part that is larger than it says."""
    honest = archive(OFFICE | {"xl/worksheets/sheet1.xml": b"0" * 20_000_000})
    lie = honest.replace((20_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lie != honest
    return lie


async def test_a_workbook_that_lies_about_its_sizes_is_refused_by_whoever_opens_it() -> None:
    with await taken(lying()) as file, pytest.raises(UnsafeOfficeFile):
        check_cells(file.file)


async def test_a_large_workbook_is_taken_in_by_its_directory_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However many bytes it unpacks to: nothing is unpacked while somebody waits."""
    content = archive(OFFICE | {"xl/worksheets/sheet1.xml": os.urandom(1000) * 100_000})
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    with await taken(content) as file:
        assert file.kind == "xlsx"


@pytest.mark.parametrize("remote", [False, True])
async def test_the_store_keeps_content_once_and_gives_it_back(
    tmp_path: Path, *, remote: bool
) -> None:
    store = FileStore("memory:///" if remote else tmp_path / "files")
    content = ("a,b\n" * 1_000_000).encode()
    with await taken(content) as file:
        key = await store.put(file)
        assert await store.put(file) == key
    assert b"".join([chunk async for chunk in store.read(key)]) == content
    with await store.local_copy(key) as copy:
        assert copy.read() == content
    await store.delete(key)
    await store.delete(key)
    with pytest.raises(NotFound):
        async for _ in store.read(key):
            pass


def test_downloads_are_saved_not_shown() -> None:
    headers = download_headers('a"\r\nX: y 报告.xlsx', "xlsx", inline=True)
    assert headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''a%22%0D%0AX")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert download_headers("a.png", "png", inline=True)["Content-Disposition"].startswith("inline")
