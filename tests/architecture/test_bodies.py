"""What every request's body refuses: values of another kind, too large ones, unknown fields."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final, get_args

import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

from tests.architecture.sources import PACKAGES
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


def _bodies() -> dict[str, type[BaseModel]]:
    """Every model that a request's body may hold, by its name."""
    found: dict[str, type[BaseModel]] = {}
    for service in PACKAGES:
        for router in application_of(service).state.service.all_routers:
            for route in router.routes:
                if isinstance(route, APIRoute) and route.body_field is not None:
                    models = _models(route.body_field.field_info.annotation)
                    found |= {f"{each.__module__}.{each.__name__}": each for each in models}
    return found


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
