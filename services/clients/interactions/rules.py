"""Contact records: when they lock, who may correct them; no input or output."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.errors import Conflict, Field, Forbidden, Unprocessable

LOCKS_AFTER: Final = timedelta(hours=24)
"""A contact record is corrected for a day, then amended, never rewritten (product.md)."""
CLOCK_SKEW: Final = timedelta(minutes=5)


class InteractionKind(StrEnum):
    """How the contact took place."""

    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"
    MESSAGE = "message"
    MAIL = "mail"
    EVENT = "event"
    GREETING = "greeting"


class RecordLocked(Conflict):
    """The record is older than a day."""

    code = "record_locked"
    title = {"en": "This record is locked", "zh": "该记录已锁定"}
    text = {
        "en": "A contact record can be corrected for 24 hours; add an amendment instead.",
        "zh": "联络记录仅在 24 小时内可修改；请改为补充说明。",
    }


class RecordOpen(Conflict):
    """The record is not locked yet: correct it."""

    code = "record_not_locked"
    title = {"en": "This record can still be corrected", "zh": "该记录仍可修改"}
    text = {
        "en": "Amendments are for locked records; correct this one directly.",
        "zh": "补充说明仅用于已锁定的记录；请直接修改。",
    }


def locks_at(created_at: datetime) -> datetime:
    """The moment from which a record is amended only."""
    return created_at + LOCKS_AFTER


def require_open(locked_at: datetime, now: datetime) -> None:
    """Raise `RecordLocked` (409) when the day is over."""
    if now >= locked_at:
        raise RecordLocked()


def require_locked(locked_at: datetime, now: datetime) -> None:
    """Raise `RecordOpen` (409) while the record can still be corrected."""
    if now < locked_at:
        raise RecordOpen()


def require_author(author_id: UUID, actor_id: UUID, *, lead: bool) -> None:
    """Raise `Forbidden` (403) unless the author, or somebody who answers for the client, acts."""
    if author_id != actor_id and not lead:
        raise Forbidden()


def check_time(occurred_at: datetime, now: datetime) -> None:
    """Raise 422 for a contact that has not happened yet."""
    if occurred_at > now + CLOCK_SKEW:
        raise Unprocessable(
            errors=[Field("/occurred_at", en="lies in the future; plan a task", zh="不能晚于现在")]
        )
