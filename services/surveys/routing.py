"""What surveys' routers share: the firm's time zone, how links are made, what limits tries."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends

from services.surveys.rounds.rules import Links
from services.surveys.settings import SurveysSettings
from shared.edge import RuntimeDep
from shared.limits import SharedLimiter


def links_of(settings: SurveysSettings) -> Links:
    """How this installation's links are made."""
    return Links(settings.token_secret, settings.public_url)


async def _zone(runtime: RuntimeDep) -> ZoneInfo:
    zone: ZoneInfo = runtime.zone
    return zone


async def _links(runtime: RuntimeDep) -> Links:
    return links_of(runtime.settings)


async def _limiter(runtime: RuntimeDep) -> SharedLimiter:
    return SharedLimiter(runtime.database)


ZoneDep = Annotated[ZoneInfo, Depends(_zone)]
LinksDep = Annotated[Links, Depends(_links)]
LimiterDep = Annotated[SharedLimiter, Depends(_limiter)]
