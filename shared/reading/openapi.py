"""The OpenAPI 3.1 operations of readings, from the same specification that serves them."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from shared.reading.kinds import is_optional, kind_of, without_none
from shared.reading.questions import DEFAULT_LIMIT
from shared.reading.specification import Column, Detail, Listing, Op, Reading

_REFS = "#/components/schemas/"
_MEANINGS = {
    Op.GTE: "at least",
    Op.LTE: "at most",
    Op.AFTER: "after, exclusive",
    Op.BEFORE: "before, exclusive",
    Op.NULL: "true: has none; false: has one",
    Op.CONTAINS: "contains this text, in any case",
    Op.HAS: "has all of these; repeat the parameter for several",
}


def merge(
    document: Mapping[str, Any], readings: Sequence[Listing | Detail], prefix: str
) -> dict[str, Any]:
    """`document` with the operations and schemas of `readings` added; leaves the original."""
    merged: dict[str, Any] = deepcopy(dict(document))
    paths = merged.setdefault("paths", {})
    schemas = merged.setdefault("components", {}).setdefault("schemas", {})
    for reading in readings:
        schema = item_schema(reading, schemas)
        name = _claim(schemas, reading.item, schema)
        paths.setdefault(prefix + reading.path, {})["get"] = _operation(reading, name, schemas)
    return merged


def item_schema(reading: Reading, schemas: dict[str, Any]) -> dict[str, Any]:
    """The JSON schema of one row; schemas of nested models are added to `schemas`.

    Whoever may see the key may see the columns of its audience or a wider one: those are
    required. Others may be missing, by audience; with `fields=` only the named ones are there.
    """
    everyone = reading.column(reading.key).audience.labels
    properties = {column.name: _property(column, schemas) for column in reading.columns}
    required = [c.name for c in reading.columns if c.audience.labels >= everyone]
    if isinstance(reading, Detail) and reading.can:
        actions = [can.action for can in reading.can]
        properties["can"] = {
            "type": "array",
            "items": {"type": "string", "enum": actions},
            "description": "What the caller may do with it now.",
        }
        required.append("can")
    return {"type": "object", "properties": properties, "required": required}


def _claim(schemas: dict[str, Any], name: str, schema: dict[str, Any]) -> str:
    """Store a schema; a request body or another reading of the same name keeps that name."""
    while schemas.get(name, schema) != schema:
        name += "Read"
    schemas[name] = schema
    return name


@lru_cache(maxsize=2048)
def _adapted(type_: Any) -> dict[str, Any]:
    if without_none(type_) is Decimal:
        kinds = ["number", "null"] if is_optional(type_) else "number"
        return {"type": kinds}
    return TypeAdapter(type_).json_schema(mode="serialization", ref_template=_REFS + "{model}")


def _schema(type_: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    schema = deepcopy(_adapted(type_))
    for name, nested in schema.pop("$defs", {}).items():
        claimed = _claim(schemas, name, nested)
        if claimed != name:
            schema = _renamed(schema, _REFS + name, _REFS + claimed)
    return schema


def _renamed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(part, old, new) for key, part in value.items()}
    if isinstance(value, list):
        return [_renamed(part, old, new) for part in value]
    return new if value == old else value


def _property(column: Column, schemas: dict[str, Any]) -> dict[str, Any]:
    schema = _schema(column.type, schemas)
    if column.description:
        schema["description"] = column.description
    schema["x-audience"] = sorted(column.audience.labels)
    return schema


def _operation(reading: Listing | Detail, item: str, schemas: dict[str, Any]) -> dict[str, Any]:
    is_list = isinstance(reading, Listing)
    parameters = [_path(parent.name) for parent in reading.parents]
    if isinstance(reading, Listing):
        parameters += _list_parameters(reading, schemas)
        content = _envelope(item)
    else:
        parameters.append(_path(reading.path.rpartition("{")[2].rstrip("}")))
        content = {"$ref": _REFS + item}
    parameters.append(_query("fields", {"type": "string"}, "Only these columns, comma-separated."))
    operation = {
        "operationId": f"{'list' if is_list else 'get'}_{reading.name}",
        "summary": reading.summary or reading.name.replace("_", " ").capitalize(),
        "tags": [reading.path.strip("/").split("/")[0]],
        "parameters": parameters,
        "responses": _answers(content, reading),
        "x-policy": reading.policy,
    }
    if reading.description:
        operation["description"] = reading.description
    return operation


def _answers(schema: dict[str, Any], reading: Listing | Detail) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": "Found",
        "content": {"application/json": {"schema": schema}},
    }
    answers = {"200": found}
    if isinstance(reading, Detail) and reading.version is not None:
        tag = {"schema": {"type": "string"}, "description": "Send it back as If-Match."}
        found["headers"] = {"ETag": tag}
        if reading.revalidate:
            answers["304"] = {"description": "Nothing changed since If-None-Match"}
    if isinstance(reading, Detail) and reading.moved is not None:
        answers["308"] = {"description": "The record became part of another: see Location"}
    return answers


def _envelope(item: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["items", "next_cursor"],
        "properties": {
            "items": {"type": "array", "items": {"$ref": _REFS + item}},
            "next_cursor": {
                "type": ["string", "null"],
                "description": "Send it as `cursor` for the next page; null on the last one.",
            },
            "total": {
                "anyOf": [{"type": "integer"}, {"type": "string", "const": "10,000+"}],
                "description": "Only with total=true.",
            },
        },
    }


def _path(name: str) -> dict[str, Any]:
    schema = {"type": "string"} if name != "id" else _adapted(UUID)
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _query(name: str, schema: dict[str, Any], text: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": text}


def _list_parameters(listing: Listing, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    parameters = []
    for column in listing.columns:
        parameters += _filter_parameters(column, schemas)
    for condition in listing.conditions:
        schema = _schema(condition.type, schemas)
        if condition.default is not None:
            schema["default"] = condition.default
        parameters.append(_query(condition.name, schema, condition.description))
    if listing.searches:
        text = "Every word is found as a substring; Chinese also by pinyin and initials."
        parameters.append(_query("q", {"type": "string", "maxLength": 200}, text))
    sortable = ", ".join(c.name for c in listing.columns if c.sortable or c.name == listing.key)
    parameters += [
        _query(
            "sort",
            {"type": "string", "default": listing.order},
            f"Columns in order of weight, `-` for descending: {sortable}.",
        ),
        _query(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": listing.maximum, "default": DEFAULT_LIMIT},
            "Rows of a page.",
        ),
        _query("cursor", {"type": "string"}, "The next_cursor of the page before."),
        _query("total", {"type": "boolean", "default": False}, "Count all rows, up to 10,000."),
    ]
    return parameters


def _filter_parameters(column: Column, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    parameters = []
    equal = column.filters & {Op.EQ, Op.IN}
    if equal:
        schema = _compared_schema(column, schemas)
        if Op.IN in equal:
            schema = {"type": "array", "items": schema}
        text = "Any of these: repeat it or separate by commas." if Op.IN in equal else "Exactly."
        parameters.append(_query(column.name, schema, text))
    for op in Op:
        if op in column.filters and op in _MEANINGS:
            schema = _operator_schema(column, op, schemas)
            parameters.append(_query(f"{column.name}.{op}", schema, _MEANINGS[op]))
    return parameters


def _operator_schema(column: Column, op: Op, schemas: dict[str, Any]) -> dict[str, Any]:
    if op is Op.NULL:
        return {"type": "boolean"}
    if op is Op.CONTAINS:
        return {"type": "string"}
    schema = _compared_schema(column, schemas)
    return {"type": "array", "items": schema} if op is Op.HAS else schema


def _compared_schema(column: Column, schemas: dict[str, Any]) -> dict[str, Any]:
    compared = without_none(column.filter_type or column.type)
    if kind_of(compared).array:
        compared = compared.__args__[0]
    return _schema(compared, schemas)
