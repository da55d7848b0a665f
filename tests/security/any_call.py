"""Records of a running instance by what the document's paths ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import httpx

from tests.support.people import Person

NOBODYS: Final = "01930000-0000-7000-8000-000000000000"
LEFT_OUT: Final = ("sign_out", "change_password", "stream_events")
"""What would end the caller's own session, and what never ends."""
_HOLE: Final = re.compile(r"\{(\w+)\}")
_PREFIX: Final = "/api/v1/"


@dataclass(frozen=True)
class Operation:
    """One operation of the document."""

    id: str
    method: str
    path: str
    has_body: bool
    answers: frozenset[str]


def document_of(person: Person) -> dict[str, Any]:
    """The one document of the person's instance."""
    address = f"{person.instance.address}/api/openapi.json"
    document: dict[str, Any] = httpx.get(address, timeout=60).raise_for_status().json()
    return document


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    """Every operation that may be called without an end to the caller or to the call."""
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            if said["operationId"] not in LEFT_OUT:
                answers = frozenset(said["responses"])
                yield Operation(
                    said["operationId"], method.upper(), path, "requestBody" in said, answers
                )


def collections(document: dict[str, Any]) -> list[str]:
    """The collections whose records have paths of their own."""
    found = {path.removeprefix(_PREFIX).split("/")[0] for path in document["paths"] if "{" in path}
    return sorted(found - {"auth", "dev", "services"})


def known_ids(person: Person, document: dict[str, Any]) -> dict[str, list[str]]:
    """Some records of each collection that the person sees, or an id that nobody has."""
    return {name: _ids(person, name) for name in collections(document)}


def _ids(person: Person, collection: str) -> list[str]:
    answer = person.client.get(f"/{collection}", params={"limit": 5, "fields": "id"})
    items = answer.json().get("items", []) if answer.status_code == 200 else []
    return [item["id"] for item in items] or [NOBODYS]


def filled(path: str, ids: dict[str, list[str]]) -> str:
    """A path with records in its holes: `{id}` is of the path's own collection."""

    def record(hole: re.Match[str]) -> str:
        before = path[: hole.start()].removeprefix(_PREFIX).rstrip("/").split("/")
        named = hole[1].removesuffix("_id").replace("_", "-")
        collection = before[0] if hole[1] == "id" else f"{named}s"
        return ids.get(collection, [NOBODYS])[0]

    return _HOLE.sub(record, path)
