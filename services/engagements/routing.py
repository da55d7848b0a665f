"""What the routers share: the firm's time zone."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends

from shared.edge import RuntimeDep


async def _zone(runtime: RuntimeDep) -> ZoneInfo:
    zone: ZoneInfo = runtime.zone
    return zone


ZoneDep = Annotated[ZoneInfo, Depends(_zone)]
