"""What is public stays readable: audiences declared, old examples understood, document complete."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any
from uuid import UUID

import jsonschema_rs
import pytest

from shared.asyncapi import asyncapi, public_events, public_states
from shared.events import Event, State, decode, moved_type, restated_type, snapshot_type
from tests.contracts.examples import GOLDEN, path_of

EVERY_EVENT = pytest.mark.parametrize("event", public_events(), ids=lambda event: event.type())
EVERY_STATE = pytest.mark.parametrize("state", public_states(), ids=lambda state: state.__name__)


@EVERY_STATE
def test_every_field_declares_its_audience(state: type[State]) -> None:
    undeclared = [name for name, audience in state.audiences().items() if audience is None]
    assert undeclared == []


@EVERY_EVENT
def test_every_event_has_a_golden_example(event: type[Event[Any]]) -> None:
    assert path_of(event).exists(), "run: python -m tests.contracts.examples"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_every_golden_example_is_still_understood(path: Any) -> None:
    event = next((each for each in public_events() if each.type() == path.stem), None)
    assert event is not None, "a type that was published once is never dropped"
    message = path.read_bytes()
    envelope = decode(message).typed(event.state_type())
    told = json.loads(message)["data"]
    understood = json.loads(envelope.state.model_dump_json())
    assert _kept(told, understood) == told


def _kept(told: Any, understood: Any) -> Any:
    """What is understood, without the fields that came after the example was written."""
    if isinstance(told, dict) and isinstance(understood, dict):
        return {name: _kept(value, understood[name]) for name, value in told.items()}
    if isinstance(told, list) and isinstance(understood, list) and len(told) == len(understood):
        return [_kept(*pair) for pair in zip(told, understood, strict=True)]
    return understood


@EVERY_EVENT
def test_every_event_names_itself_publisher_record_act_and_version(event: type[Event[Any]]) -> None:
    publisher, aggregate, action, version = event.type().split(".")
    state = event.state_type()
    assert (publisher, aggregate) == (state.publisher, state.aggregate)
    home = "audit" if aggregate == "audit" else publisher
    assert event.__module__ == f"shared.contracts.{home}"
    assert action.isidentifier()
    assert version == f"v{event.version}"
    assert event.__doc__, "say in one sentence what happened"


@EVERY_STATE
def test_new_fields_are_optional(state: type[State]) -> None:
    """Whoever adds a field gives it a default, or an old event no longer fits."""
    examples = list(GOLDEN.glob(f"{state.publisher}.{state.aggregate}.*.json"))
    told = set.intersection(*(set(json.loads(p.read_text())["data"]) for p in examples))
    required = {name for name, field in state.model_fields.items() if field.is_required()}
    assert required <= told


@EVERY_STATE
def test_whom_a_state_is_about_can_be_told(state: type[State]) -> None:
    example = next(GOLDEN.glob(f"{state.publisher}.{state.aggregate}.*.json"))
    subjects = decode(example.read_bytes()).typed(state).state.subject_ids()
    assert all(isinstance(subject, UUID) for subject in subjects)


def test_the_document_names_every_event_and_every_audience() -> None:
    document = asyncapi(version="0.1.0")
    named = {message["name"] for message in document["components"]["messages"].values()}
    kinds = (snapshot_type, restated_type, moved_type)
    again = {kind(state) for state in public_states() for kind in kinds}
    assert named == {event.type() for event in public_events()} | again
    for state in public_states():
        schema = document["components"]["schemas"][state.__name__]
        assert all("x-audience" in field for field in schema["properties"].values())


def test_the_document_has_no_dangling_reference() -> None:
    document = asyncapi(version="0.1.0")
    for reference in _references(document):
        place: Any = document
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]


def test_the_document_is_asyncapi_3() -> None:
    """What the specification asks of the parts that are used here."""
    document = asyncapi(version="0.1.0")
    assert set(document) <= {
        "asyncapi", "info", "defaultContentType", "channels", "operations", "components"
    }  # fmt: skip
    assert document["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= set(document["info"])
    parts = document["components"]
    for keys in (document["channels"], document["operations"], *parts.values()):
        assert all(re.fullmatch(r"[A-Za-z0-9_-]+", key) for key in keys)
    for channel in document["channels"].values():
        assert set(channel["parameters"]) == set(re.findall(r"{(\w+)}", channel["address"]))
        assert channel["messages"]
    for operation in document["operations"].values():
        assert operation["action"] in {"send", "receive"}
        assert set(operation["channel"]) == {"$ref"}
    for schema in parts["schemas"].values():
        jsonschema_rs.meta.validate(schema)
    carried = [one["messages"] for one in document["channels"].values()]
    assert sorted(name for each in carried for name in each) == sorted(parts["messages"])


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_every_golden_example_is_as_the_document_says(path: Any) -> None:
    validator = payload_of(path.stem)
    told = json.loads(path.read_text())
    validator.validate(told)
    assert not validator.is_valid(told | {"type": "another.record.acted.v1"})
    assert not validator.is_valid(told | {"data": {}})


def payload_of(type_: str) -> Any:
    """What the document says of a message of this type, ready to judge one."""
    registry, names = written_out()
    payload = f"urn:events#/components/messages/{names[type_]}/payload"
    return jsonschema_rs.validator_for({"$ref": payload}, registry=registry)


@cache
def written_out() -> tuple[Any, dict[str, str]]:
    """The document, to be referred to, and the names of its messages by their types."""
    document = asyncapi(version="0.1.0")
    messages = document["components"]["messages"]
    names = {message["name"]: name for name, message in messages.items()}
    return jsonschema_rs.Registry([("urn:events", document)]), names


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for value in node.values() for found in _references(value)]
    if isinstance(node, list):
        return [found for value in node for found in _references(value)]
    return []
