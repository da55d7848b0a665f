"""What a checked file says applying would do is what applying then does."""

from __future__ import annotations

from typing import Any

import pytest

from services.clients.imports import applying
from tests.services.clients.conftest import CODE, OTHER_CODE, Registry
from tests.services.clients.importing import HEADINGS, HUAXIN, analysed, applied, table

THIRD_CODE, FOURTH_CODE, FIFTH_CODE = (
    "91330100MA2ABCDE1R",
    "91330100MA2ABCDE2W",
    "91330100MA2ABCDE30",
)
FRESH = ("恒达物流有限公司", OTHER_CODE, *HUAXIN[2:])


async def test_rows_of_clients_that_are_there_are_not_repeated_in_the_file(
    registry: Registry,
) -> None:
    await registry.client(credit_code=CODE)
    batch = await analysed(registry, table(HEADINGS, HUAXIN, HUAXIN, FRESH))
    counts = batch["counts"]
    assert (counts["rows"], counts["known"], counts["duplicates"]) == (3, 1, 1)
    assert batch["forecast"]["credit_code"] == {"new": 1, "similar": 0, "known": 1, "unclear": 0}


def foretold(batch: dict[str, Any], mode: str, key: str, similar: str) -> tuple[int, int]:
    """How many rows would be created and updated."""
    rows = batch["forecast"][key]
    created = rows["new"] + (rows["similar"] if similar == "create" else 0)
    return (
        0 if mode == "update_only" else created,
        0 if mode == "create" else rows["known"],
    )


@pytest.mark.parametrize("similar", ["skip", "create"])
@pytest.mark.parametrize("key", ["credit_code", "legal_name", "number"])
@pytest.mark.parametrize("mode", ["create", "upsert", "update_only"])
@pytest.mark.parametrize("lot", [1, applying.LOT])
async def test_what_is_foretold_comes_true(
    registry: Registry,
    monkeypatch: pytest.MonkeyPatch,
    lot: int,
    mode: str,
    key: str,
    similar: str,
) -> None:
    monkeypatch.setattr(applying, "LOT", lot)
    await registry.client("华信科技有限公司", credit_code=CODE)
    client = await registry.client("远大实业集团")
    await registry.client("青云股份有限公司", credit_code=THIRD_CODE)
    await registry.client("长风有限公司")
    rows = [
        ("华信科技有限公司", CODE, "", "深圳市"),
        ("华信科技有限公司", CODE, "", "深圳市"),
        ("改了名的公司", "", client["number"], "成都市"),
        ("远大实业", "", "", "成都市"),
        ("恒达物流有限公司", OTHER_CODE, "", "深圳市"),
        ("锦川食品有限公司", "", "", "成都市"),
        ("錦川食品有限公司", "", "", "成都市"),
        ("缺码有限公司", "1", "", "成都市"),
        ("青雲股份有限公司", "", "", "成都市"),
        ("青云股份有限公司", "", "", "重庆市"),
        ("青云股份有限公司", THIRD_CODE, "", "广州市"),
        ("青云有限公司", "", "", "广州市"),
        ("长风有限公司", FOURTH_CODE, "", "广州市"),
        ("长风有限公司", FIFTH_CODE, "", "重庆市"),
        ("新同名有限公司", "", "", "广州市"),
        ("新同名有限公司", "", "", "重庆市"),
    ]
    headings = ("客户名称", "统一社会信用代码", "客户编号", "城市")
    batch = await analysed(registry, table(headings, *rows))
    done = await applied(registry, batch["id"], mode=mode, key=key, similar=similar)
    counts = done["counts"]
    assert (counts["created"], counts["updated"]) == foretold(batch, mode, key, similar)
    assert done["forecast"] is None
