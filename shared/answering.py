"""What a write answers: the record as its Detail shows it, read in the same transaction."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import context_of
from shared.identity import Actor
from shared.openapi import CREATED
from shared.reading import Detail
from shared.reading.reader import DetailReader
from shared.writing import write_out


class _WithinTransaction:
    """Reads on a write's own connection: role and row-security context are already set."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    @asynccontextmanager
    async def read(
        self, actor: Actor, *, exclusions: bool = False, context: bool = True
    ) -> AsyncIterator[asyncpg.Connection]:
        """The transaction's connection; what the session holds is written first."""
        await write_out(self._session)
        yield context_of(self._session).wire


class Answer:
    """Answers writes with one Detail; keeps its compiled statements."""

    def __init__(self, detail: Detail) -> None:
        self.detail = detail
        self._reader = DetailReader(detail)

    async def __call__(
        self,
        session: AsyncSession,
        key: UUID,
        *,
        status: int = 200,
        location: str | None = None,
        **places: UUID,
    ) -> Response:
        """The record with its ETag, and Location when it was created. Raises `NotFound` (404)."""
        found = await self._reader.answer(
            _WithinTransaction(session), context_of(session).actor, b"", places, (key, "id")
        )
        headers = {"Location": location} if location else {}
        if found.version is not None:
            headers["ETag"] = f'"{found.version}"'
        return Response(found.body, status, headers, media_type="application/json")

    def document(self, status: int = 200) -> dict[int | str, dict[str, Any]]:
        """The `responses` of a route that answers so, for OpenAPI."""
        schema = {"$ref": f"#/components/schemas/{self.detail.item}"}
        content = {"application/json": {"schema": schema}}
        told = {"description": "The record now", "content": content}
        return {status: told | CREATED.get(status, {})}

    def theirs(
        self, session: AsyncSession, key: UUID
    ) -> Callable[[], Awaitable[Mapping[str, Any]]]:
        """For a stale edit: the record as the caller may see it."""

        async def current() -> Mapping[str, Any]:
            record: Mapping[str, Any] = orjson.loads(bytes((await self(session, key)).body))
            return record

        return current

    async def still_visible(
        self, session: AsyncSession, actor: Actor, body: dict[str, Any]
    ) -> None:
        """For a repeated call: raise `NotFound` (404) when the record left the caller's reach."""
        await self(session, UUID(body["id"]))
