"""Importing through the API, as the tests do it."""

from __future__ import annotations

import asyncio
import csv
import io
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.services.clients.conftest import CODE, Registry

SAMPLES = Path(__file__).parents[2] / "data" / "clients-zh"
BUSY = {"analysing", "applying"}
HEADINGS = ("客户名称", "统一社会信用代码", "城市", "电话", "备注", "联系人", "手机", "标签")
HUAXIN = ("华信科技有限公司", CODE, "深圳市", "0755-1234567", "老客户", "王建平", "13800000001", "")
CREATE = {"mode": "create", "key": "credit_code", "similar": "skip"}


def table(headings: Sequence[str], *rows: Sequence[Any], encoding: str = "utf-8") -> bytes:
    """A CSV file."""
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode(encoding)


async def upload(
    registry: Registry, content: bytes, name: str = "clients.csv", status: int = 201
) -> dict[str, Any]:
    """Send a file in; the answer."""
    response = await registry.call(
        registry.manager, "POST", "/imports", files={"file": (name, content)}, status=status
    )
    answer: dict[str, Any] = response.json()
    return answer


async def settled(registry: Registry, import_id: str, seconds: float = 30) -> dict[str, Any]:
    """The import once it is not at work any more."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found: dict[str, Any] = await registry.get(f"/imports/{import_id}")
        if found["status"] not in BUSY:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(f"still {found['status']}: {found}")


async def analysed(registry: Registry, content: bytes, name: str = "clients.csv") -> dict[str, Any]:
    """A file sent in and checked."""
    return await settled(registry, (await upload(registry, content, name))["id"])


async def applied(registry: Registry, import_id: str, **choice: str) -> dict[str, Any]:
    """The import after applying it."""
    await registry.post(f"/imports/{import_id}/apply", CREATE | choice, status=202)
    return await settled(registry, import_id)


async def undone(registry: Registry, import_id: str) -> dict[str, Any]:
    """The import after taking it back."""
    await registry.post(f"/imports/{import_id}/undo", status=202)
    return await settled(registry, import_id)


async def everything(registry: Registry, path: str) -> list[dict[str, Any]]:
    """Every item of a list."""
    items: list[dict[str, Any]] = []
    mark, cursor = "&" if "?" in path else "?", ""
    while True:
        page = await registry.get(f"{path}{mark}limit=200{cursor}")
        items += page["items"]
        if page["next_cursor"] is None:
            return items
        cursor = f"&cursor={page['next_cursor']}"


async def reasons(registry: Registry, import_id: str) -> dict[int, list[str]]:
    """The reasons given for each row."""
    found: dict[int, list[str]] = {}
    for problem in await everything(registry, f"/imports/{import_id}/problems"):
        found.setdefault(problem["row"], []).append(problem["reason"])
    return found


def only(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The single one."""
    (row,) = rows
    return row


async def the_client(registry: Registry, code: str = CODE) -> dict[str, Any]:
    """The client with that credit code, in full."""
    found = only((await registry.get(f"/clients?credit_code={code}"))["items"])
    client: dict[str, Any] = await registry.get(f"/clients/{found['id']}")
    return client
