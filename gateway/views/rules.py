"""What a saved view is, whom it is shown to, and what its address may say."""

from __future__ import annotations

from enum import StrEnum
from typing import Final
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from shared.errors import Conflict, Forbidden, Unprocessable
from shared.identity import Actor, FirmRole, Side

MOST_PER_PERSON: Final = 200
LONGEST_ADDRESS: Final = 2000
_NOT_KEPT: Final = frozenset({"open", "view", "cursor", "limit", "total"})
"""Of a moment, not of a view: which row is open, where the reader was on the page."""


class ViewAudience(StrEnum):
    """Whom a view is offered to. Team: the firm side, or those of one role. Public: both sides."""

    PERSONAL = "personal"
    TEAM = "team"
    PUBLIC = "public"


class ViewNameTaken(Conflict):
    """The person has a view of that name for this list."""

    code = "view_name_taken"
    title = {"en": "This name is taken", "zh": "名称已被使用"}
    text = {
        "en": "You have a view called “{name}” for this list already.",
        "zh": "您在此列表已有名为“{name}”的视图。",
    }


class TooManyViews(Conflict):
    """More views than anybody can choose from."""

    code = "too_many_views"
    title = {"en": "Too many views", "zh": "视图过多"}
    text = {
        "en": "A person keeps at most {most} views; remove some first.",
        "zh": "每人最多保存 {most} 个视图，请先删除一些。",
    }


class MayNotShare(Forbidden):
    """Sharing that widely is for others to decide."""

    code = "may_not_share"
    title = {"en": "This view cannot be shared so", "zh": "不能这样共享视图"}
    text = {
        "en": "Within the firm, the firm's people share; with everybody, administrators do.",
        "zh": "公司内部的共享由公司人员设置，对所有人公开由管理员设置。",
    }


class NotYourView(Forbidden):
    """Somebody else's view may be used, not changed."""

    code = "not_your_view"
    title = {"en": "This view belongs to somebody else", "zh": "该视图属于他人"}
    text = {
        "en": "Save it under a name of your own to change it.",
        "zh": "如需更改，请另存为自己的视图。",
    }


class RoleWithoutTeam(Unprocessable):
    """A role narrows a team view only."""

    code = "role_without_team"
    place = "/role"
    text = {
        "en": "Only a view shared with the firm can be for one role.",
        "zh": "只有在公司内共享的视图才能限定角色。",
    }


def kept(address: str) -> str:
    """The address as it is kept: filters and order, sorted; what is of the moment left out."""
    pairs = parse_qsl(address.removeprefix("?"), max_num_fields=100)
    return urlencode(sorted((name, value) for name, value in pairs if name not in _NOT_KEPT))


def require_shareable(actor: Actor, audience: ViewAudience, role: str | None) -> None:
    """Raise `MayNotShare` (403) or `RoleWithoutTeam` (422) where the actor cannot share so."""
    if role is not None and audience is not ViewAudience.TEAM:
        raise RoleWithoutTeam()
    if audience is ViewAudience.TEAM and actor.side is Side.CLIENT:
        raise MayNotShare()
    if audience is ViewAudience.PUBLIC and FirmRole.ADMIN not in actor.roles:
        raise MayNotShare()


def may_change(actor: Actor, owner_id: UUID, audience: str) -> bool:
    """The owner may; an administrator may what is shared."""
    shared = audience != ViewAudience.PERSONAL
    return owner_id == actor.user_id or (shared and FirmRole.ADMIN in actor.roles)
