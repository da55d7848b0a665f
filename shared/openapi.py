"""What every operation's document says of itself and of failures, the same everywhere."""

from __future__ import annotations

import re
from typing import Any, Final

from fastapi import FastAPI
from fastapi.routing import APIRoute

from shared import errors as e

METHODS: Final = frozenset({"get", "post", "put", "patch", "delete"})
_SCHEMA: Final = {
    "type": "object",
    "description": "RFC 9457 problem document",
    "required": ["type", "code", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "code": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail", "code"],
                "properties": {
                    "pointer": {"type": "string"},
                    "detail": {"type": "string"},
                    "code": {"type": "string"},
                },
            },
        },
    },
}
_ALWAYS: Final[tuple[type[e.Problem], ...]] = (
    e.BadRequest,
    e.Unauthenticated,
    e.Forbidden,
    e.NotFound,
    e.TooMany,
    e.Problem,
    e.Overloaded,
    e.DeadlineExceeded,
)
_WRITING: Final = (e.Conflict, e.TooLarge, e.UnsupportedMedia, e.Unprocessable)
_EDITING: Final = (e.StaleVersion, e.PreconditionRequired)
CREATED: Final[dict[int | str, dict[str, Any]]] = {
    201: {
        "headers": {
            "Location": {
                "description": "The address of what was created.",
                "required": True,
                "schema": {"type": "string"},
            }
        }
    }
}
"""For the `responses` of a route that creates something: it says where that is."""
_FIRST_SENTENCE: Final = re.compile(r"(.+?)\.(?:\s+|$)", re.DOTALL)
_FRAMEWORKS: Final = ("HTTPValidationError", "ValidationError")


def install(app: FastAPI) -> None:
    """Let the app's document say of every operation what it does, and how it may fail."""
    documented = app.openapi

    def openapi() -> dict[str, Any]:
        return document_failures(with_sentences(documented()))

    app.openapi = openapi  # type: ignore[method-assign]


def operation_id(route: APIRoute) -> str:
    """An operation is called as its function is."""
    return route.name


def with_sentences(document: dict[str, Any]) -> dict[str, Any]:
    """`document` with the first sentence of each function's docstring for its name; in place."""
    for item in document.get("paths", {}).values():
        for method in METHODS & item.keys():
            operation = item[method]
            named = operation["operationId"].replace("_", " ").title()
            said = _FIRST_SENTENCE.match(operation.get("description", ""))
            if said and operation.get("summary") == named:
                operation["summary"] = " ".join(said[1].split())
                operation["description"] = operation["description"][said.end() :]
            if not operation.get("description"):
                operation.pop("description", None)
    return document


def document_failures(document: dict[str, Any]) -> dict[str, Any]:
    """`document` with a problem document for each status an operation may fail with; in place."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in _FRAMEWORKS:
        schemas.pop(name, None)
    schemas["Problem"] = _SCHEMA
    for item in document.get("paths", {}).values():
        for method in METHODS & item.keys():
            operation = item[method]
            answers = operation.setdefault("responses", {})
            if _FRAMEWORKS[0] in str(answers.get("422")):
                answers.pop("422")
            for problem in _failures(method, operation):
                answers[str(problem.status)] = _failed(problem)
    return document


def may_fail(*problems: type[e.Problem]) -> dict[int | str, dict[str, Any]]:
    """For a route's `responses`: failures beyond those that its shape can meet."""
    return {problem.status: _failed(problem) for problem in problems}


def _failures(method: str, operation: dict[str, Any]) -> list[type[e.Problem]]:
    """The kinds of failure an operation of this shape can meet."""
    named = {one["name"].lower() for one in operation.get("parameters", ())}
    found = list(_ALWAYS)
    if method != "get":
        found += _WRITING
    if "if-match" in named:
        found += _EDITING
    return found


def _failed(problem: type[e.Problem]) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": problem.title["en"],
        "content": {"application/problem+json": {"schema": schema}},
    }
