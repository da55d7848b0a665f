"""What the desk's routers share: repeatable POSTs, the firm's time zone."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends

from shared.edge import RuntimeDep


async def _zone(runtime: RuntimeDep) -> ZoneInfo:
    zone: ZoneInfo = runtime.zone
    return zone


async def _follow_up_days(runtime: RuntimeDep) -> int:
    return int(runtime.settings.follow_up_days)


ZoneDep = Annotated[ZoneInfo, Depends(_zone)]
FollowUpDaysDep = Annotated[int, Depends(_follow_up_days)]
