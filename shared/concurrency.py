"""Nobody's change is lost: the row version is the ETag of an editable record.

    @router.patch("/cases/{case_id}", dependencies=[allowed("case:edit")])
    async def edit(case_id: UUID, body: CaseChange, expected: IfMatch, session: SessionDep) -> Case:
        case = await store.lock_case(session, case_id)       # SELECT ... FOR UPDATE
        await require_version(expected, case.version, theirs)

Load the row with `FOR UPDATE` (or give the table `version_id_col`) so that of two editors who
both saw the same version exactly one wins. `theirs` is called only on a conflict and answers what
this caller may see of the current record, as the resource's Detail would.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, Final

from fastapi import Depends, Header

from shared.errors import PreconditionRequired, StaleVersion

Theirs = Callable[[], Awaitable[Mapping[str, Any]]]
_STRONG_TAG: Final = re.compile(r'"(\d{1,18})"')
_NO_VERSION: Final = -1


class AnyVersion(PreconditionRequired):
    """`If-Match: *` names no version."""

    code = "if_match_any"
    title = {"en": "If-Match: * is not accepted", "zh": "不接受 If-Match: *"}
    text = {
        "en": "It would overwrite whatever is there. Send the ETag of the record as you read it.",
        "zh": "这会覆盖记录的任何现有内容。请发送读取该记录时得到的 ETag。",
    }


def etag(version: int) -> str:
    """The strong entity tag of a row version."""
    return f'"{version}"'


async def expected_version(
    if_match: Annotated[
        str | None, Header(description="The ETag of the record as you read it.")
    ] = None,
) -> int:
    """The version the caller read.

    Raises `PreconditionRequired` (428) when the header is absent, `AnyVersion` (428) for `*`. A
    weak or foreign tag matches no version, as RFC 9110 says.
    """
    if if_match is None:
        raise PreconditionRequired()
    if if_match.strip() == "*":
        raise AnyVersion()
    found = _STRONG_TAG.fullmatch(if_match.strip())
    return int(found[1]) if found else _NO_VERSION


IfMatch = Annotated[int, Depends(expected_version)]


async def require_version(expected: int, current: int, theirs: Theirs) -> None:
    """Raise `StaleVersion` (412), with the caller's view of the record in `current`."""
    if expected == current:
        return
    raise StaleVersion(extra={"current": await theirs()}, headers={"ETag": etag(current)})
