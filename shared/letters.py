"""What a person decides about a dead letter: read it, have it handled again, or give it up.

Every service answers for its own letters, at `/services/<name>/dead-letters`, to administrators
alone (docs/decisions/0040). Both acts run as the worker, like the subscriber itself, and leave an
audit row at the record the event was about, so that whoever may not read of the record reads
nothing of the act either.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from shared import audit
from shared.applying import Subscription, apply_lot, pass_over
from shared.database import Database, context_of, is_outage
from shared.deadletters import (
    BEFORE_ALL,
    DeadLetter,
    count_dead_letters,
    dead_letters,
    find,
    letters_naming,
    take,
)
from shared.edge import ActorDep, RuntimeDep, allowed
from shared.errors import Conflict, NotFound
from shared.events import (
    EVENTS,
    State,
    Visibility,
    decode,
    moved_type,
    restated_type,
    snapshot_type,
)
from shared.identity import SYSTEM, Actor
from shared.inputs import RecordId
from shared.policy import Policy, role
from shared.reading.cursors import binding
from shared.reading.places import Cursor, Limit, following, given_out
from shared.reading.questions import DEFAULT_LIMIT

if TYPE_CHECKING:
    from shared.service import Runtime

Act = Callable[[Database, Sequence[Subscription], UUID, Actor, str], Awaitable[bool]]
_ADMIN: Final = role("admin")
LETTERS: Final[Policy] = {
    "dead-letter:list": _ADMIN,
    "dead-letter:replay": _ADMIN,
    "dead-letter:discard": _ADMIN,
}
"""Part of every service's POLICY."""


class StillFails(Conflict):
    """The event was handled once more and failed once more; the letter stays."""

    code = "still_fails"
    title = {"en": "It failed again", "zh": "再次处理失败"}
    text = {
        "en": "Nothing was changed and the letter is kept. Reason: {reason}",
        "zh": "没有任何更改，死信仍保留。原因：{reason}",
    }


class DeadLetterOut(BaseModel):
    """A dead letter as an administrator reads it.

    `data` holds what the event says, as far as the reader may see it: null where the person was
    erased, the record is not for the reader, or the message is no event that is known here.
    """

    id: UUID
    service: str
    publisher: str
    type: str
    subscription: str | None
    record_id: UUID | None
    error: str
    died_at: datetime
    erased: bool
    data: dict[str, Any] | None


class DeadLetters(BaseModel):
    """The letters that wait for a decision, newest first; `total` counts all of them."""

    items: list[DeadLetterOut]
    next_cursor: str | None
    total: int


async def revive(
    database: Database,
    subscriptions: Sequence[Subscription],
    letter_id: UUID,
    actor: Actor = SYSTEM,
    request_id: str = "",
) -> bool:
    """Handle a dead letter again; on success it is gone. False where there is none.

    Raises whatever the handler raises; the letter is kept then.
    """
    async with database.worker_session(request_id=request_id) as session:
        letter = await take(session, letter_id)
        if letter is None:
            return False
        chosen = _named(subscriptions, letter) or subscriptions
        await apply_lot(session, chosen, [(decode(letter.message), letter.message)])
        await _note(session, "dead-letter:replay", letter, actor)
    return True


async def discard(
    database: Database,
    subscriptions: Sequence[Subscription],
    letter_id: UUID,
    actor: Actor = SYSTEM,
    request_id: str = "",
) -> bool:
    """Give a dead letter up for good; the steps behind it go on. False where there is none."""
    async with database.worker_session(request_id=request_id) as session:
        letter = await take(session, letter_id)
        if letter is None:
            return False
        for each in _named(subscriptions, letter):
            await pass_over(session, each, decode(letter.message))
        await _note(session, "dead-letter:discard", letter, actor)
    return True


def router_of(service: str) -> APIRouter:
    """The routes by which administrators decide about a service's dead letters."""
    router = APIRouter(prefix=f"/services/{service}/dead-letters", tags=["dead-letters"])

    @router.get("", dependencies=[allowed("dead-letter:list")])
    async def list_dead_letters(
        runtime: RuntimeDep, actor: ActorDep, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
    ) -> DeadLetters:
        """Events this service gave up on after six tries, newest first."""
        return await _listed(service, runtime.database, actor, limit, cursor)

    @router.post("/{id}/replay", dependencies=[allowed("dead-letter:replay")], status_code=204)
    async def replay_dead_letter(
        letter_id: RecordId, request: Request, runtime: RuntimeDep, actor: ActorDep
    ) -> None:
        """Handle it again, as the service works now: gone when that succeeds.

        Raises `StillFails` (409), `NotFound` (404).
        """
        try:
            await _decide(revive, letter_id, request, runtime, actor)
        except Exception as error:
            # A handler may raise anything; no letter and no database are other matters.
            if isinstance(error, NotFound) or is_outage(error):
                raise
            raise StillFails(reason=type(error).__name__) from error

    @router.post("/{id}/discard", dependencies=[allowed("dead-letter:discard")], status_code=204)
    async def discard_dead_letter(
        letter_id: RecordId, request: Request, runtime: RuntimeDep, actor: ActorDep
    ) -> None:
        """Give it up for good: its effect never happens here. Raises `NotFound` (404)."""
        await _decide(discard, letter_id, request, runtime, actor)

    return router


async def _listed(
    service: str, database: Database, actor: Actor, limit: int, cursor: str | None
) -> DeadLetters:
    mark = binding("dead-letters", service)
    died_at, letter_id = following(cursor, mark, (datetime, UUID)) or BEFORE_ALL
    async with database.worker_session() as session:
        found = await dead_letters(session, limit + 1, (died_at, letter_id))
        total = await count_dead_letters(session)
        naming = await letters_naming(session, actor.user_id)
    page = found[:limit]
    seen = [told(service, each, actor) for each in page if not kept_from(each, actor)]
    last = page[-1] if len(found) > limit else None
    return DeadLetters(
        items=seen,
        next_cursor=given_out(mark, last.died_at, last.id) if last else None,
        total=total - sum(kept_from(each, actor) for each in naming),
    )


def told(service: str, letter: DeadLetter, actor: Actor) -> DeadLetterOut:
    """A letter as `actor` may read it; of a record not for them, only what kind of error it was."""
    data = _data(letter)
    open_to = data is not None and _admits(_visibility(data), actor)
    hidden = data is not None and not open_to
    return DeadLetterOut(
        id=letter.id,
        service=service,
        publisher=letter.publisher,
        type=letter.type,
        subscription=letter.subscription,
        record_id=letter.aggregate_id,
        error=letter.error.partition(":")[0] if hidden else letter.error,
        died_at=letter.died_at,
        erased=letter.aggregate_id is not None and data is None,
        data=_seen(letter.type, data, actor) if data is not None and open_to else None,
    )


def kept_from(letter: DeadLetter, actor: Actor) -> bool:
    """True where the record is about the actor: they must not learn that it exists."""
    data = _data(letter)
    return data is not None and actor.user_id in _visibility(data).excluded


async def _decide(
    act: Act, letter_id: UUID, request: Request, runtime: Runtime, actor: Actor
) -> None:
    """Do one of the two acts on a letter the actor may know of. Raises `NotFound`."""
    database, subscriptions = runtime.database, runtime.service.subscriptions
    async with database.worker_session() as session:
        letter = await find(session, letter_id)
    if letter is None or kept_from(letter, actor):
        raise NotFound()
    request_id = request.scope.get("request_id", "")
    if not await act(database, subscriptions, letter_id, actor, request_id):
        raise NotFound()


def _named(subscriptions: Sequence[Subscription], letter: DeadLetter) -> list[Subscription]:
    return [each for each in subscriptions if each.name == letter.subscription]


async def _note(session: AsyncSession, action: str, letter: DeadLetter, actor: Actor) -> None:
    # Only now: what the handler wrote and emitted is Rapport's own doing.
    context_of(session).actor = actor
    kind = letter.type.split(".")[1] if letter.aggregate_id else "dead_letter"
    await audit.record(
        session,
        action,
        (kind, letter.aggregate_id or letter.id),
        after={"letter": letter.id, "type": letter.type, "subscription": letter.subscription},
    )


def _data(letter: DeadLetter) -> dict[str, Any] | None:
    """What the event says; None for a tombstone and for what is no event."""
    if letter.aggregate_id is None:
        return None
    data = decode(letter.message).body.get("data")
    return data if isinstance(data, dict) else None


def _visibility(data: dict[str, Any]) -> Visibility:
    return Visibility.model_validate(data.get("visibility") or {})


def _admits(visibility: Visibility, actor: Actor) -> bool:
    named = actor.user_id in visibility.firm_users or not actor.roles.isdisjoint(visibility.roles)
    return actor.user_id not in visibility.excluded and (not visibility.roles or named)


def _seen(type_: str, data: dict[str, Any], actor: Actor) -> dict[str, Any] | None:
    """The fields whose declared audience admits the actor; None for an unknown kind of record."""
    state = _state_of(type_)
    if state is None:
        return None
    audiences = state.audiences()
    seen = (name for name in data if (admits := audiences.get(name)) and admits.admits(actor))
    return {name: data[name] for name in seen}


def _state_of(type_: str) -> type[State] | None:
    if type_ in EVENTS:
        return EVENTS[type_].state_type()
    states = {event.state_type() for event in EVENTS.values()}
    again = {
        name(each): each for each in states for name in (snapshot_type, restated_type, moved_type)
    }
    return again.get(type_)
