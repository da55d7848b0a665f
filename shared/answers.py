"""Stored answers: the table behind `shared/idempotency.py`, one row per actor, route and key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from shared.database import context_of
from shared.errors import Conflict, Forbidden, Unprocessable
from shared.identity import Actor
from shared.privileges import own_rows, worker_table
from shared.writing import RowKind, append, fetch_one

RETENTION: Final = timedelta(hours=24)
ERASED: Final = "erased"
"""What is left of an answer that a person was erased from; as it is no JSON, no route gives it."""
REPLAYED_HEADER: Final = "Idempotency-Replayed"
_KEPT_HEADERS: Final = ("location", "etag", "content-type")
ReplayCheck = Callable[[AsyncSession, Actor, dict[str, Any]], Awaitable[None]]

DDL: list[str] = [
    """CREATE TABLE idempotency (
        actor_id uuid NOT NULL,
        route text NOT NULL,
        key text NOT NULL,
        body_hash bytea NOT NULL,
        authority text[] NOT NULL,
        status smallint NOT NULL,
        headers jsonb NOT NULL,
        body text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (actor_id, route, key)
    )""",
    "CREATE INDEX idempotency_created_at ON idempotency (created_at)",
    *worker_table("idempotency"),
    *own_rows("idempotency", "actor_id", verbs="SELECT, INSERT, UPDATE"),
]


_LOCK: Final = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked"
_FIND: Final = (
    "SELECT body_hash, authority, status, headers::text AS headers, body FROM idempotency"
    " WHERE actor_id = $1 AND route = $2 AND key = $3 AND created_at > $4"
)
_STORED: Final = RowKind(
    "INSERT INTO idempotency (actor_id, route, key, body_hash, authority, status, headers, body,"
    " created_at) SELECT actor_id, route, key, body_hash, authority, status, headers, body,"
    " created_at FROM json_populate_recordset(NULL::idempotency, {rows})"
    " ON CONFLICT (actor_id, route, key) DO UPDATE SET"
    " body_hash = excluded.body_hash, authority = excluded.authority,"
    " status = excluded.status, headers = excluded.headers, body = excluded.body,"
    " created_at = excluded.created_at"
)


class KeyInUse(Conflict):
    """A call with this key is being worked on at this moment."""

    code = "idempotency_key_in_use"
    title = {"en": "A call with this key is still running", "zh": "使用相同键的请求仍在处理中"}
    text = {"en": "Wait a moment and repeat with the same key.", "zh": "请稍候，用相同的键重试。"}

    def __init__(self) -> None:
        super().__init__(extra={"retryable": True}, headers={"Retry-After": "1"})


class KeyReused(Unprocessable):
    """The key was used for a different body."""

    code = "idempotency_key_reused"
    title = {"en": "This key belongs to another call", "zh": "该键已用于另一请求"}
    text = {
        "en": "The Idempotency-Key was used with a different body. Use a new key for a new call.",
        "zh": "该 Idempotency-Key 已用于内容不同的请求。新请求请使用新的键。",
    }


class ReplayRefused(Forbidden):
    """The work was done, and the actor may not see its answer any more."""

    code = "replay_refused"
    title = {"en": "You may not see this answer any more", "zh": "您已无权查看该结果"}
    text = {
        "en": "It was carried out; your rights changed since.",
        "zh": "请求已执行，权限已变更。",
    }


class AnswerErased(ReplayRefused):
    """The work was done, and its answer named somebody who was erased since."""

    code = "answer_erased"
    title = {"en": "This answer is not kept any more", "zh": "该结果已不再保留"}
    text = {
        "en": "It was carried out; a person it names was erased since.",
        "zh": "请求已执行，其中涉及的人员信息已被删除。",
    }


@dataclass(frozen=True)
class Attempt:
    """One call with a key, inside its transaction."""

    session: AsyncSession
    actor: Actor
    route: str
    key: str
    body_hash: bytes

    async def lock(self) -> None:
        """Hold the key until the transaction ends. Raises `KeyInUse` (409)."""
        name = f"{self.actor.user_id} {self.route} {self.key}"
        locked = await fetch_one(self.session, _LOCK, name)
        if locked is None or not locked["locked"]:
            raise KeyInUse()

    async def find(self) -> asyncpg.Record | None:
        """The answer stored within the last 24 hours, if there is one."""
        # A statement of its own: its snapshot must be younger than the lock.
        oldest = context_of(self.session).entered_at - RETENTION
        return await fetch_one(
            self.session, _FIND, self.actor.user_id, self.route, self.key, oldest
        )

    async def replay(self, stored: asyncpg.Record, check: ReplayCheck | None) -> Response:
        """The stored answer.

        Raises `KeyReused` (422), `ReplayRefused`, `AnswerErased` (403), what `check` does.
        """
        if stored["body_hash"] != self.body_hash:
            raise KeyReused()
        if not set(stored["authority"]) <= _authority(self.actor):
            raise ReplayRefused()
        if stored["body"] == ERASED:
            raise AnswerErased()
        if check is not None:
            await check(self.session, self.actor, orjson.loads(stored["body"] or "null"))
        headers = orjson.loads(stored["headers"]) | {REPLAYED_HEADER: "true"}
        return Response(content=stored["body"], status_code=stored["status"], headers=headers)

    def store(self, response: Response, secrets: Sequence[str]) -> None:
        """Keep a successful answer, the fields named in `secrets` blanked."""
        if not 200 <= response.status_code < 300:
            return
        given = response.headers
        headers = {name: given[name] for name in _KEPT_HEADERS if name in given}
        row = {
            "actor_id": self.actor.user_id,
            "route": self.route,
            "key": self.key,
            "body_hash": self.body_hash,
            "authority": sorted(_authority(self.actor)),
            "status": response.status_code,
            "headers": headers,
            "body": _storable(bytes(response.body), secrets),
            "created_at": context_of(self.session).entered_at,
        }
        append(self.session, _STORED, row)


def _storable(body: bytes, secrets: Sequence[str]) -> str | None:
    if not body:
        return None
    if secrets:
        document = orjson.loads(body)
        body = orjson.dumps(document | {name: None for name in secrets if name in document})
    return body.decode()


def _authority(actor: Actor) -> set[str]:
    """What the actor is allowed by, as comparable labels."""
    held = {f"side:{actor.side}", f"client:{actor.client_id}"}
    held |= {f"role:{role}" for role in actor.roles}
    held |= {f"member:{member.engagement_id}:{member.role}" for member in actor.memberships}
    scopes = {"unlimited"} if actor.scopes is None else actor.scopes
    return held | {f"scope:{scope}" for scope in scopes}


async def purge_idempotency(session: AsyncSession) -> None:
    """Forget answers older than 24 hours; a job of every service."""
    await session.execute(
        text("DELETE FROM idempotency WHERE created_at < :oldest"),
        {"oldest": context_of(session).now - RETENTION},
    )


async def erase_from_answers(session: AsyncSession, person_id: UUID) -> int:
    """Blank stored answers of a person or naming them; answers how many.

    The rows stay, or a retry would do the work again.
    """
    result = await session.execute(
        text(
            "UPDATE idempotency SET body = :left WHERE actor_id = :person"
            " OR position(CAST(:person AS text) IN body) > 0"
        ),
        {"person": person_id, "left": ERASED},
    )
    return int(result.rowcount)  # type: ignore[attr-defined]
