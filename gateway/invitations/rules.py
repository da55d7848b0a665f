"""How a person comes in: what an invitation is worth, and its words."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from shared.errors import NotFound
from shared.identity import Side
from shared.limits import Limit

LASTS: Final = timedelta(days=7)
TRIES: Final = Limit("invitation", count=200, seconds=300)
"""A joint team that comes in at its kick-off shares one address; nobody guesses the token."""

SUBJECT: Final = {"en": "Your invitation to Rapport", "zh": "邀请您使用 Rapport"}
BODY: Final = {
    "en": (
        "Dear {name},\n\n{inviter} invites you to Rapport. {purpose}\n\nOpen this link within"
        " seven days and choose a password:\n\n{link}\n\nThe link works once. If you did not"
        " expect this mail, you need not do anything.\n"
    ),
    "zh": (
        "{name}，您好：\n\n{inviter} 邀请您使用 Rapport。{purpose}\n\n"
        "请在七天内打开以下链接并设置密码：\n\n{link}\n\n该链接仅可使用一次。如果您并未预期收到此邮件，无需任何操作。\n"
    ),
}


PURPOSE: Final = {
    Side.CLIENT: {
        "en": "There you follow the work on your engagements, say what you need, and decide what"
        " waits for you.",
        "zh": "您可以在其中查看双方合作项目的进展，提出需求，并处理待您决定的事项。",
    },
    Side.FIRM: {
        "en": "There our firm keeps its clients, its engagements and its promises.",
        "zh": "公司在其中管理客户、咨询项目和对客户的承诺。",
    },
}
"""What somebody of a side comes in for, by language."""


class NoInvitation(NotFound):
    """Unknown, used, replaced or expired: the same answer for all."""

    code = "invitation_not_found"
    title = {"en": "This invitation is not valid any more", "zh": "邀请已失效"}
    text = {
        "en": "Ask the person who invited you for a new one.",
        "zh": "请联系邀请您的人重新发送邀请。",
    }


def link_to(public_url: str, token: str) -> str:
    """Where the invited person accepts."""
    return f"{public_url.rstrip('/')}/invitations/{token}"
