"""The desk, composed."""

from zoneinfo import ZoneInfo

from fastapi import FastAPI

from services.desk.cases.api import router as cases
from services.desk.cases.history import STEPS
from services.desk.cases.readings import CASE, CASES
from services.desk.followups.api import router as followups
from services.desk.followups.readings import FOLLOW_UP, FOLLOW_UPS
from services.desk.intake.api import router as intake
from services.desk.jobs import JOBS, timers
from services.desk.messages.api import router as messages
from services.desk.messages.readings import MESSAGE, MESSAGES, NOTE, NOTES
from services.desk.needs.api import router as needs
from services.desk.outcomes.api import router as outcomes
from services.desk.parting import part
from services.desk.personal import PERSONAL
from services.desk.policy import POLICY
from services.desk.promises.api import router as promises
from services.desk.promises.readings import PROMISE, PROMISES
from services.desk.settings import DeskSettings
from services.desk.snapshots import SNAPSHOTS
from services.desk.solutions.api import router as solutions
from services.desk.solutions.readings import SOLUTION, SOLUTIONS
from services.desk.subscribers import MERGES, SUBSCRIPTIONS, follow_ups
from services.desk.waiting.api import router as waiting
from shared.clock import Clock, utc_now
from shared.service import Service, build_service

READINGS = (
    CASES,
    CASE,
    STEPS,
    MESSAGES,
    MESSAGE,
    NOTES,
    NOTE,
    PROMISES,
    PROMISE,
    SOLUTIONS,
    SOLUTION,
    FOLLOW_UPS,
    FOLLOW_UP,
)


def create_app(settings: DeskSettings | None = None, *, clock: Clock = utc_now) -> FastAPI:
    """The desk as an ASGI application, with its background loops in the lifespan."""
    settings = settings or DeskSettings()
    return build_service(
        Service(
            name="desk",
            title="Rapport: service desk",
            settings=settings,
            policy=POLICY,
            routers=(
                intake,
                cases,
                waiting,
                messages,
                needs,
                promises,
                solutions,
                followups,
                outcomes,
            ),
            readings=READINGS,
            subscriptions=(*SUBSCRIPTIONS, *MERGES, *follow_ups(ZoneInfo(settings.firm_zone))),
            jobs=JOBS,
            timers=timers(ZoneInfo(settings.firm_zone)),
            snapshots=SNAPSHOTS,
            personal=PERSONAL,
            parting=part,
            clock=clock,
        )
    )
