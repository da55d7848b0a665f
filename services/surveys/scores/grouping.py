"""From answers and rounds to groups; an anonymous round adds what its close may say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.surveys.responses.rules import publishable
from services.surveys.scores.rules import By, estimate, share_interval
from services.surveys.scores.schemas import Score


@dataclass
class Tally:
    """What is known of one group so far."""

    scores: list[int] = field(default_factory=list)
    invited: int = 0


Key = tuple[str, str | None]


def tallies(found: Mapping[str, Any], anonymous: Mapping[Any, Any], by: By) -> dict[Key, Tally]:
    """Every group by kind and key."""
    groups: dict[Key, Tally] = defaultdict(Tally)
    for row in found["personal"]:
        groups[row["kind"], _key(row, by)].scores.append(row["score"])
        if by is By.ROLE and row["invitation_id"] is None:
            groups[row["kind"], row["role"]].invited += 1
    for row in found["rounds"]:
        if by is not By.ROLE:
            groups[row["kind"], _key(row, by)].invited += row["invited"]
        if row["anonymous"] and row["closed_at"] is not None:
            _add_anonymous(groups, row, anonymous.get(row["id"], ()), by)
    if by is By.ROLE:
        for row in found["asked"]:
            groups[row["kind"], row["role"]].invited += row["invited"]
    return groups


def _add_anonymous(groups: dict[Key, Tally], row: Any, answers: Iterable[Any], by: By) -> None:
    for group in publishable(list(answers)):
        if by is By.ROLE and group.role is not None:
            groups[row["kind"], group.role].scores += group.scores
        if by is not By.ROLE and group.role is None:
            groups[row["kind"], _key(row, by)].scores += group.scores


def _key(row: Any, by: By) -> str | None:
    column = {By.ROLE: "role", By.SURVEY: "survey"}.get(by, f"{by}_id")
    value = row[column]
    return None if value is None else str(value)


def score_of(key: Key, tally: Tally, label: str | None) -> Score:
    """A group as it is shown."""
    kind, name = key
    count = len(tally.scores)
    invited = max(tally.invited, count)
    rate = share_interval(count, invited) if invited else (None, None)
    found = estimate(kind, tally.scores) if count else None
    return Score(
        kind=kind,
        key=name,
        label=label,
        invited=invited,
        responses=count,
        response_rate=_rounded(count / invited) if invited else None,
        rate_low=_rounded(rate[0]),
        rate_high=_rounded(rate[1]),
        score=found.score if found else None,
        low=found.low if found else None,
        high=found.high if found else None,
        mean=_rounded(sum(tally.scores) / count) if count else None,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
