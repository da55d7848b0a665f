"""A page of search results whose cost depends neither on how many rows match nor on how few.

Ordered by an index, frequent words fill a page after a few rows, but for a rare one that walk
reads the whole table; from the text index it is the other way round. No estimate tells the two
apart reliably (PostgreSQL knows little of prefixes and nothing of a bind), so the statement tries,
each step only where the one before did not settle it:

1. `near`: look through the next rows in order; do they fill the page?
2. `far`: were there some at least? Then look further, but not for ever: what stands together at the
   beginning need not go on.
3. `few`: ask the text index for matches; are they few? Then sort those.
4. `walk`: there are many, so a walk in order meets enough of them soon.

A page of 50 of 1,000,000 rows is cheapest from the index up to 7,000 matches (the root of 50 times
the rows) and by a walk beyond: 7,000 rows are looked at then, and that is the most.

A materialised CTE is planned for all its rows and read no further than needed, and `OFFSET 0`
keeps a condition out of the plan below: so each step runs by the index it is meant for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_NEAR: Final = 1_500
_SOME: Final = 10
"""Matches near by from which on there are more than `_FEW` of a million, as far as one can tell."""
_FAR: Final = 10_000
_FEW: Final = 7_000


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
        near, far, walk = (self._walked(rows) for rows in (_NEAR, _FAR, None))
        near_by = "(SELECT count(*) FROM near)"
        filled = f"{near_by} > {self.limit}"
        filled_far = f"(SELECT count(*) FROM far) > {self.limit}"
        many = f"(SELECT count(*) FROM few) > {_FEW}"
        sorts = [(f"s{at}", descending) for at, (_, descending) in enumerate(self.order)]
        return (
            f"WITH near AS MATERIALIZED ({near} LIMIT {more}), "
            f"far AS MATERIALIZED ({far} AND {near_by} BETWEEN {_SOME} AND {self.limit} "
            f"LIMIT {more}), "
            f"found AS MATERIALIZED ({self._found()} AND NOT {filled} AND NOT {filled_far}), "
            f"few AS MATERIALIZED (SELECT * FROM found LIMIT {_FEW + 1}), "
            f"hits AS MATERIALIZED (SELECT key FROM near WHERE {filled} "
            f"UNION ALL SELECT key FROM far WHERE {filled_far} "
            f"UNION ALL (SELECT key FROM few WHERE NOT {many} "
            f"ORDER BY {ordered(sorts)} LIMIT {more}) "
            f"UNION ALL ({walk} AND {many} LIMIT {more})) "
        )

    def _walked(self, rows: int | None) -> str:
        """The matching ones of the next `rows` in order."""
        return f"SELECT key FROM ({self._in_order(rows)}) walked WHERE vector @@ {self.query}"

    def _in_order(self, limit: int | None) -> str:
        return (
            f"SELECT {self.key} AS key, {self.vector} AS vector FROM {self.source} "
            f"WHERE {self.here} ORDER BY {ordered(self.order)} "
            f"{'OFFSET 0' if limit is None else f'LIMIT {limit}'}"
        )

    def _found(self) -> str:
        values = [f"{sql} AS s{at}" for at, (sql, _) in enumerate(self.order)]
        return (
            f"SELECT {', '.join([f'{self.key} AS key', *values])} FROM {self.source} "
            f"WHERE {self.here} AND {self.matches}"
        )


def ordered(order: Sequence[tuple[str, bool]]) -> str:
    """An ORDER BY list."""
    return ", ".join(f"{sql}{' DESC' if descending else ''}" for sql, descending in order)
