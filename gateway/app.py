"""The gateway, composed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from gateway.audit.readings import AUDIT
from gateway.belonging import SNAPSHOTS
from gateway.exchanges.bodies import Arrivals
from gateway.forwarding.door import Door, House
from gateway.forwarding.own import OwnRoutes
from gateway.forwarding.record import AccessLog, Recorder
from gateway.forwarding.status import Health, Status
from gateway.forwarding.upstream import Connections, Forwarder, Upstream, open_session
from gateway.invitations.api import people
from gateway.invitations.api import router as invitations
from gateway.jobs import JOBS, TIMERS
from gateway.keys.api import router as keys
from gateway.keys.readings import KEY, KEYS
from gateway.live.hub import Hub
from gateway.live.stream import LiveStream
from gateway.mailbox.readings import MAIL, MAILS
from gateway.openapi.documents import Documents
from gateway.openapi.served import AsyncApi, OpenApi
from gateway.parts import make_parts
from gateway.permissions import Permissions
from gateway.personal import PERSONAL
from gateway.policy import POLICY
from gateway.profile.api import router as me
from gateway.search.readings import SEARCH
from gateway.settings import GatewaySettings
from gateway.sign_in.api import router as sessions
from gateway.subscribers import SUBSCRIPTIONS
from gateway.users.api import router as users
from gateway.users.readings import USER, USERS
from gateway.views.api import router as views
from gateway.views.readings import VIEW, VIEWS
from gateway.web.pages import Pages
from shared.limits import Limit, LocalLimiter
from shared.mail import MailRunner, transport_of
from shared.mail_folder import MailCollector
from shared.service import Runtime, Service, build_service, degradation, readiness
from shared.stopping import stop

READINGS = (USERS, USER, KEYS, KEY, VIEWS, VIEW, AUDIT, SEARCH)
LOCAL_MAILBOX = (MAILS, MAIL)


def create_app(settings: GatewaySettings | None = None) -> Door:
    """The gateway as an ASGI application, with its background loops in the lifespan."""
    settings = settings or GatewaySettings()
    app = build_service(
        Service(
            name="gateway",
            title="Rapport: the door",
            settings=settings,
            policy=POLICY,
            routers=(sessions, invitations, people, users, me, keys, views),
            readings=READINGS if settings.smtp_url else READINGS + LOCAL_MAILBOX,
            subscriptions=SUBSCRIPTIONS,
            jobs=JOBS,
            timers=TIMERS,
            personal=PERSONAL,
            snapshots=SNAPSHOTS,
        )
    )
    door = Door(app, app.state)
    app.router.lifespan_context = _lifespan(door, settings, app.router.lifespan_context)
    return door


def _lifespan(door: Door, settings: GatewaySettings, service: Any) -> Callable[[FastAPI], Any]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with service(app), open_session() as session:
            database = app.state.runtime.database
            app.state.parts = make_parts(settings, database)
            hub = Hub(database, heard=app.state.parts.callers.hear_of_move)
            documents, access = Documents(settings.services), AccessLog()
            app.state.permissions = Permissions(documents)
            door.house = _house(app, settings, session, documents, hub, access)
            transport = transport_of(
                settings.smtp_url, sender=settings.mail_sender, firm=settings.firm_name
            )
            mail = MailRunner(database, transport)
            collector = MailCollector(database, settings.mail_folder)
            async with _running(
                mail.run(), collector.run(), hub.run(), documents.run(session), access.run()
            ):
                try:
                    yield
                finally:
                    hub.close()

    return lifespan


def _house(
    app: FastAPI,
    settings: GatewaySettings,
    session: Connections,
    documents: Documents,
    hub: Hub,
    access: AccessLog,
) -> House:
    runtime, callers = app.state.runtime, app.state.parts.callers
    return House(
        settings=settings,
        callers=callers,
        recorder=Recorder(access, settings.trace_ratio),
        limiter=_limiter(settings),
        arrivals=Arrivals(settings.arriving_bytes),
        forwarder=Forwarder(session),
        upstreams=_upstreams(settings),
        own=OwnRoutes(app),
        hub=hub,
        live=LiveStream(runtime.database, callers, hub),
        openapi=OpenApi(app, documents),
        asyncapi=AsyncApi(),
        pages=Pages(settings.web_dist),
        status=Status(lambda: _health(runtime), settings.services, session, settings.metrics_token),
    )


def _limiter(settings: GatewaySettings) -> LocalLimiter:
    return LocalLimiter(Limit("requests", count=settings.requests_per_second * 10, seconds=10))


def _upstreams(settings: GatewaySettings) -> dict[str, Upstream]:
    return {
        name: Upstream(name, base.rstrip("/"), settings.service_places)
        for name, base in settings.services.items()
    }


async def _health(runtime: Runtime) -> Health:
    return Health(await readiness(runtime), await degradation(runtime))


@asynccontextmanager
async def _running(*loops: Awaitable[None]) -> AsyncIterator[None]:
    """Keep the loops running while the body does; each looks after its own failures."""
    tasks = [asyncio.ensure_future(loop) for loop in loops]
    try:
        yield
    finally:
        await stop(tasks)
