"""Erasures as whole transactions: the first of a person, and all of them after a restore."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.database import Database
from shared.privacy import Blank, ErasureLedger, Parting, PersonalColumns, erase_person
from shared.snapshot import Snapshots

_TRIES: Final = 20
_PAUSE_SECONDS: Final = 0.2
_OVERTAKEN: Final = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)


async def erase_at_once(
    database: Database,
    person_id: UUID,
    personal: Sequence[PersonalColumns],
    ledger: ErasureLedger,
    **how: Any,
) -> int:
    """`erase_person` as of one moment, in a transaction of its own.

    What the person still writes meanwhile is not seen: told again now, half of it would stand in an
    event that nobody finds any more; the second erasure takes it. Begins anew when overtaken.
    """
    tries = 0
    while True:
        tries += 1
        try:
            async with database.worker_session(one_view=True) as session:
                return await erase_person(session, person_id, personal, ledger, **how)
        except (DBAPIError, asyncpg.PostgresError) as error:
            if tries == _TRIES or not _overtaken(error):
                raise
        await asyncio.sleep(_PAUSE_SECONDS)


async def reapply_erasures(
    database: Database,
    personal: Iterable[PersonalColumns],
    ledger: ErasureLedger,
    *,
    published: Snapshots | None = None,
    parting: Parting | None = None,
    blank: Sequence[Blank] = (),
) -> int:
    """Repeat every erasure known to the ledger or the table; answers how many people.

    Run after a restore: the backup may be older than an erasure.
    """
    personal = tuple(personal)
    async with database.worker_session() as session:
        rows = await session.execute(text("SELECT person_id FROM erasures ORDER BY erased_at"))
        people = dict.fromkeys([*ledger.people(), *rows.scalars()])
    for person_id in people:
        await erase_at_once(
            database, person_id, personal, ledger,
            reason="re-applied", published=published, parting=parting, blank=blank,
        )  # fmt: skip
    return len(people)


def _overtaken(error: BaseException) -> bool:
    """True when somebody else changed a row meanwhile: the transaction may begin anew."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return isinstance(error.orig.__cause__, _OVERTAKEN)
    return isinstance(error, _OVERTAKEN)
