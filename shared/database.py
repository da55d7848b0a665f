"""PostgreSQL, as a service sees it: three roles, sessions for writing, connections for reading.

- `_firm` admits all rows (tables with firm-side exclusions carry a policy), `_client` none without
  context, `_worker` is for the relay, subscribers and jobs.
- The row-security context lives in the transaction (`set_config(..., true)`), never in the session,
  so that a pooled connection cannot carry one caller's context to the next.
- Only the edges commit: `transaction()` is used by the request's session dependency and by the
  subscriber and job runners, and by nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import asyncpg
import orjson
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    create_async_engine,
)

from shared.clock import Clock, utc_now
from shared.deadline import remaining
from shared.faults import AFTER_COMMIT, crash_point
from shared.identity import SYSTEM, Actor, Side
from shared.writing import WriteContext, context_of, refuse_untold, write_out

__all__ = ["OUTAGES", "Database", "Dsns", "NotCommitted", "WriteContext", "context_of", "is_outage"]

CLOSE_SECONDS: Final = 5
_SET_CONTEXT: Final = (
    "SELECT set_config('rapport.user_id', {user}, true), "
    "set_config('rapport.client_id', {client}, true), set_config('rapport.side', {side}, true)"
)
_SET_CONTEXT_READ: Final = _SET_CONTEXT.format(user="$1", client="$2", side="$3")


@dataclass(frozen=True)
class Dsns:
    """Connection strings of one service database, one per role."""

    owner: str
    firm: str
    client: str
    worker: str


async def _keep_session_state(_: asyncpg.Connection) -> None:
    """No reset on release: nothing session-level is ever set, and a reset costs a round trip."""


@dataclass
class Database:
    """The pools of one service: `open()` before use, `close()` at the end."""

    dsns: Dsns
    pool_size: int = 8
    clock: Clock = utc_now
    on_emit: list[Callable[[], None]] = field(default_factory=list)
    """Called after a commit that emitted events: wakes the relay."""
    _readers: dict[Side, asyncpg.Pool] = field(default_factory=dict, init=False)
    _engines: dict[Side, AsyncEngine] = field(default_factory=dict, init=False)

    async def open(self) -> None:
        """Connect lazily: pools start empty, so that a process at rest holds few connections."""
        for side, dsn in self._roles().items():
            self._readers[side] = await asyncpg.create_pool(
                dsn,
                min_size=0,
                max_size=self.pool_size,
                max_inactive_connection_lifetime=60,
                command_timeout=15,
                reset=_keep_session_state,
            )
            self._engines[side] = create_async_engine(
                dsn.replace("postgresql://", "postgresql+asyncpg://", 1),
                pool_size=self.pool_size,
                max_overflow=0,
                pool_timeout=5,
                pool_pre_ping=False,
                pool_reset_on_return=None,
                isolation_level="AUTOCOMMIT",  # `transaction` begins and ends by itself
                hide_parameters=True,  # an error's text goes to the log; what people wrote does not
                connect_args={"command_timeout": 15},
                json_deserializer=orjson.loads,
            )

    async def close(self) -> None:
        """Close every connection; in-flight statements get a few seconds to finish."""
        for pool in self._readers.values():
            try:
                async with asyncio.timeout(CLOSE_SECONDS):
                    await pool.close()
            except TimeoutError:
                pool.terminate()
        for engine in self._engines.values():
            await engine.dispose()
        self._readers.clear()
        self._engines.clear()

    def _roles(self) -> dict[Side, str]:
        return {
            Side.FIRM: self.dsns.firm,
            Side.CLIENT: self.dsns.client,
            Side.SYSTEM: self.dsns.worker,
        }

    @asynccontextmanager
    async def read(
        self, actor: Actor, *, exclusions: bool = False, context: bool = True
    ) -> AsyncIterator[asyncpg.Connection]:
        """A connection on the actor's role for one read.

        Firm-side readers pay no context round trip unless the table has firm-side exclusions;
        nobody does with `context=False`, for a statement that sets its context itself.
        """
        pool = self._readers[actor.side]
        async with pool.acquire(timeout=remaining(5)) as connection:
            if not context or (actor.side is Side.FIRM and not exclusions):
                yield connection
                return
            async with connection.transaction(readonly=True):
                await connection.execute(_SET_CONTEXT_READ, *_context_values(actor).values())
                yield connection

    @asynccontextmanager
    async def transaction(
        self,
        actor: Actor = SYSTEM,
        *,
        now: datetime | None = None,
        request_id: str = "",
        traceparent: str | None = None,
        historical: bool = False,
        one_view: bool = False,
    ) -> AsyncIterator[AsyncSession]:
        """One write transaction on the actor's role: commits at the end, rolls back on error.

        With `one_view` all its statements see the database as of its beginning.
        After the commit the context's callbacks run and, when events were emitted, the relay wakes.
        """
        pooled, wire = await _living_connection(self._engines[actor.side])
        session = AsyncSession(pooled, expire_on_commit=False)
        async with _committed(session, pooled, wire):
            context = session.info["context"] = WriteContext(
                actor=actor,
                now=now or self.clock(),
                entered_at=self.clock(),
                wire=wire,
                request_id=request_id,
                traceparent=traceparent,
                historical=historical,
            )
            await wire.execute(_opening(actor, one_view=one_view))
            yield session
        if context.emitted:
            crash_point(AFTER_COMMIT)
        self._notify(context)

    def worker_session(self, **options: Any) -> Any:
        """`transaction()` as Rapport itself: subscribers, jobs, timers."""
        return self.transaction(SYSTEM, **options)

    def worker_pool(self) -> asyncpg.Pool:
        """Raw connections on the worker role, for the relay and other set-based work."""
        return self._readers[Side.SYSTEM]

    def in_use(self) -> dict[str, int]:
        """Connections handed out now, per role: both numbers are 0 at rest."""
        counts = {}
        for side, pool in self._readers.items():
            counts[f"read_{side}"] = pool.get_size() - pool.get_idle_size()
        for side, engine in self._engines.items():
            counts[f"write_{side}"] = engine.pool.checkedout()  # type: ignore[attr-defined]
        return counts

    def _notify(self, context: WriteContext) -> None:
        for callback in context.after_commit:
            callback()
        if context.emitted:
            for wake in self.on_emit:
                wake()


@asynccontextmanager
async def _committed(
    session: AsyncSession, pooled: AsyncConnection, wire: asyncpg.Connection
) -> AsyncIterator[None]:
    """Commit at the end, undo on error or cancellation; the connection goes back either way."""
    try:
        yield
        await write_out(session)
        refuse_untold(session)
        await _commit(wire)
    except BaseException:
        await asyncio.shield(asyncio.ensure_future(_abandon(session, pooled, wire)))
        raise
    await _give_back(session, pooled)


def _opening(actor: Actor, *, one_view: bool) -> str:
    """BEGIN and the row-security context in one round trip.

    BEGIN takes no parameters; what is written in are hexadecimal digits and one of three words.
    """
    values = {
        "user": actor.user_id.hex,
        "client": actor.client_id.hex if actor.client_id else "",
        "side": Side(actor.side).value,
    }
    quoted = {name: f"'{value}'" for name, value in values.items()}
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ" if one_view else "BEGIN"
    return f"{begin}; {_SET_CONTEXT.format(**quoted)}"


async def _living_connection(engine: AsyncEngine) -> tuple[AsyncConnection, asyncpg.Connection]:
    """A connection and its wire; those that ended while they lay in the pool are dropped."""
    while True:
        pooled = await engine.connect()
        wire = (await pooled.get_raw_connection()).driver_connection
        assert isinstance(wire, asyncpg.Connection)
        if not wire.is_closed():
            return pooled, wire
        await pooled.invalidate()
        await pooled.close()


async def _commit(wire: asyncpg.Connection) -> None:
    # PostgreSQL answers a COMMIT of what has failed with ROLLBACK, and no error.
    if await wire.execute("COMMIT") != "COMMIT":
        raise NotCommitted()


async def _give_back(session: AsyncSession, pooled: AsyncConnection) -> None:
    """Return a connection whose work is committed."""
    if session.in_transaction():  # the object mapper was used
        await session.close()
    await pooled.close()


async def _abandon(
    session: AsyncSession, pooled: AsyncConnection, wire: asyncpg.Connection
) -> None:
    """Return a connection that stands anywhere: rolled back, or not at all."""
    try:
        await wire.execute("ROLLBACK")
    except (*OUTAGES, asyncpg.PostgresError, OSError):
        await pooled.invalidate()
    finally:
        await session.close()
        await pooled.close()


class NotCommitted(Exception):
    """A statement had failed and its error was swallowed: nothing was written."""


OUTAGES: Final = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
)
"""PostgreSQL is not there; beside these SQLAlchemy's own errors and those of sockets."""


def is_outage(error: BaseException) -> bool:
    """True when PostgreSQL could not be reached: the work is good and must be tried again."""
    if isinstance(error, OSError | PoolTimeout):
        return True
    if isinstance(error, DBAPIError):
        cause = error.orig.__cause__ if error.orig is not None else None
        return error.connection_invalidated or isinstance(cause, OUTAGES)
    return isinstance(error, OUTAGES)


def _context_values(actor: Actor) -> dict[str, str]:
    return {
        "user": str(actor.user_id),
        "client": str(actor.client_id) if actor.client_id else "",
        "side": str(actor.side),
    }
