"""Refusals for where a record stands: a step its machine does not have, an act it bars."""

from typing import ClassVar

from shared.errors import Conflict, Texts
from shared.states import State


class BarredByState(Conflict):
    """What the record's state does not admit; the sentence names `current`, and `target` if any."""

    def __init__(self, current: State, target: State | None = None) -> None:
        super().__init__(current=current, target=target)


class IllegalTransition(BarredByState):
    """A step that the state machine does not have."""

    code = "illegal_transition"
    title = {"en": "This step is not possible now", "zh": "当前不能执行此步骤"}
    text = {
        "en": "A record that is “{current}” cannot become “{target}”.",
        "zh": "状态为“{current}”的记录不能变为“{target}”。",
    }
    already: ClassVar[Texts] = {
        "en": "It is “{current}” already; somebody may have been quicker.",
        "zh": "已是“{current}”状态，可能已有他人处理。",
    }

    def _wording(self) -> Texts:
        return self.already if self.values["current"] is self.values["target"] else self.text
