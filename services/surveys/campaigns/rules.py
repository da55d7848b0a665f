"""What starts a survey; no input or output."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from shared.errors import Field


class Trigger(StrEnum):
    """What a campaign waits for."""

    CASE_CLOSED = "case_closed"
    PHASE_ENDED = "phase_ended"


class ClientRole(StrEnum):
    """The client-side places in a joint team."""

    EXECUTIVE = "executive"
    CLIENT_PM = "client_pm"
    CORE = "core"
    PERIPHERAL = "peripheral"


BEST: Final = {"csat": 5, "nps": 10}
"""The best answer to each kind of form."""
_RHYTHM: Final = ("reminder_days", "reminders", "open_days")


def wrong_values(
    trigger: str, kind: str, values: Mapping[str, Any], now: Mapping[str, Any]
) -> list[Field]:
    """What a campaign cannot be changed to from what it is `now`; `kind` is that of its form."""
    wrong = _late_reminders({**now, **values}, [name for name in _RHYTHM if name in values])
    if trigger == Trigger.CASE_CLOSED:
        if values.get("anonymous"):
            wrong.append(
                Field("/anonymous", en="a case has one requester", zh="工单只有一位提出人")
            )
        if values.get("roles"):
            wrong.append(
                Field("/roles", en="whoever raised the case is asked", zh="调研对象是工单提出人")
            )
    elif "roles" in values and not _some_of_each(values["roles"]):
        wrong.append(
            Field("/roles", en="name at least one role, each once", zh="至少选一个角色，且不得重复")
        )
    if values.get("low_at_most", 0) >= BEST[kind]:
        said = {"en": "the best answer is not low", "zh": "最高分不能算作低分"}
        wrong.append(Field("/low_at_most", **said))
    return wrong


def _late_reminders(after: Mapping[str, Any], named: Sequence[str]) -> list[Field]:
    """The first of the fields named, where the last reminder would not come before the close."""
    last, open_days = after["reminders"] * after["reminder_days"], after["open_days"]
    if not named or not after["reminders"] or last < open_days:
        return []
    said = {
        "en": f"the last reminder would come after {last} days, but the survey closes after"
        f" {open_days}",
        "zh": f"最后一次提醒在第 {last} 天，而问卷在第 {open_days} 天截止",
    }
    return [Field(f"/{named[0]}", **said)]


def _some_of_each(roles: Sequence[str]) -> bool:
    return bool(roles) and len(set(roles)) == len(roles)
