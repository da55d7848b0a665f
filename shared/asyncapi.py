"""The AsyncAPI 3.0 document of every public event, generated from the contracts.

A field's audience stands beside it as `x-audience`: whoever relays events to people reads it there.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any, Final

import shared.contracts
from shared.events import EVENTS, Event, State, moved_type, restated_type, snapshot_type

VERSION: Final = "3.0.0"
_SCHEMAS: Final = "#/components/schemas/{model}"


def load_contracts() -> None:
    """Import every contract, so that `EVENTS` holds every public event."""
    for module in pkgutil.iter_modules(shared.contracts.__path__):
        importlib.import_module(f"{shared.contracts.__name__}.{module.name}")


def public_events() -> list[type[Event[Any]]]:
    """Every event of the contracts, by type."""
    load_contracts()
    package = shared.contracts.__name__
    return [
        event for _, event in sorted(EVENTS.items()) if event.__module__.startswith(f"{package}.")
    ]


def public_states() -> list[type[State]]:
    """Every aggregate whose state is public."""
    states = {event.state_type() for event in public_events()}
    return sorted(states, key=lambda state: (state.publisher, state.aggregate))


def asyncapi(*, version: str) -> dict[str, Any]:
    """The document, for the product's `version`."""
    schemas: dict[str, Any] = {}
    for state in public_states():
        schemas |= _state_schemas(state)
    messages = {event.__name__: _message(event) for event in public_events()}
    for state in public_states():
        messages |= _said_again(state)
    return {
        "asyncapi": VERSION,
        "info": {
            "title": "Rapport events",
            "version": version,
            "description": "Facts, at least once, in order per record. Each carries the record's"
            " whole public state and its (epoch, version): keep the newest and ignore the rest.",
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {_channel_name(state): _channel(state) for state in public_states()},
        "operations": {f"follow_{_channel_name(s)}": _operation(s) for s in public_states()},
        "components": {"messages": messages, "schemas": schemas},
    }


def _channel_name(state: type[State]) -> str:
    return f"{state.publisher}_{state.aggregate}"


def _channel(state: type[State]) -> dict[str, Any]:
    names = [e.__name__ for e in public_events() if e.state_type() is state]
    names += _said_again(state)
    return {
        "address": f"{state.publisher}.{state.aggregate}.{{action}}.{{version}}",
        "description": (state.__doc__ or "").strip(),
        "parameters": {"action": {}, "version": {}},
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
    }


def _operation(state: type[State]) -> dict[str, Any]:
    name = _channel_name(state)
    return {"action": "receive", "channel": {"$ref": f"#/channels/{name}"}}


def _message(event: type[Event[Any]]) -> dict[str, Any]:
    return _described(event.type(), (event.__doc__ or "").strip(), event.state_type())


def _said_again(state: type[State]) -> dict[str, Any]:
    """Messages that every aggregate has: no act, and the state as it is."""
    snapshot = "The current state, said again at the version it has."
    moved = "The state as a newer version: the record went to another client."
    restated = "The state as a newer version: an erasure had silenced the one before."
    return {
        f"{state.__name__}Snapshot": _described(snapshot_type(state), snapshot, state),
        f"{state.__name__}Moved": _described(moved_type(state), moved, state),
        f"{state.__name__}Restated": _described(restated_type(state), restated, state),
    }


def _described(type_: str, summary: str, state: type[State]) -> dict[str, Any]:
    return {"name": type_, "summary": summary, "payload": _envelope(type_, state)}


def _envelope(type_: str, state: type[State]) -> dict[str, Any]:
    """CloudEvents 1.0 structured JSON around the state."""
    text, moment = {"type": "string"}, {"type": "string", "format": "date-time"}
    identity = {"type": "string", "format": "uuid"}
    data = {"$ref": _SCHEMAS.format(model=state.__name__)}
    properties = {
        "specversion": {"const": "1.0"},
        "id": identity,
        "source": {"const": f"/{state.publisher}"},
        "type": {"const": type_},
        "subject": identity | {"description": "the record's id"},
        "time": moment,
        "datacontenttype": {"const": "application/json"},
        "epoch": {"type": "integer", "minimum": 1},
        "version": {"type": "integer", "minimum": 1},
        "actorid": {"type": ["string", "null"], "format": "uuid"},
        "historical": {"type": "boolean"},
        "traceparent": text | {"type": ["string", "null"]},
        "data": {"oneOf": [data, {"type": "null", "description": "tombstone: erased"}]},
    }
    required = [name for name in properties if name not in {"actorid", "traceparent"}]
    return {"type": "object", "required": required, "properties": properties}


def _state_schemas(state: type[State]) -> dict[str, Any]:
    schema = state.model_json_schema(ref_template=_SCHEMAS)
    parts: dict[str, Any] = schema.pop("$defs", {})
    for name, audience in state.audiences().items():
        if audience is not None:
            schema["properties"][name]["x-audience"] = sorted(audience.labels)
    return parts | {state.__name__: schema}
