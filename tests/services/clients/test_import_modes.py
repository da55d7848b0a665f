"""Creating and updating: what an import writes and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.services.clients.conftest import CODE, OTHER_CODE, Registry
from tests.services.clients.importing import (
    HEADINGS,
    HUAXIN,
    analysed,
    applied,
    everything,
    only,
    reasons,
    settled,
    table,
    the_client,
    undone,
)


async def test_update_changes_what_the_sheet_says_and_nothing_else(registry: Registry) -> None:
    await registry.client(credit_code=CODE, city="广州市", notes="旧", tags=["重点"], strength=3)
    row = ("華信科技有限公司", CODE, "深圳市", "0755-1234567", "", "王建平", "13800000001", "制造")
    batch = await analysed(registry, table(HEADINGS, row))
    assert await reasons(registry, batch["id"]) == {2: ["known_client"]}
    done = await applied(registry, batch["id"], mode="upsert")
    assert (done["counts"]["created"], done["counts"]["updated"]) == (0, 1)
    client = await the_client(registry)
    assert client["legal_name"] == "华信科技有限公司"
    assert (client["city"], client["notes"], client["strength"]) == ("深圳市", "旧", 3)
    assert client["tags"] == ["重点", "制造"]
    assert client["contacts_count"] == 1
    assert client["version"] == 2
    types = await registry.events()
    assert types.count("clients.client.changed.v1") == 1
    audit = await registry.rows("SELECT after FROM audit WHERE subject_kind = 'client'")
    assert any('"city":"深圳市"' in (row["after"] or "") for row in audit)


async def test_a_graded_client_stays_graded_for_everybody_when_a_sheet_touches_it(
    registry: Registry,
) -> None:
    client = await registry.client(credit_code=CODE)
    await registry.post(f"/clients/{client['id']}/grade", {"grade": "A", "reason": "重点客户"})
    batch = await analysed(registry, table(HEADINGS, HUAXIN))
    await applied(registry, batch["id"], mode="upsert")
    await undone(registry, batch["id"])
    told = await registry.rows(
        "SELECT data::jsonb ->> 'grade' AS grade FROM outbox"
        " WHERE aggregate = 'client' ORDER BY seq DESC LIMIT 2"
    )
    assert [row["grade"] for row in told] == ["A", "A"]


async def test_update_only_adds_no_client(registry: Registry) -> None:
    await registry.client(credit_code=CODE)
    fresh = ("恒达物流有限公司", OTHER_CODE, *HUAXIN[2:])
    batch = await analysed(registry, table(HEADINGS, HUAXIN, fresh))
    done = await applied(registry, batch["id"], mode="update_only")
    assert (done["counts"]["updated"], done["counts"]["skipped"]) == (1, 1)
    assert await reasons(registry, batch["id"]) == {2: ["known_client"], 3: ["no_match"]}


@pytest.mark.parametrize(("key", "heading"), [("legal_name", None), ("number", "客户编号")])
async def test_clients_are_matched_by_name_or_number(
    registry: Registry, key: str, heading: str | None
) -> None:
    client = await registry.client("华信科技股份有限公司")
    headings = ["客户名称", "城市"] if heading is None else [heading, "城市"]
    row = ["華信科技股份有限公司", "深圳市"] if heading is None else [client["number"], "深圳市"]
    batch = await analysed(registry, table(headings, row))
    done = await applied(registry, batch["id"], mode="update_only", key=key)
    assert done["counts"]["updated"] == 1, await reasons(registry, batch["id"])
    assert (await registry.get(f"/clients/{client['id']}"))["city"] == "深圳市"


async def test_a_name_that_fits_two_clients_changes_neither(registry: Registry) -> None:
    first = await registry.client("华信科技有限公司")
    await registry.post(
        "/clients",
        {"legal_name": "華信科技有限公司", "confirm_distinct_from": [first["id"]]},
        status=201,
    )
    batch = await analysed(registry, table(["客户名称", "城市"], ["华信科技有限公司", "深圳市"]))
    done = await applied(registry, batch["id"], mode="update_only", key="legal_name")
    assert done["counts"]["skipped"] == 1
    assert "ambiguous_key" in (await reasons(registry, batch["id"]))[2]


@pytest.mark.parametrize("other", ["青云有限公司", "青云股份公司", "青云"])
async def test_a_similar_name_is_not_the_same_client(registry: Registry, other: str) -> None:
    client = await registry.client("青云股份有限公司", city="厦门市")
    batch = await analysed(registry, table(["法定名称", "城市"], [other, "重庆市"]))
    assert await reasons(registry, batch["id"]) == {2: ["similar_client"]}
    done = await applied(registry, batch["id"], mode="upsert", key="legal_name")
    assert (done["counts"]["updated"], done["counts"]["skipped"]) == (0, 1)
    assert (await registry.get(f"/clients/{client['id']}"))["city"] == "厦门市"


async def test_where_names_are_the_key_the_first_row_of_a_name_counts(registry: Registry) -> None:
    client = await registry.client("青云股份有限公司")
    rows = [("青云有限公司", ""), ("青云股份有限公司", "广州市"), ("青云股份有限公司", "深圳市")]
    batch = await analysed(registry, table(["客户名称", "城市"], *rows))
    done = await applied(registry, batch["id"], mode="upsert", key="legal_name", similar="create")
    counts = done["counts"]
    assert (counts["created"], counts["updated"], counts["skipped"]) == (1, 1, 1)
    assert (await registry.get(f"/clients/{client['id']}"))["city"] == "广州市"


async def test_a_client_without_a_code_is_the_first_of_two_of_its_name(
    registry: Registry,
) -> None:
    client = await registry.client("华信科技有限公司")
    other = (HUAXIN[0], OTHER_CODE, "成都市", *HUAXIN[3:])
    batch = await analysed(registry, table(HEADINGS, HUAXIN, other))
    done = await applied(registry, batch["id"], mode="upsert", key="legal_name", similar="create")
    assert (done["counts"]["created"], done["counts"]["updated"]) == (1, 1)
    found = await registry.get(f"/clients/{client['id']}")
    assert (found["credit_code"], found["city"]) == (CODE, HUAXIN[2])
    assert (await the_client(registry, OTHER_CODE))["city"] == "成都市"


async def test_another_credit_code_is_another_organisation(registry: Registry) -> None:
    await registry.client("华信科技有限公司", credit_code=OTHER_CODE, city="广州市")
    batch = await analysed(registry, table(HEADINGS, HUAXIN))
    assert await reasons(registry, batch["id"]) == {2: ["client_other_code"]}
    done = await applied(registry, batch["id"], mode="upsert", key="legal_name")
    assert (done["counts"]["created"], done["counts"]["updated"]) == (1, 0)
    assert (await the_client(registry, OTHER_CODE))["city"] == "广州市"


async def test_similar_names_of_the_registry_are_left_to_a_person(registry: Registry) -> None:
    await registry.client("深圳市华信精密制造有限公司")
    sheet = table(["客户名称"], ["深圳华信精密制造股份有限公司"], ["深圳市華信精密製造"])
    batch = await analysed(registry, sheet)
    found = await reasons(registry, batch["id"])
    assert found == {2: ["similar_client"], 3: ["similar_client"]}
    problems = await everything(registry, f"/imports/{batch['id']}/problems")
    assert [problem["value"] for problem in problems] == [
        "深圳华信精密制造股份有限公司", "深圳市華信精密製造",
    ]  # fmt: skip
    assert batch["counts"]["ready"] == 0
    done = await applied(registry, batch["id"], similar="create")
    assert done["counts"]["created"] == 2


@pytest.mark.parametrize(
    ("headings", "row", "reason"),
    [
        (
            ("客户名称", "网址"),
            ("恒达物流有限公司", "https://www.huaxin.com.cn/a"),
            "shares_domain",
        ),
        (("客户名称", "邮箱", "联系人"), ("恒达物流", "a@huaxin.com.cn", "李慧"), "shares_domain"),
        (("客户名称", "电话"), ("恒达物流有限公司", "(0755) 1234567"), "shares_phone"),
    ],
)
async def test_domain_and_telephone_give_an_organisation_away(
    registry: Registry, headings: tuple[str, ...], row: tuple[str, ...], reason: str
) -> None:
    await registry.client(
        website="huaxin.com.cn", phone="0755-1234567", email_domain="huaxin.com.cn"
    )
    batch = await analysed(registry, table(headings, row))
    assert await reasons(registry, batch["id"]) == {2: [reason]}


async def test_a_client_registered_meanwhile_is_not_doubled(registry: Registry) -> None:
    batch = await analysed(registry, table(HEADINGS, HUAXIN))
    await registry.client(credit_code=CODE)
    done = await applied(registry, batch["id"])
    assert (done["counts"]["created"], done["counts"]["skipped"]) == (0, 1)
    assert await reasons(registry, batch["id"]) == {2: ["taken_meanwhile"]}


async def test_acts_out_of_order_are_refused(registry: Registry) -> None:
    batch = await analysed(registry, table(HEADINGS, HUAXIN))
    path = f"/imports/{batch['id']}"
    refused = await registry.post(f"{path}/undo", status=409)
    assert refused["code"] == "nothing_to_undo"
    await applied(registry, batch["id"])
    assert (await registry.post(f"{path}/apply", {}, status=409))["code"] == "illegal_transition"
    await undone(registry, batch["id"])
    assert (await registry.post(f"{path}/undo", status=409))["code"] == "illegal_transition"


async def test_a_mapping_is_remembered_for_the_same_headings(registry: Registry) -> None:
    sheet = table(["甲方", "所在地"], ["华信科技有限公司", "深圳市"])
    batch = await analysed(registry, sheet)
    assert [column["field"] for column in batch["columns"]] == [None, None]
    path = f"/imports/{batch['id']}"
    refused = await registry.post(f"{path}/apply", {}, status=422)
    assert refused["code"] == "no_name_column"
    mapping = {"mapping": {"甲方": "legal_name", "所在地": "city"}}
    await registry.call(registry.manager, "PUT", f"{path}/mapping", mapping, status=200)
    other = table(["所在地", "甲方"], ["成都市", "锦川食品有限公司"])
    again = await analysed(registry, other)
    assert [column["field"] for column in again["columns"]] == ["city", "legal_name"]
    assert (await applied(registry, again["id"]))["counts"]["created"] == 1


@pytest.mark.parametrize(
    ("mapping", "place"),
    [
        ({"没有此列": "city"}, "/mapping/没有此列"),
        ({"城市": "id"}, "/mapping/城市"),
        ({"城市": "legal_name"}, "/mapping/城市"),
    ],
)
async def test_a_mapping_that_does_not_fit_is_refused(
    registry: Registry, mapping: dict[str, str], place: str
) -> None:
    batch = await analysed(registry, table(HEADINGS, HUAXIN))
    answer = await registry.call(
        registry.manager, "PUT", f"/imports/{batch['id']}/mapping", {"mapping": mapping}, status=422
    )
    assert only(answer.json()["errors"])["pointer"] == place
    assert (await registry.get(f"/imports/{batch['id']}"))["status"] == "ready"


async def test_a_sheet_that_says_of_no_client_is_refused_until_a_column_does(
    registry: Registry,
) -> None:
    """The missing column is the first finding; no row is called ready."""
    batch = await analysed(registry, table(["单位", "城市"], ["华信科技有限公司", "深圳市"]))
    assert await reasons(registry, batch["id"]) == {1: ["no_name_column"]}
    assert (batch["counts"]["ready"], batch["counts"]["problems"]) == (0, 1)
    assert "apply" not in batch["can"]
    refused = await registry.post(f"/imports/{batch['id']}/apply", {"mode": "create"}, status=422)
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("no_name_column", "/mapping")
    body = {"mapping": {"单位": "legal_name"}}
    path = f"/imports/{batch['id']}/mapping"
    await registry.call(registry.manager, "PUT", path, body, status=200)
    again = await settled(registry, batch["id"])
    assert (again["counts"]["ready"], "apply" in again["can"]) == (1, True)
    assert await reasons(registry, batch["id"]) == {}


async def test_a_sheet_with_a_key_and_no_name_can_only_update(registry: Registry) -> None:
    await registry.client(credit_code=CODE)
    batch = await analysed(registry, table(["信用代码", "城市"], [CODE, "深圳市"]))
    assert (await reasons(registry, batch["id"]))[1] == ["only_known"]
    assert "apply" in batch["can"]
    await registry.post(f"/imports/{batch['id']}/apply", {"mode": "create"}, status=422)
    done = await applied(registry, batch["id"], mode="update_only")
    assert done["counts"]["updated"] == 1


async def test_a_row_whose_code_another_client_has_changes_neither(registry: Registry) -> None:
    await registry.client("华信科技有限公司")
    holder = await registry.client("远大实业集团", credit_code=CODE)
    batch = await analysed(registry, table(HEADINGS, HUAXIN))
    done = await applied(registry, batch["id"], mode="upsert", key="legal_name")
    assert (done["status"], done["counts"]["updated"], done["counts"]["skipped"]) == (
        "applied",
        0,
        1,
    )
    told = only(
        each
        for each in await everything(registry, f"/imports/{batch['id']}/problems")
        if each["reason"] == "code_of_another"
    )
    assert f"{holder['number']} 远大实业集团" in str(told)
