"""Clients are registered once, changed without loss, moved along their lifecycle."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from shared.ids import new_id
from tests.services.clients.conftest import CODE, OTHER_CODE, Registry


async def test_a_client_is_registered_numbered_and_told_of(registry: Registry) -> None:
    made = await registry.client(
        short_name="华信",
        credit_code=CODE.lower(),
        revenue={"amount_minor": 96_000_000_00, "currency": "CNY"},
        owner_id=str(registry.manager.user_id),
    )
    assert made["number"] == "C-000001"
    assert made["credit_code"] == CODE
    assert made["owner"] == {"id": str(registry.manager.user_id), "name": "林晓"}
    assert made["stage"] == "prospect"
    assert set(made["can"]) >= {"edit", "stage", "archive", "add_contact"}
    assert await registry.events() == ["clients.client.registered.v1"]
    assert len(await registry.rows("SELECT 1 FROM audit")) == 1


@pytest.mark.parametrize("query", ["华信", "信科", "huaxin", "hx", "C-000001", "hua xin"])
async def test_a_client_is_found_by_substring_pinyin_initials_and_number(
    registry: Registry, query: str
) -> None:
    await registry.client()
    await registry.client("恒达制造有限公司")
    found = await registry.get(f"/clients?q={query}")
    assert [each["legal_name"] for each in found["items"]] == ["华信科技有限公司"]


@pytest.mark.parametrize("query", [CODE, CODE[:6], CODE[2:8], CODE[8:17], CODE.lower()])
async def test_a_client_is_found_by_its_credit_code_its_region_and_its_organisation_code(
    registry: Registry, query: str
) -> None:
    await registry.client(credit_code=CODE)
    await registry.client("恒达制造有限公司", credit_code=OTHER_CODE)
    found = await registry.get(f"/clients?q={query}")
    assert [each["credit_code"] for each in found["items"]] == [CODE]


async def test_the_same_credit_code_is_the_same_organisation_whatever_the_caller_says(
    registry: Registry,
) -> None:
    first = await registry.client(credit_code=CODE)
    body = {"legal_name": "另一名称公司", "credit_code": CODE}
    refused = await registry.post("/clients", body, status=409)
    assert refused["code"] == "duplicate_client"
    assert refused["candidates"] == [
        {
            "id": first["id"],
            "number": "C-000001",
            "legal_name": "华信科技有限公司",
            "reasons": ["credit_code"],
        }
    ]
    await registry.post("/clients", body | {"confirm_distinct_from": [first["id"]]}, status=409)


@pytest.mark.parametrize(
    ("name", "fields", "reason"),
    [
        ("华信科技股份有限公司", {}, "name"),
        ("華信科技有限公司", {}, "name"),
        ("华信科技发展有限公司", {}, "similar_name"),
        ("完全不同实业", {"website": "https://www.huaxin.example/about"}, "domain"),
        ("完全不同实业", {"phone": "0755-6779 6771"}, "phone"),
    ],
)
async def test_likely_duplicates_are_shown_and_may_be_confirmed_as_distinct(
    registry: Registry, name: str, fields: dict[str, Any], reason: str
) -> None:
    first = await registry.client(website="huaxin.example", phone="0755-67796771")
    body = {"legal_name": name, **fields}
    refused = await registry.post("/clients", body, status=409)
    assert reason in refused["candidates"][0]["reasons"]
    await registry.post("/clients", body | {"confirm_distinct_from": [first["id"]]}, status=201)


async def test_different_credit_codes_are_different_organisations(registry: Registry) -> None:
    await registry.client(credit_code=CODE)
    await registry.client(credit_code=OTHER_CODE)


async def test_one_of_twenty_editors_of_the_same_version_wins(registry: Registry) -> None:
    client = await registry.client()

    async def edit(number: int) -> int:
        response = await registry.call(
            registry.manager,
            "PATCH",
            f"/clients/{client['id']}",
            {"city": f"深圳{number}"},
            headers={"If-Match": '"1"'},
        )
        return response.status_code

    statuses = await asyncio.gather(*(edit(number) for number in range(20)))
    assert sorted(statuses) == [200] + [412] * 19


async def test_a_stale_edit_shows_theirs(registry: Registry) -> None:
    client = await registry.client()
    path = f"/clients/{client['id']}"
    await registry.call(registry.manager, "PATCH", path, {"city": "深圳"}, status=428)
    good = {"If-Match": f'"{client["version"]}"'}
    await registry.call(registry.admin, "PATCH", path, {"city": "广州"}, headers=good, status=200)
    stale = await registry.call(
        registry.manager, "PATCH", path, {"city": "深圳"}, headers=good, status=412
    )
    assert stale.json()["current"]["city"] == "广州"


async def test_the_lifecycle_is_walked_and_told_in_both_languages(registry: Registry) -> None:
    client = await registry.client()
    path = f"/clients/{client['id']}"
    await registry.post(f"{path}/stage", {"stage": "active"}, status=409)
    await registry.post(f"{path}/stage", {"stage": "disqualified"}, status=422)
    moved = await registry.post(f"{path}/stage", {"stage": "qualified"})
    assert moved["stage"] == "qualified"
    timeline = await registry.get(f"{path}/timeline")
    assert timeline["items"][0]["sentence"] == {
        "en": "Stage: Prospect → Qualified",
        "zh": "阶段：潜在 → 已确认",
    }


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/legal_name"),
        ({"legal_name": " "}, "/legal_name"),
        ({"legal_name": "x", "credit_code": "91201164MAP3MR19AA"}, "/credit_code"),
        ({"legal_name": "x", "strength": 10}, "/strength"),
        ({"legal_name": "x", "first_contact_on": "2026-02-30"}, "/first_contact_on"),
        ({"legal_name": "x", "grade": "A"}, "/grade"),
        ({"legal_name": "a\x00b"}, "/legal_name"),
        ({"legal_name": "华\n信"}, "/legal_name"),
        ({"legal_name": "x", "aliases": ["华信", "华\n信"]}, "/aliases/1"),
        ({"legal_name": "x", "tags": ["\u200b"]}, "/tags/0"),
        (
            {"legal_name": "x", "revenue": {"amount_minor": 2**63, "currency": "CNY"}},
            "/revenue/amount_minor",
        ),
        (
            {"legal_name": "x", "revenue": {"amount_minor": -5, "currency": "CNY"}},
            "/revenue/amount_minor",
        ),
        (
            {"legal_name": "x", "revenue": {"amount_minor": 5, "currency": "CNY", "tax": 1}},
            "/revenue/tax",
        ),
        ({"legal_name": "x", "first_contact_on": 0}, "/first_contact_on"),
    ],
)
async def test_bad_input_names_the_place_and_leaves_nothing(
    registry: Registry, body: dict[str, Any], pointer: str
) -> None:
    refused = await registry.post("/clients", body, status=422)
    assert [error["pointer"] for error in refused["errors"]] == [pointer]
    assert await registry.rows("SELECT 1 FROM clients") == []
    assert await registry.events() == []


async def test_an_unknown_owner_is_not_known_yet(registry: Registry) -> None:
    body = {"legal_name": "华信", "owner_id": str(new_id())}
    refused = await registry.post("/clients", body, status=422)
    assert refused["code"] == "not_known_yet" and refused["retryable"]


async def test_whose_account_is_not_active_is_given_no_client(registry: Registry) -> None:
    client = await registry.client()
    await registry.lets_go(registry.consultant)
    owner = {"owner_id": str(registry.consultant.user_id)}
    bulk = {"ids": [client["id"]], "change": owner}
    for method, path, body, pointer in (
        ("POST", "/clients", owner | {"legal_name": "恒达制造"}, "/owner_id"),
        ("PATCH", f"/clients/{client['id']}", owner, "/owner_id"),
        ("POST", "/clients/bulk", bulk, "/change/owner_id"),
    ):
        answer = await registry.call(
            registry.manager, method, path, body, status=422, headers={"If-Match": '"1"'}
        )
        assert answer.json()["code"] == "not_assignable"
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert (await registry.get(f"/clients/{client['id']}"))["owner"] is None
    assert len(await registry.rows("SELECT 1 FROM clients")) == 1


async def test_a_client_whose_owner_was_let_go_is_changed_without_naming_another(
    registry: Registry,
) -> None:
    owner = {"owner_id": str(registry.consultant.user_id)}
    client = await registry.client(**owner)
    await registry.lets_go(registry.consultant)
    path, headers = f"/clients/{client['id']}", {"If-Match": '"1"'}
    body = owner | {"city": "深圳"}
    await registry.call(registry.manager, "PATCH", path, body, status=200, headers=headers)
    assert (await registry.get(path))["owner"]["name"] == registry.consultant.name


async def test_the_client_side_sees_nothing_of_the_registry(registry: Registry) -> None:
    client = await registry.client()
    for path in ("/clients", f"/clients/{client['id']}", "/contacts", "/interactions"):
        await registry.call(registry.client_pm, "GET", path, status=403)
    await registry.call(registry.client_pm, "POST", "/clients", {"legal_name": "x"}, status=403)
    await registry.call(registry.agent, "POST", "/clients", {"legal_name": "x"}, status=403)


@pytest.mark.parametrize(
    "shared",
    [{}, {"website": "https://huaxin.example"}, {"phone": "021-5555 0000"}],
    ids=["name", "domain", "phone"],
)
async def test_of_many_who_register_one_organisation_at_once_one_does(
    registry: Registry, shared: dict[str, Any]
) -> None:
    """Whatever it is recognised by; the others are shown the one."""
    names = ("甲乙丙丁", "戊己庚辛", "子丑寅卯", "辰巳午未", "申酉戌亥", "天地玄黄")
    bodies = [{"legal_name": name if shared else "华信科技有限公司", **shared} for name in names]
    answers = await asyncio.gather(
        *(registry.call(registry.manager, "POST", "/clients", body) for body in bodies)
    )
    assert sorted(each.status_code for each in answers) == [201] + [409] * 5
    (made,) = [each.json()["id"] for each in answers if each.status_code == 201]
    refused = [each.json() for each in answers if each.status_code == 409]
    assert [[one["id"] for one in each["candidates"]] for each in refused] == [[made]] * 5


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("/website", "javascript:alert(1)"),
        ("/website", "data:text/html,x"),
        ("/website", "https://"),
        ("/website", "a@b.example"),
        ("/email_domain", "<x>"),
        ("/email_domain", "https://huaxin.example"),
        ("/revenue/currency", {"amount_minor": 1, "currency": "ZZZ"}),
        ("/revenue/currency", {"amount_minor": 1, "currency": "XAU"}),
    ],
)
async def test_what_is_no_address_and_no_currency_is_refused_in_its_place(
    registry: Registry, place: str, value: Any
) -> None:
    body = {"legal_name": "华信科技有限公司", place.split("/")[1]: value}
    refused = await registry.post("/clients", body, status=422)
    assert [each["pointer"] for each in refused["errors"]] == [place]


@pytest.mark.parametrize(
    "website", ["huaxin.example", "HTTPS://www.华信.中国:8443/关于?x=1#a", "x5.cn"]
)
async def test_an_address_is_kept_as_it_was_written(registry: Registry, website: str) -> None:
    assert (await registry.client(website=website))["website"] == website


async def test_a_client_taken_from_its_owner_names_nobody(registry: Registry) -> None:
    client = await registry.client(owner_id=str(registry.manager.user_id))
    path, read = f"/clients/{client['id']}", {"If-Match": f'"{client["version"]}"'}
    answer = await registry.call(
        registry.manager, "PATCH", path, {"owner_id": None}, headers=read, status=200
    )
    assert (answer.json()["owner"], answer.json()["owner_name"]) == (None, None)
    assert (await registry.get(f"{path}/page"))["client"]["owner_name"] is None


async def test_the_same_credit_code_is_found_behind_any_number_of_like_names(
    registry: Registry,
) -> None:
    held = await registry.client("远大实业集团", credit_code=CODE)
    await registry.rows(
        "INSERT INTO clients (id, number, legal_name, comparison_name, spelled_name, stage,"
        " created_by, created_at, updated_at) SELECT gen_random_uuid(), 'X-' || n, '华信科技',"
        " '华信科技', '华信科技', 'prospect', gen_random_uuid(), now(), now()"
        " FROM generate_series(1, 60) n RETURNING 1"
    )
    body = {"legal_name": "华信科技", "credit_code": CODE}
    refused = await registry.post("/clients", body, status=409)
    assert refused["candidates"][0]["id"] == held["id"]
    assert refused["candidates"][0]["reasons"] == ["credit_code"]
