"""Engagements, composed."""

from zoneinfo import ZoneInfo

from fastapi import FastAPI

from services.engagements.drafting.api import router as drafting
from services.engagements.engagement.api import router as engagements
from services.engagements.engagement.readings import ENGAGEMENT, ENGAGEMENTS, STEPS
from services.engagements.jobs import timers
from services.engagements.personal import PERSONAL
from services.engagements.policy import POLICY
from services.engagements.settings import EngagementsSettings
from services.engagements.snapshots import SNAPSHOTS
from services.engagements.subscribers import SUBSCRIPTIONS
from services.engagements.team.api import router as team
from services.engagements.team.readings import MEMBER, MEMBERS
from shared.clock import Clock, utc_now
from shared.service import Service, build_service

READINGS = (ENGAGEMENTS, ENGAGEMENT, STEPS, MEMBERS, MEMBER)


def create_app(settings: EngagementsSettings | None = None, *, clock: Clock = utc_now) -> FastAPI:
    """Engagements as an ASGI application, with their background loops in the lifespan."""
    settings = settings or EngagementsSettings()
    return build_service(
        Service(
            name="engagements",
            title="Rapport: engagements",
            settings=settings,
            policy=POLICY,
            routers=(drafting, engagements, team),
            readings=READINGS,
            subscriptions=SUBSCRIPTIONS,
            timers=timers(ZoneInfo(settings.firm_zone)),
            snapshots=SNAPSHOTS,
            personal=PERSONAL,
            clock=clock,
        )
    )
