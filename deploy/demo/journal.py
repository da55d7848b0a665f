"""What of the demonstration is loaded already, one line per write: what was broken off goes on."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from shared.clock import utc_now

ANCHOR: Final = "anchor"


class Journal:
    """A file of lines that only grows; `anchor` is the moment everything is seen from."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, str] = {}
        if path.exists():
            for line in path.read_text().splitlines():
                key, _, value = line.partition("\t")
                self._known[key] = value
        if ANCHOR not in self._known:
            self.write(ANCHOR, utc_now().replace(microsecond=0).isoformat())
        self.anchor = datetime.fromisoformat(self._known[ANCHOR])

    def __len__(self) -> int:
        return len(self._known)

    def find(self, key: str) -> str | None:
        """The id a write was answered with; empty for an act, None when it was not made yet."""
        return self._known.get(key)

    def write(self, key: str, value: str) -> None:
        """Remember a write that was made."""
        self._known[key] = value
        with self._path.open("a") as file:
            file.write(f"{key}\t{value}\n")

    def idempotency_key(self, key: str, body: Any) -> str:
        """The same for the same write of the same load: it also covers the line not written."""
        said = json.dumps([self.anchor.isoformat(), key, body], ensure_ascii=False, default=str)
        return f"demo-{hashlib.sha256(said.encode()).hexdigest()[:40]}"
