"""What is noted of a stakeholder; pure."""

from datetime import date
from enum import StrEnum

from shared.errors import Conflict, Unprocessable
from shared.states import State


class Stance(StrEnum):
    """How somebody stands to the engagement."""

    UNAWARE = "unaware"
    RESISTANT = "resistant"
    NEUTRAL = "neutral"
    SUPPORTIVE = "supportive"
    LEADING = "leading"


class ActionStatus(State):
    """Whether an action about a stakeholder was done."""

    PLANNED = "planned", "Planned", "计划中"
    DONE = "done", "Done", "已完成"


TRANSITIONS: dict[ActionStatus, frozenset[ActionStatus]] = {
    ActionStatus.PLANNED: frozenset({ActionStatus.DONE}),
    ActionStatus.DONE: frozenset(),
}


class ProfileExists(Conflict):
    """There is one profile per person and engagement."""

    code = "profile_exists"
    title = {"en": "There is a profile already", "zh": "已有画像"}
    text = {
        "en": "This person has a profile on the engagement; change that one.",
        "zh": "此人在该项目中已有画像，请修改原有画像。",
    }


class NobodyNamed(Unprocessable):
    """A profile is of a user or a contact."""

    code = "person_required"
    title = {"en": "Of whom?", "zh": "请指定人员"}
    text = {"en": "Name a user or a contact.", "zh": "请指定用户或联系人。"}


class NotOfTheClient(Unprocessable):
    """The person is not one of the engagement's client."""

    code = "not_of_the_client"
    title = {"en": "Not of this client", "zh": "此人不属于该客户"}
    text = {
        "en": "Name somebody of the engagement's client.",
        "zh": "请指定该项目客户方的人员。",
    }


class NotOfTheFirm(Unprocessable):
    """The person is not one of the firm."""

    code = "not_of_the_firm"
    title = {"en": "Not of the firm", "zh": "此人不是本公司人员"}
    text = {
        "en": "What is done about a stakeholder is done by somebody of the firm.",
        "zh": "针对干系人的行动须由本公司人员负责。",
    }


class ActionDone(Conflict):
    """The action is done."""

    code = "illegal_transition"
    title = {"en": "Done already", "zh": "已完成"}
    text = {"en": "This action was done already.", "zh": "该行动已完成。"}


def action_status(done_on: date | None) -> ActionStatus:
    """Where an action stands, by the day it was done."""
    return ActionStatus.PLANNED if done_on is None else ActionStatus.DONE


def finish(current: ActionStatus) -> ActionStatus:
    """Answer done. Raises `ActionDone` (409) when it was done before."""
    if ActionStatus.DONE not in TRANSITIONS[current]:
        raise ActionDone()
    return ActionStatus.DONE
