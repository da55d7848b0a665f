"""What is noted of a stakeholder; pure."""

from datetime import date
from enum import StrEnum

from shared.errors import Conflict, Unprocessable


class Stance(StrEnum):
    """How somebody stands to the engagement."""

    UNAWARE = "unaware"
    RESISTANT = "resistant"
    NEUTRAL = "neutral"
    SUPPORTIVE = "supportive"
    LEADING = "leading"


class ActionStatus(StrEnum):
    """Whether an action about a stakeholder was done."""

    PLANNED = "planned"
    DONE = "done"


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
