"""What an import may become, what it may do, and what it says when it refuses; pure."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from shared.errors import Conflict, Unprocessable
from shared.states import State
from shared.transitions import IllegalTransition


class Status(State):
    """Where an import stands."""

    ANALYSING = "analysing", "Checking", "检查中"
    READY = "ready", "Ready to apply", "待执行"
    APPLYING = "applying", "Applying", "执行中"
    APPLIED = "applied", "Applied", "已完成"
    UNDONE = "undone", "Undone", "已撤销"
    FAILED = "failed", "Failed", "失败"
    DISCARDED = "discarded", "Discarded", "已弃用"


TRANSITIONS: Final[dict[Status, frozenset[Status]]] = {
    Status.ANALYSING: frozenset({Status.READY, Status.FAILED}),
    Status.READY: frozenset({Status.ANALYSING, Status.APPLYING, Status.FAILED, Status.DISCARDED}),
    Status.APPLYING: frozenset({Status.APPLIED, Status.UNDONE, Status.FAILED}),
    Status.APPLIED: frozenset({Status.APPLYING}),
    Status.UNDONE: frozenset(),
    Status.FAILED: frozenset({Status.APPLYING, Status.DISCARDED}),
    Status.DISCARDED: frozenset(),
}
"""An undo goes back through `applying`; after a failure what was written can be undone."""
KEPT_DAYS: Final[dict[Status, int]] = {
    Status.READY: 30,
    Status.FAILED: 30,
    Status.APPLIED: 90,
    Status.UNDONE: 30,
    Status.DISCARDED: 0,
}
"""How long the uploaded file and its staged rows are kept after the last act, by status."""


class Task(StrEnum):
    """What the import is being worked on for."""

    ANALYSE = "analyse"
    APPLY = "apply"
    UNDO = "undo"


class RowStatus(StrEnum):
    """What the dry run found about a row."""

    OK = "ok"
    KNOWN = "known"
    SIMILAR = "similar"
    DUPLICATE = "duplicate"
    ERROR = "error"


class Mode(StrEnum):
    """What applying does with rows whose client is new or known."""

    CREATE = "create"
    UPSERT = "upsert"
    UPDATE_ONLY = "update_only"


class Key(StrEnum):
    """What makes a row and a client the same organisation."""

    CREDIT_CODE = "credit_code"
    LEGAL_NAME = "legal_name"
    NUMBER = "number"


def finds_clients(fields: Collection[str | None]) -> bool:
    """Whether columns of these fields say which client a row is about at all."""
    return any(key in fields for key in Key)


class Similar(StrEnum):
    """What happens to rows that are named like another organisation and have no credit code."""

    SKIP = "skip"
    CREATE = "create"


class NothingToApply(Unprocessable):
    """No column says what the client is called."""

    code = "no_name_column"
    title = {"en": "No column holds the client's name", "zh": "没有客户名称列"}
    text = {
        "en": "Map one column to the legal name (or, to update only, to the chosen key).",
        "zh": "请将一列对应到客户名称（仅更新时可对应到所选的匹配项）。",
    }


class BadMapping(Unprocessable):
    """The mapping names an unknown heading or field, or a field twice."""

    code = "bad_mapping"
    title = {"en": "These columns do not fit", "zh": "列对应有误"}


class NothingToUndo(Conflict):
    """The import wrote nothing."""

    code = "nothing_to_undo"
    title = {"en": "There is nothing to undo", "zh": "没有可撤销的内容"}
    text = {"en": "This import has written nothing.", "zh": "此次导入没有写入任何内容。"}


class SomethingToUndo(Conflict):
    """The import wrote rows before it failed."""

    code = "something_to_undo"
    title = {"en": "This import has written rows", "zh": "此次导入已写入数据"}
    text = {"en": "Undo it instead of discarding it.", "zh": "请撤销导入，而不是弃用。"}


class ImportExpired(Conflict):
    """The import was never applied, and its rows are not kept any longer."""

    code = "import_expired"
    title = {"en": "This import was not applied in time", "zh": "此次导入未及时执行"}
    text = {
        "en": "Its rows are not kept any longer. Upload the file again.",
        "zh": "数据行已不再保留。请重新上传文件。",
    }


def move_to(current: str, target: Status) -> Status:
    """The new status. Raises `IllegalTransition` (409)."""
    if target not in TRANSITIONS[Status(current)]:
        raise IllegalTransition(Status(current), target)
    return target


def start_apply(current: str) -> Status:
    """Applying starts from `ready` alone. Raises `IllegalTransition` (409)."""
    if current != Status.READY:
        raise IllegalTransition(Status(current), Status.APPLYING)
    return move_to(current, Status.APPLYING)


def start_undo(current: str, task: str) -> Status:
    """Undoing starts from `applied`, or from an apply that failed. Raises 409 otherwise."""
    if current == Status.READY or (current == Status.FAILED and task == Task.ANALYSE):
        raise NothingToUndo()
    if current == Status.APPLYING:
        raise IllegalTransition(Status.APPLYING, Status.UNDONE)
    return move_to(current, Status.APPLYING)


def discard(current: str, task: str) -> Status:
    """What wrote nothing can be discarded. Raises `IllegalTransition`, `SomethingToUndo` (409)."""
    if current == Status.FAILED and task != Task.ANALYSE:
        raise SomethingToUndo()
    return move_to(current, Status.DISCARDED)


def decide(mode: Mode, similar: Similar, status: RowStatus, *, known: bool) -> str:
    """What applying does with a row: `create`, `update`, or `skip`.

    `known` says that a client with the row's key is in the registry now.
    """
    if status in {RowStatus.ERROR, RowStatus.DUPLICATE}:
        return "skip"
    if known:
        return "skip" if mode is Mode.CREATE else "update"
    if mode is Mode.UPDATE_ONLY:
        return "skip"
    if status is RowStatus.SIMILAR and similar is Similar.SKIP:
        return "skip"
    return "create"
