"""What crosses HTTP about scores."""

from pydantic import BaseModel, Field

from services.surveys.forms.rules import SurveyKind


class Score(BaseModel):
    """The score of one group.

    A group of fewer than five anonymous answers counts as asked and never shows an answer.
    """

    kind: SurveyKind
    key: str | None = Field(description="What the group is told apart by: an id, role or form key.")
    label: str | None
    invited: int
    responses: int
    response_rate: float | None = Field(description="Answered of asked, 0 to 1.")
    rate_low: float | None
    rate_high: float | None
    score: float | None = Field(description="NPS -100 to 100, or satisfied people in percent.")
    low: float | None = Field(description="Lower end of the 95 % confidence interval.")
    high: float | None
    mean: float | None


class Scores(BaseModel):
    """Scores by group, in the order of their kind and key."""

    items: list[Score]
    next_cursor: str | None
