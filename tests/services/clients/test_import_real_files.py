"""The two real sheets: reported exactly as their list of defects says, then imported."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from tests.services.clients.conftest import Registry
from tests.services.clients.importing import (
    SAMPLES,
    analysed,
    applied,
    everything,
    only,
    settled,
    upload,
)

FILES = ("clients.xlsx", "clients-gb18030.csv")
REASON_OF = {
    "missing name": ("missing_name", "客户名称", None),
    "bad credit-code checksum": ("bad_check_character", "统一社会信用代码", "91693830MA50AU5AP0"),
    "short mobile": ("bad_mobile", "手机", "1380000"),
    "impossible date": ("impossible_date", "首次接触日期", "2023-02-30"),
    "score out of 1-9": ("out_of_range", "客户实力(1-9)", "12"),
    "bad email": ("bad_email", "邮箱", "not-an-email"),
}
FORMULA = '=HYPERLINK("http://example.com","点我")'


def defects() -> dict[int, str]:
    """The spoiled rows and how, as the list beside the sheets has them."""
    with (SAMPLES / "defects.csv").open(encoding="utf-8-sig") as file:
        return {int(line["spreadsheet_row"]): line["what"] for line in csv.DictReader(file)}


async def checked(registry: Registry, name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A real file after its dry run, with every problem."""
    batch = await analysed(registry, (SAMPLES / name).read_bytes(), name)
    return batch, await everything(registry, f"/imports/{batch['id']}/problems")


@pytest.mark.parametrize("name", FILES)
async def test_the_dry_run_reports_the_spoiled_rows_and_no_other(
    registry: Registry, name: str
) -> None:
    batch, problems = await checked(registry, name)
    assert batch["status"] == "ready"
    errors = {p["row"]: p for p in problems if p["severity"] == "error"}
    spoiled = {row: what for row, what in defects().items() if "legal" not in what}
    assert set(errors) == set(spoiled)
    assert len(errors) == sum(p["severity"] == "error" for p in problems)
    for row, what in spoiled.items():
        found = errors[row]
        if what in REASON_OF:
            given = (found["reason"], found["heading"], found["value"])
            assert given == REASON_OF[what]
        else:
            kind = {"same": "same_organisation", "simi": "similar_name", "trad": "same_name"}
            assert found["reason"] == kind[what[:4]]
            assert found["value"], "what is said of a row is said beside what stands in it"
            other = next(word for word in what.replace(",", " ").split() if word.isdigit())
            assert f"row {other}" in found["text"]["en"]
            assert f"第 {other} 行" in found["text"]["zh"]
    assert await registry.rows("SELECT 1 FROM clients") == []


@pytest.mark.parametrize("name", FILES)
async def test_names_repeated_by_chance_are_warnings_and_stay_apart(
    registry: Registry, name: str
) -> None:
    batch, problems = await checked(registry, name)
    warnings = [p for p in problems if p["severity"] == "warning"]
    assert {p["reason"] for p in warnings} == {"same_name_other_code"}
    assert {p["row"] for p in warnings}.isdisjoint(defects())
    assert batch["counts"]["warnings"] == len(warnings) == 11


@pytest.mark.parametrize("name", FILES)
async def test_every_good_row_becomes_a_client_with_its_person(
    registry: Registry, name: str
) -> None:
    batch, _ = await checked(registry, name)
    counts = batch["counts"]
    assert (counts["rows"], counts["ready"], counts["problems"]) == (412, 394, 18)
    assert (counts["duplicates"], counts["similar"]) == (5, 7)
    done = await applied(registry, batch["id"])
    assert done["status"] == "applied", done
    assert (done["counts"]["created"], done["counts"]["skipped"]) == (394, 18)
    clients = await everything(registry, "/clients")
    assert len(clients) == 394
    assert sorted(c["number"] for c in clients) == [f"C-{n:06d}" for n in range(1, 395)]
    assert len(await everything(registry, "/contacts")) == 394
    types = await registry.events()
    assert types.count("clients.client.registered.v1") == 394
    assert types.count("clients.contact.added.v1") == 394


async def test_values_arrive_exactly_as_they_stand(registry: Registry) -> None:
    batch, _ = await checked(registry, "clients.xlsx")
    await applied(registry, batch["id"])
    found = only((await registry.get("/clients?credit_code=91122616MA3PLP6TG1"))["items"])
    client = await registry.get(f"/clients/{found['id']}")
    assert client["legal_name"] == "北京天成纺织集团有限公司"
    assert client["revenue"] == {"amount_minor": 12_000_000_000, "currency": "CNY"}
    assert client["contract_total"] == {"amount_minor": 120_000_050, "currency": "CNY"}
    assert client["first_contact_on"] == "2018-03-14"
    assert client["main_products"] == ["面料", "家纺"]
    assert (client["employees"], client["strength"], client["likelihood"]) == (260, 5, 4)
    assert client["owner"] is None
    assert client["owner_name"] == "何君"
    person = only((await registry.get(f"/contacts?client_id={client['id']}"))["items"])
    assert (person["name"], person["title"], person["mobile"], person["email"]) == (
        "杨洋", "人力资源总监", "15100778275", "c4@example-84.com.cn",
    )  # fmt: skip
    entry = (await registry.get(f"/clients/{client['id']}/timeline"))["items"][0]
    assert entry["sentence"]["zh"] == "由 clients.xlsx 导入"


async def test_people_of_the_firm_are_recognised_by_name(registry: Registry) -> None:
    batch, _ = await checked(registry, "clients.xlsx")
    await applied(registry, batch["id"])
    mine = await everything(registry, "/clients?mine=true")
    assert len(mine) > 80
    assert {client["owner"]["name"] for client in mine} == {"林晓"}


async def test_a_formula_stays_text(registry: Registry) -> None:
    batch, _ = await checked(registry, "clients.xlsx")
    await applied(registry, batch["id"])
    found = only((await registry.get("/clients?credit_code=91931583MAEFNKEGD6"))["items"])
    assert (await registry.get(f"/clients/{found['id']}"))["notes"] == FORMULA


@pytest.mark.parametrize("query", ["天成纺织", "tianchengfangzhi", "tcfz", "北京天成", "杨洋"])
async def test_imported_clients_are_found_like_any_other(registry: Registry, query: str) -> None:
    batch, _ = await checked(registry, "clients.xlsx")
    await applied(registry, batch["id"])
    found = await everything(registry, f"/clients?q={query}")
    assert "北京天成纺织集团有限公司" in {client["legal_name"] for client in found}


async def test_the_same_sheet_again_adds_nothing(registry: Registry) -> None:
    first, _ = await checked(registry, "clients.xlsx")
    await applied(registry, first["id"])
    again = await upload(registry, (SAMPLES / "clients-gb18030.csv").read_bytes())
    second = await settled(registry, again["id"])
    assert second["counts"]["known"] == 394
    assert second["counts"]["duplicates"] == 5
    assert second["forecast"]["credit_code"] == {"new": 0, "similar": 7, "known": 394, "unclear": 0}
    done = await applied(registry, second["id"])
    assert (done["counts"]["created"], done["counts"]["updated"]) == (0, 0)
    assert len(await everything(registry, "/clients")) == 394
