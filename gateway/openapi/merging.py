"""One OpenAPI 3.1 document out of several, without colliding names."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from shared.openapi import METHODS

_REFERENCE: Final = "#/components/schemas/"
_SIGNED_IN: Final[list[dict[str, list[str]]]] = [{"bearer": []}, {"session": []}]
SECURITY_SCHEMES: Final = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "access_token of POST /api/v1/auth/token",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "rapport_session",
        "description": "POST /api/v1/auth/session; unsafe methods also send X-CSRF-Token",
    },
}
INFO: Final = {
    "title": "Rapport",
    "version": "1",
    "description": "Client relationships of a consulting firm. Errors are RFC 9457 documents.",
}


def merge_documents(
    documents: Mapping[str, Mapping[str, Any]], anonymous: frozenset[tuple[str, str]]
) -> dict[str, Any]:
    """The one document; `anonymous` lists (method, path) that need no sign-in."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    operations: set[str] = set()
    for service, original in documents.items():
        document = deepcopy(dict(original))
        own = document.get("components", {}).get("schemas", {})
        names = _names(service, own, schemas)
        document = _renamed(document, names)
        schemas |= {names[name]: _renamed(schema, names) for name, schema in own.items()}
        for path, item in document.get("paths", {}).items():
            for method in METHODS & item.keys():
                operation = item[method]
                _identify(service, operation, operations)
                operation["security"] = [] if (method, path) in anonymous else _SIGNED_IN
            paths.setdefault(path, {}).update(item)
    return {
        "openapi": "3.1.0",
        "info": INFO,
        "servers": [{"url": "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": SECURITY_SCHEMES,
        },
        "security": _SIGNED_IN,
    }


def _names(service: str, own: Mapping[str, Any], taken: Mapping[str, Any]) -> dict[str, str]:
    """Each schema's name in the merged document: its own unless it means something else there."""
    names = {}
    for name, schema in own.items():
        clashes = name in taken and taken[name] != schema
        names[name] = f"{service.title().replace('-', '')}{name}" if clashes else name
    return names


def _renamed(node: Any, names: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        renamed = {key: _renamed(value, names) for key, value in node.items()}
        reference = renamed.get("$ref")
        if isinstance(reference, str) and reference.startswith(_REFERENCE):
            name = reference.removeprefix(_REFERENCE)
            renamed["$ref"] = _REFERENCE + names.get(name, name)
        return renamed
    if isinstance(node, list):
        return [_renamed(value, names) for value in node]
    return node


def _identify(service: str, operation: dict[str, Any], taken: set[str]) -> None:
    """An operation id that no other service's operation has."""
    identifier = operation["operationId"]
    if identifier in taken:
        identifier = f"{service}_{identifier}"
    operation["operationId"] = identifier
    taken.add(identifier)
