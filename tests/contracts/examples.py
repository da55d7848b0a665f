"""One example of every public event, made up once and then kept as a file for ever.

`python -m tests.contracts.examples` writes the examples that are missing; it never changes one
that is there, because a stored event of an old release must stay readable.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID

import orjson
from pydantic import BaseModel

from shared.asyncapi import public_events
from shared.events import Event, encode

GOLDEN = Path(__file__).parent / "golden"
MOMENT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def path_of(event: type[Event[Any]]) -> Path:
    """Where an event's example is kept."""
    return GOLDEN / f"{event.type()}.json"


def example(event: type[Event[Any]]) -> dict[str, Any]:
    """A message of this event in which every field has a value."""
    state = event.state_type()
    fields = {
        name: _value(field.annotation, name, number)
        for number, (name, field) in enumerate(state.model_fields.items(), start=1)
    }
    row = {
        "id": _id(1001),
        "type": event.type(),
        "aggregate_id": fields["id"],
        "epoch": 1,
        "version": 3,
        "starts_epoch": False,
        "subject_ids": [_id(1003)],
        "occurred_at": MOMENT,
        "actor_id": _id(1002),
        "historical": False,
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "data": state.model_validate(fields).model_dump_json(),
    }
    message: dict[str, Any] = orjson.loads(encode(row))
    return message


def write_missing() -> list[Path]:
    """Write the examples that are not there yet; which ones."""
    GOLDEN.mkdir(exist_ok=True)
    missing = [event for event in public_events() if not path_of(event).exists()]
    for event in missing:
        text = json.dumps(example(event), ensure_ascii=False, indent=2)
        path_of(event).write_text(text + "\n", encoding="utf-8")
    return [path_of(event) for event in missing]


def _id(number: int) -> UUID:
    return UUID(int=(0x0193_5A3C_0000_7000_8000 << 48) | number)


def _value(annotation: Any, name: str, number: int) -> Any:
    """Something that fits the annotation; optional fields are filled too."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in {Union, UnionType}:
        wanted = next(each for each in arguments if each is not NoneType)
        return _value(wanted, name, number)
    if origin in {tuple, list}:
        return [_value(arguments[0], name, number)]
    if origin is dict:
        return {"en": f"{name} {number}", "zh": f"示例 {number}"}
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {
            inner: _value(field.annotation, inner, number * 10 + index)
            for index, (inner, field) in enumerate(annotation.model_fields.items())
        }
    return _scalar(annotation, name, number)


def _scalar(annotation: Any, name: str, number: int) -> Any:
    values: dict[Any, Any] = {
        UUID: _id(number),
        datetime: MOMENT,
        date: MOMENT.date(),
        bool: True,
        int: number,
        float: number / 2,
        str: f"{name} 示例 {number}",
    }
    return values[annotation]


if __name__ == "__main__":
    for written in write_missing():
        print(written.name)
