"""From counted answers and rounds to groups; an anonymous round adds what its close may say."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services.surveys.responses.rules import publishable
from services.surveys.scores.rules import By, counted, estimate, share_interval
from services.surveys.scores.schemas import Score
from services.surveys.scores.store import Answers, Found


@dataclass
class Tally:
    """What is known of one group so far; `scores` counts how often each was given."""

    scores: Counter[int] = field(default_factory=Counter)
    invited: int = 0


Key = tuple[str, str | None]


def tallies(found: Found, anonymous: Mapping[UUID, Answers], by: By) -> dict[Key, Tally]:
    """Every group by kind and key."""
    groups: dict[Key, Tally] = defaultdict(Tally)
    for row in found.personal:
        group = groups[row["kind"], row["key"]]
        group.scores[row["score"]] += row["responses"]
        if by is By.ROLE:  # of what was imported no invitation says the role
            group.invited += row["uninvited"]
    for row in found.invited:
        groups[row["kind"], row["key"]].invited += row["invited"]
    for row in found.closed:
        _add_anonymous(groups, row, anonymous.get(row["id"], Counter()), by)
    return groups


def _add_anonymous(groups: dict[Key, Tally], round_: Any, answers: Answers, by: By) -> None:
    for group in publishable(list(answers.elements())):
        if (by is By.ROLE) == (group.role is not None):
            groups[round_["kind"], group.role or round_["key"]].scores.update(group.scores)


def page_of(groups: Iterable[Key], after: Key | None, limit: int) -> tuple[list[Key], bool]:
    """At most `limit` groups in their order, after one; and whether there are more."""
    following = sorted(
        (key for key in groups if after is None or _place(key) > _place(after)), key=_place
    )
    return following[:limit], len(following) > limit


def _place(key: Key) -> tuple[str, str]:
    return key[0], key[1] or ""


def score_of(key: Key, tally: Tally, label: str | None) -> Score:
    """A group as it is shown."""
    kind, name = key
    count = tally.scores.total()
    invited = max(tally.invited, count)
    rate = share_interval(count, invited) if invited else (None, None)
    found = estimate(kind, counted(kind, tally.scores)) if count else None
    total = sum(score * times for score, times in tally.scores.items())
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
        mean=_rounded(total / count) if count else None,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
