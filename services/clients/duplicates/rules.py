"""When two organisations may be one; pure comparisons.

Exact marks (credit code, name without its legal form, web or mail domain, phone) and likeness of
names by shared character pairs. Different credit codes are different organisations, however alike
their names.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.errors import Conflict

SIMILAR_FROM: Final = 0.72
"""Share of common character pairs (Dice) from which names are called similar."""
PUBLIC_DOMAINS: Final = frozenset(
    {
        "163.com", "126.com", "qq.com", "sina.com", "sohu.com", "139.com", "foxmail.com",
        "gmail.com", "outlook.com", "hotmail.com", "aliyun.com", "yeah.net", "icloud.com",
    }
)  # fmt: skip
"""Mail providers that say nothing about an organisation."""


class Reason(StrEnum):
    """Why two organisations may be one."""

    CREDIT_CODE = "credit_code"
    NAME = "name"
    SIMILAR_NAME = "similar_name"
    DOMAIN = "domain"
    PHONE = "phone"


@dataclass(frozen=True)
class Marks:
    """What an organisation is compared by."""

    comparison_name: str
    credit_code: str | None = None
    domains: frozenset[str] = frozenset()
    phone: str | None = None


def keys(marks: Marks) -> list[str]:
    """What two organisations that share an exact mark have in common, in one order for all."""
    found = {f"domain {domain}" for domain in marks.domains} | {f"name {marks.comparison_name}"}
    if marks.phone:
        found.add(f"phone {marks.phone}")
    if marks.credit_code:
        found.add(f"code {marks.credit_code}")
    return sorted(found)


@dataclass(frozen=True)
class Known:
    """An organisation of the registry with its marks."""

    id: UUID
    number: str
    legal_name: str
    marks: Marks


class DuplicateClient(Conflict):
    """The registry may hold this organisation already; `candidates` says which and why."""

    code = "duplicate_client"
    title = {"en": "This client may exist already", "zh": "该客户可能已存在"}
    text = {
        "en": "Look at the candidates. If it is another organisation, confirm that and save again.",
        "zh": "请查看候选客户。如确为不同组织，请确认后再保存。",
    }


def pairs(name: str) -> frozenset[str]:
    """The neighbouring characters of a name; a single character stands for itself."""
    return frozenset(name[i : i + 2] for i in range(len(name) - 1)) or frozenset({name})


def likeness(one: str, other: str) -> float:
    """Dice coefficient of two names' character pairs, 0 to 1."""
    left, right = pairs(one), pairs(other)
    return 2 * len(left & right) / (len(left) + len(right))


def reasons(new: Marks, known: Marks) -> tuple[Reason, ...]:
    """Why the two may be one, strongest first; empty when nothing says so."""
    same_code = new.credit_code is not None and new.credit_code == known.credit_code
    if same_code:
        return (Reason.CREDIT_CODE,)
    if new.credit_code and known.credit_code:
        return ()
    found: list[Reason] = []
    if new.comparison_name == known.comparison_name:
        found.append(Reason.NAME)
    elif likeness(new.comparison_name, known.comparison_name) >= SIMILAR_FROM:
        found.append(Reason.SIMILAR_NAME)
    if (new.domains & known.domains) - PUBLIC_DOMAINS:
        found.append(Reason.DOMAIN)
    if new.phone is not None and new.phone == known.phone:
        found.append(Reason.PHONE)
    return tuple(found)


def domains(addresses: Iterable[str | None]) -> frozenset[str]:
    """The domains that mark an organisation, public mail providers left out."""
    return frozenset(each for each in addresses if each) - PUBLIC_DOMAINS
