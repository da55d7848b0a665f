"""To whom nothing can be given."""

from __future__ import annotations

from shared.errors import Field, Unprocessable


class NotAssignable(Unprocessable):
    """The person cannot be given the work."""

    code = "not_assignable"
    title = {"en": "Cannot be assigned", "zh": "不能指派"}
    text = {
        "en": "This person cannot be assigned: {reason_en}.",
        "zh": "不能指派给此人：{reason_zh}。",
    }


class NotActive(NotAssignable):
    """The person has no account any more, or none yet; `pointer` is where they are named."""

    def __init__(self, pointer: str) -> None:
        english, chinese = "the account is not active", "账号未启用"
        super().__init__(
            reason_en=english,
            reason_zh=chinese,
            errors=[Field(pointer, en=english, zh=chinese, code=self.code)],
        )
