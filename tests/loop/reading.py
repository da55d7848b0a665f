"""Reads everything the one OpenAPI document offers, as one person after another."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from uuid import uuid4

import httpx

from tests.support.people import Person

PREFIX: Final = "/api/v1"
STREAM: Final = f"{PREFIX}/events/stream"
NEWEST: Final = 3
QUIET_SECONDS: Final = 2.0
_PLACE: Final = re.compile(r"\{[^}]*\}")
_ENDS_THE_SESSION: Final = ("/auth/", "/me/password")


@dataclass
class Library:
    """The document, and the ids of records by the path of their list, as `keeper` finds them."""

    keeper: Person
    document: dict[str, Any]
    planted: Mapping[str, Sequence[str]]

    def __post_init__(self) -> None:
        self.ids = cache(self._ids)

    def _ids(self, path: str) -> list[str]:
        answer = self.keeper.client.get(path.removeprefix(PREFIX), params={"limit": NEWEST})
        found = answer.json() if answer.status_code == 200 else {}
        items = found.get("items", []) if isinstance(found, dict) else []
        newest = [str(item["id"]) for item in items if "id" in item]
        known = self.planted.get(path.rpartition("/")[2], [])
        return list(dict.fromkeys([*known, *newest])) or [str(uuid4())]

    def addresses(self, path: str) -> list[str]:
        """The path with every id that is known for its places, below the parents' ids."""
        place = _PLACE.search(path)
        if place is None:
            return [path]
        parent = path[: place.start() - 1]
        filled = [f"{parent}/{each}{path[place.end() :]}" for each in self.ids(parent)]
        return [address for each in filled for address in self.addresses(each)]

    def operations(self, *methods: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Method, path and description of each operation."""
        for path, described in self.document["paths"].items():
            yield from ((m, path, one) for m, one in described.items() if m in methods)

    def hidden(self, operation: dict[str, Any]) -> list[str]:
        """The columns of a list or a detail that client-side people may not have."""
        schema = operation["responses"]["200"]["content"].get("application/json", {})
        text = json.dumps(schema)
        for name in re.findall(r'"#/components/schemas/(\w+)"', text)[:1]:
            columns = self.document["components"]["schemas"][name].get("properties", {})
            return [
                column
                for column, one in columns.items()
                if "client" not in one.get("x-audience", ["client"])
            ]
        return []


@dataclass
class Reading:
    """Everything one person can ask for; yields what was asked with the words that came."""

    library: Library
    who: Person
    searched: Sequence[str]

    def everything(self) -> Iterator[tuple[str, str]]:
        """Every GET, plainly, whole, column by column that is not theirs, and searching."""
        for _, path, operation in self.library.operations("get"):
            if path == STREAM:
                continue
            names = {each["name"] for each in operation.get("parameters", ())}
            addresses = self.library.addresses(path)
            for address in addresses:
                yield self._get(address, {})
                if "limit" in names:
                    yield self._get(address, {"limit": "200", "total": "true"})
            if "fields" in names:  # whether a column exists does not hang on the record
                for column in self.library.hidden(operation):
                    yield self._get(addresses[0], {"fields": column})
            if "q" in names:
                for word in self.searched:
                    yield self._found(path, word)
        yield "the stream from its beginning", self._stream()

    def _get(self, address: str, query: dict[str, str]) -> tuple[str, str]:
        answer = self.who.client.get(address.removeprefix(PREFIX), params=query)
        assert answer.status_code < 500, (address, answer.text)
        return f"GET {address} {query}", words_of(answer)

    def _found(self, path: str, word: str) -> tuple[str, str]:
        """That something was found tells of the word as well as the word itself."""
        answer = self.who.client.get(path.removeprefix(PREFIX), params={"q": word})
        found = answer.json().get("items") if answer.status_code == 200 else None
        return f"GET {path} q", f"{word} {found}" if found else ""

    def _stream(self) -> str:
        headers = self.who.headers | {"Last-Event-ID": "0"}
        lines: list[str] = []
        address = f"{self.who.instance.address}{STREAM}"
        timeout = httpx.Timeout(10, read=QUIET_SECONDS)
        try:
            with httpx.stream("GET", address, headers=headers, timeout=timeout) as answer:
                lines.extend(answer.iter_lines())
        except httpx.ReadTimeout:
            pass  # quiet: all that was kept has come
        return "\n".join(lines)

    def refusals(self) -> Iterator[tuple[str, str]]:
        """Every other operation with nothing to say and a version long gone: 403, 404, 409, 412."""
        headers = {"If-Match": '"0"'}
        for method, path, _ in self.library.operations("post", "put", "patch", "delete"):
            if any(part in path for part in _ENDS_THE_SESSION):
                continue
            for address in self.library.addresses(path):
                answer = self.who.client.request(
                    method.upper(), address.removeprefix(PREFIX), json={}, headers=headers
                )
                yield f"{answer.status_code} {method} {address}", words_of(answer)


def words_of(answer: httpx.Response) -> str:
    """What an answer says, headers and packed files included."""
    said = [str(answer.headers.multi_items()), answer.text]
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            said += [packed.read(name).decode(errors="replace") for name in packed.namelist()]
    return "\n".join(said)
