"""What processes say, line by line, each with its coloured name in front."""

from __future__ import annotations

import json
import os
import selectors
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TextIO

COLOURS: Final = {
    "postgres": 34,
    "nats": 36,
    "clients": 32,
    "engagements": 94,
    "desk": 33,
    "surveys": 95,
    "gateway": 35,
    "demo": 96,
    "rapport": 1,
}
_DULL: Final = frozenset({"timestamp", "service", "level", "event"})
_SLOW: Final = 1_000
"""Milliseconds after which an answer is worth a line."""
_WIDTH: Final = max(len(name) for name in COLOURS)


@dataclass
class Output:
    """Collects the pipes of all children and shows whole lines."""

    stream: TextIO = field(default_factory=lambda: sys.stdout)
    _selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    _partial: dict[int, bytes] = field(default_factory=dict)

    def say(self, name: str, line: str) -> None:
        """One line under a name. Where a person reads along a log entry is shortened, and what went
        well is left out: RAPPORT_LOG=all shows every request."""
        label = f"{name:<{_WIDTH}}"
        if self.stream.isatty():
            entry = entry_of(line)
            if went_well(entry) and os.environ.get("RAPPORT_LOG") != "all":
                return
            line = readable(entry) if entry else line
            if "NO_COLOR" not in os.environ:
                label = f"\033[{COLOURS.get(name, 37)}m{label}\033[0m"
        print(f"{label} │ {line}", file=self.stream, flush=True)

    def attach(self, name: str, pipe: int) -> None:
        """Show what arrives on a pipe until it closes."""
        os.set_blocking(pipe, False)
        self._selector.register(pipe, selectors.EVENT_READ, name)
        self._partial[pipe] = b""

    def watch(self, pipe: int) -> None:
        """Wake `pump` when something arrives on this pipe, and throw that away."""
        self._selector.register(pipe, selectors.EVENT_READ, None)

    def pump(self, seconds: float) -> None:
        """Show what has been said, waiting up to `seconds` for the first of it."""
        for key, _ in self._selector.select(seconds):
            if key.data is None:
                os.read(key.fd, 4096)
            else:
                self._read(key.fd, key.data)

    def close(self) -> None:
        """Forget every pipe; what a forked child does first."""
        for key in list(self._selector.get_map().values()):
            if key.data is not None:
                os.close(key.fd)
        self._selector.close()

    def _read(self, pipe: int, name: str) -> None:
        try:
            data = os.read(pipe, 65536)
        except BlockingIOError:
            return
        *lines, rest = (self._partial[pipe] + data).split(b"\n")
        self._partial[pipe] = rest
        for line in lines:
            self.say(name, line.decode(errors="replace"))
        if not data:
            if rest:
                self.say(name, rest.decode(errors="replace"))
            self._selector.unregister(pipe)
            del self._partial[pipe]
            os.close(pipe)


def entry_of(line: str) -> dict[str, Any]:
    """A line as a log entry; empty when it is none."""
    if not line.startswith("{"):
        return {}
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}


def went_well(entry: Mapping[str, Any]) -> bool:
    """Whether an entry is of a request that was answered, and soon."""
    asked = entry.get("event") == "request"
    return asked and entry.get("status", 500) < 400 and entry.get("milliseconds", 0) < _SLOW


def readable(entry: dict[str, Any]) -> str:
    """A log entry as a person reads it."""
    if entry.get("event") == "request":
        took = f"{entry.get('milliseconds', 0):.0f} ms"
        return f"{entry.get('method')} {entry.get('path')} {entry.get('status')} {took}"
    level, event = entry.get("level", ""), str(entry.get("event", ""))
    facts = " ".join(f"{key}={value}" for key, value in entry.items() if key not in _DULL)
    return " ".join(part for part in (level, event, facts) if part)
