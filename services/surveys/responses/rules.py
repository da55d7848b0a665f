"""When a score is low, who looks after it, what an anonymous round may say; no input or output."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from services.surveys.forms.rules import SurveyKind
from shared.contracts.surveys import for_and_against
from shared.errors import Conflict, Forbidden

SMALLEST_GROUP: Final = 5
"""Groups under five are hidden in anonymous mode (product.md)."""
LOW_SHARE: Final = 50.0
LOW_NPS: Final = 0.0

OWNERS: Final[dict[str | None, tuple[str, ...]]] = {
    "executive": ("director", "consulting_pm", "client_owner"),
    "client_pm": ("consulting_pm", "director", "client_owner"),
    "core": ("consulting_pm", "director", "client_owner"),
    "peripheral": ("consulting_pm", "client_owner"),
    None: ("client_owner",),
}
"""Who looks after a low score, first choice first; without a role it was about a case, and
whoever handled that does not judge themselves."""


class OnlyHistory(Forbidden):
    """Answers are given by their link; entering them is for importing history."""

    code = "only_history"
    title = {"en": "Answers are given by their link", "zh": "请通过链接作答"}
    text = {
        "en": "Entering answers is for administrators who import history.",
        "zh": "仅管理员导入历史数据时可录入答卷。",
    }


class AnsweredOtherwise(Conflict):
    """The person has answered in this round before, and not this or not then."""

    code = "answered_otherwise"
    title = {"en": "This person has answered already", "zh": "此人已作答"}
    text = {
        "en": "A round asks each person once, and another answer of theirs is there.",
        "zh": "每轮调查每人只答一次，此人已有另一份答卷。",
    }


@dataclass(frozen=True)
class Group:
    """The scores of one group of an anonymous round; `role` None means everybody."""

    role: str | None
    scores: tuple[int, ...]


def is_low(score: int, low_at_most: int) -> bool:
    """Whether one person's score asks for somebody's attention."""
    return score <= low_at_most


def entered_before(kept: Any, answers: Mapping[str, Any], at: datetime) -> UUID:
    """The id of a kept answer that says the same of the same moment.

    Raises `AnsweredOtherwise` (409) where it does not.
    """
    if kept.answers != answers or kept.answered_at != at:
        raise AnsweredOtherwise()
    found: UUID = kept.id
    return found


def owner_for(role: str | None, people: Mapping[str, UUID | None]) -> UUID | None:
    """Who looks after a low score of somebody in this role, or None where nobody is known."""
    return next((found for name in OWNERS[role] if (found := people[name]) is not None), None)


def highest(roles: Iterable[str]) -> str | None:
    """The role among these that comes first in the order of `OWNERS`."""
    asked = set(roles)
    return next((role for role in OWNERS if role in asked), None)


def week_of(day: date) -> date:
    """The Monday of a day: the time that is kept of an anonymous round's answers."""
    return day - timedelta(days=day.weekday())


def nps(scores: Sequence[int]) -> float:
    """Net promoter score of at least one answer, -100 to 100."""
    promoters, detractors = for_and_against(SurveyKind.NPS, scores)
    return 100.0 * (promoters - detractors) / len(scores)


def satisfied_share(scores: Sequence[int]) -> float:
    """The share of satisfied people among at least one answer, in percent."""
    return 100.0 * for_and_against(SurveyKind.CSAT, scores)[0] / len(scores)


def group_score(kind: str, scores: Sequence[int]) -> tuple[float, bool]:
    """The score of a group, and whether it is low: more detractors than promoters, or less than
    half satisfied."""
    if kind == SurveyKind.NPS:
        score = nps(scores)
        return score, score < LOW_NPS
    score = satisfied_share(scores)
    return score, score < LOW_SHARE


def publishable(answers: Sequence[tuple[str | None, int]]) -> list[Group]:
    """What an anonymous round may say: everybody from five on, and roles from five on as long as
    what remains could not be told apart either (nobody, or again five and more)."""
    if len(answers) < SMALLEST_GROUP:
        return []
    groups = [Group(None, tuple(score for _, score in answers))]
    by_role: dict[str, list[int]] = {}
    for role, score in answers:
        if role is not None:
            by_role.setdefault(role, []).append(score)
    large = {role: each for role, each in by_role.items() if len(each) >= SMALLEST_GROUP}
    rest = len(answers) - sum(map(len, large.values()))
    if rest == 0 or rest >= SMALLEST_GROUP:
        groups += [Group(role, tuple(each)) for role, each in sorted(large.items())]
    return groups


def fewest(*, anonymous: bool) -> int:
    """How many people must be asked at once: an anonymous answer could be anybody's of five."""
    return SMALLEST_GROUP if anonymous else 1


def kept_roles(asked: Sequence[str | None]) -> set[str]:
    """The roles that anonymous answers may keep, of those of all who are asked.

    Those of five and more, as long as those who keep none are nobody, or again five and more:
    the only answer without a role would be that of the only person in a small one.
    """
    counts = Counter(asked)
    large = {role for role, count in counts.items() if role and count >= SMALLEST_GROUP}
    rest = len(asked) - sum(counts[role] for role in large)
    return large if rest == 0 or rest >= SMALLEST_GROUP else set()
