"""Retrying a POST is safe: `Idempotency-Key`, remembered with its answer for 24 hours.

One line per router makes every POST on it repeatable:

    router = APIRouter(route_class=IdempotentRoute)

The key is locked per (actor, route, key) for the length of the transaction, so of parallel calls
one works and the others are answered 409; the same key with another body is answered 422. The
answer is stored in the transaction that does the work: it exists exactly when the work does.
A replay passes the route's own `allowed(...)` again, and the actor must still hold every role,
membership and scope held then. Where the record itself may have become invisible, say so:

    dependencies=[allowed("case:create"), visible_on_replay(check)]   # check(session, actor, body)

Secrets shown once are never stored: `openapi_extra=shown_once("key")` blanks them in the copy.
Works on routes that use `SessionDep`; without the header nothing happens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Sequence
from typing import Annotated, Any, Final

from fastapi import Depends, Header, Request, Response
from fastapi.params import Depends as DependsParameter
from fastapi.routing import APIRoute

from shared.answers import DDL, Attempt, ReplayCheck
from shared.body_digest import BodyDigest
from shared.database import context_of
from shared.edge import SessionDep
from shared.errors import BadRequest

_KEY: Final = re.compile(r"[\x21-\x7e]{1,200}")
__all__ = ["DDL", "IdempotentRoute", "shown_once", "visible_on_replay"]

_SHOWN_ONCE: Final = "x-shown-once"


class MalformedKey(BadRequest):
    """The key is empty, too long or not visible ASCII."""

    code = "malformed_idempotency_key"
    title = {"en": "Malformed Idempotency-Key", "zh": "Idempotency-Key 格式错误"}
    text = {
        "en": "Send 1 to 200 visible ASCII characters.",
        "zh": "请用 1 至 200 个可见 ASCII 字符。",
    }


Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def shown_once(*fields: str) -> dict[str, Any]:
    """`openapi_extra` of a route whose answer carries secrets; stored copies have null there."""
    return {_SHOWN_ONCE: list(fields)}


def visible_on_replay(check: ReplayCheck) -> Any:
    """A dependency: `check(session, actor, body)` raises when the actor may not see the record."""

    async def remember(request: Request) -> None:
        request.state.replay_check = check

    return Depends(remember)


class IdempotentRoute(APIRoute):
    """A route class whose POSTs honour `Idempotency-Key`."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        dependencies: Sequence[DependsParameter] = options.pop("dependencies", None) or ()
        if "POST" in (options.get("methods") or ()):
            dependencies = [*dependencies, Depends(_begin)]
        super().__init__(path, endpoint, dependencies=dependencies, **options)

    def get_route_handler(self) -> Handler:
        """The route's handler, wrapped so that an answer is stored before the commit."""
        handle = super().get_route_handler()
        if "POST" not in (self.methods or ()):
            return handle
        secrets: list[str] = (self.openapi_extra or {}).get(_SHOWN_ONCE, [])

        async def once(request: Request) -> Response:
            if "idempotency-key" not in request.headers:
                return await handle(request)
            digest = BodyDigest(request.headers.get("content-type", ""))
            watched = Request(request.scope, digest.watch(request.receive))
            watched.state.body_digest = digest
            try:
                response = await handle(watched)
            except _Replay as replay:
                return replay.response
            attempt: Attempt = watched.state.idempotency
            attempt.store(response, secrets)
            return response

        return once


async def _begin(
    request: Request,
    session: SessionDep,
    idempotency_key: Annotated[
        str | None,
        Header(
            max_length=200,
            description="Repeating the call with the same key within 24 hours does the work once.",
        ),
    ] = None,
) -> None:
    if idempotency_key is None:
        return
    if not _KEY.fullmatch(idempotency_key):
        raise MalformedKey()
    digest: BodyDigest = request.state.body_digest
    if not digest.complete:
        await request.body()
    actor = context_of(session).actor
    route = f"{request.method} {request.url.path}"
    fingerprint = digest.finish(request.url.query)
    attempt = Attempt(session, actor, route, idempotency_key, fingerprint)
    await attempt.lock()
    stored = await attempt.find()
    if stored is not None:
        raise _Replay(await attempt.replay(stored, getattr(request.state, "replay_check", None)))
    request.state.idempotency = attempt


class _Replay(Exception):
    """Carries a stored answer past the endpoint."""

    def __init__(self, response: Response) -> None:
        super().__init__("replay")
        self.response = response
