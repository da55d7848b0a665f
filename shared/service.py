"""A service as data, and the one function that makes it an application.

def create_app(settings: DeskSettings | None = None) -> FastAPI:
    return build_service(Service(name="desk", settings=settings or DeskSettings(), ...))
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, FastAPI, Request
from prometheus_client import generate_latest
from starlette.responses import JSONResponse, Response

from shared import openapi, problems, reading, telemetry
from shared.audit_lots import told_lots
from shared.bus import Bus, BusUnavailable
from shared.clock import Clock, utc_now
from shared.contracts.audit import SEALED
from shared.database import Database, Dsns
from shared.durability import Durability
from shared.eraser import Eraser
from shared.events import Event
from shared.faults import arm
from shared.files import FileStore
from shared.gauges import measure
from shared.housekeeping import HOUSEKEEPING
from shared.identity import Verifier
from shared.jobs import Job, JobRunner, TimerHandler
from shared.letters import router_of
from shared.middleware import Gate
from shared.policy import Policy, policy_document
from shared.privacy import ERASE_AGAIN, ErasureLedger, Parting, PersonalColumns, erasing_again
from shared.pulse import Pulse
from shared.relay import Relay
from shared.sealer import Sealer
from shared.settings import ServiceSettings
from shared.snapshot import Snapshots
from shared.stopping import stop
from shared.subscriber import Subscriber, Subscription
from shared.telemetry import CONNECTIONS_IN_USE, REGISTRY, configure_logging, configure_tracing, log

API_PREFIX = "/api/v1"
_log = log(__name__)


@dataclass(frozen=True, kw_only=True)
class Service:
    """Everything a service is made of, as data."""

    name: str
    title: str
    settings: ServiceSettings
    policy: Policy
    routers: Sequence[APIRouter] = ()
    readings: Sequence[reading.Listing | reading.Detail] = ()
    subscriptions: Sequence[Subscription] = ()
    jobs: Sequence[Job] = ()
    timers: Mapping[str, TimerHandler] = field(default_factory=dict)
    snapshots: Snapshots = field(default_factory=dict)
    personal: Sequence[PersonalColumns] = ()
    parting: Parting | None = None
    large_paths: tuple[tuple[str, int], ...] = ()
    clock: Clock = utc_now

    @property
    def all_routers(self) -> Sequence[APIRouter]:
        """The service's own routers, and the one that every service has."""
        return (*self.routers, router_of(self.name))

    @property
    def sealed(self) -> type[Event[Any]] | None:
        """The event by which the service tells what it sealed; None where nobody gathers it."""
        return SEALED.get(self.name)

    @property
    def anchor(self) -> Path:
        """The file that holds the head of the sealed audit trail."""
        return Path(self.settings.anchor_dir) / f"{self.name}.anchor"

    @property
    def ledger(self) -> ErasureLedger:
        """The file in which the service remembers whom it erased."""
        return ErasureLedger(Path(self.settings.anchor_dir) / f"{self.name}.erased")

    @property
    def published(self) -> Snapshots:
        """The current state of everything the service publishes, its audit trail included."""
        if self.sealed is None:
            return self.snapshots
        lots = self.sealed.state_type()
        return {**self.snapshots, lots: partial(told_lots, state=lots)}


@dataclass
class Runtime:
    """A running service: what routes, subscribers and jobs work with."""

    service: Service
    database: Database
    pulse: Pulse
    bus: Bus
    durability: Durability
    verifier: Verifier
    files: FileStore
    relay: Relay
    subscriber: Subscriber
    jobs: JobRunner
    sealer: Sealer
    stopping: bool = False

    @property
    def settings(self) -> ServiceSettings:
        """The service's settings."""
        return self.service.settings

    @property
    def zone(self) -> ZoneInfo:
        """The firm's time zone."""
        return ZoneInfo(self.settings.firm_zone)


def build_service(service: Service) -> FastAPI:
    """The service as an ASGI application, background loops included (in its lifespan)."""
    settings = service.settings
    app = FastAPI(
        title=service.title,
        lifespan=_lifespan(service),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        strict_content_type=True,
        generate_unique_id_function=openapi.operation_id,
        telemetry={"exclude": telemetry.is_unsampled},
    )
    app.state.service = service
    for router in service.all_routers:
        app.include_router(router, prefix=API_PREFIX)
    reading.mount(app, service.readings, service.policy, prefix=API_PREFIX)
    openapi.install(app)
    problems.install(app)
    _add_health(app)
    app.add_middleware(
        Gate,
        places=settings.pool_size,
        request_seconds=settings.request_seconds,
        max_body_bytes=settings.max_body_bytes,
        large_paths=service.large_paths,
    )
    return app


def _runtime(service: Service) -> Runtime:
    settings = service.settings
    again = erasing_again(service.personal, service.ledger, service.published, service.parting)
    dsns = Dsns(
        owner=settings.owner_dsn or "",
        firm=settings.firm_dsn,
        client=settings.client_dsn,
        worker=settings.worker_dsn,
    )
    database = Database(dsns, pool_size=settings.pool_size, clock=service.clock)
    bus = Bus(settings.nats_url, name=service.name, replicas=settings.nats_replicas)
    relay = Relay(database, bus, publisher=service.name)
    database.on_emit.append(relay.wake)
    return Runtime(
        service=service,
        database=database,
        pulse=Pulse(settings.worker_dsn),
        bus=bus,
        durability=Durability(bus),
        verifier=Verifier(settings.identity_public_key, service.name),
        files=FileStore(settings.files_dir / service.name),
        relay=relay,
        subscriber=Subscriber(
            database, bus, consumer=service.name, subscriptions=service.subscriptions
        ),
        jobs=JobRunner(
            database,
            jobs=(*HOUSEKEEPING, *service.jobs),
            timers={**service.timers, ERASE_AGAIN: again},
            zone=settings.firm_zone,
        ),
        sealer=Sealer(database, service.anchor, service.sealed),
    )


def _lifespan(service: Service) -> Callable[[FastAPI], Any]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        configure_logging(service.name, as_json=service.settings.log_json)
        configure_tracing(service.name, service.settings)
        arm(service.settings.faults)
        runtime = app.state.runtime = _runtime(service)
        await runtime.database.open()
        _watch_connections(runtime.database)
        loops = [
            asyncio.create_task(_keep_running(name, loop), name=name)
            for name, loop in _loops(runtime).items()
        ]
        try:
            yield
        finally:
            runtime.stopping = True
            await stop(loops)
            await runtime.bus.close()
            await runtime.pulse.close()
            await runtime.database.close()

    return lifespan


def _watch_connections(database: Database) -> None:
    def in_use(pool: str) -> int:
        return database.in_use().get(pool, 0)

    for pool in database.in_use():
        CONNECTIONS_IN_USE.labels(pool).set_function(partial(in_use, pool))


def _loops(runtime: Runtime) -> dict[str, Callable[[], Coroutine[Any, Any, None]]]:
    return {
        "relay": runtime.relay.run,
        "eraser": Eraser(runtime.database, runtime.bus, runtime.service.name).run,
        "subscriber": runtime.subscriber.run,
        "jobs": runtime.jobs.run,
        "sealer": runtime.sealer.run,
        "gauges": partial(measure, runtime.database),
    }


async def _keep_running(name: str, loop: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a background loop for ever: what it raises is logged and it starts again."""
    pause = 0.1
    while True:
        try:
            await loop()
            return
        except Exception as error:  # noqa: BLE001 - a loop that ends would stop for good
            _log.error("loop_failed", loop=name, exc_info=error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)


def _add_health(app: FastAPI) -> None:
    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return Response(generate_latest(REGISTRY), media_type="text/plain; version=0.0.4")

    @app.get("/openapi.json", include_in_schema=False)
    async def document() -> JSONResponse:
        policy = policy_document(app.state.service.policy)
        return JSONResponse({**app.openapi(), "x-policy": policy})

    @app.get("/readyz", include_in_schema=False)
    async def readyz(request: Request) -> JSONResponse:
        runtime: Runtime = request.app.state.runtime
        reasons = await readiness(runtime)
        ready = all(reason == "ok" for reason in reasons.values())
        body = {"ready": ready, "checks": reasons, "degraded": await degradation(runtime)}
        return JSONResponse(body, 200 if ready else 503)


async def readiness(runtime: Runtime) -> dict[str, str]:
    """Each dependency with "ok" or the reason why not."""
    if runtime.stopping:
        return {"process": "stopping"}
    return {
        "postgres": await runtime.pulse.reason(),
        "nats": runtime.bus.reason(),
        "relay": runtime.relay.reason(),
        "subscriber": runtime.subscriber.reason(),
    }


async def degradation(runtime: Runtime) -> dict[str, str]:
    """Each dependency that works, but promises less than it should, with what is missing.

    A service stays ready then: nothing it answered is in danger, because PostgreSQL is the truth
    and what NATS loses is published again; what a reader has not handled waits for it.
    """
    stuck = runtime.subscriber.progress.stuck()
    readers = {f"reader of {publisher}": why for publisher, why in stuck.items()}
    stores = {"postgres": runtime.pulse.archiving()}
    with suppress(BusUnavailable):  # readiness speaks of it already
        stores["nats"] = await runtime.durability.reason()
    return {name: why for name, why in stores.items() if why != "ok"} | readers
