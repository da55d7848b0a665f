"""What every request's body refuses: values of another kind, too large ones, unknown fields.

Where a route takes none, any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, Final, get_args

import httpx
import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

from shared.identity import HEADER, Actor, Side, Signer, Verifier, generate_keys
from shared.ids import new_id
from shared.policy import Rule
from tests.architecture.sources import PACKAGES
from tests.security.matrix import Route, actions_of
from tests.support.documents import application_of

OF_ANOTHER_KIND: Final[dict[type, tuple[Any, ...]]] = {
    int: (True, "1", 1.0, 2**63, -(2**63) - 1),
    bool: (1, "true", "yes"),
    date: (0, "0", "1764288000", "2026-11-28T00:00:00", "9999-12-31", "0001-01-01"),
    datetime: (0, 1764288000, "1764288000", "9999-12-31T00:00:00Z"),
}
"""By what a field takes, what it must not take for it."""


def _kinds(annotation: Any) -> set[type]:
    """The types that an annotation is made of."""
    if isinstance(annotation, type) and not get_args(annotation):
        return {annotation}
    return {kind for part in get_args(annotation) for kind in _kinds(part)}


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    for kind in _kinds(annotation):
        if issubclass(kind, BaseModel) and not kind.__module__.startswith("fastapi"):
            yield kind
            for field in kind.model_fields.values():
                yield from _models(field.annotation)


def _routes() -> Iterator[tuple[str, APIRoute]]:
    """Every route with the service that it is of."""
    for service in PACKAGES:
        for router in application_of(service).state.service.all_routers:
            for route in router.routes:
                assert isinstance(route, APIRoute)
                yield service, route


def _bodies() -> dict[str, type[BaseModel]]:
    """Every model that a request's body may hold, by its name."""
    found: dict[str, type[BaseModel]] = {}
    for _, route in _routes():
        if route.body_field is not None:
            models = _models(route.body_field.field_info.annotation)
            found |= {f"{each.__module__}.{each.__name__}": each for each in models}
    return found


def _bodiless() -> Iterator[tuple[str, Route]]:
    """Every route that writes and takes no body, with the service that it is of."""
    for service, route in _routes():
        if route.body_field is None:
            yield from (
                (service, (each, route.path)) for each in (route.methods or set()) - READING
            )


READING: Final = frozenset({"GET", "HEAD"})
BODILESS: Final = list(_bodiless())
BODIES: Final = _bodies()
each_body = pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))


def test_the_bodies_are_found() -> None:
    names = {name.rpartition(".")[2] for name in BODIES}
    assert len(BODIES) > 60
    assert {"ClientIn", "MoneyIn", "SolutionIn", "CampaignPatch", "UserIn"} <= names


@each_body
def test_a_field_takes_only_its_own_kind(body: type[BaseModel]) -> None:
    taken = [
        f"{name}: {value!r}"
        for name, field in body.model_fields.items()
        for kind in _kinds(field.annotation) & OF_ANOTHER_KIND.keys()
        for value in OF_ANOTHER_KIND[kind]
        if _takes(body, field.alias or name, value)
    ]
    assert taken == []


@each_body
def test_an_unknown_field_is_refused(body: type[BaseModel]) -> None:
    assert not _takes(body, "no_such_field", 1)


def _takes(body: type[BaseModel], name: str, value: Any) -> bool:
    """Whether a body finds nothing wrong with a field's value, whatever else it lacks."""
    try:
        body.model_validate({name: value})
    except ValidationError as error:
        return not any(each["loc"][:1] == (name,) for each in error.errors())
    return True


def test_the_routes_without_a_body_are_found() -> None:
    assert {service for service, _ in BODILESS} == set(PACKAGES)
    assert ("desk", ("POST", "/cases/{id}/start")) in BODILESS
    assert ("gateway", ("DELETE", "/views/{id}")) in BODILESS


def _label(part: str | Route) -> str:
    return part if isinstance(part, str) else " ".join(part)


@pytest.mark.parametrize(("service", "route"), BODILESS, ids=_label)
async def test_a_route_that_takes_no_body_refuses_one(
    service: str, route: Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, (private, public) = application_of(service), generate_keys()
    door = SimpleNamespace(service=app.state.service, verifier=Verifier(public, service))
    monkeypatch.setattr(app.state, "runtime", door, raising=False)
    rule = app.state.service.policy[actions_of(app.state.service)[route]]
    method, path = route
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://service/api/v1",
        headers={HEADER: Signer(private).sign(_admitted(rule), service), "If-Match": '"1"'},
    ) as client:
        answer = await client.request(
            method, re.sub(r"\{\w+\}", str(new_id()), path), json={"no_such_field": 1}
        )
    assert answer.status_code == 422, answer.text
    (place,) = answer.json()["errors"]
    assert (place["pointer"], place["code"]) == ("", "unexpected_body")


def _admitted(rule: Rule) -> Actor:
    """Somebody whom a rule admits."""
    side = Side.CLIENT if rule.sides == {Side.CLIENT} else Side.FIRM
    return Actor(user_id=new_id(), name="x", side=side, roles=rule.roles)
