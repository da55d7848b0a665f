"""Each service's OpenAPI document: complete, with every reading, and no reference to nothing."""

import importlib
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import jsonschema_rs
import pytest

from shared.identity import generate_keys
from tests.architecture.sources import SERVICES, modules_of, readings_of

PREFIX = "/api/v1"
METHODS = {"get", "post", "put", "patch", "delete"}
each_document = pytest.mark.parametrize("service", SERVICES)


@lru_cache(maxsize=8)
def document_of(service: str) -> dict[str, Any]:
    """The document of a service that was composed and not started."""
    package = f"services.{service}"
    settings = next(
        value
        for module in modules_of(package)
        if module.__name__ == f"{package}.settings"
        for name, value in vars(module).items()
        if name.endswith("Settings") and name != "ServiceSettings"
    )
    dsn = "postgresql://nobody@127.0.0.1:1/none"
    made = importlib.import_module(f"{package}.app").create_app(
        settings(
            firm_dsn=dsn,
            client_dsn=dsn,
            worker_dsn=dsn,
            nats_url="nats://127.0.0.1:1",
            identity_public_key=generate_keys()[1],
        )
    )
    document: dict[str, Any] = made.openapi()
    return document


def operations_of(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every operation with its method and path."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method in METHODS:
                yield f"{method} {path}", operation


def references_of(value: Any) -> Iterator[str]:
    """Every `$ref` in a document."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for part in value.values():
            yield from references_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from references_of(part)


@each_document
def test_every_reference_leads_somewhere(service: str) -> None:
    document = document_of(service)
    schemas = document["components"]["schemas"]
    missing = {
        reference
        for reference in references_of(document)
        if reference.removeprefix("#/components/schemas/") not in schemas
    }
    assert missing == set()
    for schema in schemas.values():
        jsonschema_rs.meta.validate(schema)


@each_document
def test_operations_have_names_of_their_own(service: str) -> None:
    names = Counter(one.get("operationId") for _, one in operations_of(document_of(service)))
    assert [name for name, count in names.items() if name is None or count > 1] == []


@each_document
def test_every_reading_is_documented(service: str) -> None:
    document = document_of(service)
    for reading in readings_of(f"services.{service}"):
        operation = document["paths"][PREFIX + reading.path]["get"]
        assert operation["x-policy"] == reading.policy
        placed = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert all(f"{{{name}}}" in reading.path for name in placed)
        assert len(placed) == reading.path.count("{")
