"""Engagements, composed."""

from zoneinfo import ZoneInfo

from fastapi import FastAPI

from services.engagements.channel.api import router as channel
from services.engagements.channel.readings import BYPASS, BYPASSES
from services.engagements.deliverables.api import router as deliverables
from services.engagements.deliverables.readings import (
    COMMENT,
    COMMENTS,
    DELIVERABLE,
    DELIVERABLES,
    VERDICTS,
    VERSIONS,
)
from services.engagements.drafting.api import router as drafting
from services.engagements.engagement.api import router as engagements
from services.engagements.engagement.readings import ENGAGEMENT, ENGAGEMENTS, STEPS
from services.engagements.jobs import JOBS, timers
from services.engagements.parting import parting
from services.engagements.personal import PERSONAL
from services.engagements.policy import POLICY
from services.engagements.settings import EngagementsSettings
from services.engagements.snapshots import SNAPSHOTS
from services.engagements.stakeholders.api import router as stakeholders
from services.engagements.stakeholders.readings import (
    ACTION,
    ACTIONS,
    OWN_ACTIONS,
    STAKEHOLDER,
    STAKEHOLDERS,
)
from services.engagements.subscribers import CLOSINGS, MERGES, SUBSCRIPTIONS, drafts
from services.engagements.team.api import router as team
from services.engagements.team.readings import MEMBER, MEMBERS
from services.engagements.templates.api import router as templates
from services.engagements.waiting.readings import WAITING
from services.engagements.work.api import router as work
from services.engagements.work.readings import KEY_NODE, KEY_NODES, PHASE, PHASES, TASK, TASKS
from shared.clock import Clock, utc_now
from shared.service import Service, build_service

READINGS = (
    ENGAGEMENTS,
    ENGAGEMENT,
    STEPS,
    MEMBERS,
    MEMBER,
    PHASES,
    PHASE,
    TASKS,
    TASK,
    KEY_NODES,
    KEY_NODE,
    DELIVERABLES,
    DELIVERABLE,
    VERSIONS,
    COMMENTS,
    COMMENT,
    VERDICTS,
    WAITING,
    STAKEHOLDERS,
    STAKEHOLDER,
    ACTIONS,
    ACTION,
    OWN_ACTIONS,
    BYPASSES,
    BYPASS,
)


def create_app(settings: EngagementsSettings | None = None, *, clock: Clock = utc_now) -> FastAPI:
    """Engagements as an ASGI application, with their background loops in the lifespan."""
    settings = settings or EngagementsSettings()
    return build_service(
        Service(
            name="engagements",
            title="Rapport: engagements",
            settings=settings,
            policy=POLICY,
            routers=(
                drafting,
                engagements,
                team,
                templates,
                work,
                deliverables,
                stakeholders,
                channel,
            ),
            readings=READINGS,
            subscriptions=(*SUBSCRIPTIONS, *CLOSINGS, *MERGES, *drafts(settings.firm_zone)),
            jobs=JOBS,
            timers=timers(ZoneInfo(settings.firm_zone)),
            snapshots=SNAPSHOTS,
            personal=PERSONAL,
            parting=parting(ZoneInfo(settings.firm_zone)),
            clock=clock,
        )
    )
