"""Every address that the interface asks is one that the API has, with that method."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tests.architecture.sources import ROOT
from tests.support.documents import merged_document

SOURCES: Final = sorted(
    path for path in (ROOT / "web" / "src").rglob("*.ts*") if ".test." not in path.name
)
_CALL: Final = re.compile(
    r"\bapi\.(get|post|patch|put|delete)\b(?:<[^()]*?>)?\(\s*([`\"])(/.*?)\2", re.DOTALL
)
_ANY: Final = "*"
"""A part of an address that is filled in: an id, or the name of an act."""
FEWEST: Final = 90
"""Calls that are found: a way of writing them that this does not read would empty the test."""


def asked() -> Iterator[tuple[str, str, str]]:
    """File, method and address of every call."""
    for path in SOURCES:
        for method, _, address in _CALL.findall(path.read_text("utf-8")):
            plain = re.sub(r"\$\{[^}]*\}", _ANY, address).partition("?")[0]
            yield path.name, method.upper(), plain


def offered() -> set[tuple[str, str]]:
    """Method and address of every operation."""
    return {
        (method.upper(), re.sub(r"\{[^}]+\}", _ANY, path.removeprefix("/api/v1")))
        for path, operations in merged_document()["paths"].items()
        for method in operations
    }


def fits(method: str, address: str, operation: tuple[str, str]) -> bool:
    """Whether an operation is what a call asks; what is filled in may be any part."""
    ours, theirs = address.split("/"), operation[1].split("/")
    return (
        operation[0] == method
        and len(ours) == len(theirs)
        and all(_ANY in one or one == other for one, other in zip(ours, theirs, strict=True))
    )


def test_the_interface_asks_only_what_the_api_has() -> None:
    calls, operations = list(asked()), offered()
    assert len(calls) > FEWEST
    unknown = [call for call in calls if not any(fits(*call[1:], each) for each in operations)]
    assert unknown == []


def test_an_address_that_is_not_there_would_be_found() -> None:
    operations = offered()
    assert any(fits("POST", "/cases/*/*", each) for each in operations)
    assert not any(fits("POST", "/cases/*/finish", each) for each in operations)
    assert not any(fits("PUT", "/clients/*", each) for each in operations)
