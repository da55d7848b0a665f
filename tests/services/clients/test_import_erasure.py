"""Who is erased stands in no import any more: neither in its rows nor in what was said of them."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from services.clients.parting import part
from services.clients.personal import PERSONAL
from shared.privacy import ErasureLedger, erase_person
from tests.services.clients.conftest import CODE, OTHER_CODE, Registry
from tests.services.clients.importing import (
    HEADINGS,
    HUAXIN,
    analysed,
    applied,
    everything,
    only,
    table,
    undone,
)

NAME, WRONG = "王建平", "1380000000x"
BROKEN = (*HUAXIN[:6], WRONG, "")
OTHER = ("恒达物流有限公司", OTHER_CODE, "成都市", "", "", "李慧", "13800000002x", "")


async def erase(registry: Registry, tmp_path: Path) -> None:
    """Erase the only contact person, twice: done again, as it is by itself, it finds nothing."""
    person = UUID(only(await everything(registry, "/contacts"))["id"])
    ledger = ErasureLedger(tmp_path / "erased")
    for _ in range(2):
        async with registry.app.state.runtime.database.worker_session() as session:
            await erase_person(session, person, PERSONAL, ledger, reason="asked", parting=part)


async def held(registry: Registry, words: str) -> list[str]:
    """The tables of imports in which something is still written."""
    tables = ("import_rows", "import_problems", "import_changes")
    found = {
        name: await registry.rows(f"SELECT 1 FROM {name} AS t WHERE t::text LIKE $1", f"%{words}%")
        for name in tables
    }
    return [name for name, rows in found.items() if rows]


async def test_a_row_that_stayed_out_forgets_who_came_by_another(
    registry: Registry, tmp_path: Path
) -> None:
    """A file with a wrong number, sent in again once it was mended."""
    await registry.client(legal_name=HUAXIN[0], credit_code=CODE)
    await analysed(registry, table(HEADINGS, BROKEN, OTHER))
    mended = await analysed(registry, table(HEADINGS, HUAXIN))
    await applied(registry, mended["id"], mode="upsert")
    assert set(await held(registry, WRONG)) == {"import_rows", "import_problems"}
    await erase(registry, tmp_path)
    assert (await held(registry, WRONG), await held(registry, NAME)) == ([], [])
    assert set(await held(registry, OTHER[6])) == {"import_rows", "import_problems"}


async def test_what_an_undo_says_of_a_person_goes_with_them(
    registry: Registry, tmp_path: Path
) -> None:
    await registry.client(legal_name=HUAXIN[0], credit_code=CODE)
    batch = await analysed(registry, table(HEADINGS, HUAXIN))
    await applied(registry, batch["id"], mode="upsert")
    person = only(await everything(registry, "/contacts"))
    match = {"If-Match": f'"{person["version"]}"'}
    path = f"/contacts/{person['id']}"
    body = {"title": "总监"}
    await registry.call(registry.manager, "PATCH", path, body, headers=match, status=200)
    await undone(registry, batch["id"])
    assert "import_problems" in await held(registry, NAME)
    await erase(registry, tmp_path)
    assert await held(registry, NAME) == []
