"""The matrix's ids in query strings: a list asked for by the id of others shows nothing of theirs.

The parameters are found, not listed: a new one that takes an id is called by every stranger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args
from uuid import UUID

from fastapi import FastAPI
from fastapi.routing import APIRoute

from shared.policy import Policy
from shared.reading import Listing
from shared.service import Service
from tests.security.matrix import Route, Row, Stranger, actions_of, call, expected_status, placed
from tests.support.services import PRIVATE_KEY


def id_filters(service: Service) -> Iterator[tuple[Route, str]]:
    """Every parameter of a query string that takes an id."""
    for reading in service.readings:
        if isinstance(reading, Listing):
            types = {each.name: each.type for each in reading.columns if each.filters}
            types |= {each.name: each.type for each in reading.conditions}
            yield from ((("GET", reading.path), name) for name in types if _takes_ids(types[name]))
    for router in service.all_routers:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for parameter in route.dependant.query_params:
                if _takes_ids(parameter.field_info.annotation):
                    for method in route.methods or ():
                        yield (method, route.path), parameter.alias


def _takes_ids(type_: Any) -> bool:
    return UUID in (get_args(type_) or (type_,))


async def shown_by_filters(
    app: FastAPI,
    rows: Mapping[Route, Row],
    strangers: Iterable[Stranger],
    scene: Mapping[str, str],
    policy: Policy,
    secrets: Iterable[str],
) -> list[str]:
    """What strangers were answered that they should not have been, in words.

    `secrets` are the names of what no answer may hold. A parameter that the scene has no id for is
    wrong too.
    """
    service: Service = app.state.service
    actions, wrong = actions_of(service), []
    for route, name in id_filters(service):
        if name not in placed(route, scene):
            wrong.append(f"{route[1]}?{name}: the scene has no id for it")
        row = Row(query=f"?{name}={{{name}}}", instead=rows[route].instead)
        for who in strangers:
            answer = await call(app, service.name, PRIVATE_KEY, route, row, who, scene)
            cell = f"{route[0]} {route[1]}?{name} as {who.name}: {answer.status_code}"
            if answer.status_code == 400 and who.actor is not None and who.actor.is_client:
                if answer.json()["code"] != "unknown_parameter":
                    wrong.append(f"{cell} {answer.text[:160]}")
            elif answer.status_code != expected_status(row, route, actions[route], who, policy):
                wrong.append(f"{cell} {answer.text[:160]}")
            elif answer.status_code == 200:
                shown = [each for each in secrets if scene[each] in answer.text]
                wrong += [f"{cell} shows {shown}"] if shown else []
    return wrong
