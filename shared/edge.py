"""The edge of a service: who asks, in which transaction, and by which right.

@router.post("/cases", dependencies=[allowed("case:open")])
async def open_case(body: OpenCase, session: SessionDep, actor: ActorDep) -> ...:
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Depends, Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute
from sqlalchemy.ext.asyncio import AsyncSession

from shared.errors import Field, Forbidden, Unprocessable
from shared.history import OCCURRED_AT, moment_of
from shared.identity import HEADER, Actor
from shared.policy import scope_allows
from shared.reading.questions import unknown
from shared.telemetry import current_traceparent

if TYPE_CHECKING:
    from shared.service import Runtime

_WRITING: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_NOTHING: Final = re.compile(rb"\s*(?:\{\s*\}|null)?\s*")
"""Bodies that say nothing: clients send them where there is nothing to say."""


def current_runtime(request: Request) -> Runtime:
    """The runtime of the service that answers the request."""
    runtime: Runtime = request.app.state.runtime
    return runtime


# These are coroutines although they wait for nothing: FastAPI hands plain functions to a thread.
async def current_actor(request: Request) -> Actor:
    """Who acts, by the signed token. Raises `Unauthenticated` (401)."""
    return current_runtime(request).verifier.verify(request.headers.get(HEADER))


ActorDep = Annotated[Actor, Depends(current_actor)]


class Allowed:
    """Admits actors whose side or role the service's POLICY lists for the action."""

    def __init__(self, action: str, *, asks_a_list: bool) -> None:
        self.action = action
        self.asks_a_list = asks_a_list

    async def __call__(self, request: Request, actor: ActorDep) -> None:
        check(current_runtime(request).service.policy[self.action].allows(actor))
        check(scope_allows(actor, self.action))
        if request.scope["query_string"] and not self.asks_a_list:
            _refuse_unknown(request)
        if request.method in _WRITING and request.scope["route"].body_field is None:
            _refuse_words(await request.body())


def _refuse_unknown(request: Request) -> None:
    """Raise `UnknownParameter` (400) for a parameter that the route does not declare."""
    route: APIRoute = request.scope["route"]
    declared = {
        each.alias
        for each in get_flat_params(route.dependant)
        if isinstance(each.field_info, Query)
    }
    for name in request.query_params:
        if name not in declared:
            raise unknown(name)


def _refuse_words(body: bytes) -> None:
    """Raise `Unprocessable` (422) for a body that says something to a route that takes none."""
    if not _NOTHING.fullmatch(body):
        place = Field(
            pointer="", en="no body is taken here", zh="此处不接受请求内容", code="unexpected_body"
        )
        raise Unprocessable(errors=[place])


def check(condition: bool) -> None:
    """Raise `Forbidden` (403) unless the condition holds."""
    if not condition:
        raise Forbidden()


def allowed(action: str, *, asks_a_list: bool = False) -> Any:
    """The policy check of a route, for `dependencies=[...]`; every route has one.

    A route that `asks_a_list` hands its parameters on to a listing, which refuses unknown ones.
    """
    return Depends(Allowed(action, asks_a_list=asks_a_list))


async def get_session(request: Request, actor: ActorDep) -> AsyncIterator[AsyncSession]:
    """The request's write transaction: commits before the response is sent, else rolls back.

    Imported history runs at the moment it happened (shared/history.py).
    """
    runtime = current_runtime(request)
    happened = request.headers.get(OCCURRED_AT)
    moment = moment_of(happened, actor, runtime.database.clock())
    async with runtime.database.transaction(
        actor,
        now=moment,
        historical=moment is not None,
        request_id=request.scope.get("request_id", ""),
        traceparent=current_traceparent(request.scope),
    ) as session:
        yield session


# Function scope: a commit that fails must become an error response (FastAPI would otherwise
# run the code after `yield` once the response is out).
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]


async def get_runtime(request: Request) -> Any:
    """The service's runtime as a dependency."""
    return current_runtime(request)


RuntimeDep = Annotated[Any, Depends(get_runtime)]
