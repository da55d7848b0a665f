"""What becomes of every field when two records of one organisation become one; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from shared.errors import Conflict, Unprocessable


class Fate(StrEnum):
    """What becomes of a field of the two."""

    SAME = "same"
    STAYS = "stays"
    TAKEN = "taken"
    DROPPED = "dropped"
    JOINED = "joined"


FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "legal_name": ("legal_name",),
    "short_name": ("short_name",),
    "credit_code": ("credit_code",),
    "province": ("province",),
    "city": ("city",),
    "industry": ("industry",),
    "employees": ("employees",),
    "revenue": ("revenue_minor", "revenue_currency"),
    "website": ("website",),
    "phone": ("phone",),
    "email_domain": ("email_domain",),
    "source": ("source",),
    "stage": ("stage",),
    "owner": ("owner_id",),
    "strength": ("strength",),
    "likelihood": ("likelihood",),
    "contract_total": ("contract_total_minor", "contract_total_currency"),
    "first_contact_on": ("first_contact_on",),
    "grade": ("grade", "grade_reason", "graded_on", "call_days", "visit_days"),
    "notes": ("notes",),
}
"""Single facts by the columns that hold them; the first column says whether there is one."""
LISTS: Final = ("aliases", "main_products", "tags")
"""Facts of which there may be several: both records' are kept."""
_SHOWN: Final = {"owner": "owner_name"}
Record = Mapping[str, Any]


class SameClient(Unprocessable):
    """A client cannot become part of itself."""

    code = "same_client"
    place = "/source_id"
    text = {
        "en": "Choose another client: a client cannot be merged into itself.",
        "zh": "请选择另一个客户：客户不能与自身合并。",
    }


class AlreadyMerged(Conflict):
    """The client that was to go has gone into another one."""

    code = "already_merged"
    title = {"en": "This client was merged already", "zh": "该客户已被合并"}
    text = {
        "en": "{source} became part of {number} {name}. Undo that merge first.",
        "zh": "{source} 已合并到 {number} {name}。请先撤销那次合并。",
    }


class NotMergedHere(Conflict):
    """There is no such merge to undo."""

    code = "not_merged_here"
    title = {"en": "These clients are not merged", "zh": "这两个客户并未合并"}
    text = {
        "en": "{source} is not part of {number}, so there is no merge to undo.",
        "zh": "{source} 未合并到 {number}，没有可撤销的合并。",
    }


class CodeInUse(Conflict):
    """The credit code that the client of before had is another's now."""

    code = "credit_code_in_use"
    title = {"en": "Its credit code is in use", "zh": "统一社会信用代码已被占用"}
    text = {
        "en": "{number} {name} has the credit code {credit_code} now."
        " Remove it there, then undo the merge.",
        "zh": "{number} {name} 现在使用统一社会信用代码 {credit_code}。"
        "请先在该客户中删除，再撤销合并。",
    }


class CodeOfAnother(CodeInUse):
    """The credit code that the kept client would learn is a third client's now."""

    text = {
        "en": "{number} {name} has the credit code {credit_code} now."
        " Merge the archived client into that one.",
        "zh": "{number} {name} 现在使用统一社会信用代码 {credit_code}。"
        "请将已归档的客户合并到该客户。",
    }


class LaterMerge(Conflict):
    """A merge is undone only when none stands on top of it."""

    code = "later_merge"
    title = {"en": "A later merge comes first", "zh": "请先撤销较晚的合并"}
    text = {
        "en": "{number} {name} was merged into this client later. Undo that merge first.",
        "zh": "{number} {name} 在此之后合并到本客户。请先撤销那次合并。",
    }


@dataclass(frozen=True)
class Compared:
    """A field of both records, and what becomes of it."""

    name: str
    fate: Fate
    kept: Any
    source: Any


def compare(kept: Record, source: Record) -> list[Compared]:
    """Both records side by side, field by field."""
    single = [_compare_field(name, kept, source) for name in FIELDS]
    return single + [_compare_list(name, kept, source) for name in LISTS]


def _compare_field(name: str, kept: Record, source: Record) -> Compared:
    first = FIELDS[name][0]
    ours, theirs = ([each[column] for column in FIELDS[name]] for each in (kept, source))
    if source[first] is None:
        fate = Fate.SAME if kept[first] is None else Fate.STAYS
    elif kept[first] is None:
        fate = Fate.TAKEN
    else:
        fate = Fate.SAME if ours[:2] == theirs[:2] else Fate.DROPPED
    return Compared(name, fate, _shown(name, kept), _shown(name, source))


def _compare_list(name: str, kept: Record, source: Record) -> Compared:
    joined = joined_list(name, kept, source)
    fate = Fate.STAYS if joined == kept[name] else Fate.JOINED
    if kept[name] == source[name]:
        fate = Fate.SAME if fate is Fate.STAYS else fate
    # Of other names those count that come in addition, the gone client's own among them.
    brought = [each for each in joined if each not in kept[name]] if name == "aliases" else None
    return Compared(name, fate, kept[name], source[name] if brought is None else brought)


def _shown(name: str, record: Record) -> Any:
    """A field as a person reads it: money with its currency, an owner by name."""
    columns = FIELDS[name]
    if name in _SHOWN:
        return record[_SHOWN[name]]
    if columns[0].endswith("_minor"):
        amount, currency = (record[column] for column in columns)
        return None if amount is None else {"amount_minor": amount, "currency": currency}
    return record[columns[0]]


def joined_list(name: str, kept: Record, source: Record) -> list[str]:
    """What both records say, the kept one's first; a gone name is found as another name."""
    said = [*kept[name], *source[name]]
    if name == "aliases":
        said = [*kept[name], source["legal_name"], source["short_name"], *source[name]]
    taken = {kept["legal_name"], kept["short_name"], None} if name == "aliases" else {None}
    return [each for each in dict.fromkeys(said) if each not in taken]


def taken_over(kept: Record, source: Record) -> dict[str, Any]:
    """The columns of the kept client that change, with their new values."""
    changed: dict[str, Any] = {}
    for field in compare(kept, source):
        if field.fate is Fate.TAKEN:
            changed.update({column: source[column] for column in FIELDS[field.name]})
        elif field.fate is Fate.JOINED:
            changed[field.name] = joined_list(field.name, kept, source)
    if "owner_id" in changed:
        changed["owner_name"] = source["owner_name"]
    return changed


def rising(made: UUID, last: UUID | None) -> UUID:
    """The id of a merge: above those of all merges that its clients had before.

    Whoever follows merges tells their order by it; two clocks need not agree on theirs.
    """
    return made if last is None or made > last else UUID(int=last.int + 1)


def given_back(now: Record, before: Record, after: Record) -> dict[str, Any]:
    """The columns of the kept client to set back: what nobody has changed since the merge.

    A fact that takes several columns is set back whole or not at all.
    """
    changed = {name for name in before if now[name] != after[name]}
    facts = [columns for columns in FIELDS.values() if not changed.isdisjoint(columns)]
    stays = changed.union(*facts)
    return {name: before[name] for name in before if name not in stays}
