"""Answers and rounds as sentences of the timeline, in both languages; no input or output."""

from typing import Final

from shared.contracts.surveys import GroupScore, ResponseState, RoundState

_ANSWER: Final = {
    "nps": {
        "en": "{name}: would recommend us {score} of 10",
        "zh": "{name}：推荐意愿 {score}/10",
    },
    "csat": {
        "en": "{name}: satisfied {score} of 5",
        "zh": "{name}：满意度 {score}/5",
    },
}
# A measure that only a newer release asks for is told by its number alone.
_ANSWER_PLAIN: Final = {"en": "{name}: {score}", "zh": "{name}：{score}"}
_GROUP_PLAIN: Final = {
    "en": "{responses} anonymous answers: {score:.0f}",
    "zh": "匿名答卷 {responses} 份：{score:.0f}",
}
_ASKED: Final = {
    "en": "{invited} people asked for their opinion",
    "zh": "已邀请 {invited} 人填写满意度问卷",
}
_GROUP: Final = {
    "nps": {
        "en": "{responses} anonymous answers: net promoter score {score:.0f}",
        "zh": "匿名答卷 {responses} 份：净推荐值 {score:.0f}",
    },
    "csat": {
        "en": "{responses} anonymous answers: {score:.0f} % satisfied",
        "zh": "匿名答卷 {responses} 份：满意率 {score:.0f}%",
    },
}


def answered(state: ResponseState) -> dict[str, str]:
    """A personal answer."""
    texts = _ANSWER.get(state.kind, _ANSWER_PLAIN)
    return {
        language: text.format(name=state.person_name, score=state.score)
        for language, text in texts.items()
    }


def asked(state: RoundState) -> dict[str, str]:
    """A round of invitations."""
    return {language: text.format(invited=state.invited) for language, text in _ASKED.items()}


def told(kind: str, group: GroupScore) -> dict[str, str]:
    """What an anonymous round said of a group."""
    return {
        language: text.format(responses=group.responses, score=group.score)
        for language, text in _GROUP.get(kind, _GROUP_PLAIN).items()
    }
