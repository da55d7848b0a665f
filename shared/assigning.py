"""To whom nothing can be given."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from shared.errors import Field, Unprocessable
from shared.writing import context_of


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


def acts(session: AsyncSession, user_id: UUID) -> bool:
    """Whether it is they who act: they have an account, even where that was not heard of yet."""
    return user_id == context_of(session).actor.user_id


def require_account(session: AsyncSession, user_id: UUID, pointer: str, *, has_one: bool) -> None:
    """Raise `NotActive` (422, naming the place) for who has no account and does not act.

    The past may name who left.
    """
    if not (has_one or context_of(session).historical or acts(session, user_id)):
        raise NotActive(pointer)
