"""The words of a case that a low score opens; no input or output."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from shared.contracts.surveys import ResponseState, RoundState
from shared.sentences import Texts

ANONYMOUS_LANGUAGE: Final = "zh"
"""The language of whoever stands for everybody in an anonymous round."""
SUBJECT: Final = {
    "en": "Follow-up on the feedback about {subject}",
    "zh": "关于 {subject} 反馈意见的跟进",
}
OF_ENGAGEMENT: Final = {
    "en": "Follow-up on feedback about our work together",
    "zh": "关于项目合作反馈意见的跟进",
}
ELSEWHERE: Final = {
    "en": "A low answer about an engagement. Whoever is on it reads the answer under Surveys.",
    "zh": "有一份关于咨询项目的低分答卷，项目成员可在“满意度”中查看。",
}
"""A case is read by the whole desk, an answer about an engagement by those on it: so the case
neither names the engagement nor repeats the answer."""
GIVEN: Final = {
    "en": {"nps": "Likely to recommend us: {score} of 10.", "csat": "Satisfaction: {score} of 5."},
    "zh": {"nps": "推荐意愿：{score}（满分 10）。", "csat": "满意度：{score}（满分 5）。"},
}
# A measure that only a newer release asks for is told by its number alone.
PLAIN: Final = {"en": "Score: {score}.", "zh": "评分：{score}。"}
GROUP: Final = {
    "en": "{responses} anonymous answers: {score:.0f} ({kind}).",
    "zh": "匿名答卷 {responses} 份：{score:.0f}（{kind}）。",
}
KINDS: Final = {
    "en": {"nps": "net promoter score", "csat": "percent satisfied"},
    "zh": {"nps": "净推荐值", "csat": "满意率，%"},
}


def subject_of(state: ResponseState | RoundState) -> Texts:
    """What the case is called."""
    if state.engagement_id is not None:
        return OF_ENGAGEMENT
    return {language: text.format(subject=state.subject) for language, text in SUBJECT.items()}


def description_of(state: ResponseState) -> Texts:
    """The score, and what the person said of it in their own words."""
    if state.engagement_id is not None:
        return ELSEWHERE
    said = f"\n\n{state.comment}" if state.comment else ""
    return {
        language: texts.get(state.kind, PLAIN[language]).format(score=state.score) + said
        for language, texts in GIVEN.items()
    }


def about_now(about: Iterable[UUID], before: frozenset[UUID], now: frozenset[UUID]) -> set[UUID]:
    """Whom a case is about once its source is kept from `now` instead of from `before`."""
    return (set(about) - (before - now)) | (now - before)


def anonymous_description(state: RoundState) -> Texts:
    """What a low anonymous round says, group by group; nobody's words."""
    if state.engagement_id is not None:
        return ELSEWHERE
    low = [group for group in state.groups if group.low]
    return {
        language: "\n".join(
            text.format(
                responses=group.responses,
                score=group.score,
                kind=KINDS[language].get(state.kind, state.kind),
            )
            for group in low
        )
        for language, text in GROUP.items()
    }
