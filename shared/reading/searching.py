"""A page of search results whose cost depends neither on how many rows match nor on how few.

Ordered by an index, frequent words fill a page after a few rows, but for a rare one that walk
reads the whole table; from the text index it is the other way round. No estimate tells the two
apart reliably (PostgreSQL knows little of prefixes and nothing of a bind), so the statement tries:
it looks through the next `_NEAR` rows in order, and only where these do not fill the page asks
the text index for all matches. `OFFSET 0` keeps the page size out of that second plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_NEAR: Final = 2_000


@dataclass(frozen=True, slots=True)
class Search:
    """The parts of a searching page, binds numbered: constant texts of the specification."""

    source: str
    key: str
    vector: str
    query: str
    here: str
    order: Sequence[tuple[str, bool]]
    limit: int

    @property
    def matches(self) -> str:
        """The search condition."""
        return f"{self.vector} @@ {self.query}"

    def hits(self) -> str:
        """A WITH clause `hits(key)`: the keys of the page's rows and of the one after."""
        more = self.limit + 1
        return (
            f"WITH near AS MATERIALIZED (SELECT walked.key FROM (SELECT {self.key} AS key, "
            f"{self.vector} AS vector FROM {self.source} WHERE {self.here} "
            f"ORDER BY {ordered(self.order)} LIMIT {_NEAR}) walked "
            f"WHERE walked.vector @@ {self.query} LIMIT {more}), "
            f"hits AS MATERIALIZED (SELECT key FROM near WHERE {self._filled} "
            f"UNION ALL (SELECT key FROM ({self._far()}) far "
            f"ORDER BY {ordered(self._far_order)} LIMIT {more})) "
        )

    @property
    def _filled(self) -> str:
        return f"(SELECT count(*) FROM near) > {self.limit}"

    def _far(self) -> str:
        values = [f"{sql} AS s{at}" for at, (sql, _) in enumerate(self.order)]
        return (
            f"SELECT {', '.join([f'{self.key} AS key', *values])} FROM {self.source} "
            f"WHERE NOT ({self._filled}) AND {self.here} AND {self.matches} OFFSET 0"
        )

    @property
    def _far_order(self) -> list[tuple[str, bool]]:
        return [(f"s{at}", descending) for at, (_, descending) in enumerate(self.order)]


def ordered(order: Sequence[tuple[str, bool]]) -> str:
    """An ORDER BY list."""
    return ", ".join(f"{sql}{' DESC' if descending else ''}" for sql, descending in order)
