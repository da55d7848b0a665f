"""Scores and their 95 % confidence intervals; no input or output.

Shares: Wilson's score interval (E. B. Wilson, 1927, JASA 22). Net promoter score: adjusted Wald
with three pseudo-answers, 3/4 promoters, 3/4 detractors, 3/2 passives (B. Rocks, 2016, The
American Statistician 70(4), "Interval Estimation for the Net Promoter Score").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Final

from services.surveys.forms.rules import SurveyKind
from services.surveys.responses.rules import nps, satisfied_share
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


def share_interval(hits: int, count: int) -> tuple[float, float]:
    """Wilson's interval of `hits` among at least one, as a share from 0 to 1."""
    share, square = hits / count, Z * Z
    centre = share + square / (2 * count)
    reach = Z * sqrt(share * (1 - share) / count + square / (4 * count * count))
    scale = 1 + square / count
    return max((centre - reach) / scale, 0.0), min((centre + reach) / scale, 1.0)


def nps_interval(scores: Sequence[int]) -> tuple[float, float]:
    """The interval of the net promoter score of at least one answer, -100 to 100."""
    count = len(scores) + _PSEUDO
    found = for_and_against(SurveyKind.NPS, scores)
    promoters, detractors = ((number + _PSEUDO / 4) / count for number in found)
    centre = promoters - detractors
    reach = Z * sqrt((promoters + detractors - centre * centre) / count)
    return max(100 * (centre - reach), -100.0), min(100 * (centre + reach), 100.0)


def estimate(kind: str, scores: Sequence[int]) -> Estimate:
    """The score of at least one answer with its interval."""
    if kind == SurveyKind.NPS:
        score, (low, high) = nps(scores), nps_interval(scores)
    else:
        score = satisfied_share(scores)
        satisfied, _ = for_and_against(kind, scores)
        low, high = (100 * bound for bound in share_interval(satisfied, len(scores)))
    # The interval is that of an adjusted estimate; the plain one stands in it by definition here.
    return Estimate(round(score, 1), round(min(low, score), 1), round(max(high, score), 1))
