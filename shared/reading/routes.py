"""The readings of a service as one Starlette route: who asks, may they, answer, bytes out."""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from shared.errors import Forbidden, MethodNotAllowed, NotFound
from shared.identity import HEADER, Actor
from shared.policy import Policy, scope_allows
from shared.reading.openapi import merge
from shared.reading.reader import DetailReader, Found, ListingReader, Moved
from shared.reading.specification import Detail, Listing

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")
# the numbers people use (K-2026-000381); names of sub-resources such as `export` never match
_NUMBER = re.compile(r"[A-Z]{1,4}-[0-9-]{1,30}\Z")
_HEADER = HEADER.lower().encode()
_LIST_HEADERS = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
_DETAIL_HEADERS = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"private, no-cache"),
]


class Endpoint:
    """One reading at its path; `path` is what metrics and logs call it."""

    def __init__(self, reading: Listing | Detail, policy: Policy, prefix: str) -> None:
        self.reading = reading
        self.path = prefix + reading.path
        self.rule = policy[reading.policy]
        self.segments = tuple(self.path.strip("/").split("/"))
        self.listing = ListingReader(reading) if isinstance(reading, Listing) else None
        self.detail = DetailReader(reading) if isinstance(reading, Detail) else None

    def admit(self, actor: Actor) -> None:
        """The policy check. Raises `Forbidden`."""
        if not (self.rule.allows(actor) and scope_allows(actor, self.reading.policy)):
            raise Forbidden()

    def places(self, given: Sequence[str]) -> dict[str, UUID]:
        """The keys of the parents in the path. Raises `NotFound` for what is no key."""
        names = [parent.name for parent in self.reading.parents]
        if not all(_UUID.match(value) for value in given[: len(names)]):
            raise NotFound()
        return {name: UUID(value) for name, value in zip(names, given, strict=False)}

    def key(self, given: str) -> tuple[object, str] | None:
        """The value and the column by which a detail's path names its row."""
        if _UUID.match(given):
            return UUID(given), self.reading.key
        by = self.detail.detail.alternative if self.detail else None
        if by is not None and _NUMBER.match(given):
            return given, by
        return None


class ReadingsRoute(BaseRoute):
    """All readings of a service; finds the endpoint by path segments, however many there are."""

    def __init__(self, readings: Sequence[Listing | Detail], policy: Policy, prefix: str) -> None:
        self.endpoints = [Endpoint(reading, policy, prefix) for reading in readings]
        self._tree: dict[str, Any] = {}
        for endpoint in self.endpoints:
            node = self._tree
            for segment in endpoint.segments:
                node = node.setdefault("*" if segment.startswith("{") else segment, {})
            if "" in node:
                raise ValueError(f"two readings at {endpoint.path}")
            node[""] = endpoint

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Full for a GET of a reading; partial where another route may know the path better."""
        if scope["type"] != "http":
            return Match.NONE, {}
        segments = scope["path"].strip("/").split("/")
        found = next(_walk(self._tree, segments, ()), None)
        if found is None:
            return Match.NONE, {}
        endpoint, given = found
        child = {"route": endpoint, "endpoint": endpoint, "reading": (endpoint, given)}
        if scope["method"] not in ("GET", "HEAD"):
            return Match.PARTIAL, child
        if endpoint.detail is not None and endpoint.key(given[-1]) is None:
            return Match.PARTIAL, child
        return Match.FULL, child

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises what `shared.errors` has for the rest."""
        endpoint, given = scope["reading"]
        if scope["method"] not in ("GET", "HEAD"):
            raise MethodNotAllowed(headers={"Allow": "GET, HEAD"})
        runtime = scope["app"].state.runtime
        actor = runtime.verifier.verify(_token(scope))
        endpoint.admit(actor)
        if endpoint.listing is not None:
            body = await endpoint.listing.answer(
                runtime.database, actor, scope["query_string"], endpoint.places(given)
            )
            await _send(scope, send, 200, _LIST_HEADERS, body)
        else:
            await _send_detail(endpoint, given, actor, scope, send)

    def url_path_for(self, name: str, /, **path_params: Any) -> Any:
        """Readings are not named routes."""
        raise NoMatchFound(name, path_params)


def mount(
    app: FastAPI, readings: Sequence[Listing | Detail], policy: Policy, *, prefix: str = ""
) -> ReadingsRoute:
    """Serve the readings ahead of the app's other routes and document them in its OpenAPI.

    Expects `app.state.runtime` with `verifier` and `database` when requests arrive. A reading
    whose action has no policy entry is a KeyError at start.
    """
    route = ReadingsRoute(readings, policy, prefix)
    app.router.routes.insert(0, route)
    documented = app.openapi

    def openapi() -> dict[str, Any]:
        return merge(documented(), readings, prefix)

    app.openapi = openapi  # type: ignore[method-assign]
    return route


def _walk(
    node: dict[str, Any], segments: list[str], given: tuple[str, ...]
) -> Iterator[tuple[Endpoint, tuple[str, ...]]]:
    if not segments:
        if "" in node:
            yield node[""], given
        return
    head, rest = segments[0], segments[1:]
    if head and head != "*" and head in node:
        yield from _walk(node[head], rest, given)
    if head and "*" in node:
        yield from _walk(node["*"], rest, (*given, head))


def _token(scope: Scope) -> str | None:
    tokens = [value for name, value in scope["headers"] if name == _HEADER]
    return tokens[0].decode("latin-1") if len(tokens) == 1 else None


async def _send_detail(
    endpoint: Endpoint, given: tuple[str, ...], actor: Actor, scope: Scope, send: Send
) -> None:
    key = endpoint.key(given[-1])
    if endpoint.detail is None or key is None:
        raise NotFound()
    places = endpoint.places(given[:-1])
    try:
        found = await endpoint.detail.answer(
            scope["app"].state.runtime.database, actor, scope["query_string"], places, key
        )
    except Moved as moved:
        place = scope["path"].rpartition("/")[0]
        location = [(b"location", f"{place}/{moved.key}".encode())]
        await _send(scope, send, 308, location, b"")
        return
    await _send_found(endpoint.detail.detail, found, scope, send)


async def _send_found(detail: Detail, found: Found, scope: Scope, send: Send) -> None:
    if found.version is None:
        await _send(scope, send, 200, _DETAIL_HEADERS, found.body)
        return
    tag = f'"{found.version}"'
    headers = [*_DETAIL_HEADERS, (b"etag", tag.encode())]
    if detail.revalidate and _has_it(scope, tag):
        await _send(scope, send, 304, headers[1:], None)
    else:
        await _send(scope, send, 200, headers, found.body)


def _has_it(scope: Scope, tag: str) -> bool:
    asked = ",".join(Headers(scope=scope).getlist("if-none-match")).split(",")
    return any(one.strip().removeprefix("W/") in (tag, "*") for one in asked)


async def _send(
    scope: Scope,
    send: Send,
    status: int,
    headers: list[tuple[bytes, bytes]],
    body: bytes | None,
) -> None:
    if body is not None:
        headers = [*headers, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    shown = b"" if body is None or scope["method"] == "HEAD" else body
    await send({"type": "http.response.body", "body": shown})
