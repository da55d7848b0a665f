"""The forms and campaigns of the first revision, as data; administrators change what follows."""

from typing import Any, Final

_COMMENT: Final[dict[str, Any]] = {
    "key": "comment",
    "kind": "text",
    "required": False,
    "title": {
        "en": "What should we do better? Anything you would like to tell us.",
        "zh": "您希望我们改进什么？欢迎写下任何意见。",
    },
}


def _rating(key: str, en: str, zh: str, *, required: bool = True) -> dict[str, Any]:
    return {"key": key, "kind": "rating", "required": required, "title": {"en": en, "zh": zh}}


FORMS: Final[tuple[dict[str, Any], ...]] = (
    {
        "key": "case_csat",
        "kind": "csat",
        "main": "satisfaction",
        "title": {"en": "How did we handle your case?", "zh": "您对本次服务处理满意吗？"},
        "intro": {
            "en": "Three short questions, one minute. Your answer goes to the people who can act.",
            "zh": "三个简短问题，约一分钟。您的回答会送达能够改进的人。",
        },
        "questions": [
            _rating(
                "satisfaction",
                "All in all, how satisfied are you with how we handled it?",
                "总体而言，您对本次处理满意吗？",
            ),
            _rating(
                "kept_word",
                "Did we keep what we promised?",
                "我们是否兑现了承诺？",
                required=False,
            ),
            _COMMENT,
        ],
    },
    {
        "key": "phase_csat",
        "kind": "csat",
        "main": "satisfaction",
        "title": {"en": "How was this phase?", "zh": "您对本阶段工作满意吗？"},
        "intro": {
            "en": "Three short questions about the phase that has just ended.",
            "zh": "关于刚结束阶段的三个简短问题。",
        },
        "questions": [
            _rating(
                "satisfaction",
                "All in all, how satisfied are you with this phase?",
                "总体而言，您对本阶段的工作满意吗？",
            ),
            _rating(
                "involved",
                "Were you and your colleagues well involved?",
                "您和同事是否得到了充分参与？",
                required=False,
            ),
            _COMMENT,
        ],
    },
    {
        "key": "phase_nps",
        "kind": "nps",
        "main": "recommend",
        "title": {"en": "Would you recommend us?", "zh": "您愿意推荐我们吗？"},
        "intro": {
            "en": "Two questions about our work together.",
            "zh": "关于双方合作的两个问题。",
        },
        "questions": [
            {
                "key": "recommend",
                "kind": "nps",
                "required": True,
                "title": {
                    "en": "How likely are you to recommend working with us to a colleague?",
                    "zh": "您有多大可能向同行推荐与我们合作？",
                },
            },
            _COMMENT,
        ],
    },
)

_DEFAULTS: Final = {"open_days": 14, "reminders": 2, "reminder_days": 4, "fatigue_days": 14}

CAMPAIGNS: Final[tuple[dict[str, Any], ...]] = (
    {
        "key": "case_closed",
        "trigger": "case_closed",
        "survey_key": "case_csat",
        "roles": [],
        "anonymous": False,
        "low_at_most": 2,
        **_DEFAULTS,
    },
    {
        "key": "phase_ended_leaders",
        "trigger": "phase_ended",
        "survey_key": "phase_nps",
        "roles": ["executive", "client_pm"],
        "anonymous": False,
        "low_at_most": 6,
        **_DEFAULTS,
    },
    {
        "key": "phase_ended_team",
        "trigger": "phase_ended",
        "survey_key": "phase_csat",
        "roles": ["core", "peripheral"],
        "anonymous": False,
        "low_at_most": 2,
        **_DEFAULTS,
    },
)
