"""Named binds of constant SQL texts, numbered for PostgreSQL."""

import re
from collections.abc import Mapping
from typing import Any

from shared.identity import Actor

_BIND = re.compile(r"(?<!:):([a-z_][a-z0-9_]*)")
_ACTOR_CASTS = {"actor_id": "::uuid", "actor_client_id": "::uuid"}


class Binds:
    """Numbers `:name` as `$1, $2, ...` in the order of appearance, each name once."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def number(self, name: str) -> str:
        """The place of one value."""
        if name not in self.names:
            self.names.append(name)
        return f"${self.names.index(name) + 1}{_ACTOR_CASTS.get(name, '')}"

    def fill(self, sql: str, prefix: str = "") -> str:
        """`sql` with numbers for names; `prefix` keeps names of different origin apart."""

        def numbered(match: re.Match[str]) -> str:
            name = match[1]
            return self.number(name if name in _ACTOR_CASTS else prefix + name)

        return _BIND.sub(numbered, sql)


def actor_values(actor: Actor) -> dict[str, Any]:
    """The values that every SQL text of a specification may use."""
    return {"actor_id": actor.user_id, "actor_client_id": actor.client_id}


def prefixed(prefix: str, values: Mapping[str, object]) -> dict[str, object]:
    """`values` under names that keep them apart from those of another text."""
    return {prefix + name: value for name, value in values.items()}
