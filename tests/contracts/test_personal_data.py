"""What events say of people: each name and address stands in a list, and a new one is a decision.

What is published is copied to wherever somebody listens, and has to be found again to be erased.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from shared.asyncapi import public_states
from shared.events import State
from tests.contracts.examples import GOLDEN

TELLS: Final = re.compile(r"name|mail|phone|mobile|wechat|address|birth")
"""A field that is called so says who somebody is, or how to reach them."""
ALLOWED: Final[dict[str, set[str]]] = {
    "clients.client": {"legal_name", "short_name"},  # an organisation's
    "clients.contact": {"name"},
    "clients.import": {"file_name"},
    "desk.case": {"requester_name", "assignee_name", "steps.actor_name"},
    "engagements.engagement": {"steps.actor_name"},
    "engagements.member": {"name"},
    "gateway.user": {"name", "email"},
    "surveys.response": {"person_name"},
    **{
        f"{publisher}.audit": {"rows.actor_name"}
        for publisher in ("clients", "desk", "engagements", "gateway", "surveys")
    },
}
REACHED_AT: Final = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?<![\d-])1[3-9]\d{9}(?!\d)")
"""A mail address, or a mobile number."""


@pytest.mark.parametrize("state", public_states(), ids=lambda state: state.__name__)
def test_an_event_says_of_people_what_is_listed_and_no_more(state: type[State]) -> None:
    schema = state.model_json_schema()
    told = {path for path in fields_of(schema, schema) if TELLS.search(path.rpartition(".")[2])}
    assert told == ALLOWED.get(f"{state.publisher}.{state.aggregate}", set())


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_an_address_stands_only_in_what_is_told_of_accounts(path: Path) -> None:
    found = {name for name, text in texts_of(json.loads(path.read_text())["data"]) if _reach(text)}
    assert found <= ({"email"} if path.stem.startswith("gateway.user.") else set())


def test_the_look_itself_can_fail() -> None:
    planted = {"steps": [{"text": {"en": "Call 13800138000"}}], "by": "x.y@huaxin.example"}
    assert [name for name, text in texts_of(planted) if _reach(text)] == ["steps.text.en", "by"]
    part = {"properties": {"mobile": {"type": "string"}}}
    whole = {"properties": {"people": {"items": {"$ref": "#/$defs/Part"}}}, "$defs": {"Part": part}}
    assert list(fields_of(whole, whole)) == ["people", "people.mobile"]


def _reach(text: str) -> bool:
    return REACHED_AT.search(text) is not None


def fields_of(node: Mapping[str, Any], whole: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The paths of all fields of a schema, however deep; parts of lists by the list's own."""
    if "$ref" in node:
        node = whole["$defs"][node["$ref"].rpartition("/")[2]]
    for name, field in node.get("properties", {}).items():
        yield above + name
        yield from fields_of(field, whole, f"{above}{name}.")
    for each in (node.get("items"), node.get("additionalProperties"), *node.get("anyOf", ())):
        if isinstance(each, dict):
            yield from fields_of(each, whole, above)


def texts_of(node: Any, above: str = "") -> Iterator[tuple[str, str]]:
    """The texts of an example with their paths."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from texts_of(value, f"{above}.{name}" if above else name)
    elif isinstance(node, list):
        for value in node:
            yield from texts_of(value, above)
    elif isinstance(node, str):
        yield above, node
