"""Whatever waits for nothing runs in the event loop: FastAPI hands plain functions to a thread."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from tests.architecture.sources import SERVICES
from tests.support.documents import application_of


def calls(dependant: Dependant) -> Iterator[Any]:
    """What a route calls: itself, and what it depends on."""
    if dependant.call is not None:
        yield dependant.call
    for inner in dependant.dependencies:
        yield from calls(inner)


def stays_in_the_loop(call: Any) -> bool:
    found = call if inspect.isroutine(call) else type(call).__call__
    return inspect.iscoroutinefunction(found) or inspect.isasyncgenfunction(found)


@pytest.mark.parametrize("service", [*SERVICES, "gateway"])
def test_no_route_goes_through_a_thread(service: str) -> None:
    routes = [
        route
        for router in application_of(service).state.service.all_routers
        for route in router.routes
        if isinstance(route, APIRoute)
    ]
    assert routes
    threaded = {
        getattr(call, "__qualname__", type(call).__qualname__)
        for route in routes
        for call in calls(route.dependant)
        if not stays_in_the_loop(call)
    }
    assert threaded == set()
