"""Importing history: an administrator enters what happened before Rapport was here.

Any write may be history. A request with the headers

    Rapport-Occurred-At: 2026-05-18T09:30:00Z          when it happened
    Rapport-On-Behalf-Of: 0199...                      who did it; without it, the administrator

runs as that person at that moment, by the same rules as a live one: the gateway admits
administrators alone and says in the token who really acts, which the audit trail keeps. The rows
are marked historical and no clock, timer, mail or invitation starts: `schedule` (timers) and
`send_mail` look at the context themselves. Some bodies take `occurred_at` as well:

    moment = occurred(session, body.occurred_at)        # now, or the moment it really happened

The capability is the policy action `history:import`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import context_of
from shared.errors import Field, Forbidden, Unprocessable
from shared.identity import Actor, FirmRole, Side

OCCURRED_AT: Final = "Rapport-Occurred-At"
ON_BEHALF_OF: Final = "Rapport-On-Behalf-Of"
EARLIEST_YEAR: Final = 1970
_CLOCK_SKEW: Final = timedelta(minutes=5)


class NotAnImporter(Forbidden):
    """Only administrators may say when something happened."""

    code = "history_not_allowed"
    title = {"en": "Only administrators import history", "zh": "仅管理员可导入历史数据"}
    text = {
        "en": "Leave out `occurred_at`, or ask an administrator.",
        "zh": "请去掉 occurred_at，或联系管理员。",
    }


class ImpossibleMoment(Unprocessable):
    """History lies in the past."""

    code = "occurred_at_impossible"
    title = {"en": "This moment is not in the past", "zh": "该时间不是过去的时间"}

    def __init__(self) -> None:
        field = Field(
            "/occurred_at",
            en=f"Give a moment between {EARLIEST_YEAR} and now.",
            zh=f"请填写 {EARLIEST_YEAR} 年至今的时间。",
            code=self.code,
        )
        super().__init__(errors=[field])


class BeforeItBegan(Unprocessable):
    """Nothing is done with a record before it is there."""

    code = "occurred_before_it_began"
    title = {"en": "This moment is before the record began", "zh": "该时间早于记录的开始时间"}

    def __init__(self, begun: datetime) -> None:
        words = f"{begun:%Y-%m-%dT%H:%M:%SZ}"
        field = Field(
            "/occurred_at",
            en=f"Give a moment from {words} on.",
            zh=f"请填写 {words} 及以后的时间。",
            code=self.code,
        )
        super().__init__(errors=[field])


def occurred(session: AsyncSession, occurred_at: datetime | None) -> datetime:
    """The moment the write is about; naming one marks the whole transaction as historical.

    Raises `NotAnImporter` (403) and `ImpossibleMoment` (422).
    """
    context = context_of(session)
    if occurred_at is None:
        return context.now
    actor = context.actor
    if actor.side is not Side.SYSTEM and actor.importer is None and not actor.has(FirmRole.ADMIN):
        raise NotAnImporter()
    _check_past(occurred_at, context.now)
    context.historical = True
    return occurred_at


def require_begun(session: AsyncSession, begun: datetime) -> None:
    """Raise `BeforeItBegan` (422) where imported history is of before the record it is about."""
    context = context_of(session)
    if context.historical and context.now < begun:
        raise BeforeItBegan(begun)


def moment_of(header: str | None, actor: Actor, now: datetime) -> datetime | None:
    """The moment a whole request is about, from its `Rapport-Occurred-At`; None when it is now.

    Raises `NotAnImporter` (403) and `ImpossibleMoment` (422).
    """
    if header is None:
        return None
    if actor.importer is None:
        raise NotAnImporter()
    try:
        moment = datetime.fromisoformat(header)
    except ValueError as error:
        raise ImpossibleMoment() from error
    if moment.tzinfo is None:
        raise ImpossibleMoment()
    _check_past(moment, now)
    return moment


def _check_past(moment: datetime, now: datetime) -> None:
    if moment > now + _CLOCK_SKEW or moment.year < EARLIEST_YEAR:
        raise ImpossibleMoment()
