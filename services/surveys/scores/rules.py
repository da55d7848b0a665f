"""Scores and their 95 % confidence intervals; no input or output.

Shares: Wilson's score interval (E. B. Wilson, 1927, JASA 22). Net promoter score: adjusted Wald
with three pseudo-answers, 3/4 promoters, 3/4 detractors, 3/2 passives (B. Rocks, 2016, The
American Statistician 70(4), "Interval Estimation for the Net Promoter Score").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Final, NamedTuple

from services.surveys.forms.rules import SurveyKind
from shared.contracts.surveys import for_and_against

Z: Final = 1.959963984540054
"""Two-sided 95 %."""
_PSEUDO: Final = 3.0


class By(StrEnum):
    """What scores are told apart by."""

    CLIENT = "client"
    ENGAGEMENT = "engagement"
    PHASE = "phase"
    ROLE = "role"
    SURVEY = "survey"


@dataclass(frozen=True)
class Estimate:
    """A score with its interval, rounded to a tenth: NPS from -100 to 100, shares in percent."""

    score: float
    low: float
    high: float


class Counted(NamedTuple):
    """So many answers, of which so many speak for the firm and against it."""

    responses: int
    positive: int
    negative: int


def share_interval(hits: int, count: int) -> tuple[float, float]:
    """Wilson's interval of `hits` among at least one, as a share from 0 to 1."""
    share, square = hits / count, Z * Z
    centre = share + square / (2 * count)
    reach = Z * sqrt(share * (1 - share) / count + square / (4 * count * count))
    scale = 1 + square / count
    return max((centre - reach) / scale, 0.0), min((centre + reach) / scale, 1.0)


def counted(kind: str, scores: Mapping[int, int]) -> Counted:
    """How many speak for the firm and against it, from how often each score was given."""
    positive = negative = 0
    for score, times in scores.items():
        speaks_for, speaks_against = for_and_against(kind, (score,))
        positive += times * speaks_for
        negative += times * speaks_against
    return Counted(sum(scores.values()), positive, negative)


def nps_interval(found: Counted) -> tuple[float, float]:
    """The interval of the net promoter score of at least one answer, -100 to 100."""
    count = found.responses + _PSEUDO
    promoters, detractors = (
        (number + _PSEUDO / 4) / count for number in (found.positive, found.negative)
    )
    centre = promoters - detractors
    reach = Z * sqrt((promoters + detractors - centre * centre) / count)
    return max(100 * (centre - reach), -100.0), min(100 * (centre + reach), 100.0)


def estimate(kind: str, found: Counted) -> Estimate:
    """The score of at least one answer with its interval."""
    if kind == SurveyKind.NPS:
        score = 100.0 * (found.positive - found.negative) / found.responses
        low, high = nps_interval(found)
    else:
        score = 100.0 * found.positive / found.responses
        low, high = (100 * bound for bound in share_interval(found.positive, found.responses))
    # The interval is that of an adjusted estimate; the plain one stands in it by definition here.
    return Estimate(round(score, 1), round(min(low, score), 1), round(max(high, score), 1))
