"""Every statement about the history of a case."""

from datetime import datetime
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
NAMING: Final = (
    "SELECT case_id FROM case_steps WHERE actor_id = :person OR person_id = :person"
    " UNION SELECT id FROM cases WHERE requester_id = :person OR assignee_id = :person"
)
"""The cases whose history or head names a person."""
_STEPS: Final = rows_of(Step)


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
        **new_step(session, case.id, SENTENCES, kind, params, at=at, person_id=person_id),
    }
    append(session, _STEPS, step)


async def whole_history(session: AsyncSession, case_id: UUID) -> list[dict[str, Any]]:
    """Every step of a case in reach, firm-only ones included, oldest first."""
    return [
        {**row, "params": orjson.loads(row["params"]), "text": orjson.loads(row["text"])}
        for row in await fetch(session, _WHOLE, case_id)
    ]
