"""The client list as a file: as filtered, exact, formula-safe, and fit to be imported again."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.services.clients.conftest import CODE, OTHER_CODE, Registry
from tests.services.clients.importing import analysed, applied, everything, reasons


async def exported(registry: Registry, query: str, language: str = "zh") -> bytes:
    """The file."""
    answer = await registry.call(
        registry.manager,
        "GET",
        f"/clients/export{query}",
        headers={"Accept-Language": language},
        status=200,
    )
    assert answer.headers["content-disposition"].startswith("attachment")
    return answer.content


def lines(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file by heading."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


async def two_clients(registry: Registry) -> None:
    """One with everything, one with a name that looks like a formula."""
    await registry.client(
        "华信科技有限公司",
        credit_code=CODE,
        city="深圳市",
        tags=["重点", "制造"],
        revenue={"amount_minor": 96_000_000_000, "currency": "CNY"},
        contract_total={"amount_minor": 120_000_050, "currency": "CNY"},
        first_contact_on="2018-03-14",
    )
    await registry.client("=cmd|'/C calc'!A0", credit_code=OTHER_CODE, city="成都市")


async def test_a_csv_holds_what_the_filter_selects_exactly(registry: Registry) -> None:
    await two_clients(registry)
    (row,) = lines(await exported(registry, "?format=csv&city=深圳市"))
    assert row["客户名称"] == "华信科技有限公司"
    assert (row["年营业额(元)"], row["累计合同额(元)"]) == ("960000000.00", "1200000.50")
    assert (row["首次接触日期"], row["标签"]) == ("2018-03-14", "重点;制造")
    assert row["客户阶段"] == "潜在"


async def test_no_cell_is_a_formula(registry: Registry) -> None:
    await two_clients(registry)
    (row,) = lines(await exported(registry, "?city=成都市", "en"))
    assert row["Legal name"] == "'=cmd|'/C calc'!A0"
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(await exported(registry, "?format=xlsx&city=成都市"))
    )
    sheet: list[list[Any]] = book.get_sheet_by_index(0).to_python()
    assert sheet[1][1] == "=cmd|'/C calc'!A0"


async def test_an_export_can_be_imported_again(registry: Registry) -> None:
    await two_clients(registry)
    for kind in ("csv", "xlsx"):
        content = await exported(registry, f"?format={kind}")
        batch = await analysed(registry, content, f"clients.{kind}")
        assert batch["counts"]["known"] == 2
        assert set(map(tuple, (await reasons(registry, batch["id"])).values())) == {
            ("known_client",)
        }


async def test_an_amount_has_the_decimals_of_its_currency_and_is_read_again_as_it_was(
    registry: Registry,
) -> None:
    money = {
        "revenue": {"amount_minor": 1_250, "currency": "JPY"},
        "contract_total": {"amount_minor": 125_050, "currency": "USD"},
    }
    client = await registry.client("あさひ工業株式会社", **money)
    content = await exported(registry, "?format=csv")
    (row,) = lines(content)
    assert (row["年营业额(元)"], row["累计合同额(元)"]) == ("1250 JPY", "1250.50 USD")
    renamed = content.replace("あさひ工業".encode(), "みどり工業".encode())
    batch = await analysed(registry, renamed.replace(client["number"].encode(), b""), "again.csv")
    await applied(registry, batch["id"])
    (again,) = await everything(registry, "/clients?q=みどり")
    assert {name: again[name] for name in money} == money


async def test_an_amount_of_before_codes_were_judged_is_exported(registry: Registry) -> None:
    await registry.client("旧币种有限公司", revenue={"amount_minor": 1_250, "currency": "USD"})
    await registry.rows("UPDATE clients SET revenue_currency = 'ZZZ'")
    (row,) = lines(await exported(registry, "?format=csv"))
    assert row["年营业额(元)"] == "12.50 ZZZ"


async def test_chosen_columns_only(registry: Registry) -> None:
    await two_clients(registry)
    rows = lines(await exported(registry, "?fields=number,legal_name&sort=number"))
    assert [list(row) for row in rows] == [["客户编号", "客户名称"]] * 2


@pytest.mark.parametrize("query", ["?format=pdf", "?colour=red", "?limit=5", "?stage=gone"])
async def test_what_the_list_does_not_know_is_refused(registry: Registry, query: str) -> None:
    path = f"/clients/export{query}"
    answer = await registry.call(registry.manager, "GET", path, status=400)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_exporting_needs_its_right(registry: Registry) -> None:
    for actor in (registry.consultant, registry.client_pm):
        await registry.call(actor, "GET", "/clients/export", status=403)


async def test_a_parameter_may_be_written_in_any_way(registry: Registry) -> None:
    await registry.client(owner_id=str(registry.manager.user_id))
    path = "/clients/export?%66ields=owner"
    answer = await registry.call(registry.manager, "GET", path, status=200)
    assert answer.text.splitlines()[1:] == [registry.manager.name]
