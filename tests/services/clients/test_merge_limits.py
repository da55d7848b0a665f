"""What a merge must not take away, and what undoing one must not: codes and whole facts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.clients.conftest import CODE, Registry
from tests.services.clients.test_merge import merge, split


@pytest.mark.parametrize("preview", [True, False])
async def test_a_code_that_is_anothers_by_now_is_not_learnt(
    registry: Registry, preview: bool
) -> None:
    gone = await registry.client("恒远机械", credit_code=CODE)
    await registry.call(registry.manager, "DELETE", f"/clients/{gone['id']}", status=204)
    holder = await registry.client("远大实业集团", credit_code=CODE)
    kept = await registry.client("华信科技")
    body: dict[str, Any] = {"source_id": gone["id"], "preview": preview}
    refused = await registry.post(f"/clients/{kept['id']}/merge", body, status=409)
    assert refused["code"] == "credit_code_in_use"
    assert holder["number"] in refused["detail"]
    assert (await registry.get(f"/clients/{gone['id']}"))["archived_at"] is not None


async def test_a_client_graded_anew_since_the_merge_keeps_the_whole_grade(
    registry: Registry,
) -> None:
    kept, source = await registry.client("华信科技"), await registry.client("恒远机械")
    grade = {"grade": "A", "reason": "重点客户"}
    await registry.post(f"/clients/{source['id']}/grade", grade)
    await merge(registry, kept, source)
    await registry.post(f"/clients/{kept['id']}/grade", grade | {"grade": "B"})
    apart = await split(registry, kept, source)
    assert (apart["grade"], apart["call_days"], apart["visit_days"]) == ("B", 7, 90)


async def test_an_amount_changed_since_the_merge_keeps_its_currency(registry: Registry) -> None:
    kept = await registry.client("华信科技")
    source = await registry.client("恒远机械", revenue={"amount_minor": 100, "currency": "CNY"})
    merged = await merge(registry, kept, source)
    path, read = f"/clients/{kept['id']}", {"If-Match": f'"{merged["version"]}"'}
    revenue = {"amount_minor": 200, "currency": "CNY"}
    await registry.call(
        registry.manager, "PATCH", path, {"revenue": revenue}, headers=read, status=200
    )
    assert (await split(registry, kept, source))["revenue"] == revenue
