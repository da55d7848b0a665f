"""Wrong files are refused with the place, and nothing of them stays."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter

from tests.services.clients.conftest import Registry
from tests.services.clients.importing import (
    SAMPLES,
    analysed,
    applied,
    everything,
    only,
    table,
    upload,
)

GOOD = table(["客户名称", "城市"], ["华信科技有限公司", "深圳市"])


async def nothing_kept(registry: Registry) -> bool:
    """True while no import, job or client was written."""
    tables = ("imports", "import_rows", "jobs", "clients", "outbox")
    return not any([await registry.rows(f"SELECT 1 FROM {name}") for name in tables])


async def refused(
    registry: Registry, content: bytes, name: str, status: int, place: str = "/file"
) -> Any:
    """The problem document of a file that is not taken: it names the place."""
    problem = await upload(registry, content, name, status=status)
    assert problem["type"].endswith(problem["code"])
    assert only(problem["errors"])["pointer"] == place
    assert await nothing_kept(registry)
    return problem


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "clients.xlsx"),
        (b"%PDF-1.7 something", "clients.csv"),
        (b"<html><script>alert(1)</script></html>", "clients.csv"),
    ],
)
async def test_other_kinds_of_files_are_not_taken(
    registry: Registry, content: bytes, name: str
) -> None:
    await refused(registry, content, name, 415)


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [(GOOD, "clients.xlsx", "csv"), ((SAMPLES / "clients.xlsx").read_bytes(), "a.CSV", "xlsx")],
)
async def test_a_name_that_says_another_kind_than_the_content_is_told_of(
    registry: Registry, content: bytes, name: str, found: str
) -> None:
    problem = await refused(registry, content, name, 415)
    assert problem["code"] == "misnamed_file"
    assert f"what is in the file is {found}" in problem["detail"]


@pytest.mark.parametrize("name", ["clients.txt", "clients", "clients.2026-11", "客户.Csv"])
async def test_a_name_that_says_no_other_kind_is_taken(registry: Registry, name: str) -> None:
    assert (await analysed(registry, GOOD, name))["file_name"] == name


async def test_a_broken_encoding_names_the_line(registry: Registry) -> None:
    content = "客户名称,城市\n华信,深圳\n".encode("gb18030") + b"\xff\xff\xfe\n"
    await refused(registry, content, "clients.csv", 422, "/rows/3")


async def test_a_torn_quotation_names_the_row(registry: Registry) -> None:
    content = '客户名称,城市\n华信,深圳\n"恒达,成都\n'.encode()
    await refused(registry, content, "clients.csv", 422, "/rows/3")


async def test_a_damaged_workbook_is_refused(registry: Registry) -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<broken")
    await refused(registry, memory.getvalue(), "clients.xlsx", 422)


async def test_an_empty_file_is_called_empty(registry: Registry) -> None:
    assert (await refused(registry, b"", "clients.csv", 422))["code"] == "empty_file"


@pytest.mark.parametrize(("size", "place"), [(20_000_004, "/file"), (50_000_000, "")])
async def test_more_than_twenty_megabytes_are_too_much(
    registry: Registry, size: int, place: str
) -> None:
    """Said alike, whether the file itself is counted or the whole request."""
    problem = await refused(registry, b"a,b\n" * (size // 4), "clients.csv", 413, place)
    assert problem["detail"] == "At most 20 MB are accepted here."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
async def test_every_common_encoding_reads_alike(registry: Registry, encoding: str) -> None:
    sheet = table(["客户名称", "城市"], ["华信科技有限公司", "深圳市"], encoding=encoding)
    batch = await analysed(registry, sheet)
    row = only(await everything(registry, f"/imports/{batch['id']}/rows"))
    assert row["cells"] == ["华信科技有限公司", "深圳市"]
    assert row["client"] == {"legal_name": "华信科技有限公司", "city": "深圳市"}


async def test_formulas_and_dates_of_a_workbook_arrive_as_what_they_show(
    registry: Registry,
) -> None:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory)
    page = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page.write_row(0, 0, ["客户名称", "首次接触日期", "备注", "员工人数"])
    page.write_string(1, 0, "华信科技有限公司")
    page.write_number(1, 1, 45000, day)
    page.write_string(1, 2, "=1+1")
    page.write_formula(1, 3, "=100+20", value=120)
    book.close()
    batch = await analysed(registry, memory.getvalue(), "clients.xlsx")
    await applied(registry, batch["id"])
    listed = only((await registry.get("/clients"))["items"])
    client = await registry.get(f"/clients/{listed['id']}")
    assert client["first_contact_on"] == "2023-03-15"
    assert (client["notes"], client["employees"]) == ("=1+1", 120)


async def test_problems_can_be_downloaded_in_either_language(registry: Registry) -> None:
    sheet = table(["客户名称", "备注", "邮箱"], ["", "x", "=cmd()"])
    batch = await analysed(registry, sheet)
    path = f"/imports/{batch['id']}/problems.csv"
    for language, heading, sentence in (
        ("zh-CN", "行,列", "不是有效的邮箱地址"),
        ("en", "Row,Column", "This is no mail address"),
    ):
        answer = await registry.call(
            registry.manager, "GET", path, headers={"Accept-Language": language}, status=200
        )
        text = answer.content.decode("utf-8-sig")
        assert text.startswith(heading)
        assert sentence in text
        assert ",'=cmd()," in text


async def test_only_those_who_keep_clients_may_import(registry: Registry) -> None:
    batch = await analysed(registry, GOOD)
    for actor in (registry.consultant, registry.client_pm):
        files = {"file": ("clients.csv", GOOD)}
        await registry.call(actor, "POST", "/imports", files=files, status=403)
        for path in ("", "/problems", "/rows", "/problems.csv"):
            await registry.call(actor, "GET", f"/imports/{batch['id']}{path}", status=403)
        for act in ("apply", "undo", "discard"):
            await registry.call(actor, "POST", f"/imports/{batch['id']}/{act}", {}, status=403)


async def test_a_repeated_upload_with_its_key_is_one_import(registry: Registry) -> None:
    key = {"Idempotency-Key": "monday"}
    first, second = [
        (
            await registry.call(
                registry.manager,
                "POST",
                "/imports",
                files={"file": ("clients.csv", GOOD)},
                headers=key,
                status=201,
            )
        ).json()
        for _ in range(2)
    ]
    assert first["id"] == second["id"]
    assert len((await registry.get("/imports"))["items"]) == 1
