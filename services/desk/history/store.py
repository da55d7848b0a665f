"""Every statement about the history of a case."""

from collections.abc import Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.history.tables import Step
from services.desk.history.wording import SENTENCES
from shared.sentences import Texts
from shared.steps import new_step
from shared.writing import append, fetch, rows_of

_WHOLE: Final = (
    "SELECT id, at, kind, firm_only, actor_id, actor_name, person_id, params::text, text::text"
    " FROM case_history($1)"
)
_STEPS: Final = rows_of(Step)
_RECORDED: Final = "recorded_steps"
"""Under this name the session keeps the steps of its transaction."""


def record(
    session: AsyncSession,
    case: Any,
    kind: str,
    *,
    at: datetime | None = None,
    person_id: UUID | None = None,
    **params: str | Texts,
) -> None:
    """Append a step to the case's history, now or at `at`; its sentence is fixed for ever.

    `case` is a row with id, client_id and requester_id; `person_id` is whom the sentence names
    besides the actor; a parameter may be given by language.
    """
    step = {
        "case_id": case.id,
        "client_id": case.client_id,
        "requester_id": case.requester_id,
        **new_step(session, SENTENCES, kind, params, at=at, person_id=person_id),
    }
    append(session, _STEPS, step)
    session.info.setdefault(_RECORDED, []).append(step)


async def whole_history(session: AsyncSession, case_id: UUID, *, new: bool) -> list[dict[str, Any]]:
    """Every step of a case in reach, firm-only ones included: for its event, not for a reader.

    A `new` case has no steps but those of this transaction, which may not be written yet.
    """
    earlier = [] if new else [_read(row) for row in await fetch(session, _WHOLE, case_id)]
    written = {step["id"] for step in earlier}
    own = [
        step
        for step in session.info.get(_RECORDED, ())
        if step["case_id"] == case_id and step["id"] not in written
    ]
    return sorted(earlier + own, key=itemgetter("at"))


def _read(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "params": orjson.loads(row["params"]), "text": orjson.loads(row["text"])}
