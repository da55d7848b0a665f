"""What crosses HTTP when somebody answers."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StrictInt, StrictStr

from services.surveys.forms.rules import Question, SurveyKind, Words
from shared.inputs import Body

Answer = StrictInt | StrictStr | None
Answers = Annotated[
    dict[Annotated[str, Field(max_length=60)], Answer],
    Field(max_length=50),
]


class OpenSurvey(BaseModel):
    """A survey that waits for this person's answer, with what they have answered so far."""

    kind: SurveyKind
    language: Literal["en", "zh"] | None = Field(
        description="The person's; null in an anonymous round, which keeps none."
    )
    anonymous: bool
    title: Words
    intro: Words
    questions: list[Question]
    main: str = Field(description="The key of the question the survey is about.")
    firm: str | None = Field(description="The firm's name, where the installation says one.")
    subject: str
    about: Words | None = Field(
        description="What the case was called, shortened; null in an anonymous round."
    )
    phase: Words | None
    closes_at: datetime
    answers: dict[str, Answer]


class AnswersIn(Body):
    """Answers by question key; null takes one back."""

    answers: Answers


class Thanks(BaseModel):
    """The answer is kept."""

    submitted: Literal[True] = True
