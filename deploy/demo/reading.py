"""The demonstration's content: tables (columns parted by `|`) and stories, in `data/`."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parent / "data"


def table(name: str) -> list[dict[str, str]]:
    """The rows of `data/<name>*.csv`, file after file."""
    return [row for path in sorted(DATA.glob(f"{name}*.csv")) for row in _rows(path)]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="|", quoting=csv.QUOTE_NONE)):
            if None in row or None in row.values():
                raise ValueError(f"{path.name}: row {number + 2} has another number of columns")
            yield {name: value.strip() for name, value in row.items()}


def stories(name: str) -> list[dict[str, Any]]:
    """The entries under `[[story]]` of `data/<name>*.toml`, file after file."""
    found: list[dict[str, Any]] = []
    for path in sorted(DATA.glob(f"{name}*.toml")):
        found += tomllib.loads(path.read_text(encoding="utf-8"))["story"]
    return found
