"""What the interface makes of live events, against the events that are told live."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from gateway.subscribers import SUBSCRIPTIONS
from shared.contracts import clients, desk, engagements, gateway, surveys
from shared.events import State

WEB: Final = Path(__file__).parents[2] / "web" / "src"
LISTENER: Final = WEB / "live" / "events.ts"
ENTRY: Final = re.compile(r"^  (\w+): \[(.*)\],$", re.MULTILINE)
CONTRACTS: Final = (clients, desk, engagements, gateway, surveys)


def stale() -> dict[str, set[str]]:
    """Queries of the interface that an event about a record makes stale, by kind of record."""
    found = ENTRY.findall(LISTENER.read_text(encoding="utf-8"))
    return {kind: set(re.findall(r'"([a-z-]+)"', queries)) for kind, queries in found}


def told_live() -> set[str]:
    """Kinds of records that the door tells browsers about."""
    handled = [each for each in SUBSCRIPTIONS if each.handler.__name__ == "announce"]
    return {each.state.aggregate for each in handled}


def published() -> set[str]:
    """Kinds of records that services publish, the sealed trails apart."""
    states = [
        each
        for module in CONTRACTS
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, State) and hasattr(each, "aggregate")
    ]
    return {state.aggregate for state in states}


def test_the_interface_listens_to_every_kind_of_record_that_is_told_and_to_no_other() -> None:
    assert set(stale()) == told_live()


def test_every_published_kind_of_record_is_told_live() -> None:
    assert told_live() == published()


def test_what_an_event_makes_stale_is_asked_somewhere() -> None:
    sources = [
        path for path in WEB.rglob("*.ts*") if path != LISTENER and "locales" not in path.parts
    ]
    asked = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    queries = set().union(*stale().values())
    assert len(queries) > 15
    assert not {query for query in queries if f'"{query}"' not in asked}
