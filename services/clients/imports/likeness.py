"""Names that are much alike within one sheet, found by their rarest character pairs; pure.

Two names with a Dice coefficient of t share at least one of the rarest pairs of either, so only
those need comparing; a pair that hundreds of names share says nothing and is passed over.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import ceil
from typing import Final

from services.clients.duplicates.rules import SIMILAR_FROM, likeness, pairs

_TOO_COMMON: Final = 400


def alike(names: Mapping[int, str], asked: Iterable[int]) -> dict[int, int]:
    """For each asked row the most alike other row (the earlier of equals), where one is alike."""
    asked = list(asked)
    wanted = {pair for row in asked for pair in pairs(names[row])}
    rows: dict[str, list[int]] = defaultdict(list)
    count: Counter[str] = Counter()
    for row, name in names.items():
        for pair in pairs(name) & wanted:
            count[pair] += 1
            if count[pair] <= _TOO_COMMON:
                rows[pair].append(row)
    found: dict[int, int] = {}
    for row in asked:
        best = _best(row, names, rows, count)
        if best is not None:
            found[row] = best
    return found


def _best(
    row: int, names: Mapping[int, str], rows: Mapping[str, list[int]], count: Mapping[str, int]
) -> int | None:
    name = names[row]
    others: set[int] = set()
    for pair in _telling(name, count):
        if count[pair] <= _TOO_COMMON:
            others.update(rows[pair])
    others.discard(row)
    scored = [(likeness(name, names[other]), -other) for other in others]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] >= SIMILAR_FROM else None


def _telling(name: str, count: Mapping[str, int]) -> list[str]:
    """The pairs of which one at least is in every name that is alike enough."""
    rarest = sorted(pairs(name), key=lambda pair: (count[pair], pair))
    shared = ceil(SIMILAR_FROM / (2 - SIMILAR_FROM) * len(rarest))
    return rarest[: len(rarest) - shared + 1]
