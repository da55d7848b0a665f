"""What a form asks and which answers fit; no input or output."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from shared.errors import Field as Place
from shared.errors import Unprocessable

LONGEST_COMMENT: Final = 4_000
SCALES: Final = {"rating": range(1, 6), "nps": range(11)}
"""CSAT is asked from 1 to 5, the recommendation from 0 to 10."""


class SurveyKind(StrEnum):
    """What a form measures."""

    CSAT = "csat"
    NPS = "nps"


class QuestionKind(StrEnum):
    """How a question is answered."""

    RATING = "rating"
    NPS = "nps"
    TEXT = "text"


class Words(BaseModel):
    """A text in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    en: Annotated[str, Field(min_length=1, max_length=500)]
    zh: Annotated[str, Field(min_length=1, max_length=500)]


class Question(BaseModel):
    """One question of a form."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    kind: QuestionKind
    required: bool = False
    title: Words


def check_answers(
    questions: Sequence[Mapping[str, Any]], answers: Mapping[str, Any], *, complete: bool
) -> None:
    """Raise 422 naming every answer that does not fit; `complete` also asks for what is required.

    None takes an answer back.
    """
    known = {question["key"]: question for question in questions}
    problems = [_unknown(key) for key in answers if key not in known]
    for key, question in known.items():
        answer = answers.get(key)
        if answer is None:
            if complete and question["required"]:
                problems.append(Place(f"/answers/{key}", en="please answer", zh="请回答此题"))
        elif not _fits(question["kind"], answer):
            problems.append(Place(f"/answers/{key}", en="does not fit", zh="答案无效"))
    if problems:
        raise Unprocessable(errors=problems)


def _unknown(key: str) -> Place:
    return Place(f"/answers/{key[:60]}", en="there is no such question", zh="没有此题")


def _fits(kind: str, answer: Any) -> bool:
    if kind == QuestionKind.TEXT:
        return (
            isinstance(answer, str)
            and len(answer) <= LONGEST_COMMENT
            and "\x00" not in answer
            and not any("\ud800" <= character <= "\udfff" for character in answer)
        )
    return isinstance(answer, int) and not isinstance(answer, bool) and answer in SCALES[kind]


def main_score(main: str, answers: Mapping[str, Any]) -> int:
    """The answer to the form's main question."""
    return int(answers[main])


def comment_of(questions: Sequence[Mapping[str, Any]], answers: Mapping[str, Any]) -> str | None:
    """What was written, in one text; None where nothing was."""
    keys = [question["key"] for question in questions if question["kind"] == QuestionKind.TEXT]
    written = [str(answers[key]).strip() for key in keys if answers.get(key)]
    return "\n".join(text for text in written if text) or None
