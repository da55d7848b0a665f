"""Links, patience and words of an invitation; no input or output."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from shared.dates import minute_words
from shared.errors import NotFound
from shared.states import State

REMIND: Final = "survey.remind"
CLOSE: Final = "survey.close"
LATEST_PHASE: Final = timedelta(days=7)
"""A phase that ended longer ago is not asked about any more."""

LATEST: Final = timedelta(days=30)
"""Nor about what ended longer ago, however late that is heard or heard again."""

GIVEN_UP: Final = "cancelled"
"""The state of an engagement whose phases nobody is asked about."""


class NoSuchLink(NotFound):
    """Unknown, answered, expired or mistyped: the same answer for all."""

    code = "survey_not_found"
    title = {"en": "This survey is not open", "zh": "问卷已失效"}
    text = {
        "en": "It was answered, is closed, or the link is not complete.",
        "zh": "问卷已提交、已截止，或链接不完整。",
    }


class RoundStatus(State):
    """Whether a round still takes answers."""

    OPEN = "open", "Open", "待答"
    CLOSED = "closed", "Closed", "已截止"


class InvitationStatus(State):
    """Where an invitation stands; an anonymous one is open until its round is closed."""

    OPEN = "open", "Open", "待答"
    ANSWERED = "answered", "Answered", "已答"
    CLOSED = "closed", "Closed", "已截止"
    SPARED = "spared", "Spared", "免打扰"


class SparedBecause(StrEnum):
    """Why somebody was not asked."""

    ASKED_LATELY = "asked_lately"
    TOO_FEW = "too_few"
    """So few others could be asked that no answer would stay anonymous."""


ROUND_TRANSITIONS: Final[dict[RoundStatus, frozenset[RoundStatus]]] = {
    RoundStatus.OPEN: frozenset({RoundStatus.CLOSED}),
    RoundStatus.CLOSED: frozenset(),
}
TRANSITIONS: Final[dict[InvitationStatus, frozenset[InvitationStatus]]] = {
    InvitationStatus.OPEN: frozenset({InvitationStatus.ANSWERED, InvitationStatus.CLOSED}),
    InvitationStatus.ANSWERED: frozenset(),
    InvitationStatus.CLOSED: frozenset(),
    # Nobody was asked: there is nothing to answer or to close.
    InvitationStatus.SPARED: frozenset(),
}


def may_become(current: RoundStatus, target: RoundStatus) -> bool:
    """Whether the table lets a round go there."""
    return target in ROUND_TRANSITIONS[current]


def round_status(closed_at: datetime | None) -> RoundStatus:
    """Where a round stands, by when it was closed."""
    return RoundStatus.OPEN if closed_at is None else RoundStatus.CLOSED


def become(current: InvitationStatus, target: InvitationStatus) -> InvitationStatus:
    """Answer `target`. Raises `NoSuchLink` (404) when the table forbids the step."""
    if target not in TRANSITIONS[current]:
        raise NoSuchLink()
    return target


def leading_to(target: InvitationStatus) -> list[InvitationStatus]:
    """From where an invitation may become `target`."""
    return [current for current, targets in TRANSITIONS.items() if target in targets]


@dataclass(frozen=True)
class Links:
    """Makes the links of invitations.

    A link follows from the invitation's id and a secret that no database holds, so that it can be
    sent again without being stored, and an anonymous one leads from the database to nobody.
    """

    secret: str = field(repr=False)
    public_url: str

    def token(self, invitation_id: UUID) -> str:
        """The link's secret part, 256 bits."""
        made = hmac.digest(self.secret.encode(), b"survey\0" + invitation_id.bytes, "sha256")
        return urlsafe_b64encode(made).decode().rstrip("=")

    def hash(self, invitation_id: UUID) -> bytes:
        """What is stored of it."""
        return token_hash(self.token(invitation_id))

    def path(self, invitation_id: UUID) -> str:
        """The page's address; what follows # is never sent to a server, so no log has it."""
        return f"/survey#{self.token(invitation_id)}"

    def link(self, invitation_id: UUID) -> str:
        """The whole address, for mail."""
        return self.public_url.rstrip("/") + self.path(invitation_id)


def token_hash(token: str) -> bytes:
    """What a token is recognised by."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True)
class Cause:
    """What a round is about: a case that was closed, or a phase that ended."""

    source_id: UUID
    client_id: UUID
    subject: str
    about: dict[str, str] | None = None
    """The subject of the case in its requester's words, by language; never kept namelessly."""
    engagement_id: UUID | None = None
    phase_id: UUID | None = None
    phase_title: dict[str, str] | None = None
    case_id: UUID | None = None
    excluded: tuple[UUID, ...] = ()


def ended_phases(phases: Any, day: date) -> list[Any]:
    """The phases that ended lately enough to ask about."""
    return [
        phase
        for phase in phases
        if phase.status == "ended"
        and (phase.ends_on is None or phase.ends_on >= day - LATEST_PHASE)
    ]


REMINDER: Final = {"en": "Reminder: {title}", "zh": "提醒：{title}"}
BODY: Final = {
    "en": "Dear {name},\n\n{intro}\n\n{about}\n\n{link}\n\n{privacy} The link is open until"
    " {until} and needs no sign-in.\n",
    "zh": "{name}，您好：\n\n{intro}\n\n{about}\n\n{link}\n\n{privacy}链接有效期至{until}，"
    "无需登录。\n",
}
ABOUT: Final = {"en": "It is about: {subject}", "zh": "关于：{subject}"}
CASE: Final = {"en": "{number}, “{about}”", "zh": "{number}“{about}”"}
LONGEST_ABOUT: Final = 60
PRIVACY: Final = {
    True: {
        "en": "Your answer is anonymous: it is kept without your name, and groups of fewer than"
        " five are never shown. If you have answered already, thank you.",
        "zh": "本问卷匿名：答案不与您的姓名关联，少于五人的分组不予显示。如已作答，感谢您的参与。",
    },
    False: {
        "en": "Your answer is read with your name by the people of your project.",
        "zh": "您的回答将实名提供给项目相关人员。",
    },
}


def shortened(subject: str) -> str:
    """The beginning of a subject, as much as a glance takes in."""
    return subject if len(subject) <= LONGEST_ABOUT else f"{subject[: LONGEST_ABOUT - 1]}…"


def letter(
    form: Any,
    *,
    about: dict[str, str] | None,
    name: str,
    subject: str,
    language: str,
    anonymous: bool,
    link: str,
    until: datetime,
    zone: ZoneInfo,
    reminder: bool,
) -> tuple[str, str]:
    """Subject and text of an invitation or a reminder; `until` as clocks in `zone` show it."""
    title = form.title[language]
    if reminder:
        title = REMINDER[language].format(title=title)
    body = BODY[language].format(
        name=name,
        intro=form.intro[language],
        about=ABOUT[language].format(
            subject=CASE[language].format(number=subject, about=about[language])
            if about
            else subject
        ),
        link=link,
        privacy=PRIVACY[anonymous][language],
        until=minute_words(until, zone)[language],
    )
    return title, body
