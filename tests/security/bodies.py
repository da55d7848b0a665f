"""The matrix's ids in request bodies: whoever may act names only what is theirs to name.

The fields are found, not listed: a new one that takes an id is called with the ids of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import httpx
from fastapi import FastAPI

from tests.security.matrix import Route, Row, Stranger, call, filled, placed
from tests.support.documents import document_of
from tests.support.services import PRIVATE_KEY

PREFIX: Final = "/api/v1"
EACH: Final = "[]"
"""In the path of a field: every element of a list."""
REFUSED: Final = frozenset({403, 404, 422})
PAIRS: Final[Mapping[tuple[Route, str], str]] = {
    (("POST", "/members"), "wrong_side"): "role",
    (("POST", "/cases"), "not_requester"): "requester_id",
}
"""Where two values that do not fit each other are refused, and the one that is pointed at."""
Field = tuple[str, ...]


def id_fields(service: str) -> Iterator[tuple[Route, Field]]:
    """Every field of a request body that takes an id, or a list of them."""
    document = document_of(service)
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {})
            for body in content.values():
                for field in dict.fromkeys(_ids(body["schema"], document)):
                    yield (method.upper(), path.removeprefix(PREFIX)), field


def _ids(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[Field]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = document["components"]["schemas"][name]
    if schema.get("format") == "uuid":
        yield ()
    parts = [(name, each) for name, each in schema.get("properties", {}).items()]
    parts += [(EACH, schema["items"])] if isinstance(schema.get("items"), dict) else []
    for name, part in parts:
        yield from ((name, *rest) for rest in _ids(part, document))
    for each in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from _ids(each, document)


def naming(body: Any, field: Field, value: str) -> Any:
    """The body with that id in that field."""
    if not field:
        return value
    name, *rest = field
    if name == EACH:
        return [naming(None, tuple(rest), value)]
    known = dict(body or {})
    return known | {name: naming(known.get(name), tuple(rest), value)}


async def taken_from_bodies(
    app: FastAPI,
    rows: Mapping[Route, Row],
    who: Stranger,
    scene: Mapping[str, str],
    others: Mapping[str, Sequence[str]],
    harmless: Mapping[tuple[Route, str], str],
) -> list[str]:
    """What somebody who may act was let name that is not theirs, in words.

    `scene` is theirs; `others` has, by the name of a field, the ids of what is not. A field without
    such an id is wrong too. `harmless` says of some why they may name what they like.
    """
    service: str = app.state.service.name
    wrong: list[str] = []
    for route, field in id_fields(service):
        name = next(part for part in reversed(field) if part != EACH)
        if (route, name) in harmless:
            continue
        if name not in others:
            wrong.append(f"{route[0]} {route[1]} {name}: there is no id of others for it")
        for value in others.get(name, ()):
            body = naming(filled(rows[route].body, placed(route, scene)), field, value)
            headers = await _current(app, service, route, who, scene)
            row = Row(body, rows[route].query, headers)
            answer = await call(app, service, PRIVATE_KEY, route, row, who, scene)
            if not refused_for(route, name, answer):
                cell = f"{route[0]} {route[1]} {'.'.join(field)} as {who.name}"
                wrong.append(f"{cell}: {answer.status_code} {answer.text[:320]}")
    return wrong


def refused_for(route: Route, name: str, answer: httpx.Response) -> bool:
    """Whether it was the id that was not taken, said by its place, and no other value beside it.

    Whoever may not do this at all (403) is not told by which value.
    """
    if answer.status_code not in REFUSED:
        return False
    problem = answer.json()
    places = [error["pointer"].split("/") for error in problem.get("errors", [])]
    told = {name, PAIRS.get((route, problem["code"]), name)}
    return answer.status_code == 403 or any(not told.isdisjoint(place) for place in places)


async def _current(
    app: FastAPI, service: str, route: Route, who: Stranger, scene: Mapping[str, str]
) -> dict[str, str]:
    """The version as it stands, for changes that ask for it."""
    if route[0] != "PATCH":
        return {}
    shown = await call(app, service, PRIVATE_KEY, ("GET", route[1]), Row(), who, scene)
    return {"If-Match": f'"{shown.json()["version"]}"'}
