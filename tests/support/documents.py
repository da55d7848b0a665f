"""OpenAPI documents of applications that are composed and not started."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from fastapi import FastAPI

from gateway.app import create_app as create_door
from gateway.openapi.documents import Documents
from gateway.openapi.served import OpenApi
from gateway.settings import GatewaySettings
from shared.identity import generate_keys
from shared.openapi import METHODS
from tests.architecture.sources import SERVICES, modules_of

_DSN: Final = "postgresql://nobody@127.0.0.1:1/none"
_PRIVATE, _PUBLIC = generate_keys()
_SETTINGS: Final = {
    "firm_dsn": _DSN,
    "client_dsn": _DSN,
    "worker_dsn": _DSN,
    "nats_url": "nats://127.0.0.1:1",
    "identity_public_key": _PUBLIC,
    "token_secret": "links follow from it, and nobody follows one",
}


@lru_cache(maxsize=8)
def application_of(service: str) -> FastAPI:
    """A service's application (of the gateway: its own routes)."""
    if service == "gateway":
        own = _SETTINGS | {"identity_private_key": _PRIVATE}
        inner = create_door(GatewaySettings.model_validate(own)).inner
        assert isinstance(inner, FastAPI)
        return inner
    package = f"services.{service}"
    settings = next(
        value
        for module in modules_of(package)
        if module.__name__ == f"{package}.settings"
        for name, value in vars(module).items()
        if name.endswith("Settings") and name != "ServiceSettings"
    )
    made: FastAPI = importlib.import_module(f"{package}.app").create_app(settings(**_SETTINGS))
    return made


def document_of(service: str) -> dict[str, Any]:
    """What a service says of itself."""
    return application_of(service).openapi()


@lru_cache(maxsize=1)
def merged_document() -> dict[str, Any]:
    """The one document, as the gateway serves it."""
    documents = Documents({})
    documents.known = {service: document_of(service) for service in SERVICES}
    return OpenApi(application_of("gateway"), documents).document()


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
