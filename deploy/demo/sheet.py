"""A client list as it comes from a trade fair, imported today: what is right goes in."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from deploy.demo.door import Door
from deploy.demo.reading import DATA
from deploy.supervisor.home import CannotStart

SHEET: Final = "智能制造展名片.csv"
WHO: Final = "manager"
PATIENCE_SECONDS: Final = 60.0


async def import_sheet(door: Door) -> None:
    """Take the list in, look at its dry run, apply it."""
    content = (DATA / "sheet" / SHEET).read_bytes()
    started = await door.upload("import", "/imports", SHEET, content, who=WHO)
    await _until(door, started, {"ready", "applying", "applied"})
    choice = {"mode": "create", "key": "credit_code", "similar": "skip"}
    await door.write("import applied", f"/imports/{started}/apply", choice, who=WHO, at=None)
    await _until(door, started, {"applied"})


async def _until(door: Door, import_id: str, wanted: set[str]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        now = await door.get(f"/imports/{import_id}")
        if now["status"] in wanted:
            return
        if now["status"] == "failed":
            break
        await asyncio.sleep(0.2)
    raise CannotStart(f"the import of {SHEET} is {now['status']}.")
