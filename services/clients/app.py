"""The client registry, composed."""

from fastapi import FastAPI

from services.clients.bulk.api import router as bulk
from services.clients.contacts.api import router as contacts
from services.clients.contacts.readings import CONTACT, CONTACTS
from services.clients.exports.api import router as exports
from services.clients.grades.api import router as grades
from services.clients.grades.readings import GRADES
from services.clients.imports.api import router as imports
from services.clients.imports.jobs import import_jobs
from services.clients.imports.readings import IMPORT_READINGS
from services.clients.interactions.api import router as interactions
from services.clients.interactions.readings import INTERACTION, INTERACTIONS
from services.clients.jobs import JOBS
from services.clients.merges.api import router as merges
from services.clients.opportunities.api import router as opportunities
from services.clients.opportunities.readings import OPPORTUNITIES, OPPORTUNITY
from services.clients.page.api import router as page
from services.clients.page.readings import TIMELINE
from services.clients.parting import part
from services.clients.personal import PERSONAL
from services.clients.policy import POLICY
from services.clients.registry.api import router as registry
from services.clients.registry.readings import CLIENT, CLIENTS
from services.clients.settings import ClientsSettings
from services.clients.snapshots import SNAPSHOTS
from services.clients.subscribers import SUBSCRIPTIONS, clocks
from shared.clock import Clock, utc_now
from shared.service import Service, build_service

READINGS = (
    CLIENTS,
    CLIENT,
    CONTACTS,
    CONTACT,
    INTERACTIONS,
    INTERACTION,
    OPPORTUNITIES,
    OPPORTUNITY,
    GRADES,
    TIMELINE,
    *IMPORT_READINGS,
)


def create_app(settings: ClientsSettings | None = None, *, clock: Clock = utc_now) -> FastAPI:
    """The registry as an ASGI application, with its background loops in the lifespan."""
    settings = settings or ClientsSettings()
    return build_service(
        Service(
            name="clients",
            title="Rapport: client registry",
            settings=settings,
            policy=POLICY,
            routers=(
                bulk,
                exports,
                registry,
                page,
                contacts,
                interactions,
                grades,
                opportunities,
                merges,
                imports,
            ),
            readings=READINGS,
            subscriptions=(*SUBSCRIPTIONS, *clocks(settings.firm_zone)),
            jobs=(*JOBS, *import_jobs(settings)),
            snapshots=SNAPSHOTS,
            personal=PERSONAL,
            parting=part,
            large_paths=(("/api/v1/imports", settings.max_import_bytes + 100_000),),
            clock=clock,
        )
    )
