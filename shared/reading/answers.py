"""What a write answers: the record as its Detail shows it, read in the same transaction."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from shared.database import context_of
from shared.identity import Actor
from shared.reading.reader import DetailReader, Found
from shared.reading.specification import Detail


class _WithinTransaction:
    """Reads on a write's own connection, whose role and row-security context are set already."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    @asynccontextmanager
    async def read(
        self, actor: Actor, *, exclusions: bool = False, context: bool = True
    ) -> AsyncIterator[asyncpg.Connection]:
        """The transaction's connection; what the session holds is written first."""
        await self._session.flush()
        raw = await (await self._session.connection()).get_raw_connection()
        yield raw.driver_connection


class Answer:
    """Answers writes with one Detail; keeps its compiled statements.

    CASE_ANSWER = Answer(CASE)
    return await CASE_ANSWER(session, case.id, created=True)
    """

    def __init__(self, detail: Detail, *, prefix: str = "/api/v1") -> None:
        self.detail = detail
        self._prefix = prefix
        self._reader = DetailReader(detail)

    async def __call__(
        self,
        session: AsyncSession,
        key: UUID,
        *,
        status: int = 200,
        created: bool = False,
        headers: Mapping[str, str] | None = None,
        **places: UUID,
    ) -> Response:
        """The record with its ETag; `created` makes it 201 with Location. Raises `NotFound`."""
        found = await self._read(session, key, places)
        sent = dict(headers or {})
        if created:
            path = self.detail.path.format(**places, **{self._own_name(): key})
            sent["Location"] = self._prefix + path
        if found.version is not None:
            sent["ETag"] = f'"{found.version}"'
        return Response(found.body, 201 if created else status, sent, media_type="application/json")

    def document(self, status: int = 200) -> dict[int | str, dict[str, Any]]:
        """The `responses` of a route that answers so, for OpenAPI."""
        schema = {"$ref": f"#/components/schemas/{self.detail.item}"}
        content = {"application/json": {"schema": schema}}
        return {status: {"description": "The record as it is now", "content": content}}

    def theirs(
        self, session: AsyncSession, key: UUID, **places: UUID
    ) -> Callable[[], Awaitable[Mapping[str, Any]]]:
        """For a stale edit: the record as the caller may see it."""

        async def current() -> Mapping[str, Any]:
            found = await self._read(session, key, places)
            record: Mapping[str, Any] = orjson.loads(found.body)
            return record

        return current

    async def still_visible(
        self, session: AsyncSession, actor: Actor, body: Mapping[str, Any]
    ) -> None:
        """For a repeated call: raise `NotFound` when the record left the caller's reach."""
        await self._read(session, UUID(body["id"]), {})

    def _own_name(self) -> str:
        return self.detail.path.rpartition("{")[2].partition("}")[0]

    async def _read(self, session: AsyncSession, key: UUID, places: Mapping[str, UUID]) -> Found:
        actor = context_of(session).actor
        asked = (key, self.detail.key)
        return await self._reader.answer(_WithinTransaction(session), actor, b"", places, asked)
