"""What a write answers: the record as its Detail shows it, read in the same transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from shared.concurrency import etag
from shared.database import context_of
from shared.identity import Actor
from shared.reading import Detail
from shared.reading.reader import DetailReader


class _Within:
    """Reads on the write's own connection: role and row-security context are set already."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    @asynccontextmanager
    async def read(
        self, actor: Actor, *, exclusions: bool = False, context: bool = True
    ) -> AsyncIterator[asyncpg.Connection]:
        await self._session.flush()
        raw = await (await self._session.connection()).get_raw_connection()
        yield raw.driver_connection


class Answer:
    """Answers writes with one Detail."""

    def __init__(self, detail: Detail) -> None:
        self._detail = detail
        self._reader = DetailReader(detail)

    async def __call__(
        self,
        session: AsyncSession,
        key: UUID,
        *,
        status: int = 200,
        created: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """The record with its ETag, and 201 with Location when it was created."""
        actor = context_of(session).actor
        found = await self._reader.answer(_Within(session), actor, b"", {}, (key, "id"))
        headers = dict(headers or {})
        if created:
            place = self._detail.path.partition("{")[0]
            headers["Location"] = f"/api/v1{place}{key}"
        if found.version is not None:
            headers["ETag"] = etag(int(found.version))
        status = 201 if created else status
        return Response(found.body, status, headers, media_type="application/json")

    def document(self, status: int = 200) -> dict[int | str, dict[str, Any]]:
        """The `responses` of a route that answers so, for OpenAPI."""
        schema = {"$ref": f"#/components/schemas/{self._detail.item}"}
        content = {"application/json": {"schema": schema}}
        return {status: {"description": "The record as it is now", "content": content}}

    def theirs(
        self, session: AsyncSession, key: UUID
    ) -> Callable[[], Awaitable[Mapping[str, Any]]]:
        """For a stale edit: the record as the caller may see it."""

        async def current() -> Mapping[str, Any]:
            record: Mapping[str, Any] = orjson.loads(bytes((await self(session, key)).body))
            return record

        return current
