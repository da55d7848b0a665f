"""What surveys publish: personal answers, and rounds with what may be said of them.

An anonymous answer is never published: of an anonymous round only what its close reveals about
groups of five or more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from shared.audience import FIRM
from shared.contracts.steps import Part
from shared.events import Event, State

PROMOTER: Final = 9
DETRACTOR: Final = 6
"""Net promoter score: promoters answer 9 or 10, detractors 0 to 6 (Reichheld, 2003)."""
SATISFIED: Final = 4
"""From here on a rating from 1 to 5 counts as satisfied."""


def for_and_against(kind: str, scores: Sequence[int]) -> tuple[int, int]:
    """How many speak for the firm and how many against it: of an `nps` promoters and detractors,
    otherwise satisfied people and everybody else."""
    if kind == "nps":
        against = sum(score <= DETRACTOR for score in scores)
        return sum(score >= PROMOTER for score in scores), against
    satisfied = sum(score >= SATISFIED for score in scores)
    return satisfied, len(scores) - satisfied


class ResponseState(State):
    """A personal answer to a survey."""

    publisher = "surveys"
    aggregate = "response"

    survey_key: Annotated[str, FIRM]
    survey_version: Annotated[int, FIRM]
    kind: Annotated[str, FIRM]
    """nps (0 to 10) or csat (1 to 5)."""
    score: Annotated[int, FIRM]
    low: Annotated[bool, FIRM] = False
    """Low enough that somebody has to look after it."""
    client_id: Annotated[UUID, FIRM]
    engagement_id: Annotated[UUID | None, FIRM] = None
    phase_id: Annotated[UUID | None, FIRM] = None
    case_id: Annotated[UUID | None, FIRM] = None
    subject: Annotated[str, FIRM] = ""
    """The number of what was asked about: a case's or an engagement's."""
    person_id: Annotated[UUID, FIRM]
    person_name: Annotated[str, FIRM] = ""
    role: Annotated[str | None, FIRM] = None
    """The person's role in the joint team; none where the survey is about a case."""
    owner_id: Annotated[UUID | None, FIRM] = None
    """Who of the firm looks after a low score, by the role of whoever gave it."""
    comment: Annotated[str | None, FIRM] = None
    answered_at: Annotated[datetime, FIRM]
    historical: Annotated[bool, FIRM] = False
    """Given before Rapport was here: nobody acts on it."""

    def subject_ids(self) -> tuple[UUID, ...]:
        return (self.person_id,)


class ResponseSubmitted(Event[ResponseState]):
    """A person answered under their name."""

    action = "submitted"


class ResponseReachChanged(Event[ResponseState]):
    """The case it is about names other people, or its team changed: who of the firm may know of it
    is not who it was."""

    action = "reach_changed"


class GroupScore(Part):
    """What an anonymous round says of one group of five or more."""

    role: str | None = None
    """None: everybody who answered."""
    responses: int
    score: float
    """NPS (-100 to 100), or the share of satisfied people in percent."""
    positive: int | None = None
    negative: int | None = None
    """How many speak for and against the firm, as `for_and_against` counts them."""
    low: bool = False


class RoundState(State):
    """One sending of a survey: to the requester of a case, or to a joint team after a phase."""

    publisher = "surveys"
    aggregate = "round"

    campaign: Annotated[str, FIRM]
    survey_key: Annotated[str, FIRM]
    kind: Annotated[str, FIRM]
    anonymous: Annotated[bool, FIRM]
    client_id: Annotated[UUID, FIRM]
    engagement_id: Annotated[UUID | None, FIRM] = None
    phase_id: Annotated[UUID | None, FIRM] = None
    case_id: Annotated[UUID | None, FIRM] = None
    subject: Annotated[str, FIRM] = ""
    invited: Annotated[int, FIRM] = 0
    opened_at: Annotated[datetime, FIRM]
    closes_at: Annotated[datetime, FIRM]
    closed_at: Annotated[datetime | None, FIRM] = None
    low: Annotated[bool, FIRM] = False
    """A group of an anonymous round scored low; known once the round is closed."""
    owner_id: Annotated[UUID | None, FIRM] = None
    groups: Annotated[tuple[GroupScore, ...], FIRM] = ()


class RoundOpened(Event[RoundState]):
    """People were invited."""

    action = "opened"


class RoundClosed(Event[RoundState]):
    """No answer is taken any more; an anonymous round says what it may say."""

    action = "closed"


class RoundReachChanged(Event[RoundState]):
    """The case it is about names other people, or its team changed: who of the firm may know of it
    is not who it was."""

    action = "reach_changed"
