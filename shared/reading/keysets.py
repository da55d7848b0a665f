"""The rows after a place: keyset conditions that are NULL-safe and let an index find the start.

NULL sorts as the greatest value, as PostgreSQL has it by default: last ascending, first
descending, so one plain btree index serves both directions.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One sort key: its SQL, direction, bind, and whether the place has NULL there."""

    sql: str
    descending: bool
    optional: bool
    bind: str
    null: bool

    @property
    def equal(self) -> str:
        """Rows level with the place."""
        return f"{self.sql} IS NULL" if self.null else f"{self.sql} = {self.bind}"

    @property
    def beyond(self) -> str:
        """Rows after the place by this key alone."""
        if self.descending:
            return f"{self.sql} IS NOT NULL" if self.null else f"{self.sql} < {self.bind}"
        if self.null:
            return "false"
        after = f"{self.sql} > {self.bind}"
        return f"({after} OR {self.sql} IS NULL)" if self.optional else after

    @property
    def bounded(self) -> bool:
        """Whether `from_here` lets an index start at the place."""
        return not self.null and (self.descending or not self.optional)


def after(keys: Sequence[Key]) -> str:
    """A condition for the rows that follow the place in the order of `keys`."""
    one_way = len({key.descending for key in keys}) == 1
    if one_way and not any(key.optional for key in keys):
        columns = ", ".join(key.sql for key in keys)
        values = ", ".join(key.bind for key in keys)
        return f"({columns}) {'<' if keys[0].descending else '>'} ({values})"
    return _bounded(keys)


def _bounded(keys: Sequence[Key]) -> str:
    first, rest = keys[0], keys[1:]
    if not rest:
        return first.beyond
    condition = f"({first.beyond} OR ({first.equal} AND {_bounded(rest)}))"
    if first.bounded:
        # implied by the rest, but only this form is a range an index scan can start from
        comparison = "<=" if first.descending else ">="
        return f"({first.sql} {comparison} {first.bind} AND {condition})"
    return condition
