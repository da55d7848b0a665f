"""Lifecycle and plain facts of a client organisation; no input or output."""

import re
from collections.abc import Mapping
from enum import StrEnum
from operator import mul
from typing import Any, Final
from uuid import UUID

from shared.errors import Conflict, Unprocessable
from shared.states import State
from shared.text import comparison_name, spelled_name
from shared.transitions import IllegalTransition


class Stage(State):
    """Where the relation with a client stands."""

    PROSPECT = "prospect", "Prospect", "潜在"
    QUALIFIED = "qualified", "Qualified", "已确认"
    NEGOTIATING = "negotiating", "Negotiating", "洽谈中"
    ACTIVE = "active", "Active", "合作中"
    DORMANT = "dormant", "Dormant", "休眠"
    FORMER = "former", "Former", "已结束"
    DISQUALIFIED = "disqualified", "Disqualified", "不合格"


TRANSITIONS: Final[dict[Stage, frozenset[Stage]]] = {
    Stage.PROSPECT: frozenset({Stage.QUALIFIED, Stage.DISQUALIFIED}),
    Stage.QUALIFIED: frozenset(
        {Stage.PROSPECT, Stage.NEGOTIATING, Stage.DORMANT, Stage.DISQUALIFIED}
    ),
    Stage.NEGOTIATING: frozenset(
        {Stage.QUALIFIED, Stage.ACTIVE, Stage.DORMANT, Stage.DISQUALIFIED}
    ),
    Stage.ACTIVE: frozenset({Stage.DORMANT, Stage.FORMER}),
    Stage.DORMANT: frozenset({Stage.QUALIFIED, Stage.NEGOTIATING, Stage.ACTIVE, Stage.FORMER}),
    Stage.FORMER: frozenset({Stage.QUALIFIED, Stage.NEGOTIATING, Stage.ACTIVE}),
    Stage.DISQUALIFIED: frozenset({Stage.PROSPECT}),
}
REASON_NEEDED: Final = frozenset({Stage.FORMER, Stage.DISQUALIFIED})

_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES: Final = {character: value for value, character in enumerate(_ALPHABET)}
_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_LABELS: Final = r"[^\s/?#:@<>]+(\.[^\s/?#:@<>]+)+"
_HOST: Final = re.compile(_LABELS)
_WEBSITE: Final = re.compile(rf"(https?://)?{_LABELS}(:\d{{1,5}})?([/?#]\S*)?", re.IGNORECASE)
_DOMAIN: Final = re.compile(r"^(?:https?://)?(?:www\.)?([a-z0-9.-]+\.[a-z]{2,})(?:[:/?#].*)?$")


class Grade(StrEnum):
    """How much attention a client gets (product.md, "Grading")."""

    A = "A"
    B = "B"
    C = "C"


class ReasonNeeded(Unprocessable):
    """Giving a client up needs a reason."""

    code = "reason_needed"
    place = "/reason"
    title = {"en": "Please give a reason", "zh": "请填写原因"}
    text = {
        "en": "A client becomes “{stage}” only with a reason.",
        "zh": "将客户设为“{stage}”需要填写原因。",
    }


class ClientArchived(Conflict):
    """The client left the working lists."""

    code = "client_archived"
    title = {"en": "This client is archived", "zh": "该客户已归档"}
    text = {
        "en": "Restore the client before changing it.",
        "zh": "请先恢复该客户再修改。",
    }


class ClientMerged(Conflict):
    """The client became part of another, which is written to instead."""

    code = "client_merged"
    title = {"en": "This client was merged into another", "zh": "该客户已合并到其他客户"}
    text = {
        "en": "It is part of {number} {name} now. Go on there.",
        "zh": "现已并入 {number} {name}，请在该客户中继续操作。",
    }

    def __init__(self, kept_id: UUID, number: str, name: str) -> None:
        super().__init__(
            number=number,
            name=name,
            extra={"merged_into": {"id": str(kept_id), "number": number, "legal_name": name}},
        )


class ClientInService(Conflict):
    """The firm still works for the client."""

    code = "client_in_service"
    title = {"en": "The firm still works for this client", "zh": "该客户仍有未结束的项目"}
    text = {
        "en": "Close or cancel {engagements} before archiving the client.",
        "zh": "请先结束或取消 {engagements}，再归档该客户。",
    }


def move_to(current: Stage, target: Stage, reason: str | None) -> Stage:
    """The new stage. Raises `IllegalTransition` (409) or `ReasonNeeded` (422)."""
    if target not in TRANSITIONS[current]:
        raise IllegalTransition(current, target)
    if target in REASON_NEEDED and not reason:
        raise ReasonNeeded(stage=target)
    return target


def credit_code_is_valid(code: str) -> bool:
    """True for a unified social credit code with its right check character (GB 32100-2015).

    18 characters of an alphabet without I, O, S, V and Z; the last is 31 minus the weighted sum of
    the others modulo 31.
    """
    if len(code) != 18 or not _VALUES.keys() >= set(code):
        return False
    total = sum(map(mul, map(_VALUES.__getitem__, code), _WEIGHTS))
    return _ALPHABET[(31 - total % 31) % 31] == code[17]


def clean_credit_code(code: str) -> str:
    """The code as it is stored: upper case, without spaces or hyphens."""
    return re.sub(r"[\s-]", "", code).upper()


def spoken_code(code: str | None) -> tuple[str, ...]:
    """A credit code as people look for it: whole, from its region on, from its organisation on.

    Characters 3 to 8 are the region that registered it; 9 to 17 are the organisation's code, which
    older papers give alone.
    """
    return (code, code[2:], code[8:]) if code else ()


def is_web_address(text: str) -> bool:
    """Whether a browser can go there, with or without its http; nothing that would run there."""
    return _WEBSITE.fullmatch(text) is not None


def is_domain(text: str) -> bool:
    """Whether it may stand behind the @ of a mail address."""
    return _HOST.fullmatch(text) is not None


def domain_of(address: str | None) -> str | None:
    """The registrable part of a web address as duplicates are compared; None where it is none."""
    found = _DOMAIN.match((address or "").strip().lower())
    return found[1].rstrip(".") if found else None


def digits_of(phone: str | None) -> str | None:
    """A phone number as duplicates are compared: digits only, at least seven."""
    digits = re.sub(r"\D", "", phone or "")
    return digits if len(digits) >= 7 else None


def derived(record: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a client that follow from others: what duplicates are looked for by."""
    return {
        "comparison_name": comparison_name(record["legal_name"]),
        "spelled_name": spelled_name(record["legal_name"]),
        "web_domain": domain_of(record["website"]),
        "phone_digits": digits_of(record["phone"]),
    }


def client_number(sequence: int) -> str:
    """`C-000123`."""
    return f"C-{sequence:06d}"
