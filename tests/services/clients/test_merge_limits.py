"""What a merge must not take away."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.clients.conftest import CODE, Registry


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
