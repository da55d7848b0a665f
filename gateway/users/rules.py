"""People who can sign in: their states, roles and what is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from shared.errors import Conflict, Field, Forbidden, Unprocessable
from shared.identity import Actor, FirmRole, Side
from shared.states import State
from shared.transitions import IllegalTransition


class UserStatus(State):
    """Where an account stands."""

    INVITED = "invited", "Invited", "已邀请"
    ACTIVE = "active", "Active", "已启用"
    DEACTIVATED = "deactivated", "Deactivated", "已停用"


TRANSITIONS: Final[dict[UserStatus, frozenset[UserStatus]]] = {
    UserStatus.INVITED: frozenset({UserStatus.ACTIVE, UserStatus.DEACTIVATED}),
    UserStatus.ACTIVE: frozenset({UserStatus.DEACTIVATED}),
    UserStatus.DEACTIVATED: frozenset({UserStatus.ACTIVE, UserStatus.INVITED}),
}


class EmailTaken(Conflict):
    """Somebody has this address already."""

    code = "email_taken"
    title = {"en": "This mail address is in use", "zh": "该邮箱已被使用"}
    text = {
        "en": "A person with this mail address exists already.",
        "zh": "已存在使用该邮箱的人员。",
    }


class NotYours(Forbidden):
    """Firm-side accounts are the administrators' to change."""

    code = "firm_side_accounts"
    title = {"en": "Administrators look after firm-side accounts", "zh": "本公司账户由管理员管理"}
    text = {
        "en": "Your role looks after accounts of client-side people only.",
        "zh": "您的角色只能管理客户方人员的账户。",
    }


class PersonErased(Conflict):
    """Of an erased person nothing is left to change."""

    code = "person_erased"
    title = {"en": "This person was erased", "zh": "此人的个人信息已删除"}
    text = {
        "en": "What was known of an erased person is gone for good, and the account with it. "
        "Enter them anew if they come back.",
        "zh": "此人的个人信息及账户已永久删除，无法更改。如此人重新加入，请新建账户。",
    }


class ClientArchived(Unprocessable):
    """Nobody joins a client that is no longer one."""

    code = "client_archived"
    place = "/client_id"
    text = {
        "en": "This client is archived. Bring it back before you add people to it.",
        "zh": "该客户已归档。请先恢复客户，再添加人员。",
    }


class WithNoClient(Unprocessable):
    """Only a time with a client can end, or last on."""

    code = "with_no_client"
    place = "/client_until"
    text = {
        "en": "This person is with no client, and will be with none. Name the client.",
        "zh": "此人目前及今后均不属于任何客户。请指定客户。",
    }


class LastAdministrator(Conflict):
    """Without an administrator nobody could let anybody in."""

    code = "last_administrator"
    title = {"en": "This is the last administrator", "zh": "这是最后一位管理员"}
    text = {
        "en": "Make someone else an administrator first.",
        "zh": "请先指定另一位管理员。",
    }


class WrongSide(Unprocessable):
    """Roles belong to the firm side, a client to the client side."""

    code = "wrong_side"


def check_step(current: str, target: UserStatus) -> None:
    """Raise `IllegalTransition` (409) unless the account may go from `current` to `target`."""
    if target not in TRANSITIONS[UserStatus(current)]:
        raise IllegalTransition(UserStatus(current), target)


def check_sides(side: str, roles: list[str], has_client: bool) -> None:
    """Raise `WrongSide` (422): firm-side people hold roles, client-side people have a client."""
    places = []
    if side == Side.CLIENT and roles:
        places.append(
            Field("/roles", "Only firm-side people hold roles.", "只有本公司人员可以有角色。")
        )
    if side == Side.CLIENT and not has_client:
        places.append(
            Field("/client_id", "Name the client this person is with.", "请指定此人所属客户。")
        )
    if side == Side.FIRM and has_client:
        places.append(
            Field("/client_id", "Firm-side people have no client.", "本公司人员没有所属客户。")
        )
    if places:
        raise WrongSide(errors=places)


def check_times(since: datetime, until: datetime | None) -> None:
    """Raise `Unprocessable` (422) for a time with a client that ends before it begins."""
    if until is not None and until < since:
        en = "The time with the client would end before it begins."
        raise Unprocessable(errors=[Field("/client_until", en, "所属关系的结束时间早于开始时间。")])


def check_caretaker(actor: Actor, side: str) -> None:
    """Raise `NotYours` (403) unless the actor looks after accounts of that side."""
    if actor.side is Side.SYSTEM or actor.has(FirmRole.ADMIN):
        return
    if side != Side.CLIENT:
        raise NotYours()
